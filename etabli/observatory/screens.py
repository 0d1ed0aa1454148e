"""What templates are given: values ready to print, and no way to compute."""

from dataclasses import dataclass
from datetime import date

from etabli.facts import Card
from etabli.observatory.pictures.picture import Picture


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; a step of a breadcrumb that leads nowhere has no address."""

    label: str
    href: str


@dataclass(frozen=True)
class Place:
    """A territory in a list; `outside`: this edition of the data does not hold it."""

    name: str
    kind: str
    href: str
    note: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Figure:
    """A key figure beside what it is compared with, its definition, and the establishments behind it.

    `in_words`: no number can be given, the value says why. `apart`: where sole traders and companies are told apart.
    """

    value: str
    label: str
    comparisons: tuple[str, ...]
    card: Card
    on: str
    notes: tuple[str, ...] = ()
    rows: str = ""
    in_words: bool = False
    apart: str = ""


@dataclass(frozen=True)
class DrawnCell:
    """A cell of the table of a picture as printed, under the head of its column; `words`: not a number."""

    text: str
    head: str
    words: bool


@dataclass(frozen=True)
class Drawing:
    """A chart or a map in a page: its picture, its table as printed (heads, rows), its files."""

    picture: Picture
    columns: tuple[DrawnCell, ...]
    rows: tuple[tuple[DrawnCell, ...], ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True)
class SectorLine:
    """One of the four sectors; `bar` is the length of its bar, "0.0" to "100.0"."""

    code: str
    label: str
    count: str
    share: str
    balance: str
    bar: str


@dataclass(frozen=True)
class TradeLine:
    """One trade of a territory."""

    label: str
    href: str
    sector: str
    sector_label: str
    count: str
    creations: str
    closures: str
    specialisation: str


@dataclass(frozen=True)
class FormLine:
    """Firms of one legal form; `rows` is their list, empty when the form is unknown."""

    label: str
    count: str
    rows: str
    density: str
    age: str
    rate: str
    survival: str
    interval: str


@dataclass(frozen=True)
class Forms:
    """Sole traders and companies told apart, and the files that say more."""

    lines: tuple[FormLine, ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True)
class ZoneLine:
    """Communes, establishments and creations of one level of a zoning, and the lists that both counts open."""

    label: str
    communes: str
    count: str
    rows: str
    creations: str
    creation_rows: str


@dataclass(frozen=True)
class ZoneTable:
    """A zoning, `short` where room is scarce; `single` is the level of a commune that has one, instead of a table."""

    title: str
    short: str
    plain: str
    caveat: str
    source: str
    coverage: str
    single: str
    lines: tuple[ZoneLine, ...]


@dataclass(frozen=True)
class Zones:
    """The zonings that the data holds, and their files."""

    tables: tuple[ZoneTable, ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True)
class Alert:
    """A trade that has one establishment left, or none, and where."""

    label: str
    href: str
    sentence: str


@dataclass(frozen=True)
class Opening:
    """An establishment that has opened; `sign` is empty when it has none, and tells nothing when masked."""

    on: date
    day: str
    trade: str
    href: str
    sector: str
    at: str
    sign: str
    masked: bool


@dataclass(frozen=True)
class Openings:
    """The latest openings, up to a day, the list that has them all, and the watch; `reason` when there is none."""

    lines: tuple[Opening, ...]
    reason: str
    rows: str
    watch: str
    until: str = ""


@dataclass(frozen=True)
class FacilityLine:
    """A kind of facility as INSEE counts it, beside ours at the same date; `remark` tells why they differ."""

    label: str
    counted: str
    ours: str
    gap: str
    remark: str


@dataclass(frozen=True)
class Facilities:
    """INSEE's inventory of facilities (BPE) beside our counts of the same day."""

    title: str
    year: str
    lines: tuple[FacilityLine, ...]


@dataclass(frozen=True)
class CitedLine:
    """A figure said in public, with who said it; `computed` is empty on fictitious data."""

    words: str
    source: str
    note: str
    computed: str


@dataclass(frozen=True)
class Portrait:
    """The portrait of a territory; `past` is the day asked for when it is not that of the data.

    `drawings` and `addresses` are read by name in the template.
    """

    title: str
    links: tuple[Link, ...]
    kind: str
    communes: str
    inhabitants: str
    day: str
    fictitious: bool
    figures: tuple[Figure, ...]
    comparison_words: str
    comparison_rule: str
    scope_words: str
    unknown_sizes: str
    sector_title: str
    sectors: tuple[SectorLine, ...]
    sector_exports: tuple[Link, ...]
    trades_title: str
    trades: tuple[TradeLine, ...]
    presence_card: Card
    gaps_title: str
    gaps: tuple[Alert, ...]
    gaps_rule: str
    absent: tuple[Link, ...]
    openings: Openings
    drawings: dict[str, Drawing]
    forms: Forms
    notes: tuple[str, ...]
    addresses: dict[str, str]
    exports: tuple[Link, ...]
    facilities: Facilities | None = None
    cited: tuple[CitedLine, ...] = ()
    zones: Zones | None = None
    past: str = ""
    apart: str = ""  # the scopes of what has another: « créations, fermetures et survie : toutes tailles »
    files_words: str = ""  # what the files of the trades hold
    partial: str = ""  # why the figures may be too low: communes that the data lacks


@dataclass(frozen=True)
class SourceLine:
    """A file read by the build."""

    file: str
    kind: str
    layout: str
    read: str
    kept: str
    set_aside: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True)
class BuildReport:
    """What was loaded, kept and set aside."""

    version: str
    facts: tuple[tuple[str, str], ...]
    sources: tuple[SourceLine, ...]
    unknown_files: tuple[str, ...]
    covered: tuple[Place, ...]
    notes: tuple[str, ...]
    counters: tuple[tuple[str, str], ...]
