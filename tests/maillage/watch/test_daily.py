"""Daily answers of the Sirene API, read as events."""

import json
from datetime import date
from pathlib import Path

import pytest

from maillage.errors import BadSource
from maillage.watch import Kind, from_daily

BAKERY, RETAIL = "10.71C", "47.11B"


def period(start: str, state: str, naf: str, end: str | None = None) -> dict[str, str | None]:
    return {
        "dateDebut": start,
        "dateFin": end,
        "etatAdministratifEtablissement": state,
        "activitePrincipaleEtablissement": naf,
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
    }


def answer(
    path: Path, *periods: dict[str, str | None], commune: str = "62498", nafa: str = "", legal: str = ""
) -> Path:
    establishment = {
        "siret": "00000000000018",
        "activitePrincipaleRegistreMetiersEtablissement": nafa or None,
        "uniteLegale": {"categorieJuridiqueUniteLegale": legal or None},
        "adresseEtablissement": {"codeCommuneEtablissement": commune},
        "periodesEtablissement": list(periods),
    }
    path.write_text(json.dumps({"etablissements": [establishment]}), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "siret.json"


def test_a_first_active_period_is_an_opening(file: Path) -> None:
    (event,) = from_daily(answer(file, period("2026-10-03", "A", BAKERY)))
    assert (event.kind, event.day, event.commune, event.trade) == (
        Kind.OPENED,
        date(2026, 10, 3),
        "62498",
        "boulangerie",
    )


def test_a_closed_period_after_an_active_one_is_a_closure(file: Path) -> None:
    periods = period("2026-10-03", "F", BAKERY), period("2010-01-01", "A", BAKERY, "2026-10-02")
    (event,) = from_daily(answer(file, *periods))
    assert event.kind is Kind.CLOSED


def test_leaving_crafts_is_a_change_of_activity_without_trade(file: Path) -> None:
    periods = period("2026-10-03", "A", RETAIL), period("2010-01-01", "A", BAKERY, "2026-10-02")
    (event,) = from_daily(answer(file, *periods))
    assert (event.kind, event.trade, event.old_trade) == (Kind.CHANGED_ACTIVITY, None, "boulangerie")


def test_another_activity_or_an_unknown_commune_says_nothing(file: Path) -> None:
    assert from_daily(answer(file, period("2026-10-03", "A", RETAIL))) == ()
    assert from_daily(answer(file, period("2026-10-03", "A", BAKERY), commune="00000")) == ()


def test_older_events_are_left_out_when_a_day_is_given(file: Path) -> None:
    assert from_daily(answer(file, period("2026-10-03", "A", BAKERY)), since=date(2026, 10, 4)) == ()


def test_one_object_a_line_reads_like_one_answer(file: Path) -> None:
    whole = from_daily(answer(file, period("2026-10-03", "A", BAKERY)))
    establishment = json.loads(file.read_text())["etablissements"][0]
    file.write_text("\n".join(json.dumps(establishment) for _ in range(2)))
    assert from_daily(file) == whole


def test_a_mark_of_byte_order_is_passed_over(file: Path) -> None:
    whole = from_daily(answer(file, period("2026-10-03", "A", BAKERY)))
    file.write_bytes("\ufeff".encode() + file.read_bytes())
    assert from_daily(file) == whole


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_a_line_ends_where_a_file_of_lines_says_so_and_nowhere_else(file: Path, sign: str) -> None:
    whole = from_daily(answer(file, period("2026-10-03", "A", BAKERY)))
    establishment = json.loads(file.read_text())["etablissements"][0] | {"name": f"A{sign}B"}
    line = json.dumps(establishment, ensure_ascii=False)
    file.write_text(f"{line}\r\n{line}\r\n", encoding="utf-8", newline="")
    assert from_daily(file) == whole


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"header": {"statut": 404}}', "n’est pas une réponse de l’API Sirene"),
        (b'{"siret": "1"}\n{"siret":', "ligne 2"),
        ("é".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    with pytest.raises(BadSource, match=words):
        from_daily(file)


def test_an_absent_file_is_told(file: Path) -> None:
    with pytest.raises(BadSource, match="ne se lit pas"):
        from_daily(file)


def test_an_active_period_after_a_closed_one_is_a_reopening(file: Path) -> None:
    periods = (
        period("2026-10-03", "A", BAKERY),
        period("2012-01-01", "F", BAKERY, "2026-10-02"),
        period("2010-01-01", "A", BAKERY, "2011-12-31"),
    )
    (event,) = from_daily(answer(file, *periods))
    assert event.kind is Kind.REOPENED


def test_a_code_craft_in_part_needs_the_register_of_trades(file: Path) -> None:
    florist = period("2026-10-03", "A", "47.76Z")
    assert from_daily(answer(file, florist)) == ()
    (event,) = from_daily(answer(file, florist, nafa="4776ZP"))
    assert event.trade == "fleuriste"


def test_an_association_is_not_watched(file: Path) -> None:
    assert from_daily(answer(file, period("2026-10-03", "A", BAKERY), legal="9220")) == ()


def test_a_new_nomenclature_is_no_change_of_activity(file: Path) -> None:
    before = period("2007-01-01", "A", "15.8C", "2007-12-31") | {
        "nomenclatureActivitePrincipaleEtablissement": "NAFRev1"
    }
    assert from_daily(answer(file, period("2008-01-01", "A", BAKERY), before)) == ()


@pytest.mark.real_data
def test_real_answers_of_2019_hold_events_known_by_eye(real_data: Path) -> None:
    events = from_daily(real_data / "sirene" / "api_sirene_v3_siret_2019-11-30.json")
    raw = json.loads((real_data / "sirene" / "api_sirene_v3_siret_2019-11-30.json").read_text("utf-8"))
    starts = {item["siret"]: item["periodesEtablissement"][0]["dateDebut"] for item in raw}
    assert events
    assert all(starts[event.siret or ""] == event.day.isoformat() for event in events)
