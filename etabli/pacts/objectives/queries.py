"""Reads of objectives: those of a convention, the rows behind a figure that a reader may open, its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import numpy as np
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts import lookups  # noqa: F401 - registers itself
from etabli.acts.columns import Array, Columns, Rows
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.models import Convention, Evidence, Measure, Objective, Target
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import breakdowns, columns, measures, overlaps, policies, sharing, wording
from etabli.pacts.objectives.breakdowns import Breakdown
from etabli.pacts.objectives.narrowing import Part, inside
from etabli.pacts.objectives.opening import ActRows
from etabli.pacts.objectives.progress import Progress
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import SIGNED, Register, register
from etabli.registry import queries as registry
from etabli.ui import french
from etabli.ui.gauge import amount


def objectives_of(*conventions: Convention, until: Mapping[int, date] | None = None) -> list[Objective]:
    """The objectives of conventions in the order of their axes, with all that counting and printing read.

    `until`: the last day in the conventions that the reader left, with the targets set by then.
    """
    by_pk = {one.pk: one for one in conventions}
    later = Q(pk__in=[])
    for pk, day in (until or {}).items():
        later |= Q(objective__axis__convention=pk, set_at__date__gt=day)
    targets = Target.objects.exclude(later)
    rows = Objective.objects.filter(axis__convention__in=by_pk).select_related(
        "axis", "perimeter", "responsible", "action"
    )
    found = list(rows.prefetch_related(Prefetch("targets", targets)).order_by("axis__number", "number", "pk"))
    for one in found:
        one.axis.convention = by_pk[one.axis.convention_id]  # read once: a perimeter may hold thousands of communes
    return found


def objective_or_404(convention: Convention, pk: int, until: Mapping[int, date] | None = None) -> Objective:
    """One objective of a convention, read like the others."""
    found = next((one for one in objectives_of(convention, until=until) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def register_for(reader: Reader, convention: Convention, objectives: Sequence[Objective]) -> Register:
    """What counting needs. Before the signature only the reader's own acts count: a draft opens nobody else's."""
    only = None if convention.state in SIGNED else reader.organisation.pk
    return register(objectives, only)


@dataclass(frozen=True)
class Behind:
    """Rows that a reader may open, and how many more make the figure: reserved ones, those of other parties.

    `left_in`: they are not quite those of the figure, in words.
    """

    rows: QuerySet[Act]
    shown: int
    reserved: int
    elsewhere: int
    only_own: bool = False
    measured: Decimal | None = None
    left_in: str = ""

    @property
    def every_row(self) -> bool:
        """Whether the reader opens all the rows, and there are some: nothing is secret to them."""
        return self.elsewhere == self.reserved == 0 and self.shown > 0 and not self.left_in

    def words(self, unit: str) -> str:
        """« 113 actes, 72 entreprises »: what the rows shown are, and what the figure counts of them."""
        acts = french.counted(self.shown, "acte")
        if self.measured is None:
            return acts
        return f"{acts}, {amount(self.measured)}\u00a0{french.agreed(unit, self.measured)}"

    @property
    def notes(self) -> list[str]:
        """« 3 lignes réservées », « 12 lignes d’une autre partie »; never their number in a part of a figure."""
        if self.left_in and self.shown:
            return [f"Vos lignes. {self.left_in}"]
        if self.only_own:
            return ["Vos lignes de cette partie. Celles que vous n’ouvrez pas y comptent sans être dénombrées."]
        said = []
        if self.reserved:
            reserved = french.counted(self.reserved, "ligne réservée", "lignes réservées")
            said.append(f"{reserved}\u00a0: comptées, et ouvertes à certains rôles seulement.")
        if self.elsewhere:
            said.append(
                f"{french.counted(self.elsewhere, 'ligne')} d’une autre partie\u00a0: comptées, et montrées en nombres "
                "seulement, par commune, mois et nature."
            )
        return said + ([self.left_in] if said and self.left_in else [])


@dataclass(frozen=True)
class BehindFigure(Behind):
    """The same of acts told by their numbers, as the ledger counts them today: only those of a page are read."""

    rows: ActRows  # type: ignore[assignment] # read as the rows of a query are


def behind(reader: Reader, objective: Objective, period: Period, known: Register) -> Behind:
    """The rows of the reader's organisation behind a figure; none without the right to see rows."""
    if objective.measure not in COUNTED:
        return BehindFigure(ActRows(), 0, 0, 0)
    return answering(reader, Selector.of(objective, known), period)


def answering(reader: Reader, selector: Selector, period: Period, part: Part | None = None) -> Behind:
    """The rows of a figure, or of a part of it; none is taken out by what the reader may not read elsewhere."""
    if policies.leaves_in(reader, selector, period):
        found = _answering(reader, selector.by_oneself(), period, part)
        return replace(found, left_in=_left_in(selector, period))
    return _answering(reader, selector, period, part)


def _answering(reader: Reader, selector: Selector, period: Period, part: Part | None) -> Behind:
    acts = columns.read({selector.objective: [period]}, selector.register)
    rows = acts.kept(selector, period)
    return opened_rows(reader, acts.acts, inside(acts.acts, rows, part) if part else rows, selector)


def _left_in(selector: Selector, period: Period) -> str:
    return wording.left_in(shared=bool(sharing.kept(selector, period)), around=selector.looks_around)


def piece(reader: Reader, selector: Selector, period: Period, part: Part) -> Behind:
    """The rows of a piece: those that other pacts claim too, or this one alone."""
    acts = columns.read({selector.objective: [period]}, selector.register)
    return opened_rows(reader, acts.acts, overlaps.acts_of(acts, selector, period, part.pacts), selector)


def opened_to(reader: Reader, acts: QuerySet[Act]) -> Behind:
    """Of some acts, those that a reader may open, and how many they may not."""
    mine = Q(organisation__in=reader.organisation_ids) if reader.may(Permission.SEE_ACTS) else Q(pk__in=[])
    closed = Q(confidentiality=Confidentiality.RESERVED)
    if reader.may(Permission.SEE_RESERVED):
        closed = Q(pk__in=[])
    found = acts.aggregate(
        all=Count("pk"), shown=Count("pk", filter=mine & ~closed), reserved=Count("pk", filter=mine & closed)
    )
    rows = acts.filter(mine, ~closed).select_related("organisation", "adviser").order_by("-day", "-pk")
    return Behind(rows, found["shown"], found["reserved"], found["all"] - found["shown"] - found["reserved"])


def opened_rows(reader: Reader, acts: Columns, rows: Rows, selector: Selector) -> Behind:
    """The same of the acts behind a figure."""
    own = np.isin(acts.organisation[rows], sorted(reader.organisation_ids if reader.may(Permission.SEE_ACTS) else ()))
    mine = rows[own]
    opened = mine if reader.may(Permission.SEE_RESERVED) else mine[~_reserved(acts, mine)]
    reserved, elsewhere = len(mine) - len(opened), len(rows) - len(mine)
    return BehindFigure(
        ActRows.of(acts, opened), len(opened), reserved, elsewhere, measured=_measured(acts, opened, selector)
    )


def _reserved(acts: Columns, rows: Rows) -> Array:
    """Which acts are reserved: their bundles do not say it."""
    found = Act.objects.filter(pk__among=acts.act[rows].tolist(), confidentiality=Confidentiality.RESERVED)
    return np.isin(acts.act[rows], list(found.order_by().values_list("pk", flat=True)))


def _measured(acts: Columns, rows: Rows, selector: Selector) -> Decimal | None:
    """What the rows shown make in the measure of the objective, unless they are acts, or count for a part."""
    measure = selector.measure
    if measure == Measure.ACTS or columns.scale_of(selector) != 1 or not len(rows):
        return None
    return measures.quantity(measure, acts.total(rows, measure))


def own_rows(found: Behind, *, every: bool) -> Behind:
    """The rows of a part: how many others are in it is not told to who does not see every row of the figure."""
    return found if every else replace(found, reserved=0, elsewhere=0, only_own=True)


@dataclass(frozen=True)
class Line:
    """One act as a row of the page and of the export."""

    day: date
    kind: str
    who: str
    commune: str
    trade: str
    adviser: str
    organisation: str
    minutes: int | None
    amount: int
    quantity: int


def lines(reader: Reader, acts: Iterable[Act]) -> list[Line]:
    """Rows with the names of the helped ones, in one query whatever their number.

    Who did it in how many minutes is told of oneself, and of all to those who see the time of the team.
    """
    rows = list(acts)
    team = reader.may(Permission.SEE_TEAM_TIME)
    told = {row.pk for row in rows if team or row.adviser_id == reader.user.pk}
    named = registry.names([row.beneficiary_id for row in rows if row.beneficiary_id])
    return [
        Line(
            row.day, row.get_kind_display(), _who(row, named), wording.place_name(row.commune),
            wording.trade_name(row.trade) if row.trade else wording.UNKNOWN,
            str(row.adviser or "") if row.pk in told else "",
            str(row.organisation), row.minutes if row.pk in told else None, row.amount, row.quantity,
        )
        for row in rows
    ]  # fmt: skip


def _who(row: Act, named: dict[int, str]) -> str:
    if row.beneficiary_id is None:
        return "aucun bénéficiaire"
    return named.get(row.beneficiary_id, "anonymisé")


def parts(
    reader: Reader, objective: Objective, shown: Progress, period: Period, known: Register, *, rows: bool
) -> list[Breakdown]:
    """The divisions of a figure, or of what stands in its place (`policies.leaves_in`).

    Secrecy applies to who does not see every row.
    """
    if objective.measure not in COUNTED or objective.denominator_measure or shown.course.realised is None:
        return []
    selector = Selector.of(objective, known)
    left_in = ""
    if policies.leaves_in(reader, selector, period):
        left_in, selector = _left_in(selector, period), selector.by_oneself()
    acts = columns.read({selector.objective: [period]}, selector.register)
    whole, wanted = breakdowns.whole(selector, period), list(dict.fromkeys(objective.disaggregations))
    if not rows:
        wanted += [name for name in ("commune", "month", "kind") if name not in wanted]
    wanted = [name for name in wanted if name in wording.DIMENSIONS]
    tables = [replace(breakdowns.breakdown(acts, selector, period, name, whole), left_in=left_in) for name in wanted]
    if rows or not tables:
        return tables
    return list(breakdowns.protected(tables, breakdowns.firms(acts, selector, period)))


def piece_or_404(reader: Reader, objective: Objective, pk: int) -> Evidence:
    """A typed figure of an objective, whether it stands or not."""
    rows = objective.evidence.select_related("document", "typed_by").filter(pk=pk)
    found = access.known_to(reader, objective.axis.convention, rows, "typed_at__date").first()
    if found is None:
        raise Http404
    found.objective = objective
    return found
