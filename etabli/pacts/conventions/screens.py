"""What the pages of a convention are given."""

from dataclasses import dataclass
from datetime import date

from etabli.pacts.documents.printed import Printed
from etabli.pacts.duties.duty import Duty
from etabli.pacts.models import Remark
from etabli.pacts.workflow import State


@dataclass(frozen=True)
class Link:
    """A place to go."""

    label: str
    href: str


@dataclass(frozen=True)
class Kin:
    """Another convention tied to this one, and how."""

    label: str
    href: str
    tie: str


@dataclass(frozen=True)
class Step:
    """One part of the convention to write: where, what is there already, whether it is enough."""

    label: str
    href: str
    note: str
    done: bool


@dataclass(frozen=True)
class MoveButton:
    """A state one may go to; `denied` says why not yet (empty: press)."""

    to: State
    label: str
    denied: str
    asks_reason: bool
    main: bool


@dataclass(frozen=True)
class PartyLine:
    """A party as the page shows it; `heir` tells who succeeded it, `href` where to complete its line, `founder` where
    to invite its first administrator, as long as nobody is there.
    """

    name: str
    siren: str
    role: str
    deliberation: str
    signatory: str
    heir: str
    href: str
    founder: Link | None = None


@dataclass(frozen=True)
class RemarkLine:
    """A remark, and whether this reader may settle it."""

    row: Remark
    kind: str
    may_resolve: bool


@dataclass(frozen=True)
class VersionLine:
    """A version and how many of its parties signed."""

    number: int
    label: str
    signatures: str
    href: str
    since: date


@dataclass(frozen=True)
class ConventionScreen:
    """The page of a convention; `axes` in words, as on paper; `communes` the names of the perimeter, as of `as_of`."""

    title: str
    links: tuple[Link, ...]
    lead: str
    state: str
    todo: str
    alerts: tuple[Duty, ...]
    may_write: bool
    may_steer: bool
    may_renew: bool
    may_remark: bool
    signing: bool
    steps: tuple[Step, ...]
    moves: tuple[MoveButton, ...]
    parties: tuple[PartyLine, ...]
    axes: tuple[Printed, ...]
    remarks: tuple[RemarkLine, ...]
    versions: tuple[VersionLine, ...]
    kin: tuple[Kin, ...]
    communes: tuple[str, ...]
    as_of: date


@dataclass(frozen=True)
class ConventionLine:
    """One line of the list of conventions."""

    title: str
    href: str
    lead: str
    state: str
    todo: str
    pilot: str
