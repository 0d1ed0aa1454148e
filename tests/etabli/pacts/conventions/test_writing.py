"""Writing a draft: who may, what is kept, what is refused and why."""

from datetime import date

import pytest
from django.urls import reverse

from etabli.accounts.models import Organisation, OrganisationSuccession
from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts import access
from etabli.pacts.conventions import actions, contents, preparing
from etabli.pacts.models import Convention, PartyRole, Target
from etabli.registry.models import Perimeter
from maillage.territory import parse
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import axis, parties, party, reader

pytestmark = pytest.mark.django_db


def test_a_new_convention_has_its_dated_list_of_communes_and_its_pilot(draft, octave):
    assert draft.perimeter.communes == sorted(parse("epci:246200364").communes)
    assert len(draft.perimeter.communes) == 36
    assert draft.perimeter.as_of == parse("epci:246200364").as_of
    (pilot,) = draft.parties.all()
    assert (pilot.organisation, pilot.role) == (octave.organisation, PartyRole.PILOT)
    assert Event.objects.filter(verb="convention.created", object_id=str(draft.pk)).count() == 1


def test_an_adviser_prepares_no_convention(cast):
    with pytest.raises(Denied, match="chargé du pacte"):
        actions.create(
            by=reader(cast.alice), title="X", territory=parse("commune:62498"), starts_on=date(2020, 1, 1),
            ends_on=date(2020, 12, 31),
        )  # fmt: skip


def test_two_conventions_of_one_title_have_two_addresses_and_no_reserved_one(octave):
    made = [
        actions.create(
            by=octave,
            title=title,
            territory=parse("commune:62498"),
            starts_on=date(2020, 1, 1),
            ends_on=date(2020, 12, 31),
        ).slug
        for title in ("Nouvelle", "Pacte", "Pacte", "…")
    ]
    assert made == ["nouvelle-2", "pacte", "pacte-2", "convention"]


def test_communes_ticked_off_make_another_list_and_leave_the_first_as_it_was(draft, octave):
    before = draft.perimeter
    kept = [code for code in before.communes if code != "62498"]
    after = actions.set_perimeter(convention=draft, by=octave, kept=kept).perimeter
    assert len(after.communes) == 35
    assert "62498" not in after.communes
    assert after.name == "CA de Lens - Liévin (35\u00a0communes)"
    assert Perimeter.objects.get(pk=before.pk).communes == before.communes


def test_a_commune_from_elsewhere_cannot_be_ticked_in(draft, octave):
    kept = [*draft.perimeter.communes, "75056"]
    assert actions.set_perimeter(convention=draft, by=octave, kept=kept).perimeter == draft.perimeter


def test_a_perimeter_is_never_empty(draft, octave):
    with pytest.raises(Denied, match="au moins une commune"):
        actions.set_perimeter(convention=draft, by=octave, kept=[])


def test_a_former_intercommunality_is_a_perimeter(draft, octave):
    made = actions.set_perimeter(convention=draft, by=octave, territory=parse("liste:pays-aubagne-etoile"))
    assert len(made.perimeter.communes) == 12


def test_an_intercommunality_is_known_by_its_siren_and_others_by_their_name(draft, octave):
    actions.set_parties(
        convention=draft, by=octave,
        rows=parties(party("245901160", "funder"), party("000000307", "operator", name="Écluse, coopérative")),
    )  # fmt: skip
    valenciennes = Organisation.objects.get(siren="245901160")
    assert (valenciennes.kind, valenciennes.territory) == ("epci", "epci:245901160")
    assert Organisation.objects.get(siren="000000307").name == "Écluse, coopérative"
    actions.set_parties(convention=draft, by=octave, rows=parties())
    assert draft.parties.count() == 1


def test_there_is_one_pilot_and_it_is_ours(draft, octave):
    with pytest.raises(Denied, match="un seul"):
        actions.set_parties(convention=draft, by=octave, rows=[party("000000109", "funder")])
    with pytest.raises(Denied, match="votre organisation"):
        actions.set_parties(
            convention=draft, by=octave, rows=[party("000000109", "funder"), party("246200364", "pilot")]
        )  # fmt: skip


def test_axes_are_renamed_moved_added_and_removed_in_one_form(draft, octave):
    first, second, third = draft.axes.order_by("number")
    contents.set_axes(
        convention=draft, by=octave,
        rows=[axis(third.title, third.pk), axis("Numérique", first.pk, volet="Entreprises"), axis("Jeunes")],
    )  # fmt: skip
    told = [(one.number, one.title, str(one.volet or "")) for one in draft.axes.filter(number__lt=1000)]
    assert told == [(1, third.title, ""), (2, "Numérique", "Entreprises"), (3, "Jeunes", "")]
    assert not draft.axes.filter(pk=second.pk).exists()
    assert draft.axes.filter(pk=first.pk, title="Numérique").exists()


def test_a_volet_without_axis_disappears(draft, octave):
    first = draft.axes.order_by("number").first()
    contents.set_axes(convention=draft, by=octave, rows=[axis(first.title, first.pk, volet="A")])
    contents.set_axes(convention=draft, by=octave, rows=[axis(first.title, first.pk)])
    assert draft.axes.count() == 1


def test_an_axis_with_targets_is_not_removed(draft, octave, objective):
    with pytest.raises(Denied, match="ne peut plus être retiré"):
        contents.set_axes(convention=draft, by=octave, rows=[axis("Autre")])
    assert draft.axes.filter(number__lt=1000).count() == 3


@pytest.fixture
def objective(draft, octave):
    made = draft.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    for year, value in ((2018, 100), (2019, 120), (2018, 110)):
        Target.objects.create(objective=made, year=year, value=value, set_by=octave.user)
    return made


def test_actions_of_all_axes_are_written_in_one_form_and_one_by_one(draft, octave):
    one, two, _ = draft.axes.order_by("number")
    row = {"id": None, "title": "Boutiques en ligne", "purpose": "Vendre", "public": ""}
    contents.set_actions(convention=draft, by=octave, rows={one.pk: [row], two.pk: [row, row]})
    assert [one.actions.count(), two.actions.count()] == [1, 2]
    action = one.actions.get()
    contents.write_action(action=action, by=octave, values={"days": 12, "risks": "Peu de temps", "budget": 100_000})
    action.refresh_from_db()
    assert (action.days, action.risks, action.budget) == (12, "Peu de temps", 100_000)


def test_a_year_is_prepared_from_the_framework_then_from_the_year_before(two_parties, octave, objective):
    first = preparing.prepare_year(convention=two_parties, by=octave, year=2018)
    assert (first.kind, first.framework, first.starts_on, first.ends_on) == (
        "annual", two_parties, date(2018, 1, 1), date(2018, 12, 31),
    )  # fmt: skip
    assert [one.organisation for one in first.parties.all()] == [one.organisation for one in two_parties.parties.all()]
    kept = first.axes.get(number=1).objectives.get()
    assert [(row.year, row.value) for row in kept.targets.all()] == [(2018, 110)]
    contents.set_axes(convention=first, by=octave, rows=[axis("Argile", first.axes.get(number=1).pk)])
    second = preparing.prepare_year(convention=first, by=octave, year=2019)
    assert [one.title for one in second.axes.all()] == ["Argile"]
    assert second.framework == two_parties


def test_a_year_is_prepared_once_and_within_its_framework(two_parties, octave):
    preparing.prepare_year(convention=two_parties, by=octave, year=2020)
    with pytest.raises(Denied, match="existe déjà"):
        preparing.prepare_year(convention=two_parties, by=octave, year=2020)
    with pytest.raises(Denied, match="16\u00a0novembre 2017"):
        preparing.prepare_year(convention=two_parties, by=octave, year=2021)
    assert Convention.objects.get(framework=two_parties).ends_on == date(2020, 11, 15)


def test_a_draft_is_its_pilot_s_alone_then_partners_see_it_and_strangers_never(two_parties, octave, basile, etienne):
    assert [list(access.visible(one)) for one in (octave, basile, etienne)] == [[two_parties], [], []]
    two_parties.state = "in_review"
    two_parties.save()
    assert [list(access.visible(one)) for one in (octave, basile, etienne)] == [[two_parties], [two_parties], []]


def test_who_succeeds_a_party_sees_and_completes_what_was_its(in_review, cast, etienne):
    OrganisationSuccession.objects.create(
        predecessor=cast.agglomeration, successor=cast.other_chamber, on=date(2019, 1, 1)
    )  # fmt: skip
    heir = reader(cast.etienne)
    assert list(access.visible(heir)) == [in_review]
    (own,) = access.own_parties(heir, in_review)
    assert own.organisation == cast.agglomeration
    actions.complete_party(party=own, by=heir, deliberation_number="1", deliberation_on=date(2019, 2, 1))
    assert list(access.visible(etienne)) == []


def test_a_partner_completes_its_own_line_and_no_other(in_review, basile, octave):
    pilot, partner = in_review.parties.order_by("pk")
    actions.complete_party(party=partner, by=basile, deliberation_number="31", deliberation_on=date(2017, 10, 2))
    with pytest.raises(Denied, match="votre organisation"):
        actions.complete_party(party=pilot, by=basile, deliberation_number="31", deliberation_on=date(2017, 10, 2))
    with pytest.raises(Denied, match="Seul le pilote"):
        actions.write(convention=in_review, by=basile, title="Autre")
    with pytest.raises(Denied, match="en relecture"):
        actions.write(convention=in_review, by=octave, title="Autre")


def test_the_journal_names_nobody(two_parties, octave):
    actions.write(convention=two_parties, by=octave, preamble="Avec Luc Bernard.", budget=15_000_000)
    changes = Event.objects.filter(verb="convention.written").get().changes
    assert changes == {"preamble": ["0 signes", "17 signes"], "budget": [14_000_000, 15_000_000]}


def test_the_themes_of_an_axis_are_ticked_in_the_browser_kept_and_given_back(client, cast, draft):
    first = draft.axes.order_by("number").first()
    address = reverse("pacts:axes", args=[draft.slug])
    sent = {
        "axes-TOTAL_FORMS": "1", "axes-INITIAL_FORMS": "1", "axes-0-id": first.pk, "axes-0-title": first.title,
        "axes-0-description": "", "axes-0-volet": "", "axes-0-themes": ["numerique", "marche"],
    }  # fmt: skip
    assert as_user(client, cast.octave).post(address, sent).status_code == 302
    first.refresh_from_db()
    assert first.themes == ["numerique", "marche"]
    shown = client.get(address).content.decode()
    assert [shown.count(f'value="{code}" id="id_axes-0-themes_') for code in ("numerique", "marche")] == [1, 1]
    assert shown.count(" checked") == 2
    contents.set_axes(convention=draft, by=reader(cast.octave), rows=[axis(first.title, first.pk)])
    first.refresh_from_db()
    assert first.themes == ["numerique", "marche"]
