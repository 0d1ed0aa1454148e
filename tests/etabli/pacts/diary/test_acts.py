"""The list of acts: filters in the address, totals made by hand, files of exactly what is shown, readings kept."""

import csv
import io
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.acts import actions as ledger
from etabli.acts.actions import Entry
from etabli.acts.kinds import ActKind, Confidentiality
from etabli.acts.models import Act
from etabli.audit.models import Reading
from etabli.pacts.attributions import actions as attributions
from etabli.registry.actions import Identity, open_person
from tests.etabli import contract
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground

ACTS = "/atelier/actes/"


@pytest.fixture
def note(cast):
    """One act of Alice: `note("1", minutes=30)`."""

    def write(number, kind=ActKind.VISIT, day=date(2025, 3, 10), adviser=None, **more):
        entry = Entry(kind, day, cast.chamber, f"t:{number}", adviser=adviser or cast.alice, **more)
        return ledger.record(by=cast.alice, entry=entry)

    return write


@pytest.fixture
def zoe(cast):
    return open_person(by=None, identity=Identity("=Zoé Martin"), on=date(2025, 1, 1))


def shown(visit_as, person, query=""):
    return " ".join(visit_as(person, f"{ACTS}{query}").text.replace("\u00a0", " ").split())


def test_an_empty_list_says_what_to_do(visit_as, cast):
    assert "Aucun acte n’est encore noté" in shown(visit_as, cast.alice)


def test_totals_are_those_of_the_rows(visit_as, cast, note, zoe):
    note("1", minutes=30, beneficiary=zoe, commune=ground.LENS)
    note("2", minutes=15, beneficiary=zoe, commune=ground.LIEVIN, kind=ActKind.PHONE)
    ledger.reverse(by=cast.alice, act=note("3", minutes=100))
    said = "2 actes · 1 bénéficiaire · 2 communes"
    for person, query, minutes in (
        (cast.octave, "", True), (cast.alice, "?agent=moi", True), (cast.alice, "", False), (cast.diane, "", False),
    ):  # fmt: skip
        text = shown(visit_as, person, query)
        assert said in text
        assert ("45 minutes" in text) == minutes


@pytest.mark.parametrize(
    ("query", "firms"),
    [
        ("?nature=visit_made", {"Premier", "Troisième"}),
        ("?commune=Li%C3%A9vin", {"Deuxième"}),
        ("?du=2025-02-01", {"Deuxième", "Troisième"}),
        ("?au=2025-01-31", {"Premier"}),
        ("?agent=moi", {"Premier", "Deuxième"}),
        ("?theme=energie", {"Deuxième"}),
        ("?nature=visit_made&du=2025-02-01", {"Troisième"}),
    ],
)
def test_filters_are_in_the_address(visit_as, cast, note, query, firms):
    note("1", note="Premier", day=date(2025, 1, 5), commune=ground.LENS)
    note("2", note="Deuxième", kind=ActKind.PHONE, commune=ground.LIEVIN, themes=("energie",))
    note("3", note="Troisième", adviser=cast.diane)
    text = shown(visit_as, cast.alice, query)
    assert {name for name in ("Premier", "Deuxième", "Troisième") if name in text} == firms


def test_the_list_can_be_that_of_one_axis(visit_as, cast, note):
    pact = ground.convention(cast.chamber, ground.LENS)
    axis, other = ground.axis(pact, "Numérique"), ground.axis(pact, "Énergie")
    inside = ground.axis(pact, "Sites", volet=axis)
    for number, where in enumerate((axis, axis, inside, other, axis)):
        act = note(str(number), note=f"Acte {number}", minutes=10)
        attributions.attribute(by=cast.alice, act=act, axis=where)
    attributions.move(by=cast.alice, act=Act.objects.get(note__text="Acte 1"), axis=other)
    ledger.reverse(by=cast.alice, act=act)
    text = shown(visit_as, cast.alice, f"?axe={axis.pk}")
    assert {number for number in range(5) if f"Acte {number}" in text} == {0, 2}
    assert "2 actes · 0 bénéficiaire · 0 commune" in text
    assert "Énergie</option>" in visit_as(cast.alice, f"{ACTS}?axe={other.pk}").html
    assert "choix valide" in shown(visit_as, cast.alice, "?axe=99999")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?du=hier", "date"),
        ("?du=2025-02-01&au=2025-01-01", "échangez les deux jours"),
        ("?commune=Atlantide", "Aucune commune ne s’appelle"),
        ("?page=zzz", "Actes"),
        ("?nature=magie", "Actes"),
    ],
)
def test_a_wrong_filter_is_said(visit_as, cast, note, query, said):
    note("1")
    assert said in shown(visit_as, cast.alice, query)


def test_a_part_opens_its_rows(visit_as, cast, note):
    note("1")
    note("2", kind=ActKind.PHONE)
    assert "?du=2025-01-01&nature=phone_call_held" in visit_as(cast.alice, f"{ACTS}?du=2025-01-01").links


def test_reserved_rows_count_and_are_not_shown(visit_as, cast, note):
    note("1", note="Secret", confidentiality=Confidentiality.RESERVED)
    note("2", note="Public")
    text = shown(visit_as, cast.diane)
    assert "2 actes" in text
    assert "1 ligne réservée : comptées, non montrées" in text
    assert "Public" in text
    assert "Secret" not in text
    assert "Secret" in shown(visit_as, cast.octave)


def test_the_time_of_a_colleague_is_for_the_manager(visit_as, cast, note):
    note("1", minutes=77)
    rows = visit_as(cast.diane, ACTS).html.partition("<tbody>")[2]
    assert "77" not in rows
    assert "Alice" not in rows
    rows = visit_as(cast.octave, ACTS).html.partition("<tbody>")[2]
    assert "77" in rows
    assert "Alice Martin" in rows


@pytest.mark.parametrize("who", ["basile", "etienne"])
def test_another_organisation_sees_nothing(visit_as, client, cast, note, who):
    act = note("1", note="Secret")
    assert "Secret" not in shown(visit_as, cast.people[who])
    assert b"Secret" not in client.get("/atelier/actes.csv").content
    assert client.get(f"/atelier/carnet/{act.pk}/corriger/").status_code == 404
    assert client.get(f"/atelier/actes/{act.pk}/piece/").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_open_and_reading_is_kept(client, cast, note, zoe, kind):
    note("1", beneficiary=zoe)
    response = as_user(client, cast.alice).get(f"/atelier/actes.{kind}?nature=visit_made")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="actes.{kind}"'
    reading = Reading.objects.get()
    assert (reading.reader_id, reading.rows, reading.object_kind) == (cast.alice.pk, 1, "acts.act")


def test_the_file_holds_the_rows_of_the_page_and_runs_nothing(client, cast, note, zoe):
    note("1", beneficiary=zoe, note="@SUM(1)", minutes=30)
    note("2", kind=ActKind.PHONE)
    text = as_user(client, cast.alice).get("/atelier/actes.csv?nature=visit_made").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][2:4] == ["Bénéficiaire", "Commune"]
    assert rows[1][2] == "'=Zoé Martin"
    assert rows[1][8] == "'@SUM(1)"
    assert rows[2] == []


def test_an_unknown_file_is_not_found(client, cast):
    assert as_user(client, cast.alice).get("/atelier/actes.exe").status_code == 404


def test_fifty_rows_ask_no_more_than_one(client, cast, note, pact):
    axis = pact.axes.first()

    def fill(numbers):
        for number in numbers:
            person = open_person(by=None, identity=Identity(f"P{number}"), on=date(2025, 1, 1))
            act = note(number, beneficiary=person, note="vu")
            attributions.attribute(by=cast.alice, act=act, axis=axis)

    def asked():
        with CaptureQueriesContext(connection) as context:
            contract.check(client.get(ACTS), public=False)
        return len(context)

    as_user(client, cast.alice)
    fill(["0"])
    one = asked()
    fill(map(str, range(1, 50)))
    assert asked() == one


@pytest.fixture
def bakers(note):
    """Two files of close names, the second joined to a third one, and an act about somebody else."""
    opened = [open_person(by=None, identity=Identity(name), on=date(2025, 1, 1))
              for name in ("Fournil Dupont", "Fournil Dupont et fils", "Dupont et fils", "Garage Zola")]  # fmt: skip
    for number, one in enumerate(opened):
        note(str(number), beneficiary=one, minutes=10)
    opened[2].canonical = opened[1]
    opened[2].save()
    return opened


@pytest.mark.parametrize(
    ("typed", "acts"),
    [("fournil dupont", 1), ("Fournil", 3), ("DUPONT", 3), ("Dupont et fils", 2), ("garage zola", 1)],
)
def test_the_acts_of_one_beneficiary_are_found_by_name(visit_as, cast, bakers, typed, acts):
    page = visit_as(cast.alice, f"{ACTS}?beneficiaire={typed}")
    assert f"{acts} acte" in page.text.replace("\u00a0", " ")
    assert page.html.count("<tr>") == acts + 1
    assert page.links.count(f"{ACTS}?beneficiaire=Garage+Zola") == ("zola" in typed)


def test_an_unknown_beneficiary_is_said_and_no_act_shown(visit_as, client, cast, bakers):
    for typed, why in (("zzz", "Personne de ce nom ici"), ("123456789", "Ce SIRET n’existe pas")):
        told = shown(visit_as, cast.alice, f"?beneficiaire={typed}")
        assert why in told
        assert "Aucun acte ne répond" in told
        assert "4 actes" not in told
    assert b"Zola" not in client.get("/atelier/actes.csv?beneficiaire=zzz").content


@pytest.mark.databases
@pytest.mark.parametrize("typed", ["métallerie", "METALLERIE", "Hélène coeur", "HELENE", "cœur", "l'art", "c++"])
def test_a_name_is_found_whatever_its_accents(visit_as, cast, note, typed):
    for number, name in enumerate(("METALLERIE QUINEDAINE", "Métallerie c++ Hélène Cœur, l’Art")):
        note(str(number), beneficiary=open_person(by=None, identity=Identity(name), on=date(2025, 1, 1)))
    found = 2 if "tallerie" in typed.lower() else 1
    assert f"{found} acte" in shown(visit_as, cast.alice, f"?beneficiaire={quote(typed)}")


def test_a_name_tells_nobody_of_reserved_acts_nor_of_those_of_another_organisation(visit_as, cast, note, bakers):
    note("9", beneficiary=bakers[3], confidentiality=Confidentiality.RESERVED)
    told = shown(visit_as, cast.diane, "?beneficiaire=Garage Zola")
    assert "1 acte " in told
    assert "réservée" not in told
    assert "Personne de ce nom ici" in shown(visit_as, cast.basile, "?beneficiaire=Garage Zola")


def test_an_axis_and_a_beneficiary_are_asked_together(visit_as, cast, note, bakers):
    axis = ground.axis(ground.convention(cast.chamber, ground.LENS))
    for who in (bakers[0], bakers[3]):
        attributions.attribute(by=cast.alice, act=Act.objects.get(beneficiary=who), axis=axis)
    assert "2 actes" in shown(visit_as, cast.alice, f"?axe={axis.pk}")
    assert "1 acte " in shown(visit_as, cast.alice, f"?axe={axis.pk}&beneficiaire=Garage")
    assert "Aucun acte ne répond" in shown(visit_as, cast.alice, f"?axe={axis.pk}&beneficiaire=Dupont et fils")
