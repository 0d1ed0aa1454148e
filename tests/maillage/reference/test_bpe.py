"""Our stocks beside the BPE of INSEE: types, trades, remarks, and the real comparison of Lyon 4e and Metz."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from maillage.reference.bpe import bpe_type, bpe_types
from maillage.reference.nomenclatures import nomenclature_of
from maillage.reference.trades import trade, trade_of_naf
from tests.maillage.reference.naive_spells import Stay, stays, stock

LYON_4, METZ = "69384", "57463"
# Documented in bpe.csv: bake-off shops are no craft; taxis are not the same ones.
KNOWN_DIFFERENCES = {"Boulangerie", "Taxi"}


@pytest.fixture(scope="module")
def lyon(real_data: Path) -> list[Stay]:
    return stays(real_data / "sirene" / "periodes_etablissements_69384_lyon4_2026.csv.gz")


@pytest.fixture(scope="module")
def counted(real_data: Path) -> dict[str, dict[str, int]]:
    """BPE 2009: commune → kind → facilities."""
    with gzip.open(real_data / "equipements" / "bpe_2009_communes.csv.gz", "rt", encoding="utf-8") as opened:
        rows = [row for row in csv.DictReader(opened) if row["INSEECOM"] in {LYON_4, METZ}]
    return {row["INSEECOM"]: {kind: int(number or 0) for kind, number in row.items()} for row in rows}


def close(ours: int, theirs: int) -> bool:
    """Within ±15 % or ±3 units."""
    return abs(ours - theirs) <= max(3, 0.15 * theirs)


def test_types_name_existing_trades_and_those_that_do_not_compare_say_why() -> None:
    for kind in bpe_types():
        assert all(trade(code) for code in kind.trades)
        assert kind.comparable == bool(kind.trades)
        assert kind.comparable or kind.remark


def test_no_trade_is_counted_in_two_types() -> None:
    codes = [code for kind in bpe_types() for code in kind.trades]
    assert len(codes) == len(set(codes))


def test_type_is_found_by_its_label_or_by_its_code() -> None:
    assert bpe_type("Maçon") == bpe_type("A401") is not None
    assert bpe_type("Hypermarché") is None


def test_a_type_made_of_partly_craft_codes_says_in_which_scope_to_compare() -> None:
    for kind in bpe_types():
        parts = [reach.value for code in kind.trades for _, reach in trade(code).naf]
        if parts and set(parts) == {"partiel"}:
            assert "possible" in kind.remark, kind


@pytest.mark.real_data
def test_each_type_is_a_kind_of_the_real_bpe(counted: dict[str, dict[str, int]]) -> None:
    assert {kind.label for kind in bpe_types()} <= set(counted[LYON_4])


@pytest.mark.real_data
def test_lyon_4_on_1_january_2009_agrees_with_the_bpe(lyon: list[Stay], counted: dict[str, dict[str, int]]) -> None:
    ours = stock(lyon, "2009-01-01")
    compared = {kind.label: sum(ours[code] for code in kind.trades) for kind in bpe_types() if kind.comparable}
    apart = {label for label, number in compared.items() if not close(number, counted[LYON_4][label])}
    assert len(compared) >= 12
    assert apart <= KNOWN_DIFFERENCES
    for label in KNOWN_DIFFERENCES:
        kind = bpe_type(label)
        assert kind is not None
        assert kind.remark, label


@pytest.mark.real_data
def test_bake_off_shops_explain_the_difference_of_bakeries(
    lyon: list[Stay], counted: dict[str, dict[str, int]], real_data: Path
) -> None:
    with gzip.open(real_data / "sirene" / "periodes_etablissements_69384_lyon4_2026.csv.gz", "rt") as opened:
        bake_off = sum(
            row["code_ape"] == "10.71B"
            and row["etat"] == "A"
            and row["dateDebut"] <= "2009-01-01" <= (row["dateFin"] or "9999")
            for row in csv.DictReader(opened)
        )
    ours = stock(lyon, "2009-01-01")
    assert close(ours["boulangerie"] + ours["patisserie"] + bake_off, counted[LYON_4]["Boulangerie"])


@pytest.mark.real_data
def test_change_of_nomenclature_moves_no_trade_by_more_than_5_percent(lyon: list[Stay]) -> None:
    """Among the establishments active on both days: births and closures of 1 January are real, recodings are not."""
    before = {stay.siret: stay.trade.code for stay in lyon if stay.holds("2007-12-31")}
    after = {stay.siret: stay.trade.code for stay in lyon if stay.holds("2008-01-01")}
    alive = _active_on(lyon, "2007-12-31") & _active_on(lyon, "2008-01-01")
    left = Counter(before[siret] for siret in alive if before[siret] != after[siret])
    joined = Counter(after[siret] for siret in alive if before[siret] != after[siret])
    size = Counter(before.values())
    for code in {*left, *joined}:
        assert left[code] + joined[code] <= max(0.05 * size[code], 1), code
    assert left.total() <= 0.005 * size.total()


@pytest.mark.real_data
def test_change_of_nomenclature_neither_opens_nor_closes_crafts(lyon: list[Stay], real_data: Path) -> None:
    """An establishment that Sirene keeps active through 1 January 2008 is in craft on both days or on neither."""
    alive = _alive_through_2008(real_data / "sirene" / "periodes_etablissements_69384_lyon4_2026.csv.gz")
    before, after = _active_on(lyon, "2007-12-31") & alive, _active_on(lyon, "2008-01-01") & alive
    assert len(before ^ after) <= 0.005 * len(before)


@pytest.mark.real_data
def test_metz_around_2015_looks_like_its_bpe_of_2009(real_data: Path, counted: dict[str, dict[str, int]]) -> None:
    """Not the same year, nor only active ones: the same order of magnitude, and the same order of trades."""
    ours: Counter[str] = Counter()
    with gzip.open(real_data / "sirene" / "etablissements_57463_metz_vers_2015.csv.gz", "rt") as opened:
        for row in csv.DictReader(opened):
            assert nomenclature_of(row["codenaf"]) == "NAFRev2"
            found = trade_of_naf(row["codenaf"])
            ours.update([found[0].code] if found else [])
    pairs = [
        (sum(ours[code] for code in kind.trades), counted[METZ][kind.label])
        for kind in bpe_types()
        if kind.comparable and counted[METZ][kind.label] >= 20
    ]
    assert len(pairs) >= 12
    assert all(0.6 <= mine / theirs <= 2.3 for mine, theirs in pairs)
    assert _agreement_of_order(pairs) > 0.8


def _agreement_of_order(pairs: list[tuple[int, int]]) -> float:
    """Share of the couples of kinds that both counts put in the same order."""
    couples = [(a, b) for position, a in enumerate(pairs) for b in pairs[:position] if a[1] != b[1]]
    return sum((a[0] - b[0]) * (a[1] - b[1]) > 0 for a, b in couples) / len(couples)


def _active_on(found: list[Stay], day: str) -> set[str]:
    return {stay.siret for stay in found if stay.holds(day)}


def _alive_through_2008(file: Path) -> set[str]:
    """Establishments with an active period on each of the two days, whatever its code."""
    ends, starts = set(), set()
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            if row["etat"] == "A" and re.fullmatch(r"\d\d\..+", row["code_ape"]):
                first, last = row["dateDebut"], row["dateFin"] or "9999"
                ends |= {row["siret"]} if first <= "2007-12-31" <= last else set()
                starts |= {row["siret"]} if first <= "2008-01-01" <= last else set()
    return ends & starts
