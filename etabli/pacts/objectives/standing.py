"""What counting must know of the pacts around an objective: whose acts, which communes, who else claims them.

A *pact* here is a framework convention with its years: within it an act may serve several objectives; between two
pacts it is shared by rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from etabli.accounts.models import OrganisationSuccession
from etabli.acts import bundles
from etabli.acts.columns import Columns
from etabli.pacts.models import Attribution, AttributionBundle, Axis, Convention, Measure, Objective, Party
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives.spans import Spans, during, every, spans_of
from etabli.pacts.objectives.stays import ALWAYS, Stay, gaps_of, moves_of, stays_of, together
from etabli.pacts.workflow import State

SIGNED = frozenset({State.ACTIVE, State.SUSPENDED, State.EXPIRED, State.CLOSED, State.TERMINATED})


@dataclass(frozen=True)
class Standing:
    """One convention as counting sees it. `organisations` None: whoever recorded the act.

    `left`: the last day of those that are parties no more, their acts until then count.
    `since`: the day on which an organisation came in or took the place of a party, its acts from then on count.
    `away`: the days, both inside, between which one that came back was no party.
    `spans`: the communes from day to day, when an amendment changed them.
    `attributed`: some acts are attributed to axes of the pact; `partial`: some of them for less than the whole.
    """

    pact: int
    rank: tuple[int, int]
    organisations: frozenset[int] | None
    attributed: bool
    partial: bool
    starts_on: date
    ends_on: date
    left: Mapping[int, date] = field(default_factory=dict)
    since: Mapping[int, date] = field(default_factory=dict)
    away: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)
    spans: Spans = ()

    @property
    def bounded(self) -> frozenset[int]:
        """The organisations that were not parties from one end to the other."""
        return frozenset(self.left.keys() | self.since.keys() | self.away.keys())

    def absences(self, organisations: frozenset[int]) -> Iterator[tuple[int, date, date]]:
        """The days, both inside, on which some organisations were not parties: their acts are not the pact's."""
        for one in sorted(organisations - (self.organisations or organisations)):
            yield one, date.min, date.max
        for one in sorted(organisations & self.bounded):
            if one in self.since:
                yield one, date.min, self.since[one] - timedelta(1)
            if one in self.left:
                yield one, self.left[one] + timedelta(1), date.max
            for out, back in self.away.get(one, ()):
                yield one, out, back


@dataclass(frozen=True)
class Asked:
    """Acts to read: of whom (None: anybody), of which kinds (empty: all), in which years (first and last)."""

    organisations: frozenset[int] | None
    kinds: frozenset[str]
    years: tuple[int, int]

    def holds(self, other: "Asked") -> bool:
        """Whether what is read for this holds what is read for the other."""
        whose, theirs = self.organisations, other.organisations
        return (
            (whose is None or (theirs is not None and theirs <= whose))
            and (not self.kinds or (bool(other.kinds) and other.kinds <= self.kinds))
            and self.years[0] <= other.years[0]
            and other.years[1] <= self.years[1]
        )


@dataclass(frozen=True)
class Register:
    """Standings by convention, signed objectives of other pacts, and the axes inside each volet.

    `alone`: each organisation is told what its own acts say, of windows and absences too.
    """

    standings: dict[int, Standing]
    objectives: tuple[Objective, ...] = ()
    volets: dict[int, tuple[int, ...]] = field(default_factory=dict)
    alone: bool = False
    countings: list[Any] = field(default_factory=list, repr=False, compare=False)
    _read: list[tuple[Asked, Columns]] = field(default_factory=list, repr=False, compare=False)
    _rivals: dict[tuple[Objective, int, str], tuple[Objective, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def acts(self, asked: Asked) -> Columns:
        """The acts asked for, and perhaps more: a page reads once what its figures count."""
        for known, acts in self._read:
            if known.holds(asked):
                return acts
        found = bundles.read(organisations=asked.organisations, kinds=asked.kinds, years=asked.years)
        self._read.append((asked, found))
        return found

    def of(self, objective: Objective) -> Standing:
        """The standing of the convention that an objective belongs to."""
        return self.standings[objective.axis.convention_id]

    def axes(self, objective: Objective) -> tuple[int, ...]:
        """The axis of an objective, and those inside it when it is a volet."""
        return (objective.axis_id, *self.volets.get(objective.axis_id, ()))

    def communes(self, objective: Objective) -> frozenset[str]:
        """Where an objective may count, whatever the day."""
        spans = self.of(objective).spans
        if spans and objective.perimeter is None:
            return every(spans)
        return frozenset((objective.perimeter or objective.axis.convention.perimeter).communes)

    def communes_on(self, objective: Objective, day: date) -> frozenset[str]:
        """Where an objective counts on a day."""
        spans = self.of(objective).spans if objective.perimeter is None else ()
        return during(spans, day, day) if spans else self.communes(objective)

    def rivals(self, objective: Objective, measure: str) -> tuple[Objective, ...]:
        """Objectives of other signed pacts that promise the same: same measure, a kind in common, same people to do it.

        A firm may be helped in two places: perimeters apart do not keep two pacts from counting it.
        """
        key = objective, id(objective), measure
        if key not in self._rivals:
            self._rivals[key] = self._promising(objective, measure)
        return self._rivals[key]

    def _promising(self, objective: Objective, measure: str) -> tuple[Objective, ...]:
        mine = self.of(objective)
        found = [
            other
            for other in self.objectives
            if self.of(other).pact != mine.pact
            and measure in (other.measure, other.denominator_measure)
            and _meet(mine.organisations, self.of(other).organisations)
            and _meet(_codes(objective.kinds), _codes(other.kinds))
            and (
                measure == Measure.BENEFICIARIES
                or _meet(_codes(self.communes(objective)), _codes(self.communes(other)))
            )
        ]
        return tuple(sorted(found, key=lambda other: (self.of(other).rank, other.pk)))


def register(objectives: Sequence[Objective], only: int | None = None) -> Register:
    """Everything that counting these objectives needs, in a fixed number of queries.

    `only` restricts the acts to those one organisation recorded: the preview of a convention not signed yet.
    """
    mine = {objective.axis.convention_id: objective.axis.convention for objective in objectives}
    standings = standings_of(list(mine.values()), only)
    rivals = _rivals(standings)
    others = {rival.axis.convention_id: rival.axis.convention for rival in rivals}
    others = {pk: convention for pk, convention in others.items() if pk not in mine}
    standings |= standings_of(list(others.values()))
    return Register(standings, tuple(rivals), _volets([*mine, *others]), alone=only is not None)


def _rivals(standings: dict[int, Standing]) -> list[Objective]:
    """Objectives of other signed pacts whose parties record the same acts: with nobody in common, nothing is shared."""
    ours = {organisation for one in standings.values() for organisation in one.organisations or ()}
    parties = Party.objects.filter(organisation__in=ours, called=False)
    beside = Convention.objects.filter(
        Q(pk__in=parties.values("convention")) | Q(framework__in=parties.values("convention")), state__in=SIGNED
    )
    found = {pact.pk: pact for pact in beside.select_related("perimeter")}
    rows = Objective.objects.filter(axis__convention__in=found, measure__in=COUNTED)
    rivals = list(rows.select_related("axis", "perimeter"))
    for rival in rivals:
        rival.axis.convention = found[rival.axis.convention_id]
    return rivals


def standings_of(conventions: Sequence[Convention], only: int | None = None) -> dict[int, Standing]:
    """Conventions as counting sees them; with `only`, as if that organisation alone recorded acts."""
    by_pk = {convention.pk: convention for convention in conventions}
    if not by_pk:
        return {}
    parties, attributed, spans = _parties(by_pk), _attributed(by_pk), spans_of(by_pk)
    found = {}
    for pk, convention in by_pk.items():
        pact = convention.framework_id or pk
        stays = {only: [ALWAYS]} if only else parties.get(pk, {})
        found[pk] = Standing(
            pact=pact,
            rank=(_signed_first(convention, spans.get(pk, ())), pact),
            organisations=frozenset(stays),
            left={organisation: several[-1].last for organisation, several in stays.items() if several[-1].last},
            since={one: several[0].first for one, several in stays.items() if several[0].first > date.min},
            away=gaps_of(stays),
            attributed=pact in attributed,
            partial=attributed.get(pact, False),
            starts_on=convention.starts_on,
            ends_on=convention.ends_on,
            spans=spans.get(pk, ()),
        )
    return found


def _parties(conventions: Iterable[int]) -> dict[int, dict[int, list[Stay]]]:
    """Organisations whose acts count: the parties, those they took the place of, those that took theirs.

    Up and down apart: another body merged into the same successor was never a party, and its acts are its own. What a
    successor did before the succession is its own too; what a predecessor recorded stays the party's, whatever the
    day: a succession told late changes no past figure. The parties of a framework act in its years too. Who comes in
    by an amendment brings nothing of its past.
    """
    later: dict[int, dict[int, date]] = {}
    earlier: dict[int, dict[int, date]] = {}
    for before, after, on in OrganisationSuccession.objects.values_list("predecessor_id", "successor_id", "on"):
        later.setdefault(before, {})[after] = on
        earlier.setdefault(after, {})[before] = date.min
    found: dict[int, dict[int, list[Stay]]] = {}
    rows = Party.objects.filter(Q(convention__in=conventions) | Q(convention__years__in=conventions), called=False)
    told = list(rows.values_list(
        "convention_id", "convention__years", "organisation_id", "organisation__siren", "left_on"
    ))  # fmt: skip
    moves = moves_of({convention for convention, *_ in told})
    for convention, year, party, siren, left_on in told:
        own = stays_of(moves.get((convention, siren), ()), left_on)
        for pk in {convention, year} - {None}:
            stays = found.setdefault(pk, {})
            for organisation, first in (_reached(party, later) | _reached(party, earlier)).items():
                here = [Stay(max(first, stay.first), stay.last) for stay in own]
                stays[organisation] = together([*stays.get(organisation, ()), *here])
    return found


def _reached(start: int, near: dict[int, dict[int, date]]) -> dict[int, date]:
    """Who is reached from an organisation, each from the latest day of the way that leads there."""
    reached, pending = {start: date.min}, [start]
    while pending:
        here = pending.pop()
        for other, on in near.get(here, {}).items():
            if other not in reached:
                reached[other] = max(on, reached[here])
                pending.append(other)
    return reached


def _signed_first(convention: Convention, spans: Spans) -> int:
    """How many communes the first text has: an amendment does not turn the acts of past years over to another pact."""
    return len(spans[0].communes if spans else convention.perimeter.communes)


def _attributed(conventions: dict[int, Convention]) -> dict[int, bool]:
    """Pacts some of whose axes have attributed acts → whether some are for a part only.

    Elsewhere the filter alone decides, without a look at each act.
    """
    parts = Attribution.objects.filter(axis=OuterRef("axis"), share__gt=0, share__lt=100)
    found: dict[int, bool] = {}
    pacts = {convention.framework_id or pk for pk, convention in conventions.items()}
    of = Q(axis__convention__in=pacts) | Q(axis__convention__framework__in=pacts)
    # By their bundles: PostgreSQL read every attribution to say that a pact has none.
    told = AttributionBundle.objects.filter(of).annotate(parts=Exists(parts)).order_by()
    for pk, framework, parts_of in told.values_list("axis__convention", "axis__convention__framework", "parts"):
        found[framework or pk] = found.get(framework or pk, False) or parts_of
    return found


def _volets(conventions: Iterable[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    rows = Axis.objects.filter(convention__in=conventions, volet__isnull=False).order_by("number")
    for pk, volet in rows.values_list("pk", "volet_id"):
        found[volet] = (*found.get(volet, ()), pk)
    return found


def _codes(codes: Iterable[str]) -> frozenset[str] | None:
    """None when nothing is asked: everything is meant."""
    return frozenset(codes) or None


def _meet(one: frozenset[Any] | None, other: frozenset[Any] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)
