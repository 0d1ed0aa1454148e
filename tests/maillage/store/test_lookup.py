"""An establishment is found by its number, or by its name within some communes."""

import pytest

from tests.maillage.store.building import build_of
from tests.maillage.store.official_files import establishment, siret, unit


@pytest.fixture
def store(source, out):
    names = ["BOULANGERIE DU CENTRE", "ÉLECTRICITÉ ST-MARTIN", "CENTRE AUTO", "MASQUÉE"]
    rows = [
        establishment(number, codeCommuneEtablissement="62498" if number != 3 else "62510", enseigne1Etablissement="")
        for number in (1, 2, 3)
    ]
    hidden = establishment(4, codeCommuneEtablissement="62498", statutDiffusionEtablissement="P")
    units = [unit(number, denominationUniteLegale=name) for number, name in enumerate(names, start=1)]
    return build_of(source, out, *rows, hidden, units=units)


def found(store, text, *communes):
    return [row.name for row in store.describe(store.named(text, communes, limit=8))]


def test_a_siret_leads_to_its_establishment(store):
    (row,) = store.describe([store.number_of(siret(2))])
    assert row.siret == siret(2)


@pytest.mark.parametrize("typed", ["", "123", "00000009900011", "²2345678901234"])
def test_a_number_that_the_store_has_not_leads_nowhere(store, typed):
    assert store.number_of(typed) is None


def test_a_name_is_found_by_the_start_of_its_words(store):
    assert found(store, "boul cen", "62498", "62510") == ["BOULANGERIE DU CENTRE"]
    assert found(store, "electricité saint martin", "62498") == ["ÉLECTRICITÉ ST-MARTIN"]


def test_a_name_that_starts_as_typed_comes_first(store):
    assert found(store, "centre", "62498", "62510") == ["CENTRE AUTO", "BOULANGERIE DU CENTRE"]


def test_a_name_is_looked_for_in_the_communes_given(store):
    assert found(store, "centre", "62510") == ["CENTRE AUTO"]
    assert found(store, "centre") == found(store, "centre", "75056") == []


@pytest.mark.parametrize("typed", ["", "%", "'; DROP TABLE establishment; --", "_"])
def test_strange_names_find_nothing(store, typed):
    assert found(store, typed, "62498") == []


def test_a_firm_that_may_not_be_named_is_not_found_by_its_name(store):
    assert found(store, "masquee", "62498") == []
