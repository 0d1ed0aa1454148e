"""Names and addresses that no page, spreadsheet or PDF could show are cleaned at the import, and counted."""

import re

import pytest

from maillage.signs import LONGEST, legible
from maillage.store.build import build
from maillage.store.pipeline import ODD_TEXTS
from tests.maillage.store.building import build_of, row_of
from tests.maillage.store.official_files import STOCK, crowd, establishment, unit, write_csv, write_parquet

UNSHOWN = "\x00\x01\x07\x0b\x1b\x7f\x85\x9f\u200b\u202e\u2028\ufeff\ufffe\uffff\ufdd0"
XML_1_0 = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what a sheet or a feed may hold


def cleaned(store, number=1):
    row = row_of(store, number, public=False)
    return row.name, row.sign, row.address


def odd(store):
    return store.manifest.counters.get(ODD_TEXTS, 0)


@pytest.mark.parametrize("sign", UNSHOWN[1:], ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_cannot_be_shown_becomes_a_space(source, out, sign):
    shop = establishment(1, enseigne1Etablissement=f"AU{sign}{sign}FOUR", libelleVoieEtablissement=f"{sign}DES FORGES")
    store = build_of(source, out, shop, *crowd(), units=[unit(1, denominationUniteLegale=f"PAIN{sign}ET SEL{sign}")])
    assert cleaned(store) == ("PAIN ET SEL", "AU FOUR", "DES FORGES")
    assert odd(store) == 1


def test_parquet_is_cleaned_too(source, out):
    shop = establishment(1, enseigne1Etablissement="AU\x1bFOUR\x07")
    write_parquet(source / "stock.parquet", STOCK, [shop, *crowd()])
    assert cleaned(build(source, out))[1] == "AU FOUR"


def test_a_text_of_nothing_that_can_be_shown_is_absent(source, out):
    store = build_of(source, out, establishment(1, enseigne1Etablissement="\x07\u200b"), *crowd())
    assert cleaned(store)[1] is None


def test_an_absurd_length_is_cut(source, out):
    long = "É" * 100_000
    shop = establishment(1, enseigne1Etablissement=long, libelleVoieEtablissement=long)
    store = build_of(source, out, shop, *crowd(), units=[unit(1, denominationUniteLegale=long)])
    assert cleaned(store) == (long[:LONGEST],) * 3
    assert odd(store) == 1


def test_usual_texts_are_left_as_they_are_and_nothing_is_counted(source, out):
    usual = "L’ŒUF  D’OR & Cie – « Chez Noël »\u00a0!"
    store = build_of(source, out, establishment(1, enseigne1Etablissement=usual), *crowd())
    assert cleaned(store)[1] == usual
    assert ODD_TEXTS not in store.manifest.counters


@pytest.mark.parametrize("text", [UNSHOWN, "\ud800", "\udce9quipe.csv"], ids=ascii)
def test_legible_text_may_go_into_any_feed_or_sheet(text):
    shown = legible(f"a{text}b")
    assert not XML_1_0.search(shown)
    shown.encode()


def test_levels_of_a_zoning_are_cleaned(source, out):
    (source / "density.csv").write_text("codgeo;niveau_densite\n62498;dense\x07\ufffe\n")
    write_csv(source / "stock.csv", STOCK, crowd())
    assert build(source, out).zones["density"]["62498"] == "dense\ufffd\ufffd"


def test_file_name_with_a_control_is_shown_without_it(source, out):
    (source / "a\x07\nb.txt").write_text("hello")
    assert build_of(source, out, *crowd()).manifest.unknown_files == ("a\ufffd\ufffdb.txt",)
