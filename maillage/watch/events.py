"""One thing that happened to a craft establishment, or to the last one of a trade in a commune."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from maillage.territory import Territory


class Kind(StrEnum):
    """What happened. The order is the order of importance on the page."""

    LAST_GONE = "last_gone"
    LAST_LEFT = "last_left"
    OPENED = "opened"
    REOPENED = "reopened"
    TAKEN_OVER = "taken_over"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    MOVED = "moved"
    CHANGED_ACTIVITY = "changed_activity"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Kind.LAST_GONE: "plus aucun de ce métier",
    Kind.LAST_LEFT: "dernier de son métier",
    Kind.OPENED: "ouverture",
    Kind.REOPENED: "réouverture",
    Kind.TAKEN_OVER: "reprise",
    Kind.MOVED_IN: "arrivée",
    Kind.MOVED_OUT: "départ",
    Kind.MOVED: "déménagement",
    Kind.CHANGED_ACTIVITY: "changement d’activité",
    Kind.CLOSED: "fermeture",
}


@dataclass(frozen=True, order=True)
class Event:
    """One change. `siret` is None for a commune-wide event.

    A change of activity has no `trade` when the establishment left crafts, no `old_trade` when it entered them.
    `commune` is where it happened (the new place of a move), `from_commune` the former place of a move;
    `day` is the day declared to Sirene, not the day it was published.
    """

    day: date
    commune: str
    kind: Kind
    trade: str | None
    siret: str | None = None
    old_trade: str | None = None
    from_commune: str | None = None
    old_siret: str | None = None


def seen_from(event: Event, where: Territory) -> Event | None:
    """`event` as `where` sees it: a move becomes an arrival, a departure, or nothing at all."""
    inside = event.commune in where.communes
    if event.from_commune is None:
        return event if inside else None
    was_inside = event.from_commune in where.communes
    if inside and was_inside:
        return event
    if inside:
        return replace(event, kind=Kind.MOVED_IN)
    if was_inside:
        return replace(event, kind=Kind.MOVED_OUT)
    return None
