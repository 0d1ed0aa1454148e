"""What the comparison page is given."""

from dataclasses import dataclass

from etabli.facts import Card
from etabli.observatory.screens import Drawing, Link


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
    """A figure, and what is printed under it (an interval, a count)."""

    value: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """One line of the table: an indicator for each territory."""

    label: str
    card: Card
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """The page. `refused`: sentences about territories that could not be compared."""

    title: str
    heads: tuple[Head, ...]
    measures: tuple[Measure, ...]
    sectors: tuple[tuple[str, str, tuple[str, ...]], ...]
    drawings: tuple[Drawing, ...]
    refused: tuple[str, ...]
    suggestions: tuple[Link, ...]
    full: bool
    scope_words: str
    files: tuple[Link, ...]
