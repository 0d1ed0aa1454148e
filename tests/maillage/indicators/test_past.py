"""Employees and NAFA codes of the past: what earlier editions knew, against the files of those editions."""

from collections import Counter
from datetime import date

import pytest

from maillage.errors import BadQuestion
from maillage.indicators import ActivityScope, Question, Scope, ask
from maillage.reference.trades import Reach
from maillage.scope import EMPLOYEES
from maillage.store.checks import check
from maillage.territory import parse
from tests.maillage.indicators.conftest import WHOLE
from tests.maillage.indicators.editions import DAYS, YEARS, Editions, editions
from tests.maillage.indicators.town import COMMUNES

CALL = parse("epci:246200364")
LAST_OF_2024, STOCK = date(2027, 8, 1), date(2027, 10, 1)
CERTAIN = Scope(ActivityScope.CERTAIN)


@pytest.fixture(scope="module", params=[3, 4], ids="seed {}".format)
def past(request, tmp_path_factory) -> Editions:
    return editions(request.param, tmp_path_factory.mktemp("editions"), WHOLE)


def employees(past, on, **more):
    return ask(past.store, Question("employees", CALL, on=on, **more))


def expected(past, on):
    """Bounds by trade, from the files of the edition of that day alone."""
    twin = past.at(on).within(CALL.communes, "activity", "10")
    trades = {spell.trade for spell in twin.active(on)}
    return {
        code: type(twin)([spell for spell in twin.spells if spell.trade == code], twin.firms, []).bounds(on)
        for code in trades
    }


@pytest.mark.parametrize("on", [LAST_OF_2024, STOCK])
def test_employees_of_a_year_of_bands_are_those_that_its_last_edition_gave(past, on):
    told, found = expected(past, on), employees(past, on, by="trade")
    shown = {row.key: row for row in found.rows if not row.extra.get("secret")}
    assert shown
    for code, row in shown.items():
        assert (row.extra.get("low", 0), row.extra.get("high", 0), row.extra["known"]) == told[code], code
    assert {row.key for row in found.rows} == set(told)
    whole = employees(past, on)
    assert whole.total == sum((low + high) / 2 for low, high, _ in told.values())
    assert (whole.on, found.on) == (on, on)


def test_the_two_years_do_not_say_the_same(past):
    assert expected(past, LAST_OF_2024) != expected(past, STOCK)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("2026-10-01", LAST_OF_2024), ("2027-05-17", LAST_OF_2024), ("2027-09-30", LAST_OF_2024), ("2027-12-31", STOCK)],
)
def test_each_year_of_bands_is_given_on_one_day_and_the_answer_says_which(past, asked, given):
    day = date.fromisoformat(asked)
    if day > STOCK:  # a day to come is refused by every indicator
        with pytest.raises(BadQuestion, match="choisir un jour"):
            employees(past, day)
        return
    found = employees(past, day)
    assert found.on == given
    assert found.total == employees(past, given).total
    assert any(f"le chiffre est au {given:%d/%m/%Y}" in note for note in found.notes)
    assert any("31 décembre 2024, gardés de l’édition du 01/08/2027" in note for note in found.notes)


def test_before_the_first_edition_employees_are_refused_with_the_days_that_are_known(past):
    with pytest.raises(BadQuestion, match="Choisir l’un de ces jours\u00a0: 01/08/2027, 01/10/2027"):
        employees(past, date(2026, 9, 30))


def test_the_only_day_that_is_known_is_named_alone(tmp_path):
    one = editions(3, tmp_path, WHOLE, DAYS[:1], YEARS[:1])
    with pytest.raises(BadQuestion, match=r"gardée\. Choisir le 01/10/2026\.$"):
        employees(one, date(2025, 1, 1))


def test_the_answer_of_the_day_of_the_store_says_nothing_of_editions(past):
    assert not any("édition" in note for note in employees(past, STOCK).notes)
    assert employees(past, None).total == employees(past, STOCK).total


def test_two_editions_of_one_year_of_bands_publish_employees_on_one_day(tmp_path):
    """Two days would differ by the band of the one establishment that opened or closed in between."""
    two = editions(3, tmp_path, WHOLE, DAYS[:2], ("2024", "2024"))
    found = employees(two, date(2026, 12, 1))
    assert found.on == date(2027, 2, 1)
    assert found.total == employees(two, None).total
    assert any("Une seule date par année d’effectifs" in note for note in found.notes)
    assert not any("gardés de l’édition" in note for note in found.notes)


def test_employees_of_long_ago_keep_their_scope(tmp_path):
    old = editions(3, tmp_path, WHOLE, ("2026-10-01", "2031-10-01"), ("2024", "2029"))
    found = employees(old, date(2028, 1, 1))
    assert found.on == date(2026, 10, 1)
    assert found.applied.size is EMPLOYEES.size
    assert ask(old.store, Question("stock", CALL, on=date(2026, 10, 1))).applied.size is None


def test_a_past_year_hides_what_singles_a_firm_out(past):
    twin = past.at(LAST_OF_2024).within(CALL.communes, "activity", "10")
    for row in employees(past, LAST_OF_2024, by="commune").rows:
        firms = {
            spell.shop.siren for spell in twin.active(LAST_OF_2024)
            if spell.shop.commune == row.key and (spell.shop.band not in ("", "NN")
            or twin.firms[spell.shop.siren]["caractereEmployeurUniteLegale"] == "N")
        }  # fmt: skip
        assert row.extra.get("secret") or len(firms) not in (1, 2)


def known_then(past, communes, on):
    """Trade → shops at work on a day whose NAFA code was known to the edition in force, from the raw files."""
    then = {spell.shop.siret for spell in past.at(on).spells if spell.shop.nafa}
    now = past.twins[-1].within(communes, "possible", "10")
    return Counter(
        spell.trade
        for spell in now.active(on)
        if spell.shop.siret in then and (spell.reach is not Reach.PARTIAL or spell.shop.nafa)
    )


@pytest.mark.parametrize("day", ["2026-10-01", "2026-12-15", "2027-02-01", "2027-09-30"])
def test_certain_on_a_past_day_is_what_the_edition_before_it_knew(past, day):
    on = date.fromisoformat(day)
    found = ask(past.store, Question("stock", CALL, on=on, scope=CERTAIN, by="trade"))
    assert {row.key: row.value for row in found.rows if row.value} == known_then(past, CALL.communes, on)
    assert any("gardé de l’édition du" in note for note in found.notes)
    assert found.applied.activity is ActivityScope.CERTAIN


def test_a_specialisation_compares_what_the_same_edition_knew_here_and_everywhere(past):
    on = date(2027, 2, 1)
    counts = known_then(past, COMMUNES, on)
    for row in ask(past.store, Question("specialisation", CALL, on=on, scope=CERTAIN, by="trade")).rows:
        share = 100 * counts[row.key] / sum(counts.values())
        assert row.extra["reference_share"] == pytest.approx(share)


def test_scopes_stay_nested_on_a_past_day(past):
    counts = [ask(past.store, Question("stock", CALL, on=date(2027, 3, 1), scope=Scope(one))).total
              for one in ActivityScope]  # fmt: skip
    assert counts[0] < counts[1] <= counts[2]


def test_before_the_first_edition_certain_falls_back_and_says_since_when_it_is_known(past):
    found = ask(past.store, Question("stock", CALL, on=date(2026, 9, 30), scope=CERTAIN))
    assert found.applied.activity is ActivityScope.ACTIVITY
    assert any("avant l’édition du 01/10/2026" in note for note in found.notes)


def test_a_period_has_no_certain_scope_whatever_the_editions(past):
    found = ask(past.store, Question("creations", CALL, scope=CERTAIN))
    assert found.applied.activity is ActivityScope.ACTIVITY


def test_the_last_store_keeps_the_days_of_the_others_and_is_sound(past):
    assert [str(edition.stock_date) for edition in past.store.manifest.editions] == list(DAYS[:-1])
    assert [edition.band_year for edition in past.store.manifest.editions] == [2024, 2024, 2024]
    assert all(result.ok for result in check(past.store))
