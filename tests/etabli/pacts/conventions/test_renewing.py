"""A convention that ends is renewed by another one: same people, same axes, same counters, other dates."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from etabli.accounts.policies import Denied
from etabli.notices.kinds import Kind
from etabli.pacts.conventions import preparing, renewing
from etabli.pacts.documents.snapshot import axes_content
from etabli.pacts.duties.rules import duties
from etabli.pacts.models import Convention, Target
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective of a fiche-action and its target."""
    axis = draft.axes.get(number=1)
    sheet = axis.actions.create(number=1, title="Boutiques en ligne")
    made = axis.objectives.create(
        number=1, title="Entreprises aidées", unit="entreprises", action=sheet, kinds=["visit_made"]
    )
    Target.objects.create(objective=made, year=2019, value=120, set_by=octave.user)
    return draft


@pytest.fixture
def active(to_sign: Convention, octave) -> Convention:
    return sign_all(to_sign, octave)


def test_the_alert_of_an_end_leads_to_the_page_that_renews(active, cast, client):
    (alert,) = [one for one in duties(active, date(2020, 6, 1)) if one.kind == Kind.ENDING]
    as_user(client, cast.octave)
    form = client.get(alert.address).context["form"]
    assert form.initial == {"title": active.title, "starts_on": date(2020, 11, 16), "ends_on": date(2023, 11, 15)}
    answer = client.post(alert.address, {"title": "La suite", "starts_on": "2021-01-01", "ends_on": "2023-12-31"})
    made = Convention.objects.get(title="La suite")
    assert answer["Location"] == f"/pacte/{made.slug}/convention/"
    assert (made.state, made.budget, made.perimeter) == ("draft", None, active.perimeter)
    assert [str(one) for one in made.parties.all()] == [str(one) for one in active.parties.all()]
    assert {one.deliberation_number for one in made.parties.all()} == {""}
    before, after = (axes_content(one)[0] for one in (active, made))
    assert after["actions"] == before["actions"]
    kept, old = after["objectives"][0], before["objectives"][0]
    assert (kept["title"], kept["counting"], kept["action"]) == (old["title"], old["counting"], 1)
    assert (kept["targets"], old["targets"]) == ({}, {"2019": "120"})


def test_a_renewal_in_preparation_is_said_until_it_is_signed(active, octave, cast, client):
    day = date(2020, 6, 1)
    made = renewing.renew(
        convention=active, by=octave, title="La suite", starts_on=date(2020, 11, 16), ends_on=date(2023, 11, 15)
    )
    (alert,) = [one for one in duties(active, day) if one.kind == Kind.ENDING]
    assert alert.subject.endswith("2020\u00a0: renouvellement en préparation")
    assert alert.address == f"/pacte/{made.slug}/convention/"
    pages = {one: f"/pacte/{one.slug}/convention/" for one in (active, made)}
    as_user(client, cast.octave)
    assert "renouvellement en préparation" in client.get(pages[active]).content.decode()
    assert "renouvelée par celle-ci" in client.get(pages[made]).content.decode()
    assert "Un renouvellement existe déjà" in client.get(f"{pages[active]}renouveler/").content.decode()
    as_user(client, cast.basile)
    assert "La suite" not in client.get(pages[active]).content.decode(), "a draft is its pilot's alone"
    Convention.objects.filter(pk=made.pk).update(state="active")
    assert [one for one in duties(active, day) if one.kind == Kind.ENDING] == []
    Convention.objects.filter(pk=made.pk).update(state="abandoned")
    (alert,) = [one for one in duties(active, day) if one.kind == Kind.ENDING]
    assert alert.address.endswith("/renouveler/")


def test_renewals_of_former_times_are_found_in_the_journal(active, octave):
    made = renewing.renew(
        convention=active, by=octave, title="La suite", starts_on=date(2020, 11, 16), ends_on=date(2023, 11, 15)
    )
    Convention.objects.update(renews=None)
    import_module("etabli.pacts.migrations.0019_renewals_of_the_journal").named_by_the_journal(apps, None)
    assert list(active.renewals.all()) == [made]


def test_the_years_told_to_a_partner_are_those_that_it_may_open(active, octave, cast, client):
    made = preparing.prepare_year(convention=active, by=octave, year=2019)
    for user, seen in ((cast.octave, True), (cast.basile, False)):
        page = as_user(client, user).get(f"/pacte/{active.slug}/convention/").content.decode()
        assert (f"/pacte/{made.slug}/" in page) is seen


def test_what_was_typed_comes_back_when_it_would_overlap(active, cast, client):
    as_user(client, cast.octave)
    page = f"/pacte/{active.slug}/convention/renouveler/"
    answer = client.post(page, {"title": "La suite", "starts_on": "2020-01-01", "ends_on": "2023-12-31"})
    assert answer.status_code == 422
    assert "commence après la fin" in answer.content.decode()
    assert 'value="La suite"' in answer.content.decode()
    assert Convention.objects.count() == 1


def test_only_the_pilot_of_a_signed_framework_renews(draft, active, octave, cast, client):
    as_user(client, cast.basile)
    assert client.get(f"/pacte/{active.slug}/convention/renouveler/").status_code == 403
    as_user(client, cast.octave)
    assert "renouveler/" in client.get(f"/pacte/{active.slug}/convention/").content.decode()
    draft.state = "draft"
    with pytest.raises(Denied, match="ne l’est pas"):
        renewing.check_can_renew(octave, draft)


def test_whole_years_follow_whole_years(cast):
    made = ground.convention(cast.chamber, ground.LENS, years=(2024, 2026))
    assert renewing.dates_after(made) == (date(2027, 1, 1), date(2029, 12, 31))


def test_the_fiche_action_tells_what_measures_it(active, cast, client):
    as_user(client, cast.basile)
    said = " ".join(client.get(f"/pacte/{active.slug}/convention/").content.decode().split())
    assert "<b>Indicateurs</b>&nbsp;: Entreprises aidées (entreprises), cibles 2019" in said
