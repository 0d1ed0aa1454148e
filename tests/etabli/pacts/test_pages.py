"""Every page of a convention, as its pilot, its partner and a stranger see it; forms keep what was typed."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from etabli.accounts.models import Membership
from etabli.accounts.roles import Role
from etabli.pacts.conventions import review
from etabli.pacts.models import Convention, Party, PartyRole, RemarkKind
from etabli.pacts.workflow import State
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import objective

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WRITING = ("texte/", "perimetre/", "parties/", "axes/", "actions/", "deliberations/", "modele/")
READING = ("/pacte/{}/convention/", "/pacte/{}/avenants/", "/pacte/{}/instances/")


def post(client: Client, address: str, data: dict[str, object], status: int = 302) -> str:
    response = client.post(address, data)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode() if status != 302 else response["Location"]


def lines(prefix: str, *rows: dict[str, object]) -> dict[str, object]:
    """A form of several lines as a browser sends it."""
    counts = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return {**counts, **{f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}}


@pytest.mark.parametrize("part", WRITING)
def test_every_page_of_a_draft_opens_for_its_pilot_alone(visit_as, cast, two_parties, part):
    address = f"/pacte/{two_parties.slug}/convention/{part}"
    visit_as(cast.octave, address)
    visit_as(cast.basile, address, status=404)
    visit_as(cast.etienne, address, status=404)


@pytest.mark.parametrize("address", READING)
def test_partners_read_from_the_review_on_and_strangers_never(visit_as, cast, in_review, address):
    for reader in (cast.octave, cast.alice, cast.basile, cast.luc):
        visit_as(reader, address.format(in_review.slug))
    visit_as(cast.etienne, address.format(in_review.slug), status=404)


def test_who_may_read_for_another_of_their_organisations_is_told_to_choose_it(visit_as, cast, in_review):
    Membership.objects.create(
        user=cast.etienne, organisation=cast.agglomeration, role=Role.PACT_OFFICER, starts_on=date(2020, 1, 1)
    )
    told = visit_as(cast.etienne, f"/pacte/{in_review.slug}/convention/", status=403).text
    assert "Vous agissez pour CMA Grand Est. Cette page est celle d’un pacte de CALL" in told
    Membership.objects.filter(user=cast.etienne, organisation=cast.agglomeration).update(ends_on=date(2021, 1, 1))
    visit_as(cast.etienne, f"/pacte/{in_review.slug}/convention/", status=404)


def test_the_page_of_a_convention_says_what_was_promised(visit_as, cast, in_review):
    axis = in_review.axes.get(number=1)
    axis.actions.create(number=1, title="Ateliers du soir", purpose="Dix soirées")
    objective(axis, title="Boulangers équipés", unit="entreprises").targets.create(
        year=2026, value=12, set_by=cast.octave
    )
    page = visit_as(cast.basile, f"/pacte/{in_review.slug}/convention/").text
    for words in (f"1. {axis.title}", "Boulangers équipés", "cibles 2026\u00a0:\u00a012", "Fiche-action 1.1. Ateliers"):
        assert words in page, words
    assert "Dix soirées" in page


def test_five_fields_make_a_draft(cast, client):
    as_user(client, cast.octave)
    where = post(client, "/pacte/nouvelle/", {
        "title": "Pacte de Lens", "territory": "lens lievin", "starts_on": "2026-01-01", "ends_on": "31/12/2028",
        "budget": "140 000 €",
    })  # fmt: skip
    made = Convention.objects.get()
    assert where == f"/pacte/{made.slug}/convention/perimetre/"
    assert (made.budget, made.ends_on, len(made.perimeter.communes)) == (14_000_000, date(2028, 12, 31), 36)


def test_a_wrong_field_keeps_everything_that_was_typed_and_says_what_to_do(cast, client):
    as_user(client, cast.octave)
    page = post(client, "/pacte/nouvelle/", {
        "title": "Pacte de Lens", "territory": "zzzz", "starts_on": "2026-01-01", "ends_on": "2025-01-01",
        "budget": "beaucoup",
    }, status=422)  # fmt: skip
    for typed in ("Pacte de Lens", "zzzz", "2026-01-01", "2025-01-01", "beaucoup"):
        assert f'value="{typed}"' in page
    assert "À corriger avant d’enregistrer" in page
    for said in ("Aucun territoire ne s’appelle", "se termine après son début", "Écrivez un montant en euros"):
        assert said in page


def test_a_name_that_may_be_several_places_is_asked_in_the_same_page(cast, client):
    as_user(client, cast.octave)
    data = {"title": "Pacte", "territory": "Saint-Denis", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    page = post(client, "/pacte/nouvelle/", data, status=422)
    assert 'value="commune:93066"' in page
    post(client, "/pacte/nouvelle/", {**data, "choice": "commune:93066"})
    assert Convention.objects.get().perimeter.communes == ["93066"]


def test_parties_axes_and_actions_are_written_in_three_forms(cast, client, draft):
    as_user(client, cast.octave)
    here = f"/pacte/{draft.slug}/convention/"
    post(client, f"{here}parties/", lines(
        "parties", {"siren": "000000109", "role": "pilot", "signatory_name": "Rose", "signatory_title": ""},
        {"siren": "246 200 364", "role": "funder", "signatory_name": "Luc", "signatory_title": "président"},
        {"siren": "", "role": "funder"},
    ))  # fmt: skip
    assert draft.parties.count() == 2
    post(client, f"{here}axes/", lines("axes", {"title": "Numérique"}, {"title": ""}, {"title": "Énergie"}))
    axes = list(draft.axes.order_by("number"))
    assert [one.title for one in axes] == ["Numérique", "Énergie"]
    row = {"title": "Boutiques", "purpose": "Vendre en ligne", "public": ""}
    post(
        client, f"{here}actions/", {**lines(f"axe-{axes[0].pk}", row), **lines(f"axe-{axes[1].pk}", row, {"title": ""})}
    )
    assert [one.actions.count() for one in axes] == [1, 1]


def test_an_unknown_siren_asks_for_its_name_and_keeps_the_lines(cast, client, draft):
    as_user(client, cast.octave)
    rows = (
        {"siren": "000000109", "role": "pilot"},
        {"siren": "000000307", "role": "operator", "signatory_name": "Nadia"},
        {"siren": "000000308", "role": "operator"},
    )
    page = post(client, f"/pacte/{draft.slug}/convention/parties/", lines("parties", *rows), status=422)
    assert "Ce SIREN n’est pas encore connu" in page
    assert "Ce SIREN n’existe pas" in page
    assert 'value="Nadia"' in page
    assert draft.parties.count() == 1


def test_more_lines_are_given_without_script(cast, client, draft):
    as_user(client, cast.octave)
    address = f"/pacte/{draft.slug}/convention/axes/"
    where = post(client, address, {**lines("axes", {"title": "A"}), "more": "1"})
    page = client.get(where.split("#")[0]).content.decode()
    assert page.count(">Intitulé") == 4


def test_one_state_is_said_in_three_ways(visit_as, cast, in_review):
    address = f"/pacte/{in_review.slug}/convention/"
    assert "En relecture chez les partenaires" in visit_as(cast.octave, address).text
    assert "donnez votre accord ou demandez une correction" in visit_as(cast.basile, address).text
    assert "votre accord ou votre remarque aide les services" in visit_as(cast.luc, address).text


def test_a_refused_move_gives_its_reason_on_the_disabled_button(visit_as, cast, two_parties):
    page = visit_as(cast.octave, f"/pacte/{two_parties.slug}/convention/").html
    assert "Envoyer en relecture" in page
    two_parties.parties.exclude(role="pilot").delete()
    page = visit_as(cast.octave, f"/pacte/{two_parties.slug}/convention/").html
    assert "Il manque encore" in page
    assert "disabled aria-describedby" in page


def test_a_partner_asks_for_a_correction_and_the_pilot_answers(cast, client, in_review):
    here = f"/pacte/{in_review.slug}/convention/"
    as_user(client, cast.basile)
    post(client, f"{here}remarques/", {"kind": "correction", "part": "Axe 1", "text": "Le montant manque."})
    in_review.refresh_from_db()
    assert in_review.state == "corrections"
    as_user(client, cast.octave)
    assert "Le montant manque." in client.get(here).content.decode()
    post(client, f"{here}remarques/{in_review.remarks.get().pk}/", {"answer": "Ajouté."})
    assert in_review.remarks.get().answer == "Ajouté."
    page = post(client, f"{here}remarques/", {"kind": "comment", "part": "Axe 2", "text": ""}, status=422)
    assert 'value="Axe 2"' in page


def test_what_a_partner_writes_is_shown_as_text(cast, client, in_review, basile):
    review.remark(convention=in_review, by=basile, kind=RemarkKind.COMMENT, text="<script>alert(1)</script>")
    as_user(client, cast.octave)
    assert "<script>alert(1)" not in client.get(f"/pacte/{in_review.slug}/convention/").content.decode()


@pytest.mark.parametrize("address", ["/pacte/", "/pacte/conventions/"])
def test_a_list_has_as_many_queries_with_one_convention_as_with_fifty(cast, client, address):
    def shown():
        with CaptureQueriesContext(connection) as told:
            page = client.get(address).content.decode()
        return len(told), page.count("Pacte à compter")

    as_user(client, cast.octave)
    client.get(address)
    _one_more(cast, State.ACTIVE, 0)
    alone, seen = shown()
    assert seen
    for number in range(1, 50):
        _one_more(cast, (State.ACTIVE, State.DRAFT, State.TO_SIGN)[number % 3], number)
    many, all_seen = shown()
    assert all_seen == 50 * seen
    assert many == alone


def _one_more(cast, state, number):
    named = f"Pacte à compter {number:02d}"
    made = ground.convention(cast.chamber, ground.LENS, ground.LIEVIN, state=state, title=named, short_title=named)
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    ground.objective(ground.axis(made))


def test_papers_are_what_they_say(cast, client, in_review):
    as_user(client, cast.luc)
    assert client.get(f"/pacte/{in_review.slug}/convention.pdf").content.startswith(b"%PDF-1.")
    assert client.get(f"/pacte/{in_review.slug}/convention.docx").content.startswith(b"PK")
    as_user(client, cast.etienne)
    assert client.get(f"/pacte/{in_review.slug}/convention.pdf").status_code == 404


def test_a_year_is_prepared_from_the_page(cast, client, two_parties):
    as_user(client, cast.octave)
    post(client, f"/pacte/{two_parties.slug}/convention/annee/", {"year": "2018"})
    page = post(client, f"/pacte/{two_parties.slug}/convention/annee/", {"year": "2018"}, status=422)
    assert "existe déjà" in page


def test_somebody_with_a_role_that_sees_no_pact_is_told_why(cast, visit_as, in_review):
    dpo = person("Paul Dupré", cast.chamber, Role.DPO)
    told = visit_as(dpo, f"/pacte/{in_review.slug}/convention/", status=403).text
    assert "il faut pouvoir voir les pactes" in told
    assert "Un administrateur de l’organisation peut vous le donner" in told
