"""Every indicator by its definition card, over a plain list of spells: loops, sets and no array."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from maillage.reference.bands import BANDS
from tests.maillage.real.rows import EPOCH, OPEN, UNKNOWN, Spell

HIGHEST = {band.code: band.high for band in BANDS if band.code != "NN"}
LOWEST = {band.code: band.low for band in BANDS if band.code != "NN"}
YEAR = 365
Link = tuple[str, str, int]  # predecessor, successor, day
Key = Callable[[Spell], str]


@dataclass(frozen=True)
class Presence:
    """A firm in a territory, gaps of a year at most bridged."""

    start: int
    end: int
    first: Spell
    last: Spell


def number(text: str) -> int:
    """Days since 1970 of an ISO date."""
    return (date.fromisoformat(text) - EPOCH).days


def size_known(spell: Spell) -> bool:
    """NN, or nothing, tells the size of a firm only when it says that it employs nobody."""
    return spell.firm.employer == "N" or spell.firm.band in HIGHEST


def in_scope(spell: Spell, activity: str, size: str | None) -> bool:
    """Public bodies, associations and mutuals are out; ``size`` None: any."""
    if spell.firm.legal not in ("UNKNOWN", "SOLE", "COMPANY"):
        return False
    if activity == "certain" and not (spell.certain and spell.end == OPEN):
        return False
    if activity == "activity" and spell.reach == "partiel" and not spell.certain:
        return False
    if size is None:
        return True
    if spell.firm.band in HIGHEST:
        high = HIGHEST[spell.firm.band]
        return high is not None and high <= (10 if size == "known" else int(size))
    return spell.firm.employer == "N" or size != "known"


def size_group(spell: Spell) -> str:
    """The line of a split by size."""
    if spell.firm.band in HIGHEST:
        return "0" if spell.firm.band == "00" else spell.firm.band
    return "0" if spell.firm.employer == "N" else "inconnu"


KEYS: dict[str, Key] = {
    "": lambda _: "",
    "trade": lambda spell: spell.trade,
    "sector": lambda spell: spell.sector,
    "commune": lambda spell: spell.commune,
    "size": size_group,
    "legal": lambda spell: spell.firm.legal.lower(),
}


def stock(found: Iterable[Spell], on: int, by: str) -> dict[str, int]:
    """Active establishments."""
    return _sizes(_grouped(found, on, by, lambda spell: spell.siret))


def stock_firms(found: Iterable[Spell], on: int, by: str) -> dict[str, int]:
    """Distinct SIREN."""
    return _sizes(_grouped(found, on, by, lambda spell: spell.siren))


def _sizes(groups: dict[str, set[str]]) -> dict[str, int]:
    return {key: len(members) for key, members in groups.items()}


def _grouped(found: Iterable[Spell], on: int, by: str, who: Key) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for spell in found:
        if spell.holds(on):
            groups[KEYS[by](spell)].add(who(spell))
    return groups


def presences(found: Iterable[Spell]) -> list[Presence]:
    """Firm by firm."""
    of_firm: dict[str, list[Spell]] = defaultdict(list)
    for spell in found:
        of_firm[spell.siren].append(spell)
    made = []
    for all_spells in of_firm.values():
        groups: list[list[Spell]] = []
        for spell in sorted(all_spells, key=lambda spell: spell.start):
            if groups and spell.start - max(other.end for other in groups[-1]) <= YEAR:
                groups[-1].append(spell)
            else:
                groups.append([spell])
        made += [_presence(group) for group in groups]
    return made


def _presence(group: list[Spell]) -> Presence:
    """On one day, an opening that is no creation and an end that is no closure come first: the firm was there."""
    start, end = group[0].start, max(spell.end for spell in group)
    openings = [spell for spell in group if spell.start == start]
    endings = [spell for spell in group if spell.end == end]
    first = min(openings, key=lambda spell: ["unknown", "changed", "reopened", "created"].index(spell.opening))
    last = max(endings, key=lambda spell: ["closed", "changed", "open"].index(spell.closing))
    return Presence(start, end, first, last)


def is_birth(one: Presence) -> bool:
    """A firm that came into being, or back after a year."""
    return one.start != UNKNOWN and one.first.opening in ("created", "reopened")


def is_death(one: Presence) -> bool:
    """A firm whose last establishment there closed."""
    return one.end != OPEN and one.last.closing == "closed"


def taken_over(one: Presence, links: list[Link], inside: set[str]) -> bool:
    """Its first establishment succeeded another one of the territory and scope within a year of its birth."""
    return any(
        after == one.first.siret and before in inside and abs(when - one.start) <= YEAR for before, after, when in links
    )


def handed_on(one: Presence, links: list[Link], inside: set[str]) -> bool:
    """The same from the other side."""
    return any(
        before == one.last.siret and after in inside and abs(when - one.end) <= YEAR for before, after, when in links
    )


@dataclass(frozen=True)
class Flows:
    """Births and deaths of a territory, with and without links."""

    births: list[Presence]
    deaths: list[Presence]
    taken: list[bool]
    given: list[bool]


def flows(found: list[Spell], links: list[Link]) -> Flows:
    """Of all days."""
    inside = {spell.siret for spell in found}
    everyone = presences(found)
    sirets = {siret for before, after, _ in links for siret in (before, after)}
    births, deaths = ([one for one in everyone if test(one)] for test in (is_birth, is_death))
    return Flows(
        births,
        deaths,
        [one.first.siret in sirets and taken_over(one, links, inside) for one in births],
        [one.last.siret in sirets and handed_on(one, links, inside) for one in deaths],
    )


def births(all_flows: Flows, start: int, end: int, by: str, *, links: bool) -> dict[str, int]:
    """Creations of ``[start, end)``."""
    counts: dict[str, int] = defaultdict(int)
    for one, taken in zip(all_flows.births, all_flows.taken, strict=True):
        if start <= one.start < end and not (links and taken):
            counts[KEYS[by](one.first)] += 1
    return counts


def deaths(all_flows: Flows, start: int, end: int, by: str, *, links: bool) -> dict[str, int]:
    """Closures of ``[start, end)``."""
    counts: dict[str, int] = defaultdict(int)
    for one, given in zip(all_flows.deaths, all_flows.given, strict=True):
        if start <= one.end < end and not (links and given):
            counts[KEYS[by](one.last)] += 1
    return counts


def survival(
    found: list[Spell], pairs: list[Link], span: tuple[int, int], stock_day: int, *, links: bool
) -> tuple[int, dict[int, tuple[float, float, float]]]:
    """Births, and Kaplan-Meier at 12, 36 and 60 months with Greenwood's log-log interval, in percent."""
    inside = {spell.siret for spell in found}
    followed = []
    for one in presences(found):
        if not is_birth(one) or not span[0] <= one.start < span[1] or (links and taken_over(one, pairs, inside)):
            continue
        died = is_death(one) and one.end <= stock_day and not (links and handed_on(one, pairs, inside))
        followed.append((_age(one.start, min(one.end, stock_day)), died))
    return len(followed), {months: _kaplan_meier(followed, (months, 0)) for months in (12, 36, 60)}


def _age(start: int, end: int) -> tuple[int, int]:
    """Whole months, then days; born on the 31st, a month old on the last day of a shorter one."""
    born, over = date.fromordinal(EPOCH.toordinal() + start), date.fromordinal(EPOCH.toordinal() + end)
    months = (over.year - born.year) * 12 + over.month - born.month
    while _birthday(born, months) > over:
        months -= 1
    return months, (over - _birthday(born, months)).days


def _birthday(born: date, months: int) -> date:
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    for rank in (born.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(rank, born.day))
        except ValueError:
            continue
    raise AssertionError


def _kaplan_meier(followed: list[tuple[tuple[int, int], bool]], until: tuple[int, int]) -> tuple[float, float, float]:
    value, greenwood = 1.0, 0.0
    for moment in sorted({age for age, died in followed if died and age <= until}):
        at_risk = sum(age >= moment for age, _ in followed)
        dead = sum(died and age == moment for age, died in followed)
        value *= 1 - dead / at_risk
        greenwood += dead / (at_risk * (at_risk - dead)) if at_risk > dead else 0
    if not 0 < value < 1:
        return 100 * value, 100 * value, 100 * value
    spread = exp(1.959963984540054 * sqrt(greenwood) / abs(log(value)))
    return 100 * value, 100 * value**spread, 100 * value ** (1 / spread)


def ages(found: list[Spell], on: int) -> list[float]:
    """Years since the firms active that day came into the territory; those of unknown start are left out."""
    active = {spell.siren for spell in found if spell.holds(on)}
    return sorted(
        (on - one.start) / 365.25
        for one in presences(found)
        if one.first.siren in active and one.start <= on < one.end and one.start != UNKNOWN
    )


def quantile(values: list[float], share: float) -> float:
    """Linear interpolation between the two nearest."""
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def employees(found: list[Spell], on: int, by: str) -> dict[str, tuple[int, int, int, int]]:
    """Low bound, high bound, establishments of known band, establishments."""
    cells: dict[str, tuple[int, int, int, int]] = defaultdict(lambda: (0, 0, 0, 0))
    for spell in found:
        if spell.holds(on):
            high = HIGHEST.get(spell.band)
            known = high is not None or spell.firm.employer == "N"
            low = LOWEST[spell.band] if high is not None else 0
            one = (low, high or 0, int(known), 1)
            cells[KEYS[by](spell)] = tuple(a + b for a, b in zip(cells[KEYS[by](spell)], one, strict=True))  # type: ignore[assignment] # as long as it was
    return cells


def ess(found: list[Spell], on: int, by: str) -> dict[str, tuple[int, int]]:
    """Firms that carry the mention, firms whose mention is known."""
    groups: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for spell in found:
        if spell.holds(on) and spell.firm.ess:
            groups[KEYS[by](spell)].add((spell.siren, spell.firm.ess))
    return {key: (sum(mention == "O" for _, mention in firms), len(firms)) for key, firms in groups.items()}
