"""What the pages of trades are given."""

from dataclasses import dataclass

from etabli.facts import Card
from etabli.observatory.screens import Drawing, Figure, Link


@dataclass(frozen=True)
class CommuneLine:
    """One commune: how many of the trade, per 10 000 inhabitants, and « dernier », « aucun » or nothing."""

    name: str
    href: str
    count: str
    density: str
    state: str
    rows: str


@dataclass(frozen=True)
class Code:
    """An activity code that makes the trade, and the part of it that is craft."""

    naf: str
    reach: str


@dataclass(frozen=True)
class TradePage:
    """One trade in a territory."""

    title: str
    lead: str
    sector: str
    sector_label: str
    figures: tuple[Figure, ...]
    map: Drawing | None
    movement: Drawing | None
    communes: tuple[CommuneLine, ...]
    codes: tuple[Code, ...]
    card: Card
    links: tuple[Link, ...]
    scope_words: str
    notes: tuple[str, ...]
    rows: str


@dataclass(frozen=True)
class TradeRow:
    """One trade in the list of a territory."""

    label: str
    href: str
    sector: str
    sector_label: str
    everyday: bool
    count: str
    creations: str
    closures: str
    specialisation: str


@dataclass(frozen=True)
class TradeList:
    """All trades of a territory; `absent` are those of the list that it does not have."""

    title: str
    lines: tuple[TradeRow, ...]
    absent: tuple[Link, ...]
    sectors: tuple[tuple[str, str], ...]
    sector: str
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    scope_words: str
    card: Card
