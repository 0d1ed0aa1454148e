"""A consent taken back, at any moment: nothing shows the words or the photo any more, and a line says that it was."""

import json
from datetime import date

import pypdfium2
import pytest
from django.core.files.base import ContentFile

from etabli.accounts.policies import Denied
from etabli.pacts.reports import actions, enclosures, outputs
from etabli.pacts.reports.contents import content_of
from tests.etabli.pacts.reports.test_outputs import picture

pytestmark = pytest.mark.django_db
UNTIL, TODAY = date(2030, 12, 31), date(2026, 1, 20)
SECRET = "Ils sont venus avant la fermeture"
LINES = {
    "photo": "Une photo a été retirée le 20 janvier 2026 : la personne a repris son accord.",
    "citation": "Une citation a été retirée le 20 janvier 2026 : la personne a repris son accord.",
}


@pytest.fixture
def enclosed(told, octave):
    """A report being written, with something consented to: `enclosed("photo")`."""
    actions.draft(report=told, by=octave)

    def add(kind, report=told):
        agreed = {"consent": ContentFile(picture(), name="accord.png"), "consent_until": UNTIL}
        section = report.sections.get(axis__number=1)
        if kind == "photo":
            shop = ContentFile(picture(), name="devanture.png")
            return enclosures.add_photo(section=section, by=octave, photo=shop, alt=SECRET, **agreed)
        return enclosures.add_quotation(section=section, by=octave, text=SECRET, said_by="Léa D.", **agreed)

    return add


def go_to(state, told, octave, luc):
    """From the text being written to a later state."""
    if state == "en rédaction":
        return
    actions.submit(report=told, by=octave)
    if state == "en relecture":
        return
    for who in (octave, luc):
        actions.agree(report=told, by=who)
    if state == "publié":
        actions.publish(report=told, by=octave)


def everything(report):
    """What both versions print, the words of the PDF, and the photos that would leave with them."""
    contents = [content_of(report, public=public) for public in (True, False)]
    read = ""
    for content in contents:
        made = outputs.pdf(content, outputs.pictures(content), made_on=TODAY)
        read += "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))
    said = json.dumps(contents, ensure_ascii=False) + read
    return " ".join(said.split()), [outputs.pictures(one) for one in contents]


@pytest.mark.parametrize("state", ["en rédaction", "en relecture", "validé", "publié"])
@pytest.mark.parametrize("kind", LINES)
def test_nothing_is_left_but_a_line_whatever_the_state(told, octave, luc, enclosed, kind, state):
    one = enclosed(kind)
    go_to(state, told, octave, luc)
    assert SECRET in everything(told)[0]
    enclosures.withdraw(enclosure=one, by=octave)
    said, photos = everything(told)
    assert SECRET not in said
    assert said.count(LINES[kind]) == 4  # two versions, as data and as paper
    assert photos == [{}, {}]


@pytest.mark.parametrize("kind", LINES)
def test_a_new_freeze_keeps_what_was_taken_back_away(told, octave, enclosed, kind):
    enclosures.withdraw(enclosure=enclosed(kind), by=octave)
    again = actions.freeze_again(report=told, cut_off=date(2025, 6, 30), reason="Arrêté trop tard", by=octave)
    said, photos = everything(again)
    assert SECRET not in said
    assert LINES[kind] in said
    assert photos == [{}, {}]


@pytest.mark.parametrize("kind", LINES)
def test_what_is_taken_back_after_a_new_freeze_is_gone_from_both(told, octave, enclosed, kind):
    enclosed(kind)
    again = actions.freeze_again(report=told, cut_off=date(2025, 6, 30), reason="Arrêté trop tard", by=octave)
    section = again.sections.get(axis__number=1)
    carried = (section.photos if kind == "photo" else section.quotations).get()
    enclosures.withdraw(enclosure=carried, by=octave)
    assert SECRET not in everything(again)[0]
    assert SECRET not in json.dumps(content_of(told, public=False, text=False), ensure_ascii=False)


def test_only_a_mistake_made_while_writing_goes_without_a_line(told, octave, luc, enclosed):
    one, other = enclosed("citation"), enclosed("photo")
    enclosures.discard(enclosure=other, by=octave)
    assert "retirée" not in everything(told)[0]
    go_to("publié", told, octave, luc)
    with pytest.raises(Denied, match="son texte ne change pas"):
        enclosures.discard(enclosure=one, by=octave)
    with pytest.raises(Denied, match="chargé du pacte"):
        enclosures.withdraw(enclosure=one, by=luc)
