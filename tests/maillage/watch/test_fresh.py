"""What daily files add to a store: its next edition, told before it comes."""

import random
from collections import Counter
from datetime import date

import pytest

from maillage.territory import parse
from maillage.watch import Kind, diff, fresh
from maillage.watch.shelf import load
from tests.maillage.indicators.town import siret
from tests.maillage.watch import answers, naive
from tests.maillage.watch.editions import AFTER, ARRAS, AVION, BEFORE, CLOSED, FLORIST, LENS, LIEVIN, OPEN, SINCE, Month
from tests.maillage.watch.test_diff import GONE, LIVES, NEW, TO_BUTCHER, TO_OFFICE

TREATED = AFTER
COVERS = [f"commune:{code}" for code in (ARRAS, AVION, LENS, LIEVIN)]
LYON_1 = "69381"


@pytest.fixture
def month():
    place = Month()
    place.crowd()
    return place


@pytest.fixture
def read(tmp_path):
    """The daily files, each a list of establishments, read beside the store of the first edition."""

    def of(month, *files, fictitious=True):
        old, _new = month.stores(tmp_path, covers=COVERS)
        for number, establishments in enumerate(files):
            path = answers.write(tmp_path / "in" / f"{number}.json", establishments, fictitious=fictitious)
            load(path, tmp_path / "daily")
        return fresh(old, tmp_path / "daily")

    return of


def told(events):
    return Counter((e.kind.value, e.day.isoformat(), e.commune, e.trade, e.siret) for e in events)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_month_of_daily_files_is_told_as_the_raw_rows_of_the_next_edition_say(seed, month, read, tmp_path):
    chance = random.Random(seed)
    for number in range(1, 120):
        month.firm(number, legal=chance.choice(["1000", "5499", "", "9220"]))
        nafa = chance.choice(["", "4776ZP"])
        for shop in range(1, chance.choice([1, 1, 2, 3]) + 1):
            place = chance.choice([LENS, LIEVIN, AVION, ARRAS])
            month.shop(number, place, *chance.choice(LIVES), shop=shop, nafa=nafa)
    found = read(month, answers.answer(month.after, TREATED))
    assert told(found.events) == naive.events(tmp_path, BEFORE, AFTER)
    kinds = {event.kind for event in found.events}
    assert kinds >= {Kind.OPENED, Kind.CLOSED, Kind.MOVED, Kind.REOPENED, Kind.CHANGED_ACTIVITY, Kind.LAST_GONE}
    assert all(found.records[event.siret].siret == event.siret for event in found.events if event.siret)


def test_only_those_that_a_file_speaks_of_have_moved(month, read):
    month.shop(1, LENS, None, NEW)
    month.shop(2, LENS, OPEN, CLOSED)
    found = read(month, answers.answer(month.after, "2026-10-21", {siret(1)}))
    assert [(event.kind, event.siret) for event in found.events] == [(Kind.OPENED, siret(1))]
    assert found.until == date(2026, 10, 21)


def test_the_last_of_a_trade_is_counted_with_what_the_store_holds(month, read):
    for number, after in ((1, OPEN), (2, CLOSED), (3, TO_BUTCHER), (4, TO_OFFICE)):
        month.shop(number, AVION, OPEN, after)
    found = read(month, answers.answer(month.after, TREATED, {siret(2), siret(3), siret(4)}))
    alone = [event for event in found.events if event.siret is None]
    assert [(event.kind, event.day, event.commune, event.trade) for event in alone] == [
        (Kind.LAST_LEFT, date(2026, 10, 15), AVION, "boulangerie")
    ]
    assert found.counts[AVION, "boulangerie"] == 1


def test_what_the_store_holds_already_is_not_told_twice(month, tmp_path):
    month.shop(1, LENS, None, NEW)
    month.shop(2, LENS, OPEN, CLOSED)
    old, new = month.stores(tmp_path, covers=COVERS)
    for day in ("2026-10-21", AFTER, "2026-11-03"):
        load(answers.write(tmp_path / "in" / f"{day}.json", answers.answer(month.after, day)), tmp_path / "daily")
    assert fresh(new, tmp_path / "daily").events == ()
    assert told(fresh(old, tmp_path / "daily").events) == told(diff(old, new))


def test_a_place_that_the_store_does_not_cover_has_neither_openings_nor_arrivals(month, read):
    month.shop(1, LENS, OPEN, CLOSED)
    month.after.shop(1, LYON_1, *OPEN, shop=2)  # open for years, and touched by the register this month
    month.after.shop(2, LYON_1, *NEW)
    found = read(month, answers.answer(month.after, TREATED))
    told = [(event.kind, event.siret) for event in found.events if event.siret]
    assert told == [(Kind.CLOSED, siret(1))]
    assert not any(commune == LYON_1 for commune, _trade in found.counts)
    assert siret(2) in found.records, "what it says of who may be named stands"


def test_an_empty_commune_of_a_country_that_was_read_has_its_first_opening(month, tmp_path):
    for number, commune in enumerate(sorted(parse("epci:246200364").communes - {AVION}), 1):
        month.shop(number, commune, OPEN, OPEN)
    month.shop(800, AVION, None, NEW)
    old, _new = month.stores(tmp_path)
    load(answers.write(tmp_path / "in" / "a.json", answers.answer(month.after, TREATED)), tmp_path / "daily")
    assert (Kind.OPENED, siret(800)) in [(event.kind, event.siret) for event in fresh(old, tmp_path / "daily").events]


def test_a_code_of_the_register_of_trades_that_is_lost_is_no_departure(month, read):
    month.before.shop(1, LENS, (SINCE, "", FLORIST), nafa="4776ZP")
    month.after.shop(1, LENS, (SINCE, "", FLORIST))
    assert read(month, answers.answer(month.after, TREATED)).events == ()


def test_a_file_older_than_the_store_says_nothing(month, tmp_path):
    month.shop(1, LENS, CLOSED, OPEN)
    old, _new = month.stores(tmp_path, covers=COVERS)
    load(answers.write(tmp_path / "in" / "a.json", answers.answer(month.after, "2026-09-30")), tmp_path / "daily")
    (tmp_path / "daily" / "2026-09-29-0123456789abcdef.json").write_text("{", encoding="utf-8")
    found = fresh(old, tmp_path / "daily")
    assert (found.until, found.events, found.records) == (None, (), {})
    assert found.unreadable == (), "none of them was opened"


def test_what_was_treated_before_the_stock_is_left_out_of_a_file_that_goes_on_after_it(month, read):
    month.shop(1, LENS, GONE, NEW)  # the store knows that it closed in 2020
    month.shop(2, LENS, None, NEW)
    stale = answers.answer(month.after, "2026-09-30", {siret(1)})
    found = read(month, [*stale, *answers.answer(month.after, "2026-10-21", {siret(2)})])
    assert [event.siret for event in found.events] == [siret(2)]


def test_of_two_records_in_one_file_the_latest_counts(month, read):
    month.shop(1, LENS, None, NEW)
    corrected = Month()
    corrected.shop(1, LENS, None, (("2026-10-22", "", "10.71C"),))
    late, early = answers.answer(corrected.after, "2026-10-28"), answers.answer(month.after, "2026-10-21", {siret(1)})
    (event,) = read(month, [*late, *early]).events
    assert event.day == date(2026, 10, 22)


def test_the_latest_record_of_an_establishment_counts_alone(month, read):
    month.shop(1, LENS, None, NEW)
    corrected = Month()
    corrected.shop(1, LENS, None, (("2026-10-22", "", "10.71C"),))
    files = answers.answer(corrected.after, "2026-10-28"), answers.answer(month.after, "2026-10-21", {siret(1)})
    (event,) = read(month, *files).events
    assert event.day == date(2026, 10, 22)


def test_a_closure_announced_for_later_is_none_yet(month, read):
    month.shop(1, LENS, OPEN, (("2015-03-01", "2026-12-30", "10.71C"), ("2026-12-31", "", "F")))
    assert read(month, answers.answer(month.after, TREATED)).events == ()


def test_an_opening_announced_ahead_is_told_once_its_day_has_come(month, read):
    month.shop(1, LENS, None, NEW)
    announced = answers.answer(month.after, "2026-10-05", {siret(1)})
    assert read(month, announced).events == ()
    later = answers.answer(month.after, "2026-10-20", {siret(900)})
    (event,) = read(month, announced, later).events
    assert (event.kind, event.day, event.siret) == (Kind.OPENED, date(2026, 10, 20), siret(1))


def test_a_file_of_the_other_nature_is_left_out(month, read):
    month.shop(1, LENS, None, NEW)
    assert read(month, answers.answer(month.after, TREATED), fictitious=False).events == ()


def test_a_partially_diffusible_establishment_is_told_and_never_named(month, read):
    month.shop(1, LENS, None, NEW, status="P")
    month.shop(2, LENS, None, NEW)
    found = read(month, answers.answer(month.after, TREATED))
    hidden, shown = (found.records[siret(number)] for number in (1, 2))
    assert (hidden.hidden, hidden.name, hidden.address) == (True, None, None)
    assert (shown.hidden, shown.name, shown.address) == (False, "FICTIVE 2", "7 DES FORGES")
    assert len(found.events) == 2


def test_of_two_records_of_one_moment_the_one_that_names_nobody_counts(month, read):
    month.shop(1, LENS, None, NEW, status="P")
    named = Month()
    named.shop(1, LENS, None, NEW)
    files = [answers.answer(town, TREATED, {siret(1)}) for town in (month.after, named.after)]
    assert read(month, files[0] + files[1]).records[siret(1)].hidden
    assert read(month, *files).records[siret(1)].hidden


def test_without_daily_files_there_is_nothing(month, tmp_path):
    old, _new = month.stores(tmp_path, covers=COVERS)
    assert fresh(old, tmp_path / "daily").until is None
