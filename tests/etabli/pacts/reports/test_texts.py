"""Two people write the same report: nobody's text is lost, and what was typed comes back whatever the refusal."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from etabli.accounts.roles import Role
from etabli.audit.models import Event
from etabli.pacts.reports import actions, texts
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import reader

pytestmark = pytest.mark.django_db
HERE = "/pacte/lens-lievin/bilan/2025/"
MINE, THEIRS = "Le texte d’Octave.", "Le texte de Nadia,\nsur deux lignes."


@pytest.fixture
def page(client, cast, told, octave):
    """The page where the first axis is written: `page()` shows it, `page(text)` sends the text and all it showed."""
    actions.draft(report=told, by=octave)
    as_user(client, cast.octave)
    shown = {}

    def send(comment=None, **others):
        data = {} if comment is None else shown | {"axe_1": comment} | others
        data = {_named(told, key): value for key, value in data.items()}
        answer = client.post(f"{HERE}texte/", data) if data else client.get(f"{HERE}texte/")
        shown.clear()
        if answer.status_code != 302:
            shown.update(_fields(told, answer.content.decode()))
        return answer.status_code, answer.content.decode(), dict(shown)

    return send


def _fields(told, html):
    """Values of the form as a browser would send them back, by the number of the axis."""
    found = {}
    for one in told.sections.select_related("axis"):
        text = re.search(rf'<textarea name="axe_{one.axis_id}"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
        read = re.search(rf'name="lu_{one.axis_id}" value="(\w+)"', html)
        found[f"axe_{one.axis.number}"], found[f"lu_{one.axis.number}"] = text[1].replace("\n", "\r\n"), read[1]
    return found


def _named(told, key):
    word, number = key.split("_")
    return f"{word}_{told.sections.get(axis__number=number).axis_id}"


def section(told, number=1):
    return told.sections.get(axis__number=number)


@pytest.fixture
def nadia(cast):
    """A colleague of Octave."""
    return reader(person("Nadia Carlier", cast.chamber, Role.PACT_OFFICER))


def test_the_second_author_reads_both_texts_with_who_wrote_and_when_then_writes(page, told, nadia, time_machine):
    page()
    time_machine.move_to(datetime(2026, 1, 20, 14, 5, tzinfo=ZoneInfo("Europe/Paris")))
    texts.write(section=section(told), by=nadia, comment=THEIRS)
    texts.write(section=section(told, 2), by=nadia, comment="Axe deux.")
    status, html, shown = page(MINE)
    assert (status, section(told).comment) == (422, THEIRS)
    assert "pendant que vous écriviez" in html
    assert "Texte enregistré par Nadia Carlier le 20\u00a0janvier 2026 à 14\u00a0h\u00a005" in html
    assert "sur deux lignes" in html
    assert (shown["axe_1"], shown["axe_2"]) == (MINE, "Axe deux.")
    assert page(f"{MINE} {THEIRS}")[0] == 302
    assert (section(told).comment, section(told, 2).comment) == (f"{MINE} {THEIRS}", "Axe deux.")
    assert list(Event.objects.filter(verb="report.written").values_list("actor_id", flat=True)) == [
        nadia.user.pk, nadia.user.pk, told.frozen_by_id,
    ]  # fmt: skip


def test_nothing_of_a_page_is_kept_when_one_of_its_texts_is_refused(page, told, nadia):
    page()
    texts.write(section=section(told), by=nadia, comment=THEIRS)
    status, _, shown = page(MINE, axe_2="Axe deux, par Octave.")
    assert (status, section(told, 2).comment, shown["axe_2"]) == (422, "", "Axe deux, par Octave.")


def test_what_was_not_touched_is_not_written_over_nor_noted(page, told, nadia):
    texts.write(section=section(told), by=nadia, comment=THEIRS)
    _, _, shown = page()
    texts.write(section=section(told), by=nadia, comment="Repris.")
    assert page(shown["axe_1"], axe_2="Axe deux.")[0] == 302
    assert (section(told).comment, section(told, 2).comment) == ("Repris.", "Axe deux.")
    page()
    before = Event.objects.count()
    assert page("Repris.\r\n")[0] == 302
    assert Event.objects.count() == before


def test_a_text_erased_by_somebody_else_is_told(page, told, nadia):
    texts.write(section=section(told), by=nadia, comment=THEIRS)
    page()
    texts.write(section=section(told), by=nadia, comment="")
    assert "Le texte a été effacé." in page(MINE)[1]


def test_a_form_that_does_not_say_what_it_read_writes_over_nothing(client, cast, page, told, nadia):
    texts.write(section=section(told), by=nadia, comment=THEIRS)
    answer = client.post(f"{HERE}texte/", {_named(told, "axe_1"): MINE})
    assert (answer.status_code, section(told).comment) == (422, THEIRS)


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("texte/", {"axe": MINE}),
        ("axes/{axis}/citation/", {"text": MINE, "said_by": "Léa D."}),
    ],
)
def test_what_was_typed_comes_back_when_the_report_went_to_its_readers_meanwhile(
    client, cast, page, told, octave, place, typed
):
    axis = section(told).axis_id
    actions.submit(report=told, by=octave)
    data = {f"{key}_{axis}" if key == "axe" else key: value for key, value in typed.items()}
    answer = client.post(f"{HERE}{place.format(axis=axis)}", data)
    assert answer.status_code == 422
    assert "son texte ne change pas" in answer.content.decode()
    assert MINE in answer.content.decode()
    assert client.get(f"{HERE}{place.format(axis=axis)}").status_code == 403


def test_a_correction_asked_comes_back_when_the_reading_ended_meanwhile(client, cast, page, told, octave, luc):
    actions.submit(report=told, by=octave)
    for one in (octave, luc):
        actions.agree(report=told, by=one)
    as_user(client, cast.basile)
    answer = client.post(f"{HERE}axes/{section(told).axis_id}/corriger/", {"text": "Préciser le quartier."})
    assert answer.status_code == 422
    assert "Préciser le quartier." in answer.content.decode()


def test_the_page_of_the_text_shows_the_figures_that_one_writes_about(page):
    assert "Entreprises visitées\u00a0: 10" in page()[1].replace("&nbsp;", "\u00a0")
