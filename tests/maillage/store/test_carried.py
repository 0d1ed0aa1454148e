"""What a build carries from the store in force: bands and NAFA codes, of the same place alone."""

import shutil

import pytest

from maillage.store import known, open_store
from maillage.store.build import build
from maillage.store.columns import UNKNOWN_BAND
from tests.maillage.indicators.town import Town, siren, siret

SINCE = ("2015-03-01", "", "10.71C")
LENS = "62498"
MONTHS = ("2026-10-01", "2026-11-01", "2026-12-01")


@pytest.fixture
def made(tmp_path):
    """Build a place as it stood on a day: shops given by number as (band, NAFA code)."""

    def of(on, shops, *, source="", covers=("commune:62498",), fictitious=True, firm_band=""):
        town = Town()
        for number, (band, nafa) in shops.items():
            town.firm(number, band=firm_band)
            town.shop(number, LENS, SINCE, band=band, nafa=nafa)
        folder = town.write(tmp_path / (source or on), covers=list(covers), stock_date=on)
        if not fictitious:
            (folder / "etabli.json").write_text(f'{{"stock_date": "{on}", "covers": ["commune:62498"]}}')
        return build(folder, tmp_path / "stores")

    return of


def bands(store, edition=None):
    """SIRET → number of its band and whether it had a NAFA code, as an edition knew them."""
    told, shops = known(store, edition), store.establishments
    return {f"{shops.siren[n]:09d}{shops.nic[n]:05d}": (int(told.band[n]), int(told.certain[n]))
            for n in range(len(shops))}  # fmt: skip


def test_each_edition_is_found_again_whatever_came_and_went(made):
    code = "1071CA"
    states = (
        {1: ("01", ""), 2: ("02", code), 3: ("", "")},
        {1: ("03", code), 2: ("02", code), 4: ("", "")},
        {1: ("03", ""), 2: ("11", ""), 4: ("01", ""), 5: ("", code)},
    )
    stores = [made(on, shops) for on, shops in zip(MONTHS, states, strict=True)]
    last = stores[-1]
    for rank, earlier in enumerate(stores[:2]):
        then, now = bands(earlier), bands(last, rank)
        assert {one: now[one] for one in then if one in now} == {one: then[one] for one in then if one in now}
    assert bands(last, 0)[siret(4)] == (UNKNOWN_BAND, 0)  # came later, with a band: not known then
    assert bands(last, 0)[siret(5)] == (UNKNOWN_BAND, 1)  # a code that comes with its establishment was there
    assert bands(last) == bands(open_store(last.path))


def test_firms_are_carried_too(made):
    made(MONTHS[0], {1: ("", "")}, firm_band="03")
    last = made(MONTHS[1], {1: ("", ""), 2: ("", "")}, firm_band="12")
    where = {int(number): rank for rank, number in enumerate(last.firms.siren)}
    then, now = known(last, 0).firm_band, known(last).firm_band
    assert then[where[int(siren(1))]] != now[where[int(siren(1))]]
    assert then[where[int(siren(2))]] == UNKNOWN_BAND


def test_nothing_is_written_for_a_first_edition(made):
    store = made(MONTHS[0], {1: ("01", "")})
    assert store.manifest.editions == ()
    assert not list(store.path.glob("past*"))


@pytest.mark.parametrize("other", [{"covers": ["epci:246200364"]}, {"fictitious": False}])
def test_another_place_or_nature_begins_again(made, other):
    made(MONTHS[0], {1: ("01", "")}, source="first", **other)
    assert made(MONTHS[1], {1: ("02", "")}, source="second").manifest.editions == ()


def test_an_older_stock_built_after_takes_nothing_from_the_newer(made):
    made(MONTHS[1], {1: ("01", "")})
    made(MONTHS[2], {1: ("03", "")})
    assert made(MONTHS[0], {1: ("02", "")}).manifest.editions == ()


def test_the_same_day_built_again_keeps_the_history_and_is_no_edition_of_its_own(made):
    made(MONTHS[0], {1: ("01", ""), 2: ("02", "")})
    made(MONTHS[1], {1: ("01", ""), 2: ("03", "")}, source="wrong")
    store = made(MONTHS[1], {1: ("11", ""), 2: ("12", "")}, source="right")
    assert [str(edition.stock_date) for edition in store.manifest.editions] == [MONTHS[0]]
    assert bands(store, 0) != bands(store)
    assert bands(store, 0) == bands(made(MONTHS[0], {1: ("01", ""), 2: ("02", "")}))


def test_the_same_files_built_twice_are_one_edition(made):
    first = made(MONTHS[0], {1: ("01", "")})
    again = made(MONTHS[0], {1: ("01", "")})
    assert (again.version, again.manifest.editions) == (first.version, ())
    second = made(MONTHS[1], {1: ("02", "")})
    assert made(MONTHS[1], {1: ("02", "")}).manifest == second.manifest


def test_the_history_outlives_the_stores_it_comes_from(made, tmp_path):
    first = made(MONTHS[0], {1: ("01", "")})
    made(MONTHS[1], {1: ("02", "")})
    shutil.rmtree(first.path)
    last = made(MONTHS[2], {1: ("03", "")})
    assert [str(edition.stock_date) for edition in last.manifest.editions] == list(MONTHS[:2])
    assert bands(last, 0) != bands(last, 1) != bands(last)


def test_a_store_in_force_that_cannot_be_read_stops_no_build_and_the_loss_is_told(made):
    first = made(MONTHS[0], {1: ("01", "")})
    (first.path / "firms.band.npy").write_bytes(b"")
    manifest = made(MONTHS[1], {1: ("02", "")}).manifest
    assert manifest.editions == ()
    assert any("n’ont pas pu être repris" in note for note in manifest.notes)


def test_the_loss_is_told_too_when_the_store_in_force_is_of_another_format(made):
    first = made(MONTHS[0], {1: ("01", "")})
    path = first.path / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 0'), encoding="utf-8")
    manifest = made(MONTHS[1], {1: ("02", "")}).manifest
    assert manifest.editions == ()
    assert any("n’ont pas pu être repris" in note for note in manifest.notes)


@pytest.mark.parametrize("on", [MONTHS[1], MONTHS[2]], ids=["built again", "the next"])
def test_when_the_store_in_force_cannot_be_read_an_older_one_stands_for_it(made, on):
    first = made(MONTHS[0], {1: ("01", "")})
    second = made(MONTHS[1], {1: ("02", "")})
    (second.path / "firms.band.npy").write_bytes(b"")
    store = made(on, {1: ("02", "")})
    assert [str(edition.stock_date) for edition in store.manifest.editions] == [MONTHS[0]]
    assert bands(store, 0) == bands(first)
    assert any("ont été repris de celui du 01/10/2026" in note for note in store.manifest.notes)


def test_the_report_says_which_editions_are_kept(made):
    made(MONTHS[0], {1: ("01", "")})
    store = made(MONTHS[1], {1: ("02", "")})
    assert "01/10/2026, effectifs du 31/12/2024" in (store.path / "report.txt").read_text(encoding="utf-8")
