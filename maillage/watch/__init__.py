"""What moved between two builds, or in the official daily answers: the Monday morning page of an adviser."""

from maillage.watch.actives import establishment_numbers
from maillage.watch.compare import in_order
from maillage.watch.daily import from_daily
from maillage.watch.diff import check_covers, diff, seen
from maillage.watch.events import Event, Kind, seen_from
from maillage.watch.fresh import Fresh, fresh
from maillage.watch.history import previous_store
from maillage.watch.nearest import Nearest, Neighbourhood, by_distance
from maillage.watch.records import Record
from maillage.watch.said import Said, described, said
from maillage.watch.shelf import Stamp, daily_folder, marks

__all__ = [
    "Event",
    "Fresh",
    "Kind",
    "Nearest",
    "Neighbourhood",
    "Record",
    "Said",
    "Stamp",
    "by_distance",
    "check_covers",
    "daily_folder",
    "described",
    "diff",
    "establishment_numbers",
    "fresh",
    "from_daily",
    "in_order",
    "marks",
    "previous_store",
    "said",
    "seen",
    "seen_from",
]
