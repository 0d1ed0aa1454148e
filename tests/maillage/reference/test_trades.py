"""The legal list as data: one trade per NAF sub-class, right sector and reach, every NAFA code at home."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.errors import UnknownTrade
from maillage.reference import tables
from maillage.reference.trades import (
    CraftActivity,
    Reach,
    Sector,
    craft_activities,
    legal_texts,
    trade,
    trade_of_naf,
    trade_of_nafa,
    trades,
)

NOMENCLATURES = "nomenclatures"
# Exclusions of the annex name one activity: only the sub-class that holds it is « sauf », its neighbours are whole.
EXCLUDED_FROM = {
    "10.3": {"10.39A", "10.39B"},
    "10.7": set(),  # 10.71B, the excluded one, is a sub-class of its own and is no craft at all
    "16": {"16.10A"},
    "32": set(),
    "42": {"42.99Z"},
    "74.2": {"74.20Z"},
    "81.29B": {"81.29B"},
    "96.01": {"96.01B"},
}
OUTSIDE = {"10.71B"}
MOSTLY_EXCLUDED = {"32.50B"}  # corrective glasses and lenses are out: protective glasses are what remains


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def expected_reach(item: dict[str, str], prefix: str, naf: str) -> Reach | None:
    """What the annex says of one sub-class, read naively."""
    if naf in OUTSIDE:
        return None
    if naf in MOSTLY_EXCLUDED or item["portee"] in {"partiel", "limite"}:
        return Reach.PARTIAL
    if item["portee"] == "entier_sauf" and naf in EXCLUDED_FROM[prefix]:
        return Reach.EXCEPT
    return Reach.WHOLE


def test_each_naf_sub_class_belongs_to_one_trade_only() -> None:
    codes = [naf for found in trades() for naf, _ in found.naf]
    assert len(codes) == len(set(codes)) == len(craft_activities())


def test_trades_are_about_250_with_about_30_of_every_day() -> None:
    assert 230 <= len(trades()) <= 270
    assert 28 <= sum(found.everyday for found in trades()) <= 36


def test_number_is_the_position_in_the_table() -> None:
    assert [found.number for found in trades()] == list(range(len(trades())))


def test_every_trade_has_a_plain_slug_a_label_a_person_and_a_sub_class() -> None:
    for found in trades():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.code), found
        assert all((found.label, found.person, found.naf)), found
    assert len({found.label for found in trades()}) == len(trades())


def test_a_mayor_finds_the_everyday_trades_by_their_plain_name() -> None:
    plain = ("boulangerie", "boucherie", "coiffure", "plomberie", "taxi", "fleuriste", "garage", "maconnerie")
    assert all(trade(code).everyday for code in plain)
    assert trade("boulangerie").person == "boulanger"


def test_bake_off_shops_are_no_craft() -> None:
    assert trade_of_naf("10.71B") is None
    assert trade_of_naf("10.71C") == (trade("boulangerie"), Reach.WHOLE)


def test_dairy_shops_entered_with_the_code_de_l_artisanat() -> None:
    dairy = next(activity for activity in craft_activities() if activity.naf == "47.29Z")
    assert (dairy.trade.code, dairy.reach, dairy.law.code) == ("cremerie-fromagerie", Reach.PARTIAL, "R111-1")
    assert dairy.law.since == date(2023, 7, 1)


def test_every_partial_or_excepted_sub_class_says_which_part() -> None:
    for activity in craft_activities():
        assert bool(activity.reserve) == (activity.reach is not Reach.WHOLE), activity


def test_one_text_is_in_force_and_follows_the_other_without_gap() -> None:
    old, new = legal_texts()
    assert old.until is not None
    assert (new.since - old.until).days == 1
    assert new.until is None


def test_florist_is_craft_in_part_only_and_baker_wholly() -> None:
    assert trade("fleuriste").in_part
    assert not trade("boulangerie").in_part
    assert not trade("conserverie-de-legumes").in_part


def test_unknown_trade_is_refused_with_an_example() -> None:
    with pytest.raises(UnknownTrade) as refusal:
        trade("barbier-à-vapeur")
    assert "barbier-à-vapeur" in refusal.value.message
    assert "boulangerie" in refusal.value.message


def test_sector_is_written_with_its_accent() -> None:
    assert [sector.label for sector in Sector] == ["alimentation", "bâtiment", "fabrication", "services"]


@given(st.sampled_from(craft_activities()), st.booleans(), st.booleans())
def test_any_writing_of_a_code_finds_the_same_trade(activity: CraftActivity, dot: bool, lower: bool) -> None:
    written = activity.naf if dot else activity.naf.replace(".", "")
    assert trade_of_naf(written.lower() if lower else written) == (activity.trade, activity.reach)
    assert trade_of_nafa(activity.naf.replace(".", "") + "Q") == activity.trade


@given(st.text(max_size=8))
def test_any_text_as_code_is_answered_without_failing(text: str) -> None:
    found = trade_of_naf(text)
    assert found is None or found[0] in trades()


def test_naive_reading_of_the_table_gives_the_same_trade() -> None:
    by_naf = {}
    for line in (tables.FOLDER / "trades_naf.csv").read_text(encoding="utf-8").splitlines()[1:]:
        naf, code, reach, *_ = line.split(",")
        by_naf[naf] = (code, reach)
    answers = {naf: trade_of_naf(naf) for naf in by_naf}
    assert {naf: (found[0].code, found[1].value) for naf, found in answers.items() if found} == by_naf


@pytest.mark.real_data
def test_every_item_of_the_annex_is_covered_with_its_sector_and_reach(real_data: Path) -> None:
    official = {row["code"] for row in lines(real_data / NOMENCLATURES / "naf_rev2.csv") if len(row["code"]) == 6}
    seen = {"47.29Z"}  # the Code de l'artisanat added it
    for item in lines(real_data / NOMENCLATURES / "artisanat_secteurs_decret_98-247.csv"):
        for prefix in item["prefixes_naf_rev2"].split():
            codes = {naf for naf in official if naf.startswith(prefix)}
            assert codes, prefix
            for naf in codes:
                seen.add(naf)
                found = trade_of_naf(naf)
                assert (found[1] if found else None) == expected_reach(item, prefix, naf), (naf, item)
                assert found is None or found[0].sector.value == item["secteur"], (naf, item)
    assert {activity.naf for activity in craft_activities()} == seen - OUTSIDE


@pytest.mark.real_data
def test_every_nafa_code_has_a_trade_of_its_sector(real_data: Path) -> None:
    for row in lines(real_data / NOMENCLATURES / "nafa.csv"):
        found = trade_of_nafa(row["code_nafa"])
        assert found is not None, row
        assert found.sector.value == row["secteur_deduit"], row


@pytest.mark.real_data
def test_letters_of_nafa_agree_with_the_reach(real_data: Path) -> None:
    """CMA France gives the letters P to V to what is only part of a NAF sub-class, Z and A to G to the rest."""
    letters: dict[str, set[str]] = {}
    for row in lines(real_data / NOMENCLATURES / "nafa.csv"):
        letters.setdefault(row["naf_rev2"], set()).add(row["lettre_artisanat"])
    for activity in craft_activities():
        if activity.naf in letters:
            partly = any("P" <= letter <= "V" for letter in letters[activity.naf])
            assert partly == (activity.reach is not Reach.WHOLE), (activity.naf, letters[activity.naf])


def test_short_names_have_no_bracket_and_stay_distinct():
    assert trade("garage").short == "garage"
    assert len({one.short for one in trades()}) == len(trades())
    assert not any("(" in one.short for one in trades())
