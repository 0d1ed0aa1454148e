"""What moved between two editions: each kind of event, then a random month against its slow twin."""

import random
from collections import Counter
from datetime import date

import pytest

from maillage.errors import BadQuestion, NotCovered
from maillage.territory import parse
from maillage.watch import Kind, diff, previous_store
from tests.maillage.indicators.town import siret
from tests.maillage.watch import naive
from tests.maillage.watch.editions import (
    AFTER,
    ARRAS,
    AVION,
    BAKERY,
    BEFORE,
    BUTCHER,
    CLOSED,
    FLORIST,
    LENS,
    LIEVIN,
    OFFICE,
    OPEN,
    SINCE,
    Month,
    edition,
)

NEW = (("2026-10-20", "", BAKERY),)


TO_BUTCHER = ((SINCE, "2026-10-05", BAKERY), ("2026-10-06", "", BUTCHER))
TO_OFFICE = ((SINCE, "2026-10-05", BAKERY), ("2026-10-06", "", OFFICE))
FROM_OFFICE = ((SINCE, "2026-10-05", OFFICE), ("2026-10-06", "", BAKERY))
GONE = ((SINCE, "2019-12-31", BAKERY), ("2020-01-01", "", "F"))
BACK = ((SINCE, "2019-12-31", BAKERY), ("2020-01-01", "2026-10-09", "F"), ("2026-10-10", "", BAKERY))
OFFICE_STILL = ((SINCE, "", OFFICE),)
NEW_FLORIST = (("2026-10-20", "", FLORIST),)


@pytest.fixture
def month():
    place = Month()
    place.crowd()
    return place


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """One firm for each thing that may happen; the tests below look at one firm each, by its number."""
    month = Month()
    month.crowd()
    month.shop(1, LENS, None, NEW)
    month.shop(2, LENS, OPEN, CLOSED)
    month.shop(3, LENS, GONE, BACK)
    month.shop(4, LENS, OPEN, CLOSED)
    month.shop(4, LENS, None, NEW, shop=2)
    month.shop(5, LENS, OPEN, CLOSED)
    month.shop(5, LIEVIN, None, NEW, shop=2)
    month.shop(6, LENS, OPEN, CLOSED)
    month.shop(7, LENS, None, NEW)
    month.after.link(siret(6), siret(7), "2026-10-15")
    month.shop(8, LENS, OPEN, CLOSED)
    month.shop(8, LIEVIN, None, (("2026-10-20", "", BUTCHER),), shop=2)
    month.shop(9, LENS, OPEN, TO_BUTCHER)
    month.shop(10, LENS, OPEN, TO_OFFICE)
    month.shop(11, LENS, OFFICE_STILL, FROM_OFFICE)
    month.shop(12, LENS, OPEN, CLOSED)
    month.shop(12, LIEVIN, OFFICE_STILL, FROM_OFFICE, shop=2)
    month.shop(13, LENS, None, NEW_FLORIST)
    month.shop(14, LENS, None, NEW_FLORIST, nafa="4776ZP")
    month.before.shop(15, LENS, (SINCE, "", FLORIST))
    month.after.shop(15, LENS, (SINCE, "", FLORIST), nafa="4776ZP")
    month.before.firm(16, legal="9220")
    month.after.firm(16, legal="5499")
    month.shop(16, LENS, OPEN, OPEN)
    month.firm(17, legal="9220")
    month.shop(17, LENS, None, NEW)
    month.shop(18, LENS, None, NEW, status="P")
    return month.stores(tmp_path_factory.mktemp("month"))


@pytest.fixture
def told(editions):
    """Firm number → what happened to it, as a place sees it (the whole store by default)."""

    def of(number, where=None):
        found = diff(*editions, parse(where) if where else None)
        return [event for event in found if event.siret and event.siret[:9] == siret(number)[:9]]

    return of


def test_an_establishment_that_was_not_there_has_opened(told):
    (event,) = told(1)
    assert (event.kind, event.day, event.commune, event.trade) == (Kind.OPENED, date(2026, 10, 20), LENS, "boulangerie")
    assert event.siret == siret(1)


def test_an_establishment_that_is_no_longer_active_has_closed_the_day_sirene_says(told):
    (event,) = told(2)
    assert (event.kind, event.day, event.trade) == (Kind.CLOSED, date(2026, 10, 15), "boulangerie")


def test_one_that_comes_back_has_reopened(told):
    (event,) = told(3)
    assert (event.kind, event.day) == (Kind.REOPENED, date(2026, 10, 10))


def test_a_move_in_the_same_commune_is_one_event(told):
    (event,) = told(4)
    assert (event.kind, event.commune, event.from_commune) == (Kind.MOVED, LENS, LENS)
    assert (event.old_siret, event.siret) == (siret(4), siret(4, 2))


def test_a_move_to_another_commune_is_an_arrival_here_and_a_departure_there(told):
    places = f"commune:{LENS}", f"commune:{LIEVIN}", "epci:246200364", f"commune:{ARRAS}"
    kinds = [[event.kind for event in told(5, place)] for place in places]
    assert kinds == [[Kind.MOVED_OUT], [Kind.MOVED_IN], [Kind.MOVED], []]


def test_a_succession_link_to_another_firm_is_a_takeover(told):
    (event,) = told(7)
    assert (event.kind, event.old_siret) == (Kind.TAKEN_OVER, siret(6))
    assert told(6) == []


def test_another_trade_of_the_same_firm_is_no_move(told):
    assert {event.kind for event in told(8)} == {Kind.CLOSED, Kind.OPENED}


def test_from_one_trade_to_another(told):
    (event,) = told(9)
    assert (event.kind, event.day) == (Kind.CHANGED_ACTIVITY, date(2026, 10, 6))
    assert (event.old_trade, event.trade) == ("boulangerie", "charcuterie")


def test_leaving_crafts_is_no_closure(told):
    (event,) = told(10)
    assert (event.kind, event.day) == (Kind.CHANGED_ACTIVITY, date(2026, 10, 6))
    assert (event.old_trade, event.trade) == ("boulangerie", None)


def test_entering_crafts_is_no_opening(told):
    (event,) = told(11)
    assert (event.kind, event.day, event.old_trade) == (Kind.CHANGED_ACTIVITY, date(2026, 10, 6), None)


def test_a_shop_that_enters_crafts_does_not_stand_for_a_move(told):
    assert {event.kind for event in told(12)} == {Kind.CLOSED, Kind.CHANGED_ACTIVITY}


def test_a_code_craft_in_part_counts_when_the_register_of_trades_says_so(told):
    assert told(13) == []
    assert [event.kind for event in told(14)] == [Kind.OPENED]


def test_being_declared_to_the_register_of_trades_is_no_opening(told):
    assert told(15) == []


def test_a_company_that_was_an_association_has_not_opened(told):
    (event,) = told(16)
    assert (event.kind, event.day) == (Kind.CHANGED_ACTIVITY, date(2026, 11, 1))


def test_an_association_is_not_watched(told):
    assert told(17) == []


def test_partially_diffusible_establishments_move_like_others_and_are_not_named(told):
    (event,) = told(18)
    assert event.kind is Kind.OPENED
    assert "FICTIVE" not in repr(event)


def test_without_a_link_a_closure_and_an_opening_are_two_events(told):
    assert [event.kind for number in (1, 2) for event in told(number)] == [Kind.OPENED, Kind.CLOSED]


def test_the_last_one_gone_is_dated_by_its_closure(month, tmp_path):
    month.shop(1, LENS, OPEN, CLOSED)
    found = [event for event in diff(*month.stores(tmp_path)) if event.siret is None]
    assert [(event.kind, event.day, event.commune, event.trade) for event in found] == [
        (Kind.LAST_GONE, date(2026, 10, 15), LENS, "boulangerie")
    ]


def test_the_last_one_left(month, tmp_path):
    for number, after in ((1, OPEN), (2, CLOSED), (3, CLOSED)):
        month.shop(number, AVION, OPEN, after)
    found = [event.kind for event in diff(*month.stores(tmp_path)) if event.siret is None]
    assert found == [Kind.LAST_LEFT]


def test_a_trade_that_keeps_two_is_no_alert_and_neither_is_one_that_never_had_more(month, tmp_path):
    for number, after in ((1, OPEN), (2, OPEN), (3, CLOSED)):
        month.shop(number, AVION, OPEN, after)
    month.shop(4, LENS, OPEN, OPEN)
    assert [event for event in diff(*month.stores(tmp_path)) if event.siret is None] == []


def test_a_trade_whose_last_one_moved_within_the_commune_is_not_gone(month, tmp_path):
    month.shop(1, LENS, OPEN, CLOSED)
    month.shop(1, LENS, None, NEW, shop=2)
    assert [event for event in diff(*month.stores(tmp_path)) if event.siret is None] == []


def test_fictitious_and_real_editions_are_not_compared(month, tmp_path):
    old = edition(month.before, tmp_path / "a", BEFORE, fictitious=True)
    new = edition(month.after, tmp_path / "b", AFTER, fictitious=False)
    with pytest.raises(BadQuestion, match="fictif"):
        diff(old, new)


def test_a_territory_that_the_stores_do_not_hold_is_refused(month, tmp_path):
    old, new = month.stores(tmp_path, covers=["epci:246200364"])
    with pytest.raises(NotCovered, match="Rien ne peut être dit"):
        diff(old, new, parse("epci:200093201"))


LIVES = (
    (OPEN, OPEN), (OPEN, CLOSED), (None, NEW), (OPEN, TO_BUTCHER), (OPEN, TO_OFFICE), (OFFICE_STILL, FROM_OFFICE),
    (GONE, BACK), (((SINCE, "", FLORIST),), ((SINCE, "2026-10-11", FLORIST), ("2026-10-12", "", "F"))),
)  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_month_is_told_as_its_raw_rows_say(seed, tmp_path):
    chance, month = random.Random(seed), Month()
    for number in range(1, 120):
        month.firm(number, legal=chance.choice(["1000", "5499", "", "9220"]))
        nafa = chance.choice(["", "4776ZP"])
        for shop in range(1, chance.choice([1, 1, 2, 3]) + 1):
            commune = chance.choice([LENS, LIEVIN, AVION, ARRAS])
            month.shop(number, commune, *chance.choice(LIVES), shop=shop, nafa=nafa)
    gone = [row["siret"] for row in month.after.history if row["etatAdministratifEtablissement"] == "F"]
    new = [row["siret"] for row in month.after.history if row["dateDebut"] == NEW[0][0]]
    for one, other in zip(chance.sample(gone, 6), chance.sample(new, 6), strict=True):
        month.after.link(one, other, "2026-10-16")
    found = diff(*month.stores(tmp_path))
    told = Counter((e.kind.value, e.day.isoformat(), e.commune, e.trade, e.siret) for e in found)
    assert told == naive.events(tmp_path, BEFORE, AFTER)
    assert {kind for kind, *_ in told} >= {"opened", "closed", "moved", "taken_over", "reopened", "changed_activity"}


def test_the_previous_edition_is_the_latest_older_one_of_the_same_nature(month, tmp_path):
    old, new = month.stores(tmp_path)
    edition(month.before, tmp_path, "2026-07-01")
    edition(month.before, tmp_path, "2026-10-15", fictitious=False)
    edition(month.before, tmp_path, "2026-10-20", covers=["epci:246200364"])
    found = previous_store(tmp_path / "stores", new)
    assert found is not None
    assert found.version == old.version
    assert previous_store(tmp_path / "stores", old).manifest.stock_date == date(2026, 7, 1)


def test_an_unreadable_edition_beside_is_passed_over(month, tmp_path):
    _old, new = month.stores(tmp_path)
    for folder, text in (("broken", "{"), ("other", '{"format": 999}')):
        (tmp_path / "stores" / folder).mkdir()
        (tmp_path / "stores" / folder / "manifest.json").write_text(text)
    found = previous_store(tmp_path / "stores", new)
    assert found is not None
    assert found.manifest.stock_date == date(2026, 10, 1)


def test_the_first_edition_has_none_before(month, tmp_path):
    assert previous_store(tmp_path / "stores", edition(month.before, tmp_path, BEFORE)) is None
