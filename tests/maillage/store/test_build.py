"""From official files to a store: what is kept, what is set aside and counted, what is shown of whom."""

import gzip
import json
import zipfile
from datetime import date

import numpy as np
import pytest

from maillage.errors import BuildFailed, UnknownTerritory
from maillage.store import Closing, Opening, open_store, to_day
from maillage.store.build import build
from maillage.store.checks import check
from tests.maillage.messages import said
from tests.maillage.store.building import build_of, row_of, spells_of, told
from tests.maillage.store.official_files import (
    BUTCHER,
    HISTORY,
    LIEVIN,
    LYON_4,
    OFFICE,
    STOCK,
    crowd,
    establishment,
    link,
    period,
    siret,
    write_csv,
    write_parquet,
)


def test_every_row_is_kept_or_set_aside_by_reason(source, out):
    rows = [
        *crowd(1000),
        establishment(1, naf=OFFICE),
        establishment(2, commune="98727"),
        establishment(3, commune="", codePaysEtrangerEtablissement="99131"),
        establishment(4, commune="62999"),
        establishment(5, siret="123"),
        establishment(6, created="0001-01-01"),
        establishment(7, begun="7490-01-01"),
        establishment(8),
        establishment(8, commune=LIEVIN, treated="2026-10-30T10:00:00"),
        establishment(9, created="un jour"),
        establishment(10, state="F", begun=""),
    ]
    store = build_of(source, out, *rows)
    assert told(store, "stock.csv") == (
        1011,
        1001,
        {
            "SIREN ou SIRET mal formé": 1,
            "date absurde": 3,
            "commune inconnue": 1,
            "SIREN ou SIRET en double": 1,
            "à l’étranger ou sans commune": 1,
            "collectivité d’outre-mer hors du champ": 1,
            "hors artisanat": 1,
            "jamais active à une date connue dans un métier": 1,
        },
    )
    assert row_of(store, 8).commune == LIEVIN, "of two rows the one treated last stays"
    assert all(result.ok for result in check(store))


def test_a_siret_written_on_a_bad_and_on_a_good_row_is_kept_once(source, out):
    store = build_of(source, out, *crowd(200), establishment(1, created="7490-01-01"), establishment(1))
    assert told(store, "stock.csv") == (202, 201, {"date absurde": 1})
    assert row_of(store, 1).siret == siret(1)


def test_more_than_one_per_cent_of_rows_for_one_grave_reason_fails(source, out, yesterday):
    bad = [establishment(number, commune="62999") for number in (1, 2, 3)]
    with pytest.raises(BuildFailed, match=said("« stock.csv » a trop de lignes .*commune inconnue.*3 sur 203")):
        build_of(source, out, *crowd(200), *bad)
    assert yesterday()


def test_rows_that_are_simply_not_craft_never_fail_a_build(source, out):
    store = build_of(source, out, establishment(1), *crowd(50, naf=OFFICE), *crowd(50, first=2000, commune="98735"))
    assert told(store, "stock.csv")[1] == 1


def test_without_history_a_spell_runs_from_creation_to_closure(source, out):
    closed = establishment(2, created="2010-01-01", begun="2012-06-15", state="F", naf=BUTCHER)
    store = build_of(source, out, establishment(1, created="2015-03-01", begun="2020-01-01"), closed)
    assert spells_of(store, 1) == [("boulangerie", to_day(date(2015, 3, 1)), 2**31 - 1)]
    assert spells_of(store, 2) == [("boucherie", to_day(date(2010, 1, 1)), to_day(date(2012, 6, 15)))]
    assert "Sans fichier historique" in store.manifest.notes[0]


def test_unknown_days_of_creation_are_kept_and_counted(source, out):
    store = build_of(source, out, establishment(1, created=""), establishment(2, created="1900-01-01"), *crowd(3))
    assert spells_of(store, 1)[0][1] == spells_of(store, 2)[0][1] == -(2**31)
    assert store.manifest.counters["Épisodes sans date de début"] == 2
    assert set(store.spells.opening[store.spells.start == -(2**31)]) == {Opening.UNKNOWN}


def test_history_gives_the_spells_and_ends_are_inside_their_periods(source, out):
    history = [
        period(1, "2001-02-03", "2007-12-31", naf="15.8C", nomenclature="NAFRev1"),
        period(1, "2008-01-01", "2010-12-31"),
        period(1, "2011-01-01", "2011-12-31", state="F"),
        period(1, "2012-01-01", naf=BUTCHER),
    ]
    store = build_of(source, out, establishment(1, naf=BUTCHER, begun="2012-01-01"), *crowd(3), history=history)
    assert spells_of(store, 1) == [
        ("boulangerie", to_day(date(2001, 2, 3)), to_day(date(2011, 1, 1))),
        ("boucherie", to_day(date(2012, 1, 1)), 2**31 - 1),
    ]
    assert told(store, "history.csv") == (4, 4, {})


def test_establishment_that_was_craft_only_in_the_past_is_kept(source, out):
    history = [period(1, "2001-02-03", "2009-12-31"), period(1, "2010-01-01", naf=OFFICE)]
    store = build_of(source, out, establishment(1, naf=OFFICE, begun="2010-01-01"), history=history)
    assert store.spells.closing.tolist() == [Closing.CHANGED_ACTIVITY]


def test_todays_period_is_added_to_a_history_that_does_not_reach_it(source, out):
    store = build_of(
        source, out, establishment(1, begun="2021-01-01", naf=BUTCHER), history=[period(1, "2019-01-01", "2020-12-31")]
    )
    assert [spell[0] for spell in spells_of(store, 1)] == ["boulangerie", "boucherie"]


def test_first_period_without_a_start_takes_the_day_of_creation(source, out):
    store = build_of(source, out, establishment(1, created="1999-05-05"), history=[period(1, "1900-01-01")])
    assert spells_of(store, 1)[0][1] == to_day(date(1999, 5, 5))


def test_bad_periods_are_set_aside_by_reason(source, out):
    history = [
        *(period(1000 + number, "2015-03-01") for number in range(300)),
        period(1, "2015-03-01", "7490-01-01"),
        period(2, "2015-03-01", "2014-01-01"),
        period(3, "2015-03-01"),
        {**period(4, "2015-03-01"), "siret": "12"},
        period(1000, "2015-03-01"),
    ]
    store = build_of(source, out, *crowd(300), history=history)
    assert told(store, "history.csv") == (
        305,
        300,
        {
            "SIREN ou SIRET mal formé": 1,
            "date absurde": 1,
            "fin avant le début": 1,
            "établissement non retenu": 1,
            "période recouverte par une autre": 1,
        },
    )


def test_dates_a_little_ahead_are_registered_early_not_absurd(source, out):
    store = build_of(source, out, establishment(1, created="2027-01-01"), on=date(2026, 10, 1))
    assert spells_of(store, 1)[0][1] == to_day(date(2027, 1, 1))


def test_old_commune_codes_and_arrondissements_find_their_place(source, out):
    store = build_of(source, out, establishment(1, commune=LYON_4), establishment(2, commune="01015"))
    assert row_of(store, 1).commune == LYON_4
    assert row_of(store, 2).commune == "01015"
    assert set(store.rows_in([LYON_4])) | set(store.rows_in(["01015"])) == {0, 1}


def test_rows_in_gives_the_spells_of_any_set_of_communes(source, out):
    store = build_of(source, out, *crowd(3), establishment(1, commune=LIEVIN), establishment(2, commune=LYON_4))
    rows = store.rows_in([LIEVIN, "62498", "62498", "00000"])
    assert len(rows) == 4
    assert rows.tolist() == sorted(rows.tolist())
    assert len(store.rows_in([])) == 0


def test_links_with_both_ends_in_the_store_are_kept(source, out):
    links = [
        *(link(1000 + number, 1001 + number) for number in range(150)),
        link(1000, 1001),
        link(1000, 5),
        {**link(1000, 1002), "dateLienSuccession": ""},
    ]
    store = build_of(source, out, *crowd(200), links=links)
    assert told(store, "links.csv") == (
        153,
        150,
        {"date absurde": 1, "SIREN ou SIRET en double": 1, "lien vers un établissement non retenu": 1},
    )
    assert len(store.links) == 150
    assert store.manifest.succession


def test_containers_and_types_change_nothing(source, out, tmp_path):
    rows, history = [*crowd(30), establishment(1, naf=BUTCHER)], [period(1, "2011-01-01", naf=BUTCHER)]
    plain = build_of(source, out, *rows, history=history)
    text = (source / "stock.csv").read_bytes(), (source / "history.csv").read_bytes()
    for name in ("zip", "gzip", "parquet", "parquet_text"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "zip":
            with zipfile.ZipFile(folder / "a.zip", "w") as archive:
                archive.writestr("StockEtablissement.csv", text[0])
            with zipfile.ZipFile(folder / "b.zip", "w") as archive:
                archive.writestr("x.csv", text[1])
        elif name == "gzip":
            (folder / "a.csv.gz").write_bytes(gzip.compress(text[0]))
            (folder / "b.csv.gz").write_bytes(gzip.compress(text[1]))
        else:
            write_parquet(folder / "a.parquet", STOCK, rows, dates=name == "parquet")
            write_parquet(folder / "b.parquet", HISTORY, history, dates=name == "parquet")
        other = build(folder, out)
        assert other.version != plain.version
        for column in ("commune", "trade", "start", "end", "establishment", "opening", "closing"):
            assert np.array_equal(getattr(other.spells, column), getattr(plain.spells, column)), (name, column)


def test_layout_of_2020_is_read(source, out):
    write_csv(source / "stock.csv", STOCK, crowd(3), layout="2020")
    store = build(source, out)
    assert [line.layout for line in store.manifest.sources] == ["2020"]
    assert len(store.spells) == 3


def test_unknown_files_are_listed_and_nothing_else(source, out):
    (source / "notes.md").write_text("hello")
    (source / ".hidden").write_text("x")
    store = build_of(source, out, establishment(1))
    assert store.manifest.unknown_files == ("notes.md",)


def test_the_same_files_give_the_same_store_without_work(source, out):
    first = build_of(source, out, establishment(1))
    sentences = []
    second = build(source, out, progress=sentences.append)
    assert (second.version, second.manifest.built_at) == (first.version, first.manifest.built_at)
    assert sentences == ["Reconnaissance des fichiers", "Magasin prêt"]


def test_a_new_month_keeps_the_former_store_beside(source, out):
    first = build_of(source, out, establishment(1))
    second = build_of(source, out, establishment(1), establishment(2))
    assert open_store(out).version == second.version
    assert len(open_store(first.path).spells) == 1
    assert len(open_store(out).spells) == 2


def test_settings_beside_the_files_are_followed(source, out):
    settings = {"fictitious": True, "covers": ["epci:246200364"], "stock_date": "2026-10-01"}
    (source / "etabli.json").write_text(json.dumps(settings))
    manifest = build_of(source, out, establishment(1)).manifest
    assert (manifest.fictitious, manifest.covers, manifest.stock_date) == (True, ("epci:246200364",), date(2026, 10, 1))


def test_stock_date_is_that_of_the_last_treatment(source, out):
    store = build_of(source, out, establishment(1), establishment(2, treated="2026-10-02T08:00:00"))
    assert store.manifest.stock_date == date(2026, 10, 2)


def test_stock_date_is_not_before_the_last_period(source, out):
    store = build_of(source, out, establishment(1, begun="2026-10-03"), establishment(2, treated="2020-01-02T08:00:00"))
    assert store.manifest.stock_date == date(2026, 10, 3)


def test_unknown_declared_territory_is_refused_at_once(source, out, yesterday):
    with pytest.raises(UnknownTerritory):
        build_of(source, out, establishment(1), covers="epci:000000000")
    assert yesterday()


def test_report_says_in_french_what_became_of_each_file(source, out):
    store = build_of(source, out, establishment(1), *crowd(1500, naf=OFFICE))
    text = (store.path / "report.txt").read_text()
    assert "stock.csv (StockEtablissement, format 2026)" in text
    assert "lignes lues 1\u202f501, gardées 1" in text
    assert "écartées, hors artisanat\u00a0: 1\u202f500" in text
