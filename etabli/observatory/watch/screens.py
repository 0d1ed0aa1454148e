"""What the watch page, its feed and its table are given."""

from dataclasses import dataclass

from etabli.observatory.screens import Link


@dataclass(frozen=True)
class MovedLine:
    """One event, ready to print. `name` is empty for a commune-wide event, `siret` then too."""

    key: str
    day: str
    iso_day: str
    kind: str
    kind_label: str
    trade: str
    sector: str
    sector_label: str
    href: str
    commune: str
    name: str
    siret: str
    detail: str

    @property
    def sentence(self) -> str:
        """« Ouverture : boulangerie à Lens », the title of a feed entry."""
        return f"{self.kind_label[:1].upper()}{self.kind_label[1:]}\u00a0: {self.trade} à {self.commune}"


@dataclass(frozen=True)
class MovedGroup:
    """Events of one kind."""

    kind: str
    label: str
    lines: tuple[MovedLine, ...]


@dataclass(frozen=True)
class Watch:
    """The page. `previous` is empty when there is only one edition, so nothing to compare."""

    title: str
    period: str
    previous: str
    groups: tuple[MovedGroup, ...]
    counts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    sectors: tuple[tuple[str, str], ...]
    kind: str
    sector: str
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    portrait: str
    shown: int
    total: int
