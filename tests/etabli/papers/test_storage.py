"""Stored files: recognised by what they are, sealed by their fingerprint."""

import hashlib
import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from etabli.papers import storage
from etabli.papers.models import Document
from etabli.papers.storage import BadFile
from tests.etabli.papers.hostile import too_wide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def pdf() -> bytes:
    made, saved = pypdfium2.PdfDocument.new(), io.BytesIO()
    made.new_page(200, 200)
    made.save(saved)
    made.close()
    return saved.getvalue()


def picture(kind: str = "PNG", side: int = 4) -> bytes:
    saved = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).save(saved, kind)
    return saved.getvalue()


def of_the_future() -> bytes:
    """An archive that asks for a version of the format that does not exist."""
    content = bytearray(packed(word__document=b"<w/>"))
    content[content.index(b"PK\x01\x02") + 6] = 99
    return bytes(content)


def packed(**files: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (pdf(), storage.PDF, ".pdf"),
        (picture(), storage.PNG, ".png"),
        (picture("JPEG"), storage.JPEG, ".jpg"),
        (packed(word__document=b"<w/>"), storage.DOCX, ".docx"),
    ],
)
def test_a_file_is_kept_as_what_it_is_whatever_its_name(media, content, media_type, ending):
    kept = storage.store(content=content, name='../../etc/pass"wd\r\n.exe')
    assert (kept.media_type, kept.size, kept.sha256) == (
        media_type, len(content), hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    assert kept.name == f"passwd{ending}"
    assert (media / kept.path).read_bytes() == content == storage.read(kept)


def test_two_names_of_one_content_are_one_file(media):
    first, second = (storage.store(content=picture(), name=name) for name in ("a.png", "b.png"))
    assert first.path == second.path
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"MZ\x90\x00", "type accepté"),
        (b"<html><script>", "type accepté"),
        (b"%PDF-1.7 rien", "abîmé"),
        (b"\x89PNG\r\n\x1a\n rien", "refaites la photo"),
        (b"PK\x03\x04 rien", "format .docx"),
        (packed(xl__workbook=b"<x/>"), "pas un document Word"),
        (b"%PDF-" + b"0" * storage.MOST_BYTES, "20\u00a0Mo"),
        (picture("JPEG", 90)[:-200], "il en manque un bout"),
        (too_wide(), "trop grande"),
        (of_the_future(), "format .docx"),
        (packed(word__document=b"0" * (storage.MOST_UNPACKED + 1)), "anormalement grand"),
    ],
)
def test_what_is_not_taken_says_why(content, said):
    with pytest.raises(BadFile, match=said):
        storage.store(content=content, name="x.pdf")
    assert not Document.objects.exists()


def test_a_kind_that_is_not_asked_for_is_refused():
    with pytest.raises(BadFile, match="donnez un PDF ou image PNG ou photo JPEG"):
        storage.store(content=packed(word__document=b"<w/>"), name="a.docx", kinds=storage.PAGES)


def test_an_altered_file_is_not_served(media):
    kept = storage.store(content=picture(), name="a.png")
    (media / kept.path).write_bytes(picture("JPEG"))
    with pytest.raises(BadFile, match="altéré"):
        storage.read(kept)
    (media / kept.path).unlink()
    with pytest.raises(BadFile, match="plus sur le serveur"):
        storage.read(kept)


def test_a_served_file_is_never_interpreted():
    answer = storage.response(storage.store(content=picture(), name="a.png"))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="a.png"'
