"""The latest openings are those of the list behind the creations, and a masked one shows nothing of itself."""

import csv
import io
from datetime import date, timedelta

import pytest

from etabli import facts
from etabli.observatory import openings as module
from etabli.observatory.openings import MASKED, NONE, openings
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from etabli.ui import french
from maillage.scope import ActivityScope, Scope
from maillage.store.columns import Status
from maillage.territory import parse
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
FILE = f"{LENS_LIEVIN}tableaux/etablissements.csv?indicateur=creations"


def latest(where=LENS, reading=None):
    return openings(Asker(reading or Reading()), where)


def listed(client, query="", since="2025-11-01", until="2026-10-31"):
    """(day, commune, sign) of the file of the list, the latest first, one by one."""
    rows = list(csv.reader(io.StringIO(client.get(FILE + query).content.decode("utf-8-sig")), delimiter=";"))
    heads, lines = rows[0], rows[1 : rows.index([])]
    day, commune, sign = (heads.index(name) for name in ("Création", "Commune", "Enseigne"))
    dated = [("-".join(reversed(line[day].split("/"))), line) for line in lines]
    found = [(on, line[commune], line[sign]) for on, line in dated if since <= on <= until]
    return sorted(found, reverse=True, key=lambda line: line[0])


def test_the_latest_are_those_of_the_list(demo, client):
    shown, rows = latest().lines, listed(client)
    assert [line.on.isoformat() for line in shown] == [day for day, *_ in rows[:5]]
    assert {(line.on.isoformat(), line.sign) for line in shown if line.sign and not line.masked} <= {
        (day, sign) for day, _, sign in rows
    }
    assert all(any(commune.split("-")[0] in line.at for _, commune, _ in rows) for line in shown)


def test_on_a_past_day_they_are_those_before_it(demo, client):
    shown = latest(reading=Reading(on=date(2024, 3, 1))).lines
    rows = listed(client, "&le=2024-03-01", "2023-03-01", "2024-02-29")
    assert [line.on.isoformat() for line in shown] == [day for day, *_ in rows[:5]]
    assert shown[0].day == french.short_date(shown[0].on, 2024)


def test_an_old_establishment_that_came_to_crafts_is_no_opening(demo, monkeypatch):
    old = demo.describe(facts.rows_behind(facts.Question("stock", LENS, on=date(2010, 1, 1)), 8))
    assert all(row.created.year < 2011 for row in old)
    monkeypatch.setattr(module.facts, "rows_behind", lambda *_: [row.establishment for row in old])
    assert latest().lines == ()


def test_a_masked_one_says_so_and_nothing_else(demo):
    numbers = facts.rows_behind(facts.Question("creations", LENS))
    born = [row for row in demo.describe(numbers, public=False) if date(2025, 12, 1) < row.created < date(2026, 10, 1)]
    masked = next(row for row in born if row.status is Status.PARTIAL)
    after = (masked.created.replace(day=1) + timedelta(days=32)).replace(day=1)  # twelve months are whole months
    shown = latest(parse(f"commune:{masked.commune}"), Reading(on=after)).lines
    hidden = [line for line in shown if line.masked]
    assert hidden
    assert {line.sign for line in hidden} == {MASKED}
    assert not any(text and text in repr(shown) for text in (masked.name, masked.sign, masked.address))


@pytest.mark.parametrize(
    ("key", "reading", "words"),
    [
        ("epci:246200364", Reading(Scope(ActivityScope.CERTAIN)), "pas d’historique"),
        ("commune:62854", Reading(), NONE),
    ],
)
def test_when_there_is_none_the_page_says_why_and_still_leads_to_the_watch(demo, visit, key, reading, words):
    found = latest(parse(key), reading)
    assert (found.lines, found.rows) == ((), "")
    assert words in found.reason
    page = visit(f"/territoires/{key.replace(':', '/')}/{reading.query()}")
    assert words in page.html
    assert f'href="/territoires/{key.replace(":", "/")}/veille/"' in page.html


def test_the_portrait_shows_the_day_the_trade_and_the_place(demo, visit):
    page, first = visit(LENS_LIEVIN), latest().lines[0]
    assert f'<time datetime="{first.on.isoformat()}">{first.day}</time>' in page.html
    assert f">{first.trade}</a> {first.at}" in page.html
