"""Which territories are compared: those of the address, and the one whose name is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from etabli import facts
from etabli.observatory.comparison.screens import Proposal
from etabli.observatory.places import kind
from etabli.observatory.scopes import Reading
from etabli.observatory.screens import Link
from maillage.errors import BadQuestion, UnknownTerritory
from maillage.reference.places.words import fold
from maillage.territory import Territory, parse, search

LEAST, MOST = 2, 6
SEARCHED = 60  # names looked at, of which few are in the data
PROPOSED = 6


@dataclass(frozen=True)
class Chosen:
    """Territories that can be compared, each once, in the order of the address; why the others cannot."""

    places: tuple[Territory, ...]
    refused: tuple[str, ...]
    reading: Reading

    @property
    def keys(self) -> tuple[str, ...]:
        """What the address repeats: `t=epci:246200364&t=…`."""
        return tuple(where.key for where in self.places)

    def query(self, keys: Sequence[str] | None = None) -> str:
        """The query string of a comparison, of other territories when given."""
        pairs = [("t", key) for key in (self.keys if keys is None else keys)]
        return "?" + urlencode([*pairs, *self.reading.pairs.items()], safe=":,")

    def enough(self) -> "Chosen":
        """Itself, when there is something to compare. Raises BadQuestion."""
        if len(self.places) < LEAST:
            raise BadQuestion(" ".join((*self.refused, "Il faut au moins deux territoires à comparer.")))
        return self


def chosen_from(keys: Sequence[str], reading: Reading) -> Chosen:
    """Reads territory keys (« epci:246200364 »…). A bad one does not spoil the others: its reason is kept."""
    places: list[Territory] = []
    refused: list[str] = []
    for key in keys:
        try:
            where = parse(key)
        except UnknownTerritory as error:
            refused.append(error.plain)
            continue
        coverage = facts.store().covers(where)
        if not coverage.complete:
            refused.append(coverage.reason)
        elif where in places:
            continue
        elif len(places) == MOST:
            refused.append(f"Six territoires au plus se lisent côte à côte\u00a0: {where.short_name} n’est pas ajouté.")
        else:
            places.append(where)
    return Chosen(tuple(places), tuple(refused), reading)


def named(typed: str) -> tuple[Territory | None, tuple[Territory, ...]]:
    """The one place of that name, code or postcode that the data covers; else those that it may be."""
    found = search(typed, SEARCHED)
    held = [where for where in found if facts.store().covers(where).complete]
    exact = [where for where in held if _is_called(where, typed)]
    if len(exact) == 1 or (len(found) == 1 and held):
        return (exact or held)[0], ()
    return None, tuple((exact or held)[:PROPOSED])


def _is_called(where: Territory, typed: str) -> bool:
    return fold(typed) in (fold(where.short_name), fold(where.name), fold(where.code))


def proposal(typed: str, places: Sequence[Territory], chosen: Chosen) -> Proposal:
    """What to answer to a name that is not one place of the data."""
    links = tuple(_link(where, chosen) for where in places if where.key not in chosen.keys)
    if links:
        return Proposal(f"«\u00a0{typed}\u00a0» peut être plusieurs lieux\u00a0: lequel\u202f?", links)
    named_so = next((where for where in search(typed, 1) if _is_called(where, typed)), None)
    if named_so is not None and named_so.key in chosen.keys:
        return Proposal(f"{named_so.short_name} est déjà comparé.")
    if named_so is not None:
        return Proposal(facts.store().covers(named_so).reason)
    return Proposal(
        f"Aucun lieu de ces données ne s’appelle «\u00a0{typed}\u00a0»\u00a0: vérifiez l’orthographe ou tapez un code "
        "postal."
    )


def _link(where: Territory, chosen: Chosen) -> Link:
    return Link(f"{where.short_name} ({kind(where)})", chosen.query([*chosen.keys, where.key]))
