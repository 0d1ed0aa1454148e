"""Each check passes on a sound store and is seen failing on one where its rule is broken."""

import dataclasses
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from maillage.store import OPEN_END, UNKNOWN_START
from maillage.store.build import build
from maillage.store.checks import CHECKS, check
from tests.maillage.store.official_files import BUTCHER, LIEVIN, LYON_4, STOCK, crowd, establishment, link, write_csv
from tests.maillage.store.official_files import LINKS as LINK_FILE


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checks")
    rows = [*crowd(5), establishment(1, commune=LIEVIN, naf=BUTCHER), establishment(2, commune=LYON_4), *crowd(2, 50)]
    write_csv(folder / "source" / "links.csv", LINK_FILE, [link(1, 2)])
    for on, band in ((date(2026, 9, 1), "01"), (date(2026, 10, 1), "02"), (date(2026, 11, 1), "03")):
        write_csv(
            folder / "source" / "stock.csv", STOCK, [row | {"trancheEffectifsEtablissement": band} for row in rows]
        )
        store = build(folder / "source", folder / "stores", on=on)
    return store


@pytest.fixture
def copy(store):
    """The same facts in arrays that a test may spoil."""

    def thaw(table):
        return type(table)(**{field.name: np.array(getattr(table, field.name)) for field in dataclasses.fields(table)})

    return SimpleNamespace(
        manifest=store.manifest,
        spells=thaw(store.spells),
        establishments=thaw(store.establishments),
        firms=thaw(store.firms),
        links=thaw(store.links),
        past_establishments=thaw(store.past_establishments),
        past_firms=thaw(store.past_firms),
        pointers=np.array(store.pointers),
        directory_size=store.directory_size,
    )


def broken(copy):
    return {result.name for result in check(copy) if not result.ok}


def test_sound_store_passes_every_check(copy):
    assert broken(copy) == set()


def test_swapped_spells_are_seen(copy):
    copy.spells.commune[[0, -1]] = copy.spells.commune[[-1, 0]]
    assert {"sorted", "pointers", "agreement"} <= broken(copy)


def test_spell_without_a_day_is_seen(copy):
    copy.spells.end[0] = copy.spells.start[0]
    assert "spells_last" in broken(copy)


def test_overlapping_spells_of_one_establishment_are_seen(copy):
    copy.spells.establishment[1] = copy.spells.establishment[0]
    assert {"no_overlap", "all_used"} <= broken(copy)


def test_numbers_without_object_are_seen(copy):
    copy.spells.trade[-1] = 60_000
    assert "numbers_exist" in broken(copy)


def test_a_past_without_object_is_seen(copy):
    copy.past_establishments.establishment[0] = 60_000
    assert "numbers_exist" in broken(copy)


def test_editions_out_of_order_are_seen(copy):
    copy.past_establishments.edition[:] = copy.past_establishments.edition[::-1]
    assert broken(copy) == {"editions"}


def test_an_edition_that_is_later_than_the_store_is_seen(copy):
    copy.manifest = dataclasses.replace(copy.manifest, stock_date=date(2026, 9, 1))
    assert broken(copy) == {"editions"}


def test_firm_that_is_not_the_establishments_is_seen(copy):
    copy.establishments.firm[0] += 1
    assert "agreement" in broken(copy)


@pytest.mark.parametrize(("column", "value"), [("end", OPEN_END - 1), ("start", UNKNOWN_START), ("opening", 7)])
def test_ends_that_lie_are_seen(copy, column, value):
    getattr(copy.spells, column)[0] = value
    assert "ends" in broken(copy)


def test_same_siret_twice_is_seen(copy):
    for column in (copy.establishments.siren, copy.establishments.nic):
        column[1] = column[0]
    assert "sirets" in broken(copy)


def test_columns_of_uneven_length_are_seen(copy):
    copy.links = dataclasses.replace(copy.links, day=copy.links.day[:0])
    assert "columns_even" in broken(copy)


def test_directory_that_lacks_someone_is_seen(copy):
    copy.directory_size = lambda: 1
    assert "directory" in broken(copy)


def test_rows_that_do_not_add_up_are_seen(copy):
    source = dataclasses.replace(copy.manifest.sources[0], read=10_000)
    copy.manifest = dataclasses.replace(copy.manifest, sources=(source,))
    assert "rows_add_up" in broken(copy)


def test_every_check_has_a_test_that_breaks_it():
    seen = {"sorted", "pointers", "agreement", "spells_last", "no_overlap", "all_used", "numbers_exist", "ends"}
    seen |= {"editions"}
    assert set(CHECKS) == seen | {"sirets", "columns_even", "directory", "rows_add_up"}
