from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from maillage.synthetic import words, years
from maillage.synthetic.activities import activities
from maillage.synthetic.errors import NoInhabitants
from maillage.synthetic.firms import SOLE_TRADER
from maillage.synthetic.population import Population
from maillage.territory import parse, population

TODAY = date(2026, 10, 1)


def active_craft(people: Population) -> list[int]:
    """Positions of the craft establishments active today, one by one."""
    table = activities()
    active = people.active(TODAY)
    return [row for row in range(len(people.shops)) if active[row] and table[people.shops.activity[row]].craft]


def test_same_seed_same_population(call: Population):
    again = Population.generate(parse("epci:246200364").communes, seed=7)
    other = Population.generate(parse("epci:246200364").communes, seed=8)
    assert np.array_equal(call.shops.start, again.shops.start)
    assert np.array_equal(call.shops.x, again.shops.x, equal_nan=True)
    assert not np.array_equal(call.shops.start[:500], other.shops.start[:500])


def test_density_is_that_of_a_craft_territory(call: Population):
    firms = {int(call.shops.firm[row]) for row in active_craft(call)}
    people = sum(population(code) or 0 for code in call.places.codes)
    assert 90 < len(firms) / people * 10_000 < 130


def test_the_four_sectors_have_their_usual_shares(call: Population):
    sectors = Counter(activities()[call.shops.activity[row]].sector for row in active_craft(call))
    shares = {sector: count / sectors.total() for sector, count in sectors.items()}
    assert 0.36 < shares["batiment"] < 0.46
    assert 0.28 < shares["services"] < 0.39
    assert 0.11 < shares["alimentation"] < 0.19
    assert 0.07 < shares["fabrication"] < 0.14


def test_about_six_firms_in_ten_are_sole_traders(call: Population):
    firms = {int(call.shops.firm[row]) for row in active_craft(call)}
    share = sum(call.firms.form[firm] == SOLE_TRADER for firm in firms) / len(firms)
    assert 0.52 < share < 0.68


def test_survival_counted_by_hand_is_plausible(call: Population):
    alive: dict[int, int] = defaultdict(int)
    cohort = 0
    for start, end in zip(call.firms.start, call.firms.end, strict=True):
        if years.day(2010) <= start < years.day(2021):
            cohort += 1
            for age in (1, 3, 5):
                alive[age] += end - start >= age * 365.25
    assert 0.90 < alive[1] / cohort < 0.97
    assert 0.75 < alive[3] / cohort < 0.85
    assert 0.57 < alive[5] / cohort < 0.69


def test_companies_last_longer_than_sole_traders(call: Population):
    born = (call.firms.start >= years.day(2010)) & (call.firms.start < years.day(2021))
    lasting = call.firms.end - call.firms.start >= 5 * 365
    sole = call.firms.form == SOLE_TRADER
    assert lasting[born & ~sole].mean() > lasting[born & sole].mean() + 0.05


def test_small_communes_lack_trades_that_large_ones_have(call: Population):
    kinds = defaultdict(set)
    for row in active_craft(call):
        kinds[int(call.shops.commune[row])].add(int(call.shops.activity[row]))
    size = {rank: call.places.population[rank] for rank in range(len(call.places))}
    smallest, largest = min(size, key=size.__getitem__), max(size, key=size.__getitem__)
    assert len(kinds[smallest]) < 0.6 * len(kinds[largest])
    assert len(kinds[largest]) > 50


def test_lens_lievin_has_fewer_firms_than_its_neighbour_and_catches_up():
    def creations(code: str) -> tuple[float, float]:
        people = Population.generate(parse(code).communes, seed=2026)
        inhabitants = people.places.population.sum()
        early = (people.firms.start >= years.day(2012)) & (people.firms.start < years.day(2015))
        late = (people.firms.start >= years.day(2023)) & (people.firms.start < years.day(2026))
        return early.sum() / inhabitants, late.sum() / inhabitants

    call, nearby = creations("epci:246200364"), creations("epci:246200299")
    assert call[0] < nearby[0]
    assert call[1] / call[0] > nearby[1] / nearby[0]


def test_a_move_closes_one_establishment_and_opens_another_the_same_day(call: Population):
    moves = np.flatnonzero(call.links.seat)
    assert len(moves) > 100
    for link in moves:
        before, after = call.links.before[link], call.links.after[link]
        assert call.shops.firm[before] == call.shops.firm[after]
        assert call.shops.end[before] == call.shops.start[after] == call.links.day[link]


def test_a_succession_joins_two_firms_at_one_address_in_one_activity(call: Population):
    handed = np.flatnonzero(~call.links.seat)
    assert len(handed) > 50
    for link in handed:
        before, after = call.links.before[link], call.links.after[link]
        assert call.shops.firm[before] != call.shops.firm[after]
        assert call.shops.commune[before] == call.shops.commune[after]
        assert call.shops.dice[before] == call.shops.dice[after]


def test_every_kind_of_life_is_there(call: Population):
    shops = call.shops
    assert (shops.reopen < years.NEVER).sum() > 50
    assert (shops.change < years.NEVER).sum() > 200
    assert (~shops.chain).sum() > 200
    assert call.firms.partial.mean() > 0.03
    assert (call.firms.band == 6).sum() > 5


def test_a_firm_turns_to_a_neighbouring_trade_only(call: Population):
    table, families = activities(), words.families()
    for row in np.flatnonzero(call.shops.change < years.NEVER):
        before, after = table[call.shops.activity[row]], table[call.shops.later[row]]
        assert before != after
        assert before.sector == after.sector
        assert families[before.words] == families[after.words]


def test_scale_multiplies_the_number_of_firms():
    communes = parse("epci:246200364").communes
    tenth = Population.generate(communes, seed=1, scale=0.1)
    whole = Population.generate(communes, seed=1)
    assert len(tenth.firms) == pytest.approx(len(whole.firms) / 10, rel=0.1)


def test_communes_without_inhabitants_are_refused_in_french():
    with pytest.raises(NoInhabitants, match="Vérifiez leurs codes"):
        Population.generate(["99999"], seed=1)
