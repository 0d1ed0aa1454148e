"""Photos and consents of a report: checked before they are kept, and kept without the place where they were taken."""

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from etabli.pacts.models import Photo
from etabli.pacts.reports import actions, enclosures
from etabli.papers import storage
from etabli.papers.models import Document
from etabli.papers.storage import BadFile
from tests.etabli.cast import as_user
from tests.etabli.pacts.reports.test_outputs import picture
from tests.etabli.papers import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SHOP = Image.linear_gradient("L").resize((300, 300))


@pytest.fixture
def section(told, octave):
    """The first axis of a report being written."""
    actions.draft(report=told, by=octave)
    return told.sections.get(axis__number=1)


def add(section, by, content, **more):
    photo = ContentFile(content, name="devanture.jpg")
    return enclosures.add_photo(section=section, by=by, photo=photo, alt="Une devanture", **more)


def test_a_photo_and_a_consent_lose_the_place_where_they_were_taken(section, octave):
    consent = ContentFile(hostile.with_place(SHOP), name="accord.jpg")
    made = add(section, octave, hostile.with_place(SHOP), consent=consent, consent_until="2030-12-31")
    assert [hostile.place_of(storage.read(one)) for one in (made.document, made.consent)] == [{}, {}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (hostile.with_place(SHOP)[:-300], "il en manque un bout"),
        (hostile.too_wide(), "trop grande"),
        (next(iter(hostile.PDFS.values())), "type accepté"),
        (b"0" * (storage.MOST_BYTES + 1), "20\u00a0Mo"),
    ],
    ids=["cut short", "too wide", "a pdf", "too heavy"],
)
def test_what_is_no_whole_photo_is_refused_in_words(section, octave, content, said):
    before = Document.objects.count()
    with pytest.raises(BadFile, match=said):
        add(section, octave, content)
    assert (Document.objects.count(), Photo.objects.count()) == (before, 0)


def test_a_bad_consent_keeps_nothing_of_its_photo_and_what_was_typed_comes_back(client, cast, told, section):
    as_user(client, cast.octave)
    answer = client.post(f"/pacte/lens-lievin/bilan/2025/axes/{section.axis_id}/photo/", {
        "alt": "Une devanture de Lens", "photo": ContentFile(picture(), name="a.png"), "consent_until": "2030-12-31",
        "consent": ContentFile(hostile.TRUNCATED, name="accord.pdf"),
    })  # fmt: skip
    assert answer.status_code == 422
    assert "abîmé" in answer.content.decode()
    assert "Une devanture de Lens" in answer.content.decode()
    assert (Photo.objects.count(), Document.objects.count()) == (0, 0)
