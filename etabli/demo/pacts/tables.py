"""What the module of a pact says: its source, its published figures, its parties, axes, promises and acts."""

from dataclasses import dataclass, field
from datetime import date

from etabli.acts.kinds import ActKind, Theme
from etabli.pacts.models import ConventionKind, Instance, Measure, PartyRole

INVENTED = "Chiffre inventé pour la démonstration"
"""Said beside every target and every typed figure that no article published."""


@dataclass(frozen=True)
class Figure:
    """One published figure, in the words of its source; `value` as it is stored (euros, not cents)."""

    words: str
    value: int
    unit: str


@dataclass(frozen=True)
class Side:
    """A party: an organisation of `organisations`, by its key; who signs for it, and as what."""

    organisation: str
    role: PartyRole
    signatory: str
    title: str


@dataclass(frozen=True)
class Typed:
    """A figure read in a document; `published` when the document is the article itself."""

    day: date
    value: int
    label: str
    published: bool = False


@dataclass(frozen=True)
class Promise:
    """An objective of an axis. `words` are those of the article for its target; without them the target is invented."""

    axis: int
    title: str
    unit: str
    measure: Measure
    targets: dict[int, int]
    kinds: tuple[ActKind, ...] = ()
    themes: tuple[Theme, ...] = ()
    only_qpv: bool = False
    awaiting: str = ""
    words: str = ""
    typed: tuple[Typed, ...] = ()


@dataclass(frozen=True)
class Axis:
    """An axis of work; `words` is what the article says of it."""

    title: str
    words: str
    themes: tuple[Theme, ...] = ()
    volet: str = ""
    actions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Acts of one kind between two days: how many, for which axis, about what, and the sentences they may bear.

    `by` is who records them, by first name; empty, the field worker of the pact does. `about` is the key of the one
    organisation of `bodies` that they are about.
    """

    kind: ActKind
    count: int
    first: date
    last: date
    axis: int
    themes: tuple[Theme, ...] = ()
    minutes: tuple[int, int] = (20, 120)
    firm: bool = True
    qpv: float = 0.0
    reserved: bool = False
    amounts: tuple[int, ...] = (0,)
    quantities: tuple[int, ...] = (1,)
    notes: tuple[str, ...] = ()
    commune: str = ""
    by: str = ""
    about: str = ""


@dataclass(frozen=True)
class Gathering:
    """A committee that met: its day, what was said, and (what, who, by when) for each decision."""

    day: date
    agenda: str
    minutes: str
    decisions: tuple[tuple[str, str, date], ...] = ()
    instance: Instance = Instance.COPIL


@dataclass(frozen=True)
class Told:
    """What a report says of an axis; the words of somebody invented; what its photo (a drawing) shows."""

    axis: int
    comment: str
    quotation: str = ""
    said_by: str = ""
    withdrawn: bool = False
    photo: str = ""


@dataclass(frozen=True)
class Yearly:
    """The report of a year: frozen some weeks after it, then written; published when it has a day for that.

    `cut_off` is the last day counted, the end of the year when there is none.
    `asked` is the correction that the partner asks, `answer` what is answered; both are about the first axis.
    """

    year: int
    frozen_on: date
    told: tuple[Told, ...]
    asked: str = ""
    answer: str = ""
    published_on: date | None = None
    cut_off: date | None = None


@dataclass(frozen=True)
class Pact:
    """One convention of an article. `known` says in French what is published and what is not: dates, term, parties.

    `field_worker` is who records its acts; `paid_on` the invented day of the first payment. Without `figures` no
    article tells of it: everything is invented. `mission_on` is the day of the mission letter, ten days after the
    start when there is none.
    """

    slug: str
    title: str
    short_title: str
    source: str
    said: str
    known: str
    territory: str
    starts_on: date
    ends_on: date
    signed_on: date
    chamber: str
    field_worker: str
    figures: tuple[Figure, ...]
    parties: tuple[Side, ...]
    axes: tuple[Axis, ...]
    promises: tuple[Promise, ...]
    batches: tuple[Batch, ...]
    budget: int | None = None
    paid_on: date | None = None
    kind: ConventionKind = ConventionKind.FRAMEWORK
    framework: str = ""
    gatherings: tuple[Gathering, ...] = ()
    next_meeting: str = ""
    mission: dict[int, int] = field(default_factory=dict)
    mission_on: date | None = None
    reports: tuple[Yearly, ...] = ()
