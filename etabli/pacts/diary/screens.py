"""What the pages of the diary are given."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page

from etabli.acts.models import Act


@dataclass(frozen=True)
class Line:
    """One act, ready to print: `firm`, `note`, `axis` are empty when there is none, `by` when it is not to be seen.

    `about`: the list of every act about the same beneficiary.
    """

    pk: int
    day: date
    kind: str
    firm: str
    about: str
    commune: str
    axis: str
    minutes: str
    note: str
    by: str
    proof: bool
    mine: bool


@dataclass(frozen=True)
class Total:
    """A count of the list, and what it opens when it is a part. `label`: its words, as `|compte` reads them."""

    label: str
    value: int
    href: str = ""


@dataclass(frozen=True)
class ActsScreen:
    """The list: its totals, its page, its files, and how many rows count without being shown.

    `pact`: the one whose figures are opened, or nothing; `elsewhere`: the acts of its other parties; `common`: which of
    its acts concern another pact too; `only_own`: those of its other parties are not told here.
    """

    lines: tuple[Line, ...]
    page: Page[Act]
    totals: tuple[Total, ...]
    kinds: tuple[Total, ...]
    reserved: int
    elsewhere: int
    pact: str
    common: str
    only_own: bool
    files: tuple[tuple[str, str], ...]
    filtered: bool
