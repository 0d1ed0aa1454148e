"""The trades (métiers) of the craft industry, and the part of each NAF rév. 2 sub-class that is craft.

A trade groups whole NAF rév. 2 sub-classes, when people see one trade in them; every sub-class belongs to one trade
at most. The four sectors and the reach come from the legal list: annex of décret 98-247 until 30 June 2023,
article R. 111-1 of the Code de l'artisanat since 1 July 2023. NAFA codes refine a sub-class and never leave it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from maillage.errors import UnknownTrade
from maillage.reference.tables import rows


class Sector(StrEnum):
    """The four sectors of the legal list."""

    FOOD = "alimentation"
    BUILDING = "batiment"
    MAKING = "fabrication"
    SERVICES = "services"

    @property
    def label(self) -> str:
        """The sector as people write it: « bâtiment »."""
        return "bâtiment" if self is Sector.BUILDING else self.value


class Reach(StrEnum):
    """Which part of a NAF sub-class the law calls craft."""

    WHOLE = "entier"
    EXCEPT = "sauf"  # all of it but a named activity
    PARTIAL = "partiel"  # a named activity only: the NAF code alone does not decide


@dataclass(frozen=True)
class Trade:
    """A trade as a mayor names it, with the NAF rév. 2 sub-classes that it groups."""

    code: str
    label: str
    person: str
    sector: Sector
    everyday: bool
    number: int
    naf: tuple[tuple[str, Reach], ...]

    @property
    def short(self) -> str:
        """The label without what is between brackets, for titles: « garage »."""
        return self.label.partition(" (")[0]

    @property
    def in_part(self) -> bool:
        """Whether all its sub-classes are craft in part only: without a NAFA code it is no more than possible."""
        return all(reach is Reach.PARTIAL for _, reach in self.naf)


@dataclass(frozen=True)
class LegalText:
    """A text that lists craft activities; `until` is None while it is in force."""

    code: str
    title: str
    since: date
    until: date | None
    address: str


@dataclass(frozen=True)
class CraftActivity:
    """One NAF rév. 2 sub-class of the legal list; `reserve` says in words what is in (PARTIAL) or out (EXCEPT)."""

    naf: str
    trade: Trade
    reach: Reach
    reserve: str
    law: LegalText
    checked_in_force: date | None


@cache
def trades() -> tuple[Trade, ...]:
    """All trades, in the order of the table; `number` is the position in this tuple and fits 16 bits."""
    naf: dict[str, list[tuple[str, Reach]]] = {}
    for row in rows("trades_naf.csv"):
        naf.setdefault(row["trade"], []).append((row["naf"], Reach(row["reach"])))
    return tuple(
        Trade(
            code=row["code"],
            label=row["label"],
            person=row["person"],
            sector=Sector(row["sector"]),
            everyday=row["everyday"] == "oui",
            number=number,
            naf=tuple(naf[row["code"]]),
        )
        for number, row in enumerate(rows("trades.csv"))
    )


@cache
def _by_code() -> dict[str, Trade]:
    return {trade.code: trade for trade in trades()}


@cache
def _by_naf() -> dict[str, tuple[Trade, Reach]]:
    return {naf: (trade, reach) for trade in trades() for naf, reach in trade.naf}


def trade(code: str) -> Trade:
    """The trade of that code (« boulangerie »). Raises UnknownTrade."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownTrade(
            f"Le métier « {code} » n’existe pas dans la table des métiers : prenez un code comme « boulangerie », "
            "« plomberie » ou « coiffure »."
        ) from None


def trade_of_naf(naf: str) -> tuple[Trade, Reach] | None:
    """Trade and reach of a NAF rév. 2 sub-class, written « 10.71C » or « 1071C »; None outside the legal list."""
    return _by_naf().get(dotted(naf))


def trade_of_nafa(nafa: str) -> Trade | None:
    """Trade of a NAFA code (« 1071CA »): that of the NAF rév. 2 sub-class it refines; None when there is none."""
    found = trade_of_naf(nafa.strip().replace(".", "")[:5])
    return found[0] if found else None


def dotted(naf: str) -> str:
    """A sub-class code as Sirene writes it (« 10.71C »), from any usual writing (« 1071C », « 10.71c »)."""
    plain = naf.strip().upper().replace(".", "")
    return f"{plain[:2]}.{plain[2:]}" if len(plain) > 2 else plain


@cache
def legal_texts() -> tuple[LegalText, ...]:
    """The texts that list craft activities, oldest first."""
    return tuple(
        LegalText(
            code=row["law"],
            title=row["title"],
            since=date.fromisoformat(row["in_force_from"]),
            until=_day(row["in_force_to"]),
            address=row["address"],
        )
        for row in rows("trades_law.csv")
    )


@cache
def craft_activities() -> tuple[CraftActivity, ...]:
    """Every NAF rév. 2 sub-class with a craft part, by code, with its legal text and the day it was checked there."""
    texts = {text.code: text for text in legal_texts()}
    return tuple(
        CraftActivity(
            naf=row["naf"],
            trade=trade(row["trade"]),
            reach=Reach(row["reach"]),
            reserve=row["reserve"],
            law=texts[row["law"]],
            checked_in_force=_day(row["checked_in_force"]),
        )
        for row in rows("trades_naf.csv")
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
