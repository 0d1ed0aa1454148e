"""Which territories a store answers for, and what it says of the others."""

import pytest

from maillage.store.build import build
from maillage.store.coverage import coverage, declared_communes
from maillage.territory import parse
from tests.maillage.store.official_files import LENS, LYON_4, OFFICE, STOCK, crowd, establishment, write_csv

CALL, PAS_DE_CALAIS, LYON = parse("epci:246200364"), parse("departement:62"), parse("commune:69123")


def seen(territory, present):
    return coverage(territory, frozenset(present), declared=False)


def said(territory, present):
    return coverage(territory, frozenset(present), declared=True)


def test_whole_territory_is_covered_without_a_word():
    found = seen(CALL, CALL.communes)
    assert (found.complete, found.missing, found.share, found.reason) == (True, (), 1.0, "")


def test_intercommunality_is_answered_with_its_share_when_nothing_was_declared():
    found = seen(CALL, [LENS])
    assert found.complete
    assert found.share == pytest.approx(1 / 36)
    assert "contiennent une des 36 communes" in found.reason
    assert len(found.missing) == 35


@pytest.mark.parametrize("answer", [seen, said])
def test_place_never_read_is_refused_rather_than_counted_zero(answer):
    found = answer(CALL, LYON.communes)
    assert (found.complete, found.share) == (False, 0)
    assert found.reason == "Lens-Liévin n’est pas dans cette édition des données."


def test_commune_without_a_row_is_an_empty_one_when_its_neighbours_were_read():
    neighbour = next(code for code in sorted(CALL.communes) if code != LENS)
    where = parse(f"commune:{neighbour}")
    assert seen(where, CALL.communes - {neighbour}).complete
    assert seen(where, CALL.communes - {neighbour}).reason.startswith("Les fichiers chargés n’ont aucun établissement")
    assert not seen(where, [LYON_4]).complete


def test_commune_without_a_row_is_refused_when_most_of_its_neighbours_have_none_either():
    found = seen(parse("commune:62510"), [LENS])
    assert not found.complete
    assert found.reason.startswith("Les fichiers chargés n’ont aucun établissement à Liévin. Les fichiers chargés")
    assert "une des 36 communes" in found.reason


def test_counts_of_a_refusal_are_written_as_french_prints_them():
    assert "qu’une des 36 communes" in said(CALL, [LENS]).reason
    assert "36 des 34\u202f875 communes" in said(parse("france"), CALL.communes).reason


@pytest.mark.parametrize(("answer", "subject"), [(seen, "Les fichiers chargés"), (said, "Les données")])
def test_an_arrondissement_alone_is_no_whole_commune(answer, subject):
    found = answer(parse("departement:69"), [LYON_4])
    assert found.reason.startswith(f"{subject} ne contiennent aucune commune entière du Rhône")


def test_departement_of_36_communes_is_refused_with_the_reason():
    found = seen(PAS_DE_CALAIS, CALL.communes)
    assert not found.complete
    assert "36 des 887 communes du Pas-de-Calais" in found.reason
    assert "il en faut 90\u00a0%" in found.reason


def test_wide_territory_is_answered_from_nine_communes_in_ten():
    communes = sorted(PAS_DE_CALAIS.communes)
    enough = communes[: -(len(communes) // 10)]
    assert seen(PAS_DE_CALAIS, enough).complete
    assert not seen(PAS_DE_CALAIS, enough[:-2]).complete


@pytest.mark.parametrize("territory", [CALL, PAS_DE_CALAIS, parse("commune:62510"), parse("liste:62498,62510")])
def test_declared_store_answers_for_whole_territories_only(territory):
    assert not said(territory, [LENS]).complete
    assert said(territory, territory.communes).complete


def test_arrondissements_stand_for_their_city():
    arrondissements = LYON.communes - {"69123"}
    assert seen(LYON, arrondissements).complete
    assert said(LYON, arrondissements).share == 1
    assert said(LYON, arrondissements - {LYON_4}).missing == (LYON_4,)


def test_declared_territories_add_up():
    assert declared_communes(["epci:246200364", "commune:59350"]) == CALL.communes | {"59350"}


def test_store_knows_communes_by_any_establishment_even_outside_craft(tmp_path):
    rows = [*crowd(2), establishment(1, commune="62510", naf=OFFICE)]
    write_csv(tmp_path / "source" / "stock.csv", STOCK, rows)
    store = build(tmp_path / "source", tmp_path / "stores")
    assert store.communes_present == {"62498", "62510"}
    assert store.covers(CALL).share == pytest.approx(2 / 36)
    assert not store.covers(parse("region:32")).complete
    declared = build(tmp_path / "source", tmp_path / "stores", covers="epci:246200364")
    assert declared.covers(CALL).complete
    assert not declared.covers(PAS_DE_CALAIS).complete
