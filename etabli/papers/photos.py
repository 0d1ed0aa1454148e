"""Photographs lose what the telephone wrote in them, place included: nobody is located by their proofs."""

import io

from PIL import Image, ImageOps

from etabli.papers import storage

LARGEST = 2400  # pixels of the longer side: a page stays readable
_STARTS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}


def without_place(content: bytes) -> bytes:
    """The same picture upright, without its hidden notes, no larger than needed; what is no picture is unchanged.

    Raises BadFile: a picture that cannot be drawn again whole would be kept with its notes.
    """
    kind = next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
    if kind is None:
        return content
    storage.recognised(content, storage.PICTURES)
    with Image.open(io.BytesIO(content), formats=(kind,)) as photo:
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((LARGEST, LARGEST))
        return _drawn(upright, kind)


def _drawn(picture: Image.Image, kind: str) -> bytes:
    """Colours alone on a new sheet: nothing of what was written beside them comes along."""
    mode = "RGB" if kind == "JPEG" or ("A" not in picture.getbands() and "transparency" not in picture.info) else "RGBA"
    sheet = Image.new(mode, picture.size)
    sheet.paste(picture.convert(mode))
    clean = io.BytesIO()
    sheet.save(clean, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return clean.getvalue()
