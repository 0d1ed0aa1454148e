"""What moved between two builds, or in the official daily answers: the Monday morning page of an adviser."""

from maillage.watch.actives import establishment_numbers
from maillage.watch.daily import from_daily
from maillage.watch.diff import diff
from maillage.watch.events import Event, Kind, seen_from
from maillage.watch.history import previous_store
from maillage.watch.nearest import Nearest, Neighbourhood, by_distance

__all__ = [
    "Event",
    "Kind",
    "Nearest",
    "Neighbourhood",
    "by_distance",
    "diff",
    "establishment_numbers",
    "from_daily",
    "previous_store",
    "seen_from",
]
