"""Files that nobody should open without care, and photos that say where they were taken."""

import io
import zlib
from collections.abc import Sequence

from PIL import Image

GPS, SOFTWARE = 0x8825, 0x0131
WHERE = {1: "N", 2: (50.0, 25.0, 40.0), 3: "E", 4: (2.0, 49.0, 55.0)}


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first one is its catalogue."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    return made + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(made))


def pages(*kids: bytes, count: int = 1) -> Sequence[bytes]:
    """The two objects before those of the pages."""
    return (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), count),
    )  # fmt: skip


def stream(content: bytes, head: bytes = b"") -> bytes:
    """An object of bytes."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(content), content)


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
ENDLESS = zlib.compress(b"0 0 m 500 500 l S\n" * 500_000, 9)
PDFS = {
    "a page that is not there": pdf(*pages(b"9 0 R")),
    "a page that is a number": pdf(*pages(b"3 0 R"), b"42"),
    "pages that hold themselves": pdf(*pages(b"2 0 R", count=5)),
    "a count that lies": pdf(*pages(b"3 0 R", count=50), PAGE, stream(b""), stream(b"")),
    "a drawing that draws itself": pdf(
        *pages(b"3 0 R"), PAGE, stream(b"/X Do"),
        stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"),
    ),
    "thousands of lines in a few bytes": pdf(*pages(b"3 0 R"), PAGE, stream(ENDLESS, b"/Filter/FlateDecode")),
}  # fmt: skip
TRUNCATED = PDFS["a drawing that draws itself"][:-300]


def with_place(picture: Image.Image) -> bytes:
    """A photo as a telephone writes it: where, and by which device."""
    notes, saved = Image.Exif(), io.BytesIO()
    notes[SOFTWARE] = "Téléphone de Rose"
    notes.get_ifd(GPS).update(WHERE)
    picture.convert("RGB").save(saved, "JPEG", exif=notes, quality=92)
    assert place_of(saved.getvalue())
    return saved.getvalue()


def place_of(content: bytes) -> dict[int, object]:
    """What a picture says beside its colours."""
    with Image.open(io.BytesIO(content)) as opened:
        notes = opened.getexif()
        return {**notes, **notes.get_ifd(GPS)}


def too_wide() -> bytes:
    """A small file that says it is 30,000 pixels wide and high: opening it would take gigabytes."""
    chunks = (b"IHDR" + (30_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00", b"IDAT")
    sealed = ((len(one) - 4).to_bytes(4) + one + zlib.crc32(one).to_bytes(4) for one in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sealed)
