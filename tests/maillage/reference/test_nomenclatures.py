"""Codes of five nomenclatures read as trades: defaults, what is outside craft, and the rule of the next day."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.reference import tables
from maillage.reference.nomenclatures import (
    AGES,
    ANY_CRAFT,
    NOMENCLATURES,
    OUTSIDE,
    back_cast,
    candidates,
    canonical,
    default,
    mapping_rows,
    may_be_outside,
    naf_rev2_of,
    nomenclature_of,
)
from maillage.reference.trades import Reach, Trade, craft_activities, trade, trade_of_naf, trades

TABLE = tables.rows("nomenclatures.csv")
PAIRS = [(row["nomenclature"], row["code"]) for row in TABLE]


def codes(nomenclature: str, code: str) -> list[str]:
    return [found.code for found, _ in candidates(nomenclature, code)]


def naive_back_cast(nomenclature: str, code: str, newer: str | None) -> str | None:
    """Slow twin on the bare table: the newer trade if one of the sub-classes has it, else the first sub-class."""
    name = "NAF1993" if nomenclature == "NAFRev1" else nomenclature
    nafs = next(row["naf_rev2"].split() for row in TABLE if (row["nomenclature"], row["code"]) == (name, code))
    at_home = [trade_of_naf(naf) for naf in nafs if naf != ANY_CRAFT]
    allowed = {found[0].code if found else None for found in at_home}
    if ANY_CRAFT in nafs:
        allowed |= {found.code for found in trades()}
    first = at_home[0][0].code if at_home[0] else None
    return newer if newer in allowed else first


@pytest.mark.parametrize(
    ("nomenclature", "code", "expected"),
    [
        ("NAFRev2", "10.71C", "boulangerie"),
        ("NAFRev1", "15.8C", "boulangerie"),
        ("NAF1993", "15.8C", "boulangerie"),
        ("NAP", "38.40", "boulangerie"),
        ("NAP", "3840", "boulangerie"),
        ("NAF25", "10.71H", "boulangerie"),
        ("NAFRev1", "93.0D", "coiffure"),
        ("NAP", "87.03", "coiffure"),
        ("NAF25", "96.21H", "coiffure"),
        ("NAFRev1", "45.3E", "plomberie"),
        ("NAP", "55.72", "plomberie"),
        ("NAF25", "43.22G", "plomberie"),
        ("NAFRev1", "45.2V", "maconnerie"),
        ("NAFRev1", "60.2E", "taxi"),
        ("NAF25", "49.33H", "taxi"),
        ("NAFRev1", "28.1A", "construction-metallique"),
    ],
)
def test_default_is_the_trade_of_most_establishments_so_coded(nomenclature: str, code: str, expected: str) -> None:
    found = default(nomenclature, code)
    assert found is not None
    assert found[0].code == expected == codes(nomenclature, code)[0]


def test_code_that_is_wholly_outside_craft_has_no_candidate() -> None:
    for nomenclature, code in (("NAFRev2", "70.22Z"), ("NAFRev1", "80.1Z"), ("NAP", "64.30"), ("NAF25", "64.11Y")):
        assert candidates(nomenclature, code) == ()
        assert default(nomenclature, code) is None
        assert may_be_outside(nomenclature, code)


def test_code_mostly_outside_craft_has_candidates_and_no_default() -> None:
    assert codes("NAFRev1", "74.8F") == ["reprographie", "secretariat"]
    assert default("NAFRev1", "74.8F") is None


def test_neighbour_of_the_next_day_decides_when_the_old_code_allows_it() -> None:
    heating = trade_of_naf("43.22B")
    assert back_cast("NAFRev1", "45.3E", heating) == heating
    assert back_cast("NAFRev1", "45.3E", trade_of_naf("96.02A")) == default("NAFRev1", "45.3E")


def test_neighbour_outside_craft_decides_only_for_codes_partly_outside() -> None:
    assert back_cast("NAFRev1", "92.3A", None) is None
    assert back_cast("NAFRev1", "45.2V", None) == (trade("maconnerie"), Reach.WHOLE)


def test_head_office_takes_any_trade_of_the_next_day() -> None:
    assert default("NAFRev1", "74.1J") is None
    for found in trades():
        naf, reach = found.naf[0]
        assert back_cast("NAFRev1", "74.1J", (found, reach)) == (found, reach), naf


@given(st.sampled_from(PAIRS), st.sampled_from([None, *trades()]))
def test_back_cast_agrees_with_the_naive_rule(pair: tuple[str, str], newer: Trade | None) -> None:
    found = back_cast(*pair, (newer, newer.naf[0][1]) if newer else None)
    assert (found[0].code if found else None) == naive_back_cast(*pair, newer.code if newer else None)


@given(st.sampled_from(PAIRS))
def test_default_is_the_first_sub_class_and_candidates_come_each_once(pair: tuple[str, str]) -> None:
    found = codes(*pair)
    assert len(found) == len(set(found))
    assert default(*pair) == trade_of_naf(naf_rev2_of(*pair)[0])


@given(st.text(max_size=7), st.text(max_size=7))
def test_any_text_is_answered_without_failing(nomenclature: str, code: str) -> None:
    assert nomenclature_of(code) in NOMENCLATURES
    assert isinstance(candidates(nomenclature, code), tuple)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("70.22Z", "NAFRev2"),
        ("7022Z", "NAFRev2"),
        ("47.52A", "NAFRev2"),
        ("70.2C", "NAFRev1"),
        ("70.22", "NAP"),
        ("2201", "NAP"),
        ("43.22G", "NAF25"),
        ("96.22Y", "NAF25"),
        ("", "NAFRev2"),
    ],
)
def test_nomenclature_is_guessed_from_the_form_of_the_code(code: str, expected: str) -> None:
    assert nomenclature_of(code) == expected


def test_missing_or_wrong_nomenclature_is_replaced_by_the_guess() -> None:
    assert codes("", "45.4J") == codes("NAFRev2", "45.4J") == ["peinture"]


def test_codes_that_only_naf_1993_or_only_naf_rev_1_had_are_read_under_both_names() -> None:
    for code in ("28.7P", "28.7Q"):
        assert codes("NAF1993", code) == codes("NAFRev1", code) != []


def test_naf_1993_and_naf_rev_1_are_one_nomenclature_for_the_rule_of_the_next_day() -> None:
    assert AGES["NAF1993"] == AGES["NAFRev1"]
    assert canonical("NAFRev1", "45.3E") == canonical("NAF1993", "453E") == canonical("", "45.3e")
    assert sorted(AGES, key=AGES.__getitem__) == list(NOMENCLATURES)


def test_mapping_rows_hold_the_same_answers_as_the_functions() -> None:
    found: dict[tuple[str, str], list[tuple[int, Reach]]] = {}
    for nomenclature, code, number, reach, rank in mapping_rows():
        assert rank == len(found.setdefault((nomenclature, code), []))
        found[nomenclature, code].append((number, reach))
    assert {name for name, _ in found} == set(NOMENCLATURES)
    for pair, ranked in found.items():
        crafts = [(number, reach) for number, reach in ranked if number != OUTSIDE]
        assert crafts == [(craft.number, reach) for craft, reach in candidates(*pair)]
        assert (OUTSIDE in dict(ranked)) == may_be_outside(*pair)


def test_every_craft_sub_class_is_reached_from_naf_1993_and_from_naf_2025() -> None:
    for nomenclature in ("NAF1993", "NAF25"):
        reached = {naf for row in TABLE if row["nomenclature"] == nomenclature for naf in row["naf_rev2"].split()}
        assert {activity.naf for activity in craft_activities()} <= reached


@pytest.mark.real_data
def test_each_code_exists_in_its_official_list(real_data: Path) -> None:
    folder = real_data / "nomenclatures"
    official = {
        "NAP": _column(folder / "nap.csv", "code"),
        "NAF1993": _column(folder / "naf_1993.csv", "code")
        | {code.removesuffix("p") for code in _column(folder / "naf_rev1.csv", "code")},
        "NAF25": _column(folder / "naf_2025.csv", "niv5"),
    }
    naf_rev2 = _column(folder / "naf_rev2.csv", "code") | {ANY_CRAFT}
    for row in TABLE:
        assert row["code"] in official[row["nomenclature"]], row
        assert set(row["naf_rev2"].split()) <= naf_rev2, row


@pytest.mark.real_data
def test_all_codes_of_the_old_craft_divisions_are_read_or_known_to_be_outside(real_data: Path) -> None:
    outside = {"10.1Z", "10.2Z", "11.1Z", "11.2Z", "12.0Z", "13.1Z", "15.9G", "16.0Z"}
    outside |= {"22.1A", "22.1C", "22.1E", "22.1G", "22.2A"}
    known = {code for name, code in PAIRS if name == "NAF1993"}
    for code in _column(real_data / "nomenclatures" / "naf_1993.csv", "code"):
        if "10" <= code[:2] <= "37" or code[:2] == "45":
            assert (code in known) != (code in outside), code


def _column(file: Path, column: str) -> set[str]:
    with file.open(encoding="utf-8", newline="") as opened:
        return {row[column] for row in csv.DictReader(opened)}
