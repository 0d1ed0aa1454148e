"""What the watch page, its feed and its table are given."""

from dataclasses import dataclass
from datetime import date

from etabli.observatory.screens import Link
from etabli.ui import french


@dataclass(frozen=True)
class MovedLine:
    """One event, ready to print. A commune-wide event has no `name` and no `siret`: `detail` says it all.

    `href` is the trade in the territory, `page` in the commune of the event.
    """

    key: str
    on: date
    day: str
    kind: str
    kind_label: str
    trade: str
    sector: str
    sector_label: str
    href: str
    page: str
    commune: str
    at: str
    name: str
    siret: str
    address: str
    detail: str
    source: str  # « édition » or « fichier quotidien »
    fresh: bool  # told by a daily file since the edition

    @property
    def sentence(self) -> str:
        """« Ouverture : boulangerie à Lens », or the sentence of a commune-wide event: the title of a feed entry."""
        if not self.siret:
            return self.detail
        return f"{french.capitalised(self.kind_label)}\u00a0: {self.trade} {self.at}"


@dataclass(frozen=True)
class MovedGroup:
    """Events of one kind; `title` has their number."""

    kind: str
    title: str
    count: str
    label: str
    lines: tuple[MovedLine, ...]
    told: bool  # each line is a sentence


@dataclass(frozen=True)
class Watch:
    """The page. `begun` is False when there is only one edition and no daily file, so nothing to compare."""

    title: str
    period: str
    begun: bool
    unreadable: tuple[str, ...]  # daily files that were passed over
    groups: tuple[MovedGroup, ...]
    kinds: tuple[tuple[str, str], ...]
    sectors: tuple[tuple[str, str], ...]
    kind: str
    sector: str
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    feed: str
    portrait: str
    field: str
    shown: int
    total: int
    quiet: bool  # nothing at all happened, whatever is asked
