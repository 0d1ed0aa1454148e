"""The protected measure: what all the answers together let a reader find."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from maillage.errors import BadQuestion
from maillage.indicators import ActivityScope, Question, Row, Scope, SizeScope, ask
from maillage.reference.trades import Sector
from maillage.territory import parse
from tests.maillage.indicators.naive import BOUNDS, Naive

STOCK = date(2026, 10, 1)
CALL = "epci:246200364"
Key = tuple[str, str]  # (place, "" | sector | trade)
SIZES = [SizeScope.KNOWN, SizeScope.UPTO10, SizeScope.UPTO49, SizeScope.UPTO249]


def answers(store, scope: Scope) -> dict[Key, Row]:
    """Every cell that the command line gives for Lens-Liévin and its communes."""
    where = parse(CALL)
    found: dict[Key, Row] = {}

    def put(place: str, **question: str) -> None:
        answer = ask(store, Question("employees", parse(place), scope=scope, **question))
        found.update({(place, row.key): row for row in answer.rows})

    put(CALL)
    put(CALL, by="sector")
    put(CALL, by="trade")
    for row in ask(store, Question("employees", where, scope=scope, by="commune")).rows:
        found[f"commune:{row.key}", ""] = row
        put(f"commune:{row.key}", by="sector")
    return found


def sums(cells: dict[Key, Row], sector_of: dict[str, str]) -> list[tuple[Key, list[Key]]]:
    """What every reader knows: sectors make the total, trades their sector, communes the whole."""
    sectors = sorted(set(sector_of.values()))
    places = sorted({place for place, _ in cells})
    communes = [place for place in places if place != CALL]
    known = [((place, ""), [(place, sector) for sector in sectors]) for place in places]
    for name in ("", *sectors):
        known.append(((CALL, name), [(place, name) for place in communes]))
    for sector in sectors:
        known.append(((CALL, sector), [(CALL, t) for t, s in sector_of.items() if s == sector and (CALL, t) in cells]))
    return known


def shops(naive: Naive, scope: Scope, key: Key) -> dict[str, float]:
    """Middle of the bounds by SIRET, for the shops of known band of a cell."""
    place, name = key
    found: dict[str, float] = {}
    twin = naive.within(parse(place).communes, scope.activity, scope.size)
    for spell in twin.active(STOCK):
        band = spell.shop.band
        presumed = naive.firms[spell.shop.siren]["caractereEmployeurUniteLegale"] == "N"
        if name in ("", spell.sector, spell.trade) and (band not in ("", "NN") or presumed):
            low, high = BOUNDS[band] if band not in ("", "NN") else (0, 0)
            found[spell.shop.siret] = (low + high) / 2
    return found


def by_firm(found: dict[str, float]) -> dict[str, float]:
    firms: dict[str, float] = defaultdict(float)
    for siret, jobs in found.items():
        firms[siret[:9]] += jobs
    return dict(firms)


def singles_out(firms: dict[str, float]) -> bool:
    total = sum(firms.values())
    return 0 < len(firms) < 3 or (total > 0 and max(firms.values()) >= 0.85 * total)


@pytest.mark.parametrize("scope", [Scope(), Scope(size=SizeScope.UPTO249), Scope(ActivityScope.POSSIBLE)], ids=str)
def test_no_cell_that_singles_out_a_firm_can_be_solved_from_all_the_answers(place, scope):
    cells = answers(place.store, scope)
    sector_of = {spell.trade: str(spell.sector) for spell in place.naive.spells}
    firms = {key: by_firm(shops(place.naive, scope, key)) for key in cells}
    keys = list(cells)
    equations = np.zeros((0, len(keys)))
    for whole, parts in sums(cells, sector_of):
        line = np.zeros(len(keys))
        line[keys.index(whole)] = -1
        line[[keys.index(part) for part in parts]] += 1
        equations = np.vstack([equations, line])
    limits = []
    for key in keys:
        published = None if cells[key].extra.get("secret") else sum(firms[key].values())
        if published is not None and cells[key].value is not None:
            assert cells[key].value == pytest.approx(published)
        limits.append((0, None) if published is None else (published, published))
    for number, key in enumerate(keys):
        if not singles_out(firms[key]):
            continue
        assert cells[key].extra.get("secret") == 1, f"{key} is published"
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(keys))
            aim[number] = sign
            solved = linprog(aim, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=limits)
            ends.append(solved.fun if solved.status == 0 else -np.inf)
        assert -ends[1] - ends[0] > 0.1, f"{key} is found by linear programming"


def test_two_scopes_never_single_out_a_firm_by_difference(place):
    scopes = [Scope(activity, size) for activity in ActivityScope for size in SIZES]
    published = {scope: answers(place.store, scope) for scope in scopes}
    for one, other in combinations(scopes, 2):
        for key in published[one].keys() & published[other].keys():
            rows = published[one][key], published[other][key]
            if any(row.extra.get("secret") for row in rows):
                continue
            here, there = (shops(place.naive, scope, key) for scope in (one, other))
            wider, narrower = (here, there) if len(here) >= len(there) else (there, here)
            if narrower.keys() <= wider.keys():
                rest = by_firm({siret: jobs for siret, jobs in wider.items() if siret not in narrower})
                assert not singles_out(rest), f"{key}: {one.label} − {other.label}"


def test_a_list_is_the_union_of_its_published_communes(place):
    by_commune = ask(place.store, Question("employees", parse(CALL), by="commune")).rows
    shown = [row for row in by_commune if row.value is not None and row.extra["establishments"]]
    hidden = [row for row in by_commune if row.extra.get("secret")]
    if len(shown) >= 2:
        where = parse(f"liste:{shown[0].key},{shown[1].key}")
        assert ask(place.store, Question("employees", where)).total == shown[0].value + shown[1].value
    for row in hidden[:1]:
        listed = ask(place.store, Question("employees", parse(f"liste:{row.key},62001")))
        assert listed.total is None
        assert listed.rows[0].extra["secret"] == 1
        assert any("Secret statistique" in note for note in listed.notes)


def test_the_hidden_sectors_of_a_list_keep_their_names(place):
    hiding = next(
        code
        for code in sorted(parse(CALL).communes)
        if any(row.extra.get("secret") for row in ask(place.store, by_sector(f"commune:{code}")).rows)
    )
    found = ask(place.store, by_sector(f"liste:{hiding},62001")).rows
    assert any(row.extra.get("secret") for row in found)
    assert {row.key: row.label for row in found} == {str(sector): sector.label for sector in Sector}


def by_sector(where):
    return Question("employees", parse(where), by="sector")


def test_a_commune_and_its_line_in_the_table_of_its_epci_say_the_same(place):
    for row in ask(place.store, Question("employees", parse(CALL), by="commune")).rows:
        alone = ask(place.store, Question("employees", parse(f"commune:{row.key}")))
        assert alone.total == row.value


@pytest.mark.parametrize(
    ("where", "question"),
    [
        ("commune:62498", {"by": "trade"}),
        ("commune:62498", {"trade": "boulangerie"}),
        (CALL, {"by": "commune", "trade": "boulangerie"}),
        ("liste:62498,62510", {"by": "trade"}),
    ],
)
def test_cells_outside_the_fixed_tables_are_refused(place, where, question):
    with pytest.raises(BadQuestion, match="Secret statistique"):
        ask(place.store, Question("employees", parse(where), **question))
