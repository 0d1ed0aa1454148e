"""From official files to a store: what is kept, what is set aside and counted, what is shown of whom."""

import gzip
import json
import zipfile
from datetime import date

import numpy as np
import pytest

from maillage.errors import BuildFailed, UnknownTerritory
from maillage.store import Closing, Opening, Status, open_store, to_day
from maillage.store.build import build
from maillage.store.checks import check
from tests.maillage.messages import said
from tests.maillage.store.official_files import (
    BAKERY,
    BUTCHER,
    HISTORY,
    LIEVIN,
    LINKS,
    LYON_4,
    OFFICE,
    STOCK,
    UNITS,
    crowd,
    establishment,
    link,
    period,
    siret,
    unit,
    write_csv,
    write_parquet,
)


def told(store, file):
    """(read, kept, set aside) of a file."""
    (line,) = [source for source in store.manifest.sources if source.file == file]
    return line.read, line.kept, dict(line.set_aside)


def spells_of(store, number):
    """(trade, start, end) of an establishment's spells, by day."""
    facts = store.establishments
    (row,) = np.flatnonzero(facts.siren == int(siret(number)[:9]))
    rows = np.flatnonzero(store.spells.establishment == row)
    found = [
        (store.manifest.trades[store.spells.trade[r]], int(store.spells.start[r]), int(store.spells.end[r]))
        for r in rows
    ]
    return sorted(found, key=lambda spell: spell[1])


def row_of(store, number, *, public=True):
    (position,) = np.flatnonzero(store.establishments.siren == int(siret(number)[:9]))
    (row,) = store.describe([position], public=public)
    return row


def build_of(source, out, *stock, history=(), units=(), links=(), **asked):
    write_csv(source / "stock.csv", STOCK, stock)
    if history:
        write_csv(source / "history.csv", HISTORY, history)
    if units:
        write_csv(source / "units.csv", UNITS, units)
    if links:
        write_csv(source / "links.csv", LINKS, links)
    return build(source, out, **asked)


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


def test_firms_bring_size_form_name_and_social_economy(source, out):
    store = build_of(
        source,
        out,
        establishment(1),
        establishment(2),
        establishment(3),
        units=[
            unit(1),
            unit(2, categorieJuridiqueUniteLegale="1000", denominationUniteLegale="", prenomUsuelUniteLegale="ÉMILE")
            | {"nomUniteLegale": "ZOLA", "trancheEffectifsUniteLegale": "", "caractereEmployeurUniteLegale": "N"},
            unit(77),
        ],
    )
    assert store.firms.siren.tolist() == [1, 2, 3]
    assert store.firms.band.tolist() == [3, 255, 255]
    assert store.firms.employer.tolist() == [2, 1, 0]
    assert store.firms.legal.tolist() == [2, 1, 0]
    assert store.firms.ess.tolist() == [1, 1, 0]
    assert [row_of(store, number).name for number in (1, 2, 3)] == ["ESSAI 1", "ÉMILE ZOLA", None]
    assert store.manifest.band_year == 2024
    assert told(store, "units.csv") == (3, 2, {"sans établissement retenu": 1})


def test_two_establishments_of_a_firm_share_it(source, out):
    twin = establishment(1, siret="00000000100029", nic="00029")
    store = build_of(source, out, establishment(1), twin)
    assert store.establishments.firm.tolist() == [0, 0]
    assert [row.siret for row in store.describe([0, 1])] == ["00000000100011", "00000000100029"]


@pytest.mark.parametrize(
    ("diffusion", "firm"), [("P", "O"), ("O", "P"), ("P", "P"), ("N", "O"), ("", "O")], ids=lambda s: s or "empty"
)
def test_partially_diffusible_firms_have_no_name_and_no_address_in_public(source, out, diffusion, firm):
    shop = establishment(
        1,
        diffusion=diffusion,
        enseigne1Etablissement="AU BON PAIN",
        libelleVoieEtablissement="DES FORGES",
        codePostalEtablissement="62300",
    )
    store = build_of(source, out, shop, *crowd(2), units=[unit(1, statutDiffusionUniteLegale=firm)])
    row = row_of(store, 1)
    assert (row.name, row.sign, row.address, row.postcode) == (None, None, None, None)
    assert (row.status, row.commune, row.trade) == (Status.PARTIAL, "62498", "boulangerie")
    assert row_of(store, 1, public=False).sign == "AU BON PAIN"


def test_what_sirene_hides_is_never_shown_as_a_name(source, out):
    hidden = dict.fromkeys(("enseigne1Etablissement", "libelleVoieEtablissement", "numeroVoieEtablissement"), "[ND]")
    shop = establishment(1, coordonneeLambertAbscisseEtablissement="[ND]", **hidden)
    store = build_of(source, out, shop, units=[unit(1, denominationUniteLegale="[ND]")])
    row = row_of(store, 1)
    assert (row.name, row.sign, row.address) == (None, None, None)
    assert np.isnan(store.establishments.lon[0])


def test_describe_shows_the_establishment_in_the_order_asked(source, out):
    shop = establishment(
        1,
        numeroVoieEtablissement="12",
        indiceRepetitionEtablissement="B",
        typeVoieEtablissement="RUE",
        libelleVoieEtablissement="DES FORGES",
        codePostalEtablissement="62300",
        trancheEffectifsEtablissement="01",
        activitePrincipaleRegistreMetiersEtablissement="1071CA",
    )
    store = build_of(source, out, shop, establishment(2))
    row = row_of(store, 1)
    assert row.address == "12 B RUE DES FORGES"
    assert (row.postcode, row.commune_name, row.band, row.naf, row.nafa) == ("62300", "Lens", "01", BAKERY, "1071CA")
    assert row.created == date(2015, 3, 1)
    assert store.establishments.certain.tolist() == [1, 0]
    assert [found.establishment for found in store.describe([1, 0])] == [1, 0]


def test_coordinates_are_read_in_the_system_of_each_territory(source, out):
    def at(number, commune, x, y):
        places = {"coordonneeLambertAbscisseEtablissement": x, "coordonneeLambertOrdonneeEtablissement": y}
        return establishment(number, commune=commune, **places)

    store = build_of(
        source,
        out,
        at(1, "62498", "688500.5", "7036500.1"),  # Lens, Lambert-93
        at(2, "97411", "339000", "7691000"),  # Saint-Denis de La Réunion, UTM 40 S
        at(3, "97209", "707000", "1616000"),  # Fort-de-France, UTM 20 N
    )
    places = {row.commune: store.centre(row.commune) for row in store.describe(range(3))}
    assert places["62498"] == pytest.approx((2.84, 50.43), abs=0.02)
    assert places["97411"] == pytest.approx((55.45, -20.88), abs=0.03)
    assert places["97209"] == pytest.approx((-61.07, 14.61), abs=0.03)
    assert store.centre("62510") is None


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
