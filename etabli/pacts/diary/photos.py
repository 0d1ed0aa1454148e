"""Photographs lose what the telephone wrote in them, place included: nobody is located by their proofs."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 2400  # pixels of the longer side: a page stays readable


def without_place(content: bytes) -> bytes:
    """The same JPEG upright, without its hidden notes, no larger than needed; any other content unchanged."""
    if not content.startswith(b"\xff\xd8\xff"):
        return content
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as photo:
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((LARGEST, LARGEST))
            clean = io.BytesIO()
            upright.convert("RGB").save(clean, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return content  # the check of stored files says what is wrong
    return clean.getvalue()
