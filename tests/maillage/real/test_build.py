"""Official extracts go through the build as any month would; every row is accounted for."""

import csv
from datetime import date

import duckdb
import numpy as np
import pytest

from maillage.reference.nomenclatures import AGES, OUTSIDE, canonical, default, mapping_rows, nomenclature_of
from maillage.store import OPEN_END, UNKNOWN_START, to_day
from maillage.store.build import build
from maillage.store.checks import check
from maillage.store.codes import REACHES
from maillage.store.surroundings import centroid
from tests.maillage.real.official import LYON, metz_source
from tests.maillage.store import slow_spells

pytestmark = pytest.mark.real_data
STOCK_2020 = "StockEtablissement_utf8_extrait_2020-06.csv"


def line(store, kind):
    (found,) = [source for source in store.manifest.sources if source.kind == kind]
    return found


def test_stocks_of_2020_are_read_and_every_row_is_accounted_for(stocks_store):
    stock, units = line(stocks_store, "StockEtablissement"), line(stocks_store, "StockUniteLegale")
    for source in (stock, units):
        assert source.layout == "2020"
        assert source.read == 9_999 == source.kept + sum(source.set_aside.values())
    assert "commune inconnue" not in stock.set_aside
    assert stock.set_aside["à l’étranger ou sans commune"] == 13
    assert stock.set_aside["collectivité d’outre-mer hors du champ"] == 4
    assert all(result.ok for result in check(stocks_store))
    assert stocks_store.manifest.stock_date == date(2020, 5, 29)


def test_files_that_are_not_stocks_are_listed_as_unknown(stocks_store, real_data):
    present = {path.name for path in (real_data / "sirene").iterdir()}
    read = {source.file for source in stocks_store.manifest.sources}
    assert set(stocks_store.manifest.unknown_files) == present - read
    assert len(read) == 2


def test_kept_establishments_of_2020_are_those_a_slow_reading_finds(stocks_store, real_data):
    with (real_data / "sirene" / STOCK_2020).open(encoding="utf-8", newline="") as file:
        wanted = {row["siret"] for row in csv.DictReader(file) if _is_craft(row) and _was_active(row)}
    kept = {row.siret for row in stocks_store.describe(range(len(stocks_store.establishments)))}
    assert kept == wanted


def _is_craft(row):
    """In France, with a code that most often is a craft."""
    commune, naf = row["codeCommuneEtablissement"], row["activitePrincipaleEtablissement"]
    system = row["nomenclatureActivitePrincipaleEtablissement"] or nomenclature_of(naf)
    overseas = commune[:2] == "98" or commune[:3] in {"975", "977", "978"}
    return commune and not overseas and default(system, naf) is not None


def _was_active(row):
    """Open, or closed on a known day after its creation."""
    closed = row["dateDebut"]
    created = row["dateCreationEtablissement"].replace("1900-01-01", "")
    return row["etatAdministratifEtablissement"] == "A" or (closed and created < closed)


def test_lyon_keeps_every_establishment_that_was_craft_one_day(lyon_store):
    stock, history = line(lyon_store, "StockEtablissement"), line(lyon_store, "StockEtablissementHistorique")
    assert (stock.read, stock.layout) == (26_614, "2026")
    assert history.read == 58_228
    assert {"hors artisanat", "jamais active à une date connue dans un métier"} == set(stock.set_aside)
    assert set(history.set_aside) == {"établissement non retenu"}
    assert all(result.ok for result in check(lyon_store))
    assert set(lyon_store.establishments.commune) == {lyon_store.commune_numbers["69384"]}


def test_lyon_has_the_spells_of_the_slow_twin(lyon_store, real_data):
    meanings, periods = _meanings_and_periods(real_data)
    expected = {
        siret: [(spell["trade"], spell["start"], spell["end"]) for spell in slow_spells.spells_of(rows, meanings)]
        for siret, rows in periods.items()
    }
    expected = {siret: spells for siret, spells in expected.items() if spells}
    spells, facts = lyon_store.spells, lyon_store.establishments
    sirets = [f"{siren:09d}{nic:05d}" for siren, nic in zip(facts.siren.tolist(), facts.nic.tolist(), strict=True)]
    found = {}
    for row in range(len(spells)):
        spell = (int(spells.trade[row]), int(spells.start[row]), int(spells.end[row]))
        found.setdefault(sirets[spells.establishment[row]], []).append(spell)
    assert {siret: sorted(rows, key=lambda spell: spell[1]) for siret, rows in found.items()} == expected


def _meanings_and_periods(real_data):
    """Codes and periods of the extract in the words of the slow twin, read without the build."""
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT * FROM '{real_data / LYON}'").fetchall()
    meanings, periods = {0: (-1, False, [])}, {}
    for siret, start, end, state, code, *_rest in rows:
        key = canonical("", code) if code else 0
        if key not in meanings:
            meanings[key] = (AGES[key[0]], False, _ranked(*key))
        first = UNKNOWN_START if start in (None, date(1900, 1, 1)) else to_day(start)
        last = OPEN_END if end is None else to_day(end) + 1
        periods.setdefault(siret, []).append((first, last, state, key))
    return meanings, periods


def _ranked(system, code):
    """[(trade number or None, reach), …] of a code, best first."""
    known = [row for row in mapping_rows() if row[:2] == (system, code)]
    return [(None if trade == OUTSIDE else trade, REACHES[reach]) for _name, _code, trade, reach, _rank in known]


def test_no_trade_moves_when_the_nomenclature_changes(lyon_store):
    """Sirene went over to NAF rév. 2 on 1 January 2008: what opened or closed on that day apart, nothing may move."""
    spells, day = lyon_store.spells, to_day(date(2008, 1, 1))
    count = len(lyon_store.manifest.trades)
    real = np.isin(spells.opening, (0, 1)) & (spells.start == day)
    gone = (spells.closing == 0) & (spells.end == day)
    before = np.bincount(spells.trade[(spells.start < day) & (day <= spells.end) & ~gone], minlength=count)
    after = np.bincount(spells.trade[(spells.start <= day) & (day < spells.end) & ~real], minlength=count)
    moved = np.abs(after - before)
    assert before.sum() > 700
    assert [lyon_store.manifest.trades[trade] for trade in np.flatnonzero(moved > 0.05 * np.maximum(before, 20))] == []


def test_metz_is_a_stock_without_days(metz_store, real_data):
    stock = line(metz_store, "StockEtablissement")
    assert (stock.read, stock.set_aside.keys()) == (17_091, {"hors artisanat"})
    assert set(metz_store.spells.start) == {UNKNOWN_START}
    assert set(metz_store.spells.end) == {OPEN_END}
    assert metz_store.manifest.counters["Épisodes sans date de début"] == len(metz_store.spells)
    lon, lat = metz_store.centre("57463")
    assert (lon, lat) == pytest.approx((6.18, 49.11), abs=0.03)


def test_outlines_facilities_and_zonings_of_real_files_are_loaded(real_data, tmp_path):
    source = metz_source(real_data, tmp_path / "source")
    for name in (
        "contours/communes_57_fin_2018.geojson",
        "equipements/bpe_2009_communes.csv.gz",
        "zonages/grille_densite_2025.csv",
        "zonages/zrr_2022-11-09.csv",
        "zonages/qpv_2024_centroides.geojson",
    ):
        (source / name.split("/")[1]).symlink_to(real_data / name)
    store = build(source, tmp_path / "stores")
    assert store.centre("57463") == pytest.approx(centroid(store.outline("57463")), abs=1e-5)
    assert store.centre("57463") == pytest.approx((6.196, 49.108), abs=0.01)
    assert store.outline("59350") is None
    assert (store.bpe["57463", "Boulangerie"], store.bpe_year) == (_bpe(real_data, "57463", "Boulangerie"), 2009)
    assert store.zones["density"]["57463"] == "Grands centres urbains"
    assert set(store.zones) == {"density", "zrr", "qpv"}
    assert "57463" in store.zones["qpv"]
    assert line(store, "BPE").set_aside == {}
    store.close()


def _bpe(real_data, commune, kind):
    with duckdb.connect() as connection:
        query = f"""SELECT "{kind}" FROM read_csv('{real_data}/equipements/bpe_2009_communes.csv.gz', all_varchar=true)
                    WHERE INSEECOM = '{commune}'"""
        return int(connection.execute(query).fetchall()[0][0])
