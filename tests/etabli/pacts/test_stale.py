"""A page opened before somebody else wrote, and sent after: each form of one thing refuses, and loses no word."""

import re
from datetime import UTC, date, datetime
from functools import partial

import pytest

from etabli.accounts.actions import organisations
from etabli.accounts.roles import Role
from etabli.pacts.conventions import actions, contents
from etabli.pacts.meetings import actions as meetings
from etabli.pacts.missions import actions as missions
from etabli.pacts.models import Action, Convention
from etabli.pacts.objectives import actions as objectives
from etabli.pacts.workflow import State
from maillage.territory import parse
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
TOLD = "pendant que vous"
TAG = re.compile(
    r"<(input)\b([^>]*)>|<(textarea)\b([^>]*)>([^<]*)</textarea>|<(select)\b([^>]*)>(.*?)</select>", re.DOTALL
)


def attribute(name: str, text: str) -> str | None:
    found = re.search(rf'\b{name}="([^"]*)"', text)
    return found[1] if found else None


def shown(page: str) -> dict[str, list[str]]:
    """The fields of the last form of a page, as a browser would send them untouched."""
    body = page[page.rindex("<form", 0, page.index("csrfmiddlewaretoken", page.index("<main"))) :]
    body = body[: body.index("</form>")]
    found: dict[str, list[str]] = {}
    for one, of_one, text, of_text, typed, select, of_select, options in TAG.findall(body):
        kind, attributes = one or text or select, of_one or of_text or of_select
        name = attribute("name", attributes)
        if not name or name == "csrfmiddlewaretoken":
            continue
        ticks = attribute("type", attributes) in ("checkbox", "radio")
        if kind == "select":
            values = re.findall(r'<option value="([^"]*)" selected', options)
        elif kind == "textarea":
            values = [typed.strip("\n")]
        else:
            values = [attribute("value", attributes) or ""] if not ticks or "checked" in attributes else []
        found.setdefault(name, []).extend(values)
    return found


@pytest.fixture
def overtaken(client, cast):
    """Open a page, let somebody else write, send what was typed; the refused page, then the same sent again."""

    def run(address: str, typed: dict[str, str], other, user=cast.octave) -> tuple[str, int]:
        as_user(client, user)
        mine = shown(client.get(address).content.decode())
        mine |= typed
        other()
        answer = client.post(address, mine)
        told = answer.content.decode()
        assert (answer.status_code, TOLD in told) == (422, True)
        return told, client.post(address, shown(told)).status_code

    return run


def test_the_text_of_a_convention(overtaken, draft, octave):
    address = f"/pacte/{draft.slug}/convention/texte/"
    other = partial(actions.write, convention=draft, by=octave, clauses="Sa clause.", source="Sa source")
    told, again = overtaken(address, {"preamble": "Mon préambule.", "source": "Ma source"}, other)
    assert "Mon préambule." in told
    assert "Enregistré\u00a0: Sa source" in told
    draft.refresh_from_db()
    assert (again, draft.preamble, draft.clauses) == (302, "Mon préambule.", "Sa clause.")
    assert draft.source == "Ma source", "seen, and chosen"


def test_a_fiche_action(overtaken, draft, octave):
    made = Action.objects.create(axis=draft.axes.get(number=1), number=1, title="Boutiques", purpose="Vendre")
    other = partial(contents.write_action, action=made, by=octave, values={"risks": "Aucun"})
    _, again = overtaken(f"/pacte/{draft.slug}/convention/actions/{made.pk}/", {"purpose": "Vendre plus"}, other)
    made.refresh_from_db()
    assert (again, made.purpose, made.risks) == (302, "Vendre plus", "Aucun")


def test_the_deliberation_that_the_party_itself_wrote(overtaken, in_review, basile):
    party = in_review.parties.get(organisation=basile.organisation)
    said = {"deliberation_number": "2026-12", "deliberation_on": date(2026, 1, 5)}
    other = partial(actions.complete_party, party=party, by=basile, **said)
    typed = {f"partie-{party.pk}-signatory_name": "Rose Noël"}
    _, again = overtaken(f"/pacte/{in_review.slug}/convention/deliberations/", typed, other)
    party.refresh_from_db()
    assert (again, party.deliberation_number, party.signatory_name) == (302, "2026-12", "Rose Noël")


def test_a_list_of_communes(overtaken, draft, octave, client):
    codes = draft.perimeter.communes
    other = partial(actions.set_perimeter, convention=draft, by=octave, kept=codes[1:])
    _, again = overtaken(f"/pacte/{draft.slug}/convention/perimetre/", {"commune": codes[:-1]}, other)
    draft.refresh_from_db()
    assert (again, draft.perimeter.communes) == (302, codes[1:-1])


def test_another_territory_over_a_changed_list(client, cast, draft, octave):
    address = f"/pacte/{draft.slug}/convention/perimetre/"
    page = as_user(client, cast.octave).get(address).content.decode()
    mine = {"territory": "Arras", "choice": "commune:62041", "shown": shown(page)["shown"]}
    actions.set_perimeter(convention=draft, by=octave, territory=parse("commune:62498"))
    assert TOLD in client.post(address, mine).content.decode()


def test_the_first_payment(overtaken, active, octave):
    other = partial(actions.note_payment, convention=active, by=octave, on=date(2018, 3, 1))
    told, _ = overtaken(f"/pacte/{active.slug}/convention/versement/", {"on": "2018-03-02"}, other)
    assert "Enregistré\u00a0: 2018-03-01" in told


@pytest.fixture
def active(two_parties: Convention) -> Convention:
    Convention.objects.update(state=State.ACTIVE)
    two_parties.refresh_from_db()
    return two_parties


@pytest.fixture
def meeting(active, octave):
    begins = datetime(2018, 3, 1, 9, tzinfo=UTC)
    values = {"instance": "copil", "starts_at": begins, "ends_at": begins.replace(hour=11), "agenda": "Objectifs"}
    return meetings.prepare(convention=active, by=octave, values=values)


def test_a_meeting(overtaken, meeting, octave):
    other = partial(meetings.write, meeting=meeting, by=octave, values={"agenda": "Objectifs, budget"})
    address = f"/pacte/{meeting.convention.slug}/instances/{meeting.pk}/changer/"
    _, again = overtaken(address, {"place": "Lens"}, other)
    meeting.refresh_from_db()
    assert (again, meeting.agenda, meeting.place) == (302, "Objectifs, budget", "Lens")


def test_the_minutes_of_a_meeting_and_who_came(overtaken, meeting, octave):
    one, two = meeting.attendees.order_by("pk")
    other = partial(
        meetings.hold, meeting=meeting, by=octave, minutes="Les siennes.", presences={one.pk: "present"}, decisions=[]
    )
    address = f"/pacte/{meeting.convention.slug}/instances/{meeting.pk}/releve/"
    told, again = overtaken(address, {f"presence-{two.pk}": "excused", "minutes": "Les miennes."}, other)
    assert "Enregistré\u00a0: Les siennes." in told
    assert "Les miennes." in told
    meeting.refresh_from_db()
    came = [row.presence for row in meeting.attendees.order_by("pk")]
    assert (again, meeting.minutes, came) == (302, "Les miennes.", ["present", "excused"])


def test_the_shares_of_a_mission_letter(overtaken, active, octave, cast):
    one, two, _ = active.axes.order_by("number")
    letter = missions.draw_up(by=octave, convention=active, developer=cast.diane, year=2018, shares={one: 50})
    other = partial(missions.rewrite, by=octave, letter=letter, shares={one: 60})
    address = f"/pacte/{active.slug}/missions/{letter.pk}/changer/"
    _, again = overtaken(address, {f"share_{two.pk}": "20"}, other)
    assert again == 302
    assert {share.axis: share.percent for share in letter.shares.all()} == {one: 60, two: 20}


def test_an_objective_and_its_targets(overtaken, draft, octave):
    made = ground.objective(draft.axes.get(number=1), title="Entreprises aidées", kinds=["visit_made"])
    axis, here = made.axis, f"/pacte/{draft.slug}/objectifs/{made.pk}/"
    other = partial(objectives.change, objective=made, by=octave, axis=axis, fields={"title": "Autre"})
    _, again = overtaken(f"{here}changer/", {"unit": "boutiques"}, other)
    made.refresh_from_db()
    assert (again, made.title, made.unit) == (302, "Autre", "boutiques")
    other = partial(objectives.set_targets, objective=made, by=octave, targets={2018: 20})
    _, again = overtaken(f"{here}cibles/", {"target_2019": "30"}, other)
    assert again == 302
    assert {row.year: row.value for row in made.targets.all()} == {2018: 20, 2019: 30}


def test_the_description_of_an_organisation(client, cast, overtaken):
    other_one = reader(person("Rose Lens", cast.chamber, Role.ADMINISTRATOR))
    mine = reader(person("Ada Lens", cast.chamber, Role.ADMINISTRATOR))
    chamber = cast.chamber
    told = {"name": "Chambre de métiers", "short_name": chamber.short_name, "territory": chamber.territory}
    other = partial(organisations.describe, organisation=chamber, by=other_one, **told)
    _, again = overtaken("/organisation/decrire/", {"short_name": "CMA"}, other, mine.user)
    chamber.refresh_from_db()
    assert (again, chamber.name, chamber.short_name) == (302, "Chambre de métiers", "CMA")
