"""What the pages of trades are given."""

from dataclasses import dataclass

from etabli.facts import Card
from etabli.observatory.screens import Drawing, Figure, Link


@dataclass(frozen=True)
class CommuneLine:
    """One commune that has the trade: establishments (and their address), per 10 000 inhabitants."""

    name: str
    href: str
    count: str
    density: str
    alone: bool
    rows: str


@dataclass(frozen=True)
class NearLine:
    """A commune, and where the trade is nearest to it (or how near it is): « à Avion, à 3,1 km »."""

    name: str
    href: str
    near: str


@dataclass(frozen=True)
class Communes:
    """Where the trade is, and where it is not. `hidden`: communes that are not listed because they are too many."""

    title: str
    lines: tuple[CommuneLine, ...]
    hidden: str
    absent_title: str
    absent: tuple[NearLine, ...]
    whole: bool  # short enough to be read without scrolling in a frame


@dataclass(frozen=True)
class Neighbour:
    """An establishment of the trade in a commune."""

    name: str
    address: str
    siret: str


@dataclass(frozen=True)
class Code:
    """An activity code that makes the trade, the part of it that is craft, and what is in or out, in words."""

    naf: str
    reach: str
    reserve: str


@dataclass(frozen=True)
class Law:
    """A text that lists the trade; `words` says since or until when."""

    title: str
    href: str
    words: str


@dataclass(frozen=True)
class Definition:
    """What the trade is made of, in codes and by law; `warning` when its codes do not suffice."""

    codes: tuple[Code, ...]
    laws: tuple[Law, ...]
    checked: str
    warning: str


@dataclass(frozen=True)
class TradePage:
    """One trade in a territory. A commune has `neighbours` and `near`; a wider territory has a map and `communes`."""

    title: str
    lead: str
    sector: str
    sector_label: str
    figures: tuple[Figure, ...]
    similar: str
    map: Drawing | None
    movement: Drawing
    communes: Communes | None
    neighbours: tuple[Neighbour, ...]
    more: str
    near_title: str
    near: tuple[NearLine, ...]
    definition: Definition
    card: Card
    links: tuple[Link, ...]
    scope_words: str
    flow_words: str
    unknown: str
    action: str
    notes: tuple[str, ...]
    rows: str
    watch: str


@dataclass(frozen=True)
class TradeRow:
    """One trade in the list of a territory; `rows`, `born`, `dead` lead to the establishments behind its numbers."""

    label: str
    href: str
    sector: str
    sector_label: str
    everyday: bool
    count: str
    rows: str
    creations: str
    born: str
    closures: str
    dead: str
    specialisation: str


@dataclass(frozen=True)
class Head:
    """The head of a column that sorts the list; `order` is that of the list when this column sorts it.

    `look`: classes of the head (numbers to the right, columns that a phone leaves out).
    """

    label: str
    href: str
    order: str
    look: str


@dataclass(frozen=True)
class TradeList:
    """All trades of a territory; `absent` are those of the list that it does not have, `keep` what its form keeps."""

    title: str
    lines: tuple[TradeRow, ...]
    heads: tuple[Head, ...]
    keep: tuple[tuple[str, str], ...]
    absent: tuple[Link, ...]
    absent_title: str
    sectors: tuple[tuple[str, str], ...]
    sector: str
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    scope_words: str
    flow_words: str
    unknown: str
    action: str
    card: Card
    notes: tuple[str, ...]
