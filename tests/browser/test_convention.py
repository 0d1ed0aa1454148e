"""Pages of a convention readable by all, and written without script; its journey is that of the pact."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from etabli.pacts.conventions import actions, contents, moves
from etabli.pacts.meetings import actions as meetings
from etabli.pacts.models import Convention, Instance, Meeting
from etabli.pacts.workflow import State
from maillage.territory import parse
from tests.browser.conftest import NewVisitor
from tests.browser.officer import Hand, log_in
from tests.browser.test_pages import assert_readable
from tests.browser.writing import ACTIONS, AXES, HERE, SLUG, write
from tests.etabli.cast import Cast, gather
from tests.etabli.pacts.conftest import axis, parties, party, reader

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(transactional_db, settings, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return gather()


def test_a_convention_is_written_without_script(visitor: NewVisitor, cast: Cast) -> None:
    guest = visitor("sans script")
    log_in(guest, cast.octave)
    write(Hand(guest))
    made = Convention.objects.get()
    assert (made.parties.count(), made.axes.count()) == (2, 3)
    assert sum(axis.actions.count() for axis in made.axes.all()) == 3


@pytest.fixture
def written(visitor: NewVisitor, cast: Cast) -> Hand:
    """The pilot, before a convention in signature, with a meeting and a version."""
    octave = reader(cast.octave)
    made = actions.create(
        by=octave, title="Convention pour l’artisanat de Lens-Liévin", territory=parse("epci:246200364"),
        starts_on=date(2017, 11, 16), ends_on=date(2020, 11, 15), budget=14_000_000,
    )  # fmt: skip
    actions.set_parties(convention=made, by=octave, rows=parties(party("246200364", "funder", "Luc Bernard")))
    contents.set_axes(convention=made, by=octave, rows=[axis(title) for title in AXES])
    rows = {
        one.pk: [{"id": None, "title": title, "purpose": purpose, "public": ""}]
        for one, (title, purpose) in zip(made.axes.order_by("number"), ACTIONS, strict=True)
    }
    contents.set_actions(convention=made, by=octave, rows=rows)
    for state in (State.IN_REVIEW, State.TO_DELIBERATE):
        made = moves.move(convention=made, to=state, by=octave)
    for one in made.parties.all():
        actions.complete_party(party=one, by=octave, deliberation_number="2017-31", deliberation_on=date(2017, 10, 2))
    moves.move(convention=made, to=State.TO_SIGN, by=octave)
    starts_at, ends_at = (timezone.make_aware(datetime(2027, 3, 2, hour)) for hour in (10, 12))
    meetings.prepare(
        convention=made, by=octave, values={"instance": Instance.COPIL, "starts_at": starts_at, "ends_at": ends_at}
    )  # fmt: skip
    guest = visitor()
    log_in(guest, cast.octave)
    return Hand(guest)


READ = (
    HERE, f"{HERE}signer/", f"{HERE}versions/1/", f"/pacte/{SLUG}/avenants/", f"/pacte/{SLUG}/instances/",
    f"{HERE}modele/", "/pacte/conventions/", "/pacte/nouvelle/", "/avis/",
)  # fmt: skip
WRITE = ("texte/", "perimetre/", "parties/", "axes/", "actions/", "deliberations/")


def test_every_page_is_readable_by_all_at_both_widths(written: Hand, axe) -> None:
    page = written.guest.page
    meeting = f"/pacte/{SLUG}/instances/{Meeting.objects.get().pk}/"
    for address in (*READ, meeting):
        assert written.guest.open(address).status == 200
        assert_readable(page, axe)
    Convention.objects.update(state="corrections")
    for part in WRITE:
        assert written.guest.open(f"{HERE}{part}").status == 200
        assert_readable(page, axe)
    written.open(f"{HERE}axes/")
    written.open(f"{HERE}actions/")
    page.get_by_text("plus").first.click()
    page.get_by_role("link", name=re.compile("Tous les champs")).first.click()
    assert_readable(page, axe)
