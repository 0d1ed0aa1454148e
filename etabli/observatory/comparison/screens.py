"""What the comparison page is given."""

from dataclasses import dataclass

from etabli.facts import Card
from etabli.observatory.screens import Drawing, Link

Number = float | int | None


@dataclass(frozen=True)
class Head:
    """A territory at the head of a column; `remove` is the same page without it."""

    key: str
    name: str
    kind: str
    href: str
    remove: str


@dataclass(frozen=True)
class Cell:
    """A figure as printed, what is printed under it (bounds, a reason), its rows; and the numbers of its files.

    `gross` ignores succession links, `takeovers` prints it when it differs. `of` is the territory it is about, printed
    beside it where the heads of the columns are out of sight.
    """

    value: str
    note: str = ""
    rows: str = ""
    number: Number = None
    low: Number = None
    high: Number = None
    gross: Number = None
    takeovers: str = ""
    of: str = ""


@dataclass(frozen=True)
class Measure:
    """One line of the table: an indicator for each territory; `id` is unique in the page, `plain` says it simply."""

    id: str
    label: str
    unit: str
    card: Card
    plain: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Share:
    """The share of a sector in the firms of each territory, as printed and in percent."""

    code: str
    label: str
    shares: tuple[Cell, ...]
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class Proposal:
    """What a typed name led to when it is not one place of the data: a sentence, and places to choose from."""

    sentence: str
    places: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The page. `refused`: sentences about territories that cannot be compared."""

    title: str
    heads: tuple[Head, ...]
    measures: tuple[Measure, ...]
    sectors: tuple[Share, ...]
    drawings: tuple[Drawing, ...]
    refused: tuple[str, ...]
    proposal: Proposal | None
    typed: str
    suggestions: tuple[Link, ...]
    similar: bool  # the first suggestions resemble the first territory
    full: bool
    scope_words: str
    apart: str
    keep: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]
