"""Scans that nobody should open without care: each is refused in words, and nothing of it is kept."""

import pytest
from django.db import connection
from PIL import Image

from etabli.pacts.documents import versions
from etabli.pacts.models import Signature
from etabli.pacts.signatures import codes
from etabli.papers import storage
from etabli.papers.models import Document
from etabli.papers.storage import BadFile
from tests.etabli.pacts.signatures.test_signing import as_png, bring, copy_of, drawn
from tests.etabli.papers import hostile

pytestmark = pytest.mark.django_db


def refused(convention, by, content):
    """What is said of a file; nothing of it stays."""
    before = Document.objects.count()
    with pytest.raises(BadFile) as told:
        bring(convention, by, content)
    assert (Document.objects.count(), Signature.objects.count()) == (before, 0)
    return str(told.value)


@pytest.mark.parametrize("content", hostile.PDFS.values(), ids=hostile.PDFS)
def test_a_pdf_that_cannot_be_drawn_to_its_end_is_refused_in_words(to_sign, octave, monkeypatch, content):
    monkeypatch.setattr(codes, "SECONDS", 1)
    assert "ne se lit pas jusqu’au bout" in refused(to_sign, octave, content)


def test_files_cut_short_or_too_wide_are_refused_before_they_are_read(to_sign, octave, monkeypatch):
    monkeypatch.setattr(codes, "texts_by_page", lambda _: pytest.fail("read"))
    page = as_png(Image.linear_gradient("L").resize((300, 300)))
    for content, said in (
        (page[:-200], "il en manque un bout"), (hostile.too_wide(), "trop grande"), (hostile.TRUNCATED, "abîmé"),
        (b"<html>", "type accepté"),
    ):  # fmt: skip
        assert said in refused(to_sign, octave, content)


def test_a_file_of_too_many_pages_is_told_before_they_are_drawn(to_sign, octave):
    kids = [b"3 0 R"] * (codes.MOST_PAGES + 1)
    many = hostile.pdf(*hostile.pages(*kids, count=len(kids)), hostile.PAGE, hostile.stream(b""), hostile.stream(b""))
    assert "a 61 pages" in refused(to_sign, octave, many)


def test_a_photo_is_kept_without_the_place_where_it_was_taken(to_sign, octave):
    photo = hostile.with_place(drawn(copy_of(versions.last(to_sign), "246200364"), 2.5))
    kept = storage.read(bring(to_sign, octave, photo).scan)
    assert hostile.place_of(kept) == {}


@pytest.mark.django_db(transaction=True)
def test_pages_are_read_before_anything_is_locked(to_sign, octave, monkeypatch):
    real = codes.texts_by_page

    def read(content):
        assert not connection.in_atomic_block
        return real(content)

    monkeypatch.setattr(codes, "texts_by_page", read)
    assert bring(to_sign, octave, copy_of(versions.last(to_sign), "246200364")).pk
