"""Files as visitors send them: too heavy a one is not even read, and a photo says no more where it was taken."""

from typing import Any

from django.core.files import File

from etabli.papers import storage
from etabli.papers.models import Document
from etabli.papers.photos import without_place

TOO_HEAVY = "Ce fichier dépasse 20\u00a0Mo\u00a0: réduisez-le, ou refaites la photo en taille moyenne."


def content(given: "File[bytes]") -> bytes:
    """All of a file. Raises BadFile when it is heavier than what is kept."""
    if (given.size or 0) > storage.MOST_BYTES:
        raise storage.BadFile(TOO_HEAVY)
    whole: bytes = given.read()
    return whole


def keep(
    given: "File[bytes]", *, by: Any, organisation_id: int, kinds: frozenset[str] = frozenset(storage.SUFFIXES)
) -> Document:
    """Check a file, keep it without the place and the hour that telephones write, and record it. Raises BadFile."""
    return storage.store(
        content=without_place(content(given)), name=given.name or "piece", by=by, organisation_id=organisation_id,
        kinds=kinds,
    )  # fmt: skip
