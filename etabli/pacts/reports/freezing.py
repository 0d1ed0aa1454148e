"""What a freeze keeps of each objective: figure, definition, rows, parts by commune, and what secrecy hides of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, QuerySet

from etabli import facts
from etabli.acts.models import Act
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.documents import versions
from etabli.pacts.documents.snapshot import Content, name_of, party_content, perimeter_content
from etabli.pacts.models import Convention, Decision, FrozenFigure, Measure, Nature, Objective, Report
from etabli.pacts.models.objective import ADDITIVE, COUNTED
from etabli.pacts.objectives import breakdowns, policies, wording, years
from etabli.pacts.objectives.counting import acts_behind
from etabli.pacts.objectives.figures import evidence_of
from etabli.pacts.objectives.forecast import Status
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import Register, register
from etabli.pacts.reports.seal import rows_fingerprint
from etabli.pacts.reports.secrecy import Concealed, Contribution, Rows, Told, concealed
from etabli.pacts.workflow import AmendmentState
from maillage.errors import NoStore

STEP = Decimal("0.000001")
SUBTRACTED = ADDITIVE | {Measure.BENEFICIARIES}


@dataclass(frozen=True)
class Counted:
    """An objective on the evening of the cut-off, and the rows that make its figure.

    `apart`, as `policies.kept_from` says; then `own` is what each organisation knows of it by its own acts: its rows
    open in place of those of the figure, and its communes are told, which make `known` together.
    """

    progress: Progress
    acts: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    apart: tuple[int, ...] = ()
    own: tuple[Contribution, ...] = ()
    known: Decimal | None = None

    @property
    def opened(self) -> tuple[int, ...]:
        """The acts that open in place of its rows."""
        return tuple(row[0] for row in self.own)

    @property
    def told(self) -> tuple[int, ...]:
        """The acts whose number may be told: how many acts the firm left out has would tell which one it is."""
        return self.opened if self.apart else self.acts


def counted(convention: Convention, year: int, cut_off: date) -> list[Counted]:
    """Every objective of a convention over a year, as the ledger tells it now."""
    objectives = objectives_of(convention)
    known = register(objectives)
    day = last_day(convention, year, cut_off)
    return [_counted(one, known) for one in progress(convention, objectives, on=day, year=year, known=known)]


def _counted(shown: Progress, known: Register) -> Counted:
    objective, period = shown.objective, shown.counted_over
    if objective.measure == Measure.EVIDENCE:
        typed = evidence_of([objective]).get(objective.pk, [])
        return Counted(shown, evidence=tuple(row.pk for row in typed if _inside(objective, row.day, period)))
    if objective.measure not in COUNTED:
        return Counted(shown)
    rows = tuple(_contributions(objective, acts_behind(objective, period, known)))
    found = Counted(shown, tuple(row[0] for row in rows), (), rows)
    selector = Selector.of(objective, known)
    apart = policies.kept_from(selector, period)
    if not apart:
        return found
    alone = selector.by_oneself()
    own = tuple(_contributions(objective, alone.acts(period)))
    return replace(found, apart=tuple(sorted(apart)), own=own, known=breakdowns.whole(alone, period))


def _inside(objective: Objective, day: date, period: Period) -> bool:
    return day < period.end and (objective.nature == Nature.STOCK or day >= period.start)


def _contributions(objective: Objective, acts: QuerySet[Act]) -> Iterable[Contribution]:
    for row in acts.order_by("pk").values("pk", "commune", "amount", "minutes", "quantity", firm=F("unit")):
        weight = {
            Measure.AMOUNT: Decimal(row["amount"]) / 100,
            Measure.MINUTES: Decimal(row["minutes"]) / 60,
            Measure.QUANTITY: Decimal(row["quantity"]),
        }.get(Measure(objective.measure), Decimal(1))
        yield row["pk"], row["firm"], row["commune"], weight


def figures(report: Report, several: Sequence[Counted]) -> list[FrozenFigure]:
    """The rows to keep, not saved yet. What each of them hides from the public depends on the others."""
    secrets = concealed([_told(number, one) for number, one in enumerate(several)])
    return [_figure(report, one, secret) for one, secret in zip(several, secrets, strict=True)]


def _told(number: int, one: Counted) -> Told:
    objective = one.progress.objective
    alone = objective.measure not in SUBTRACTED or bool(objective.denominator_measure)
    return Told(f"{number}" if alone else objective.measure, one.contributions, _places(one))


def _figure(report: Report, one: Counted, secret: Concealed) -> FrozenFigure:
    shown, objective = one.progress, one.progress.objective
    count = shown.by_year.get(report.year)
    return FrozenFigure(
        report=report, objective=objective, axis=objective.axis, axis_number=objective.axis.number,
        axis_title=objective.axis.title, number=objective.number, title=objective.title, unit=objective.unit,
        measure=objective.measure, definition=[list(pair) for pair in wording.definition(objective)],
        value=kept(count.value if count else None), numerator=rounded(count.numerator if count else Decimal()),
        denominator=kept(count.denominator if count else None), baseline=objective.baseline,
        target=shown.wanted[report.year].value if report.year in shown.wanted else None,
        counted_from=shown.counted_over.start, counted_to=shown.counted_over.last, rule=shown.rule,
        notes=list(shown.notes), firms=len({row[1] for row in one.contributions} - {None}), hidden=secret.whole,
        parts=[_part(code, rows, hidden=code in secret.places) for code, rows in _places(one).items()],
        apart=list(one.apart), status="" if shown.status is Status.NONE else shown.status.value,
        rows_sha256=rows_fingerprint(one.acts, one.evidence, one.opened),
    )  # fmt: skip


def kept(value: Decimal | None) -> Decimal | None:
    """As the column keeps it, so that the seal is the same before and after storage."""
    return None if value is None else rounded(value)


def rounded(value: Decimal) -> Decimal:
    """The same for a known one."""
    return value.quantize(STEP, ROUND_HALF_UP)


def _places(one: Counted) -> dict[str, Rows]:
    """The rows by commune; a firm helped in two is told in the first, so that the parts make the whole.

    None where they would not: distinct communes, a ratio, a figure shared at k % between pacts.
    """
    objective, count = one.progress.objective, one.progress.by_year.get(one.progress.year or 0)
    value = one.known if one.apart or not count else count.value
    if objective.measure == Measure.COMMUNES or objective.denominator_measure:
        return {}
    once = objective.measure == Measure.BENEFICIARIES
    places: dict[str, list[Contribution]] = {}
    seen: set[int | None] = set()
    for row in one.own if one.apart else one.contributions:
        if once and row[1] in seen:
            continue
        seen.add(row[1])
        places.setdefault(row[2], []).append(row)
    total = sum((row[3] for rows in places.values() for row in rows), Decimal())
    return dict(sorted(places.items())) if count and kept(value) == rounded(total) else {}


def _part(code: str, rows: Rows, *, hidden: bool) -> list[object]:
    total = sum((row[3] for row in rows), Decimal())
    return [code, name_of(code) if code else wording.UNKNOWN, float(total), hidden]


def head(convention: Convention, year: int, cut_off: date) -> Content:
    """Dates, parties and communes as they were on the last day that the figures of a year count."""
    names: Content = {"title": convention.title, "short_title": convention.short_title}
    signed = _signed_on(convention, last_day(convention, year, cut_off))
    if signed is not None:
        dates = {name: signed["convention"][name] for name in ("starts_on", "ends_on")}
        return {**names, **dates, "parties": list(signed["parties"]), "perimeter": dict(signed["perimeter"])}
    return {
        **names,
        "starts_on": convention.starts_on.isoformat(),
        "ends_on": convention.ends_on.isoformat(),
        "parties": [party_content(one) for one in access.parties_of(convention)],
        "perimeter": perimeter_content(convention.perimeter),
    }


def decisions(convention: Convention, year: int, cut_off: date) -> list[Content]:
    """What the committees of a year decided up to the cut-off, and what was done of it; days in ISO form, or empty."""
    rows = Decision.objects.filter(
        meeting__convention=convention, meeting__starts_at__year=year, meeting__starts_at__date__lte=cut_off,
    )  # fmt: skip
    return [
        {
            "text": one.text, "owner": one.owner, "due_on": one.due_on.isoformat() if one.due_on else "",
            "done_on": one.done_on.isoformat() if one.done_on else "",
        }
        for one in rows.order_by("meeting__starts_at", "number")
    ]  # fmt: skip


def last_day(convention: Convention, year: int, cut_off: date) -> date:
    """The last day that counts in the figures of a year stopped on another day, perhaps later."""
    return min(cut_off, years.periods_of(convention)[year].last)


def _signed_on(convention: Convention, day: date) -> Content | None:
    """What was signed and stood on a day, once amendments have changed it since; None while there is only one text."""
    if not convention.amendments.filter(state=AmendmentState.IN_FORCE).exists():
        return None
    version = versions.in_force_on(convention, day) or next(iter(versions.signed(convention)), None)
    return version.content if version else None


def store_version() -> str:
    """Edition of the directory that indicators were asked of; empty when there is none."""
    try:
        return facts.store().manifest.version
    except NoStore:
        return ""
