"""Pages of objectives and dashboards: who sees what, in how many queries, and nothing that does not open."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.acts.kinds import ActKind, Confidentiality
from etabli.acts.models import Act
from etabli.audit.models import Reading
from etabli.pacts.models import Evidence, Measure, Objective, Party, PartyRole, Target
from etabli.pacts.objectives.figures import evidence_of
from etabli.pacts.workflow import State
from etabli.papers.models import Document
from etabli.registry.models import BeneficiaryIdentity
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to(date(2025, 7, 1))


@pytest.fixture
def pact(cast):
    """A running pact of the chamber and the agglomération."""
    made = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="lens-lievin", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    return made


@pytest.fixture
def helped(cast, pact):
    """An objective with a target a year, and six firms helped in two communes, one of them reserved."""
    axis = ground.axis(pact)
    one = ground.objective(axis, title="Entreprises visitées", kinds=[ActKind.VISIT], disaggregations=["commune"])
    for year in (2024, 2025, 2026):
        Target.objects.create(objective=one, year=year, value=10, set_by=cast.octave)
    for number in range(6):
        who = ground.firm()
        name = f"Fournil {number}"
        BeneficiaryIdentity.objects.create(beneficiary=who, name=name, source="test", valid_from=date(2020, 1, 1))
        ground.act(
            cast.chamber, "2025-03-10", who, commune=LIEVIN if number == 0 else LENS, minutes=30, adviser=cast.alice,
            confidentiality=Confidentiality.RESERVED if number == 5 else Confidentiality.NORMAL,
        )  # fmt: skip
    return one


def page(client, user, address, status=200):
    """The text of a page as somebody sees it."""
    response = as_user(client, user).get(address)
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def test_the_officer_sees_the_rows_and_the_reading_is_kept(client, cast, helped):
    seen = page(client, cast.octave, f"/pacte/lens-lievin/objectifs/{helped.pk}/")
    assert seen.count("Fournil") == 6
    trace = Reading.objects.get()
    assert (trace.reader_id, trace.rows, trace.object_id) == (cast.octave.pk, 6, str(helped.pk))


def test_reserved_rows_are_counted_and_not_shown_to_the_developer(client, cast, helped):
    seen = page(client, cast.diane, f"/pacte/lens-lievin/objectifs/{helped.pk}/")
    assert "Fournil 4" in seen
    assert "Fournil 5" not in seen
    assert "1\u00a0ligne réservée" in seen
    assert "<b>6</b>" in seen


@pytest.mark.parametrize("who", ["basile", "luc"])
def test_partners_and_elected_members_see_aggregates_without_names(client, cast, helped, who):
    seen = page(client, cast.people[who], f"/pacte/lens-lievin/objectifs/{helped.pk}/")
    assert "Fournil" not in seen
    assert "<b>6</b>" in seen
    assert "Par mois" in seen
    assert "secret statistique" in seen  # one firm alone in Liévin
    for suffix in ("csv", "xlsx", "ods"):
        file = as_user(client, cast.people[who]).get(f"/pacte/lens-lievin/objectifs/{helped.pk}/lignes.{suffix}")
        assert file.status_code == 200
        assert b"Fournil" not in file.content
    assert Reading.objects.count() == 0


def test_the_hidden_commune_cannot_be_found_by_subtraction(client, cast, helped):
    seen = page(client, cast.basile, f"/pacte/lens-lievin/objectifs/{helped.pk}/")
    communes = seen.split("Par commune")[-1].split("</table>")[0]
    assert communes.count("secret statistique") == 1
    assert "2 communes" in communes.replace("\u00a0", " ")
    assert not re.search("Liévin|Lens<", communes), "their order would tell which is the larger"


@pytest.mark.parametrize(
    "address",
    ["", "copil/", "annees/", "objectifs/", "objectifs/nouveau/", "objectifs/{pk}/", "objectifs/{pk}/lignes.csv",
     "objectifs/{pk}/piece/"],
)  # fmt: skip
def test_a_stranger_finds_nothing(client, cast, helped, address):
    page(client, cast.etienne, f"/pacte/lens-lievin/{address.format(pk=helped.pk)}", 404)


@pytest.mark.parametrize("odd", ["²", "1" * 5000, "-1", "1990"])
def test_an_odd_number_in_an_address_breaks_nothing(client, cast, helped, odd):
    page(client, cast.octave, f"/pacte/lens-lievin/objectifs/{helped.pk}/?annee={quote(odd)}", 404)
    page(client, cast.octave, f"/pacte/lens-lievin/copil/?vue={quote(odd)}")


def test_the_export_is_what_the_page_shows(client, cast, helped):
    file = as_user(client, cast.diane).get(f"/pacte/lens-lievin/objectifs/{helped.pk}/lignes.csv").content.decode()
    assert sum("Fournil" in line for line in file.splitlines()) == 5
    assert "On compte" in file


def test_as_many_queries_with_one_row_as_with_fifty(client, cast, pact, helped):
    address = f"/pacte/lens-lievin/objectifs/{helped.pk}/"
    page(client, cast.octave, address)
    with CaptureQueriesContext(connection) as few:
        page(client, cast.octave, address)
    for number in range(50):
        ground.act(cast.chamber, "2025-04-01", ground.firm(), commune=LENS, source=f"more:{number}")
    with CaptureQueriesContext(connection) as many:
        page(client, cast.octave, address)
    assert len(many) == len(few)


def test_as_many_queries_with_one_objective_as_with_forty(client, cast, pact, helped):
    page(client, cast.octave, "/pacte/lens-lievin/")
    with CaptureQueriesContext(connection) as few:
        page(client, cast.octave, "/pacte/lens-lievin/")
    for number in range(39):
        ground.objective(helped.axis, title=f"Objectif {number}", measure=Measure.ACTS)
    with CaptureQueriesContext(connection) as many:
        seen = page(client, cast.octave, "/pacte/lens-lievin/")
    assert seen.count('class="gauge-bar"') == 40
    assert len(many) == len(few)
    assert len(many) < 40


def test_the_dashboard_tells_figures_gauges_and_alerts(client, cast, helped):
    seen = page(client, cast.luc, "/pacte/lens-lievin/")
    assert "À mi-parcours, l’objectif ne sera pas tenu au rythme actuel" in seen
    assert "entreprises aidées" in seen
    assert "en retard" in seen
    assert "6\u00a0entreprises sur 30, au rythme actuel 12 fin 2026" in seen
    year = page(client, cast.luc, "/pacte/lens-lievin/?annee=2025")
    assert "au rythme actuel 12 fin 2025" in year
    assert "À mi-2025, l’objectif sera tenu" in year
    page(client, cast.luc, "/pacte/lens-lievin/?annee=2031", 404)


def test_the_dashboard_shows_three_alerts_and_says_how_many_more(client, cast, helped):
    for number in range(4):
        one = ground.objective(helped.axis, title=f"Promesse {number}", kinds=[ActKind.LABEL])
        Target.objects.create(objective=one, year=2024, value=10, set_by=cast.octave)
    seen = page(client, cast.luc, "/pacte/lens-lievin/")
    assert seen.count('class="go"') == 3
    assert "2\u00a0autres points à regarder" in seen
    assert "2\u00a0autres points à regarder" in page(client, cast.luc, "/pacte/lens-lievin/copil/?vue=3")
    assert 'href="/pacte/lens-lievin/instances/"' in seen


def test_once_over_a_pact_says_what_was_held_and_never_that_it_is_late(client, cast, helped, time_machine):
    time_machine.move_to(date(2027, 2, 1))
    seen = page(client, cast.luc, "/pacte/lens-lievin/")
    assert "De 2024 à 2026, l’objectif n’a pas été tenu" in seen
    assert "non tenu\u00a0: 6\u00a0entreprises sur 30" in seen
    assert "status-late" not in seen
    assert "En 2025, l’objectif n’a pas été tenu" in page(client, cast.luc, "/pacte/lens-lievin/?annee=2025")
    compared = " ".join(page(client, cast.octave, "/pacte/comparaison/").split())
    late = '<a href="/pacte/lens-lievin/objectifs/?etat=en-retard">1<'
    counted = re.findall(r'<td class="n" data-label="Objectifs [^"]+">(0|<a [^>]+>1<)', compared)
    assert counted == ["0", "0", late]


def test_what_is_over_is_nowhere_in_force_even_before_the_daily_round(client, cast, helped, time_machine):
    assert "En cours" in page(client, cast.octave, "/pacte/")
    assert "En vigueur" in page(client, cast.octave, "/pacte/conventions/")
    time_machine.move_to(date(2027, 1, 1))
    for address in ("/pacte/", "/pacte/comparaison/", "/pacte/lens-lievin/", "/pacte/conventions/",
                    "/pacte/lens-lievin/convention/"):  # fmt: skip
        seen = page(client, cast.octave, address)
        assert "échue" in seen or "Arrivée à son terme" in seen
        for gone in ("En cours", "En vigueur", " active"):
            assert gone not in seen, (address, gone)


def test_key_figures_open_onto_the_acts_of_the_period_and_tell_those_of_other_parties(client, cast, helped):
    for _ in range(3):
        ground.act(cast.agglomeration, "2025-02-01", ground.firm())
    ground.act(cast.agglomeration, "2020-02-01", ground.firm())
    ground.act(cast.chamber, "2025-02-01", ground.firm(), commune=ground.ARRAS)
    seen = page(client, cast.octave, "/pacte/lens-lievin/?annee=2025")
    address = unescape(re.search(r'href="(/atelier/actes/[^"]+)"', seen)[1])
    assert address == "/atelier/actes/?pacte=lens-lievin&du=2025-01-01&au=2025-07-01"
    assert seen.count("/atelier/actes/?pacte=") == 6
    shown = page(client, cast.octave, address)
    inside = [act for act in Act.objects.all() if act.commune in (LENS, LIEVIN) and act.organisation == cast.chamber]
    assert f"{len(inside)}\u00a0actes" in shown
    told = "3\u00a0autres actes comptés sont ceux des autres parties"
    assert told in shown
    for more in ("&nature=visit_made", "&commune=Lens", "&agent=moi"):
        assert "autres parties" not in page(client, cast.octave, address + more)
    assert "autres parties" not in page(client, cast.octave, address.replace("2025-01-01", "2025-01-31"))
    assert told in page(client, cast.octave, "/atelier/actes/?pacte=lens-lievin")
    assert "/atelier/actes/" not in page(client, cast.luc, "/pacte/lens-lievin/")
    page(client, cast.etienne, address, 404)


def test_acts_of_other_parties_are_not_told_when_they_tell_of_one_firm(client, cast, helped):
    one = ground.firm()
    for day in range(1, 6):
        ground.act(cast.agglomeration, f"2025-02-0{day}", one)
    assert "autres parties" not in page(client, cast.octave, "/atelier/actes/?pacte=lens-lievin")


def test_a_party_that_left_is_no_other_party(client, cast, helped):
    for _ in range(3):
        ground.act(cast.agglomeration, "2025-02-01", ground.firm())
    assert "autres parties" in page(client, cast.octave, "/atelier/actes/?pacte=lens-lievin")
    Party.objects.filter(organisation=cast.agglomeration).update(left_on=date(2025, 1, 31))
    assert "autres parties" not in page(client, cast.octave, "/atelier/actes/?pacte=lens-lievin")


def test_the_file_tells_the_time_of_colleagues_to_the_manager_alone(client, cast, helped):
    address = f"/pacte/lens-lievin/objectifs/{helped.pk}/lignes.csv"
    for name, told in (("diane", False), ("octave", True), ("alice", True)):
        file = as_user(client, cast.people[name]).get(address).content.decode()
        assert ("Alice Martin" in file, ",30" in file or ";30" in file) == (told, told), name


def test_a_pact_of_one_year_names_that_year_once(client, cast, time_machine):
    short = ground.convention(cast.chamber, LENS, slug="un-an", years=(2024, 2024))
    one = ground.objective(ground.axis(short), kinds=[ActKind.VISIT])
    Target.objects.create(objective=one, year=2024, value=10, set_by=cast.octave)
    seen = page(client, cast.octave, "/pacte/un-an/")
    assert "En 2024, l’objectif n’a pas été tenu" in seen
    assert "du 1<sup>er</sup> janvier 2024 au 31 décembre 2024" in seen.replace("\u00a0", " ")


def test_slides_follow_one_another(client, cast, helped):
    first = page(client, cast.luc, "/pacte/lens-lievin/copil/")
    assert 'rel="next" href="/pacte/lens-lievin/copil/?vue=2"' in first
    assert 'rel="prev"' not in first
    last = page(client, cast.luc, "/pacte/lens-lievin/copil/?vue=99")
    assert "vue 3 sur 3" in last
    assert 'rel="next"' not in last


def test_years_stand_side_by_side(client, cast, helped):
    seen = page(client, cast.luc, "/pacte/lens-lievin/annees/")
    assert seen.count("sur 10") == 3


def test_a_firm_helped_by_two_pacts_is_counted_once_in_the_comparison(client, cast, helped):
    other = ground.convention(cast.chamber, LENS, slug="autre", years=(2025, 2025))
    seen = page(client, cast.octave, "/pacte/comparaison/")
    assert str(other) in seen
    told = {name: re.findall(r'<td class="n"[^>]*>(.*?)</td>', row) for name, row in re.findall(
        r'colspan="3">(.*?)</th>(.*?)</tr>', seen)}  # fmt: skip
    assert list(told.values()) == [["11", "11", "6"], ["5", "5", "3"], ["6", "6", "3"]]


def test_the_comparison_has_as_many_queries_for_two_pacts_as_for_twenty(client, cast, helped):
    def told():
        with CaptureQueriesContext(connection) as queries:
            page(client, cast.octave, "/pacte/comparaison/")
        return len(queries)

    def another():
        one = ground.convention(cast.chamber, LENS, years=(2025, 2025))
        ground.objective(ground.axis(one), kinds=[ActKind.VISIT])

    another()
    told()
    few = told()
    for _ in range(18):
        another()
    assert told() == few


@pytest.fixture
def draft(cast):
    """A convention being written."""
    made = ground.convention(cast.chamber, LENS, slug="projet", years=(2025, 2027), state=State.DRAFT)
    ground.axis(made)
    return made


def typed(draft, **more):
    """What an officer fills for a usual objective: axis, title, kinds, measure, three targets."""
    fields = {"axis": draft.axes.get().pk, "title": "Visites", "kinds": [ActKind.VISIT]}
    targets = {"target_2025": "2 700", "target_2026": "12,5", "target_2027": "20"}
    return fields | {"measure": Measure.BENEFICIARIES} | targets | more


def test_a_usual_objective_takes_eight_fields_at_most(client, cast, draft):
    fields = typed(draft)
    assert len(fields) <= 8
    response = as_user(client, cast.octave).post("/pacte/projet/objectifs/nouveau/", fields)
    assert response.status_code == 302, response.content.decode()
    made = Objective.objects.get()
    assert (made.unit, made.number, made.kinds) == ("entreprises", 1, [ActKind.VISIT])
    assert [row.value for row in made.targets.all()] == [2700, Decimal("12.5"), 20]
    assert "Objectif ajouté" in client.get(response.url).content.decode()


@pytest.mark.parametrize("address", ["nouveau/", "apercu/"])
def test_the_builder_shows_what_it_would_have_counted_last_year_with_its_rows(client, cast, draft, address):
    for place in (LENS, ground.ARRAS):
        ground.act(cast.chamber, "2024-05-02", ground.firm(), commune=place)
    seen = as_user(client, cast.octave).post(f"/pacte/projet/objectifs/{address}", typed(draft, apercu="1"))
    assert seen.status_code == 200
    assert "En 2024, cet objectif aurait compté 1\u00a0entreprise." in seen.content.decode()
    assert "2\u00a0mai 2024" in seen.content.decode()
    assert Objective.objects.count() == 0


def test_the_preview_leaves_nothing_to_the_pact_of_that_year(client, cast, draft):
    before = ground.convention(cast.chamber, LENS, years=(2024, 2024))
    ground.objective(ground.axis(before), kinds=[ActKind.VISIT])
    ground.act(cast.chamber, "2024-05-02", ground.firm())
    seen = as_user(client, cast.octave).post("/pacte/projet/objectifs/apercu/", typed(draft))
    assert "aurait compté 1\u00a0entreprise" in seen.content.decode()


def test_the_preview_of_a_draft_counts_nobody_elses_acts(client, cast, draft):
    Party.objects.create(convention=draft, organisation=cast.other_chamber, role=PartyRole.PARTNER)
    ground.act(cast.other_chamber, "2024-05-02", ground.firm())
    seen = as_user(client, cast.octave).post("/pacte/projet/objectifs/apercu/", typed(draft))
    assert "aurait compté 0\u00a0entreprise" in seen.content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, cast, draft):
    wrong = typed(draft, title="", target_2026="beaucoup", kinds=[ActKind.VISIT])
    seen = as_user(client, cast.octave).post("/pacte/projet/objectifs/nouveau/", wrong)
    text = seen.content.decode()
    assert seen.status_code == 422
    assert "Écrivez un nombre, par exemple 2\u202f700." in text
    assert 'value="beaucoup"' in text
    assert 'value="visit_made"' in text
    assert "checked" in text


def test_a_share_of_distinct_firms_is_refused_in_french(client, cast, draft):
    seen = as_user(client, cast.octave).post("/pacte/projet/objectifs/nouveau/", typed(draft, sharing="share"))
    assert seen.status_code == 422
    assert "Des bénéficiaires distincts ne se partagent pas en pourcentage." in seen.content.decode()


def test_a_signed_convention_gets_no_new_objective(client, cast, helped):
    seen = as_user(client, cast.octave).get("/pacte/lens-lievin/objectifs/nouveau/")
    assert seen.status_code == 403
    assert "ne change plus que par un avenant" in seen.content.decode()


def test_typed_evidence_needs_its_document_and_is_never_added(client, cast, pact, helped, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    typed_one = ground.objective(helped.axis, title="Affiches", unit="affiches", measure=Measure.EVIDENCE)
    address = f"/pacte/lens-lievin/objectifs/{typed_one.pk}/piece/"
    fields = {"day": "2025-05-01", "value": "914", "label": "Affiches posées"}
    assert as_user(client, cast.octave).post(address, fields).status_code == 422
    for one in (typed_one, helped):
        Evidence.objects.create(objective=one, day=date(2025, 5, 1), value=914, label="Affiches", typed_by=cast.octave,
                                document=_document(cast))  # fmt: skip
    assert "<b>914</b>" in page(client, cast.luc, f"/pacte/lens-lievin/objectifs/{typed_one.pk}/")
    counted = page(client, cast.luc, f"/pacte/lens-lievin/objectifs/{helped.pk}/")
    assert "<b>6</b>" in counted
    assert "ne s’ajoutent pas aux actes comptés" in counted


def _document(cast):
    return Document.objects.create(name="piece.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x")


def test_a_corrected_evidence_replaces_the_wrong_one(cast, helped):
    typed_one = ground.objective(helped.axis, measure=Measure.EVIDENCE)
    more = {"objective": typed_one, "day": date(2025, 5, 1), "label": "x", "typed_by": cast.octave}
    wrong = Evidence.objects.create(value=9, document=_document(cast), **more)
    right = Evidence.objects.create(value=8, document=_document(cast), replaces=wrong, reason="relu", **more)
    assert evidence_of([typed_one]) == {typed_one.pk: [right]}
