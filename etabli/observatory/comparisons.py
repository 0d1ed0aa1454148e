"""What a territory's figures are set beside: similar EPCI taken together, and the territories around it."""

from dataclasses import dataclass
from functools import lru_cache

from etabli import facts
from etabli.ui import french
from maillage.peers import similar_epci
from maillage.territory import Level, Territory, members, parents, parse, region_of

MOST = 2  # comparisons printed under a figure: more would be a table
LEAST_PEERS = 3  # fewer is no comparison but a neighbour
SIMILAR = "territoires semblables"


@dataclass(frozen=True)
class Beside:
    """One comparison: the words of a sentence, and its territory, whose short name is the caption."""

    words: str
    where: Territory
    parts: tuple[Territory, ...] = ()  # official territories it is made of, for measures that are published by them

    @property
    def label(self) -> str:
        """Name in a caption and at the end of a line."""
        return self.where.short_name


def beside(where: Territory) -> tuple[Beside, ...]:
    """The two comparisons of a territory, those the data covers: similar ones first, then those around it."""
    return tuple([*_similar(where), *_around(where), *_metropole(where)][:MOST])


def peers(where: Territory) -> tuple[Territory, ...]:
    """The similar EPCI that the data covers."""
    if where.level is not Level.EPCI:
        return ()
    return tuple(peer for peer in _nearest(facts.store().version, where.code) if _covered(peer))


def similar_words(where: Territory) -> str:
    """« Territoires semblables : les intercommunalités …, comptées ensemble. »; empty when they are not beside it."""
    if not any(one.label == SIMILAR for one in beside(where)):
        return ""
    names = french.enumeration([peer.short_name for peer in peers(where)])
    return f"{french.capitalised(SIMILAR)}\u00a0: les intercommunalités {names}, comptées ensemble."


@lru_cache(maxsize=2048)
def _nearest(_version: str, code: str) -> tuple[Territory, ...]:
    return similar_epci(code, areas=facts.store().areas)


def _covered(where: Territory) -> bool:
    """Held whole: files without declaration answer for an EPCI of which they hold two communes, but no one compares."""
    coverage = facts.store().covers(where)
    return coverage.complete and not coverage.missing


def _similar(where: Territory) -> list[Beside]:
    """The similar EPCI as one territory: their firms, births and inhabitants are added up before any rate is made."""
    found = peers(where)
    if len(found) < LEAST_PEERS:
        return []
    communes = frozenset().union(*(peer.communes for peer in found))
    people = sum(peer.population or 0 for peer in found) or None
    together = Territory(Level.LISTE, f"semblables-{where.code}", SIMILAR, communes, people, where.as_of)
    return [Beside("les intercommunalités semblables", together, found)]


def _around(where: Territory) -> list[Beside]:
    """Territories that contain this one: France first, then the nearest."""
    order = (Level.FRANCE, Level.EPCI, Level.DEPARTEMENT, Level.REGION)
    wider = [other for other in parents(where) if other.level in order and other.level is not where.level]
    wider.sort(key=lambda other: order.index(other.level))
    return [Beside(_words(other), other, (other,)) for other in wider if _covered(other)]


def _words(where: Territory) -> str:
    match where.level:
        case Level.FRANCE:
            return "la France"
        case Level.DEPARTEMENT:
            return f"le département {where.of}"
        case Level.REGION:
            return f"la région {where.name}"
    return where.short_name


def _metropole(where: Territory) -> list[Beside]:
    """The most populous EPCI of the same region, when the data was declared to hold it: the city next door."""
    if where.level is not Level.EPCI:
        return []
    region = region_of(members(where)[0])
    declared = [parse(key) for key in facts.store().manifest.covers or () if key.startswith("epci:")]
    near = [other for other in declared if other != where and region_of(members(other)[0]) == region]
    largest = max(near, key=lambda other: other.population or 0, default=None)
    if largest is None or (largest.population or 0) < (where.population or 0):
        return []
    return [Beside(largest.short_name, largest, (largest,))]
