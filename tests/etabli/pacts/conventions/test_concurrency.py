"""Two officers write at once: the second one finds what the first one made, or is told that it is there."""

import re
from datetime import date

import pytest
from django.test import Client

from etabli.accounts.models import Organisation
from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts.amendments import actions as amending
from etabli.pacts.changes import effect
from etabli.pacts.conventions import actions, contents, preparing, rows
from etabli.pacts.conventions.forms import AxisRow, ConventionText
from etabli.pacts.missions import actions as missions
from etabli.pacts.models import Convention, MissionLetter, Party, Subject
from etabli.pacts.workflow import AmendmentState, State
from maillage.territory import parse
from tests.etabli.acts.test_concurrency import at_once
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import LENS_LIEVIN, axis, party, sign_all

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAYS = {"starts_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}


def created(by, title="Pacte de Lens"):
    return actions.create(by=by, title=title, territory=parse(LENS_LIEVIN), **DAYS)


def told(refusals, work):
    """The work, whose refusal in French is kept."""

    def run():
        try:
            work()
        except Denied as denied:
            refusals.append(denied.reason)

    return run


def test_a_party_that_nobody_knew_is_registered_once_by_two_pacts_at_once(octave, etienne):
    pacts = {by: created(by, f"Pacte de {by.organisation}") for by in (octave, etienne)}

    def write(by):
        new = party("552100554", "funder", "Marc Petit", "La Foncière")
        rows = [party(by.organisation.siren, "pilot", "Rose Hubert"), new]
        actions.set_parties(convention=pacts[by], by=by, rows=rows)

    assert at_once(*[lambda by=by: write(by) for by in pacts]) == 0
    assert Party.objects.filter(organisation=Organisation.objects.get(siren="552100554")).count() == 2


def test_two_pacts_of_one_title_have_two_addresses(octave, etienne):
    assert at_once(*[lambda by=by: created(by) for by in (octave, etienne, octave, etienne)]) == 0
    slugs = set(Convention.objects.values_list("slug", flat=True))
    assert slugs == {"pacte-de-lens", "pacte-de-lens-2", "pacte-de-lens-3", "pacte-de-lens-4"}


def test_a_year_prepared_twice_at_once_is_there_once(octave):
    framework, refusals = created(octave), []
    prepare = told(refusals, lambda: preparing.prepare_year(convention=framework, by=octave, year=2027))
    at_once(prepare, prepare, prepare)
    assert framework.years.count() == 1
    assert refusals == ["La convention annuelle de 2027 existe déjà."] * 2


def test_of_two_forms_of_one_page_sent_at_once_one_is_refused(octave):
    """Each was checked against what stood before; the lock lets one through, and the other finds what it wrote."""
    made = created(octave)
    sent = {"title": "Pacte", "short_title": "Pacte", "starts_on": "2026-01-01", "ends_on": "2028-12-31"}

    def writer(name):
        shown = ConventionText(instance=Convention.objects.get(pk=made.pk))
        mark = re.findall('value="([^"]*)"', shown.seen)[0]
        form = ConventionText(sent | {"preamble": name, "seen": mark}, instance=Convention.objects.get(pk=made.pk))
        assert form.is_valid()
        return lambda: actions.write(convention=made, by=octave, still=form.still, **form.cleaned_data)

    assert at_once(*[writer(name) for name in ("Un", "Deux", "Trois")]) == 2
    assert Event.objects.filter(verb="convention.written").count() == 1


def test_of_two_lists_sent_at_once_one_is_refused(octave, cast, client):
    made = created(octave)
    contents.set_axes(convention=made, by=octave, rows=[axis("Transition")])
    one = made.axes.get()
    pages = {name: Client() for name in ("Un", "Deux")}
    asked = {
        "axes-TOTAL_FORMS": 1, "axes-INITIAL_FORMS": 1, "axes-0-id": one.pk, "axes-lu": rows._mark(AxisRow, [
            {"id": one.pk, "title": one.title, "description": "", "volet": "", "themes": []}
        ]),
    }  # fmt: skip
    codes = []

    def send(name):
        address = f"/pacte/{made.slug}/convention/axes/"
        codes.append(as_user(pages[name], cast.octave).post(address, asked | {"axes-0-title": name}).status_code)

    at_once(*[lambda name=name: send(name) for name in pages])
    assert sorted(codes) == [302, 422]


def test_a_year_is_prepared_while_the_round_makes_its_amendment_apply(octave, to_sign, time_machine):
    framework = sign_all(to_sign, octave)
    kept = framework.perimeter.communes[1:]
    time_machine.move_to(date(2019, 10, 1), tick=False)
    values = {Subject.PERIMETER: {"kept": kept}}
    amendment = amending.open_amendment(
        convention=framework, by=octave, subjects=list(values), reason="Suite", effective_on=date(2020, 1, 1)
    )
    amending.write(amendment=amendment, by=octave, values=values)
    amending.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(framework, octave)
    day = date(2020, 1, 2)
    time_machine.move_to(day, tick=False)
    rounds = [lambda: effect.apply_all(on=day)] * 2
    assert at_once(lambda: preparing.prepare_year(convention=framework, by=octave, year=2020), *rounds) == 0
    assert framework.years.get().perimeter.communes == kept
    assert Event.objects.filter(verb="amendment.in_force").count() == 1


def test_a_mission_letter_drawn_up_twice_at_once_is_there_once(octave, cast):
    made = created(octave)
    contents.set_axes(convention=made, by=octave, rows=[axis("Transition")])
    Convention.objects.update(state=State.ACTIVE)
    made.refresh_from_db()
    shares = {made.axes.get(): 60}
    draw = [lambda: missions.draw_up(by=octave, convention=made, developer=cast.diane, year=2026, shares=shares)] * 3
    assert at_once(*draw) == 2
    assert MissionLetter.objects.count() == 1
