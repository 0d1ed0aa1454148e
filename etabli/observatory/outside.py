"""A territory that this edition of the data does not hold: what was said of it in public, and where to go instead.

Its portrait answers 200 when something was said of it, for the address then has something to say, and 409 when it has
not (`refusals`): no figure is ever computed for a territory that was not read whole.
"""

from dataclasses import dataclass

from etabli import facts
from etabli.observatory import places
from etabli.observatory.addresses import address
from etabli.observatory.sayings import quoted
from etabli.observatory.screens import CitedLine, Link, Place
from etabli.observatory.sentences import subject
from etabli.ui import french
from maillage.reference.cited import cited_about, cited_figures
from maillage.territory import Level, Territory, departement_of, parse, region_of

MOST = 12  # territories proposed
ELSEWHERE = 3  # rank of what has nothing in common
HEADINGS = (
    "Ce que cette édition contient ici",
    "Le plus proche dans cette édition\u00a0: le même département",
    "Le plus proche dans cette édition\u00a0: la même région",
    "Les territoires de cette édition",
)


@dataclass(frozen=True)
class Outside:
    """The page of a territory without figures. `reason` says what is missing, `near` what the data holds instead."""

    title: str
    links: tuple[Link, ...]
    lead: str
    reason: str
    cited: tuple[CitedLine, ...]
    heading: str
    near: tuple[Place, ...]


def outside(where: Territory) -> Outside | None:
    """The page of a territory of which something was said and nothing is held; None for any other."""
    if places.is_held(where) or not cited_about(where.key):
        return None
    heading, near = nearest(where)
    return Outside(
        title=f"{subject(where)}\u00a0: ce qui en a été dit",
        links=places.trail(where),
        lead=_lead(where),
        reason=facts.store().covers(where).reason,
        cited=quoted(where),
        heading=heading,
        near=near,
    )


def nearest(where: Territory) -> tuple[str, tuple[Place, ...]]:
    """The territories of this edition that are closest to one, under the heading that says how close.

    By what they have in common: the centre of a commune that was not read is not known.
    """
    near = [where.communes, _departements(where), _regions(where)]
    ranked: list[list[Territory]] = [[], [], [], []]
    for other in places.covered_territories():
        mine = (other.communes, _departements(other), _regions(other))
        common = [not ours.isdisjoint(theirs) for ours, theirs in zip(near, mine, strict=True)]
        ranked[common.index(True) if True in common else ELSEWHERE].append(other)
    first = next((rank for rank, found in enumerate(ranked) if found), ELSEWHERE)
    return HEADINGS[first], tuple(places.place(other) for other in ranked[first][:MOST])


def told() -> tuple[Place, ...]:
    """The territories of which something was said and that this edition does not hold, by name."""
    keys = dict.fromkeys(figure.where for figure in cited_figures())
    found = [where for where in map(parse, keys) if not places.is_held(where)]
    return tuple(places.place(where) for where in sorted(found, key=lambda where: where.short_name))


def told_of(where: Territory) -> Link | None:
    """Where what was said of a territory can be read; None when nothing was."""
    return Link(f"Ce qui a été dit {where.of}", address(where)) if cited_about(where.key) else None


def _departements(where: Territory) -> frozenset[str | None]:
    return frozenset(departement_of(code) for code in where.communes)


def _regions(where: Territory) -> frozenset[str | None]:
    return frozenset(region_of(code) for code in where.communes)


def _lead(where: Territory) -> str:
    """« région · 5 120 communes · 5 561 287 habitants · hors de cette édition »."""
    size = "" if where.level is Level.COMMUNE else french.counted(where.count, "commune")
    people = "" if where.population is None else french.counted(where.population, "habitant")
    parts = (french.capitalised(places.kind(where)), size, people, "hors de cette édition")
    return "\u00a0· ".join(part for part in parts if part)
