"""The protected measure: what all the answers together let a reader find."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pytest
from scipy.optimize import linprog

from maillage.errors import BadQuestion
from maillage.indicators import ActivityScope, Question, Row, Scope, SizeScope, ask
from maillage.reference.trades import Sector
from maillage.territory import epci_of, parse
from tests.maillage.indicators.naive import BOUNDS, Naive
from tests.maillage.indicators.town import Town

STOCK = date(2026, 10, 1)
CALL = "epci:246200364"
Key = tuple[str, str]  # (place, "" | sector | trade)


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


def test_no_cell_that_singles_out_a_firm_can_be_solved_from_all_the_answers(place):
    scope = Scope()
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


@pytest.mark.parametrize("scope", [Scope(ActivityScope.POSSIBLE), Scope(size=SizeScope.UPTO49)], ids=str)
def test_one_scope_only_is_published_because_two_would_be_subtracted(place, scope):
    with pytest.raises(BadQuestion, match="retrancheraient"):
        ask(place.store, Question("employees", parse(CALL), scope=scope))


def corsica(tmp_path, firms: dict[str, list[int]]):
    """A store of Corsica: in the first communes of the first EPCI of each département, so many bakers of two people."""
    town, number = Town(), 0
    for departement, counts in firms.items():
        epcis = dict.fromkeys(epci_of(code) for code in sorted(parse(f"departement:{departement}").communes))
        for epci, count in zip([epci for epci in epcis if epci], counts, strict=False):
            commune = min(code for code in parse(f"epci:{epci}").communes)
            for _ in range(count):
                number += 1
                town.firm(number, band="01", employer="O", legal="5499")
                town.shop(number, commune, ("2015-01-01", "", "10.71C"), band="01", created="2015-01-01")
    return town.store(tmp_path, covers=["region:94"])


@pytest.mark.parametrize(
    ("firms", "hidden"),
    [
        ({"2A": [6, 6], "2B": [6, 6]}, set()),
        ({"2A": [1, 6], "2B": [6, 6]}, {"departement:2A", "region:94"}),
        ({"2A": [2, 2, 6], "2B": [6, 6]}, set()),
        ({"2A": [1, 6], "2B": [2, 2, 6]}, {"departement:2A", "region:94"}),
        ({"2A": [1, 6], "2B": [1, 1, 1, 6]}, {"departement:2A", "region:94"}),
    ],
)
def test_a_wide_territory_never_betrays_what_a_narrower_one_hides(tmp_path, firms, hidden):
    store = corsica(tmp_path, firms)
    wide = ("departement:2A", "departement:2B", "region:94")
    assert {key for key in wide if ask(store, Question("employees", parse(key))).total is None} == hidden


@pytest.mark.parametrize("question", [{"by": "sector"}, {"by": "commune"}, {"sector": "alimentation"}])
def test_above_an_intercommunality_the_total_alone_is_published(tmp_path, question):
    store = corsica(tmp_path, {"2A": [6, 6], "2B": [6, 6]})
    with pytest.raises(BadQuestion, match="seul le total"):
        ask(store, Question("employees", parse("region:94"), **question))


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
