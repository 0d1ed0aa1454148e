"""What the pages of objectives show, put together from the reads; templates only print it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from etabli import facts
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.acts.models import Act
from etabli.audit.actions import record_reading
from etabli.pacts import access
from etabli.pacts.former import as_read
from etabli.pacts.models import Convention, Evidence, Measure, Objective
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import exports, figures, history, narrowing, policies, queries, wording, years
from etabli.pacts.objectives.beside import with_published
from etabli.pacts.objectives.breakdowns import Breakdown
from etabli.pacts.objectives.forecast import GROUPS, STATUS_RULE
from etabli.pacts.objectives.forms import CorrectionForm, EvidenceForm, ObjectiveForm, ReasonForm, TargetsForm
from etabli.pacts.objectives.ground import Ground, ground_of
from etabli.pacts.objectives.narrowing import Part
from etabli.pacts.objectives.preview import Preview
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import Behind, Line
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.shared import Shared, shared
from etabli.pacts.objectives.standing import SIGNED
from etabli.papers.sheets import Sheet
from etabli.ui import french
from etabli.ui.asked import whole_number
from etabli.ui.gauge import amount
from maillage.errors import NoStore

ROWS = 50


@dataclass(frozen=True)
class Link:
    """A step of the trail, or a file to take away."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Opened:
    """An objective opened by a reader: its progress, the rows they may see, the parts of the figure.

    `opens`: they may see some of the rows of the figure; `part`: the one whose rows alone are shown, `behind` then
    holds these; `shared`: what other pacts claim too; `ground`: what stands behind a figure of the territory; `left`:
    the last day of a reader who is a party no more.
    """

    reader: Reader
    convention: Convention
    progress: Progress
    behind: Behind
    parts: tuple[Breakdown, ...]
    opens: bool
    part: Part | None = None
    shared: Shared | None = None
    ground: Ground | None = None
    left: date | None = None

    @property
    def objective(self) -> Objective:
        """The objective itself."""
        return self.progress.objective


def trail(convention: Convention, *more: Link) -> list[Link]:
    """« Pactes › Lens-Liévin › … »."""
    here = reverse("pacts:dashboard", args=[convention.slug])
    return [Link("Pactes", reverse("pacts:mine")), Link(str(convention), here), *more]


def year_asked(convention: Convention, text: str, left: date | None = None) -> int | None:
    """The year of an address; None for the whole convention.

    Raises Http404 for a year outside it, or that began after the last day of who left.
    """
    if not text:
        return None
    year = whole_number(text)
    if year not in years.years_of(convention, left):
        raise Http404
    return year


def opened(reader: Reader, convention: Convention, pk: int, year: str, part: str = "") -> Opened:
    """Everything behind one figure, or one part of it. Raises Http404."""
    narrowed, days = narrowing.part_asked(part), access.last_days(reader, [convention])
    then, left = as_read(convention, days), days.get(convention.pk)
    one = queries.objective_or_404(then, pk, days)
    known = queries.register_for(reader, then, [one])
    on, asked = left or timezone.localdate(), year_asked(then, year, left)
    shown = progress(then, [one], on=on, year=asked, known=known)[0]
    if left and left < shown.period.start:
        raise Http404
    behind = queries.behind(reader, one, shown.counted_over, known)
    parts = queries.parts(reader, one, shown, shown.counted_over, known, rows=behind.every_row)
    opens, with_others = behind.shown > 0, shared(reader, shown, known)
    if narrowed and one.measure in COUNTED:
        selector = Selector.of(one, known)
        if narrowed.of_pacts and not policies.may_open_pieces(reader, selector):
            raise Http404
        every = with_others.every_row if with_others and narrowed.of_pacts else behind.every_row
        found = (
            queries.piece(reader, selector, shown.counted_over, narrowed)
            if narrowed.of_pacts
            else queries.answering(reader, selector, shown.counted_over, narrowed)
        )
        behind = queries.own_rows(found, every=every)
    shown = shown if left else with_published(convention, [shown])[0]
    return Opened(
        reader, convention, shown, behind, tuple(parts), opens, narrowed, with_others, ground_of(shown, known), left
    )


def read(found: Opened, acts: Iterable[Act]) -> list[Line]:
    """The rows of a page, and the trace that somebody read them."""
    lines = queries.lines(found.reader, acts)
    if lines:
        record_reading(
            by=found.reader.user, kind="pacts.objective", object_id=str(found.objective.pk), rows=len(lines),
            purpose=f"objectif {found.objective.title}", organisation_id=found.reader.organisation.pk,
        )  # fmt: skip
    return lines


def sheet(found: Opened) -> Sheet:
    """The file of what the reader may see."""
    invented = _fictitious()
    if found.behind.shown:
        return exports.rows_sheet(
            found.progress, read(found, found.behind.rows), found.behind.notes, part=found.part, fictitious=invented
        )
    if found.objective.measure == Measure.INDICATOR:
        return exports.territory_sheet(found.progress, found.ground, fictitious=invented)
    return exports.parts_sheet(found.progress, list(found.parts), fictitious=invented)


def _fictitious() -> bool:
    try:
        return facts.store().manifest.fictitious
    except NoStore:
        return False


def objective(found: Opened) -> dict[str, Any]:
    """The page of a figure."""
    one, convention = found.objective, found.convention
    address = reverse("pacts:objective", args=[convention.slug, one.pk])
    files = [
        Link(kind.upper(), _dated(reverse("pacts:objective_rows", args=[convention.slug, one.pk, kind]), found))
        for kind in ("csv", "xlsx", "ods")
    ]
    return {
        "title": one.title,
        "links": trail(convention, Link("Objectifs", reverse("pacts:objectives", args=[convention.slug]))),
        "progress": found.progress,
        "convention": convention,
        "definition": list(wording.definition(one)),
        "status_rule": STATUS_RULE,
        "years": _years(found.progress, address, found.left),
        "behind": found.behind,
        "rows_words": found.behind.words(one.unit),
        "parts": [_table(found, table) for table in found.parts],
        "part": found.part,
        "whole": f"{narrowing.query(found.progress.year) or '?'}#lignes",
        "shared": found.shared,
        "files": files
        if found.behind.shown or (found.parts and not found.part) or one.measure == Measure.INDICATOR
        else [],
        "ground": found.ground,
        "on_territory": one.measure == Measure.INDICATOR,
        "typed": _typed(found),
        "former": history.former_evidence_of(one, found.left),
        "may_type": found.reader.may(Permission.TYPE_EVIDENCE),
        "on_evidence": one.measure == Measure.EVIDENCE,
    }


def _typed(found: Opened) -> list[tuple[Evidence, bool]]:
    """Typed figures that stand, each with whether this reader may say it otherwise."""
    one, reader = found.objective, found.reader
    try:
        policies.check_can_type_evidence(reader, one)
        may = True
    except Denied:
        may = False
    left = found.left
    standing = [row for row in figures.evidence_of([one]).get(one.pk, []) if left is None or _typed_on(row) <= left]
    return [(row, may and reader.holds(row.document.organisation_id)) for row in standing]


def _typed_on(row: Evidence) -> date:
    return timezone.localdate(row.typed_at)


def _dated(address: str, found: Opened) -> str:
    return f"{address}{narrowing.query(found.progress.year, found.part)}"


@dataclass(frozen=True)
class Table:
    """A figure divided, as a page prints it: name, value, and the address of its rows, empty when none opens."""

    title: str
    note: str
    rows: tuple[tuple[str, str, str], ...]


def _table(found: Opened, table: Breakdown) -> Table:
    """Each part opens onto its rows for who sees some of them; hidden ones never."""
    rows = [
        (part.name, part.shown, f"{narrowing.query(found.progress.year, Part(table.dimension, part.key))}#lignes"
         if found.opens and not part.hidden else "")
        for part in table.parts
    ]  # fmt: skip
    return Table(table.title, table.note, tuple(rows))


@dataclass(frozen=True)
class YearRow:
    """One year: its figure, its target, what was lowered, and where it opens."""

    year: int
    href: str
    figure: str
    target: str
    mark: str
    current: bool
    rows: str = ""


def _years(shown: Progress, address: str, left: date | None) -> list[YearRow]:
    rows = []
    for year in years.years_of(shown.objective.axis.convention, left):
        count, wanted = shown.by_year.get(year), shown.wanted.get(year)
        rows.append(
            YearRow(
                year, f"{address}?annee={year}", amount(count.value if count else None),
                amount(wanted.value if wanted else None), french.capitalised(wanted.mark) if wanted else "",
                year == shown.year, f"{address}?annee={year}#lignes" if count and count.value is not None else "",
            )
        )  # fmt: skip
    return rows


def listing(reader: Reader, convention: Convention, group: str = "") -> dict[str, Any]:
    """Objectives by axis; `group`, a code of `forecast.GROUPS`, keeps those that stand so. Raises Http404."""
    if group and group not in GROUPS:
        raise Http404
    words, statuses = GROUPS.get(group, ("", frozenset()))
    days = access.last_days(reader, [convention])
    then = as_read(convention, days)
    found = queries.objectives_of(then, until=days)
    known = queries.register_for(reader, then, found)
    shown = progress(then, found, on=timezone.localdate(), known=known, days=days)
    shown = [one for one in shown if not group or one.status in statuses]
    axes = [
        (axis, [(one, next(wording.definition(one.objective))[1]) for one in several])
        for axis, several in groupby(shown, key=lambda one: one.objective.axis)
    ]
    why = refusal(reader, convention)
    return {
        "title": f"Objectifs\u00a0: {convention}", "links": trail(convention), "convention": convention, "axes": axes,
        "group": words, "count": len(shown), "refusal": why, "amendments": amendments_page(convention),
        "status_rule": STATUS_RULE,
    }  # fmt: skip


def refusal(reader: Reader, convention: Convention) -> str:
    """Why objectives cannot be changed by this reader now; empty when they can."""
    try:
        policies.check_can_write(reader, convention)
    except Denied as denied:
        return denied.reason
    return ""


def amendments_page(convention: Convention) -> str:
    """Where a signed convention is changed; empty before the signature, when the text itself is."""
    return reverse("pacts:amendments", args=[convention.slug]) if convention.state in SIGNED else ""


def targets(reader: Reader, one: Objective, form: TargetsForm) -> dict[str, Any]:
    """The page of the targets of an objective: the form for who may change them, and all that were set."""
    convention = one.axis.convention
    back = reverse("pacts:objective", args=[convention.slug, one.pk])
    return {
        "title": "Cibles", "links": trail(convention, Link(one.title, back)), "objective": one, "form": form,
        "back": back, "refusal": refusal(reader, convention), "amendments": amendments_page(convention),
        "lines": history.targets_of(one, access.left_on(reader, convention)),
    }  # fmt: skip


def builder(
    convention: Convention, form: ObjectiveForm, seen: Preview | None, *, asked: bool, added: bool = False,
    changed: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The page of the builder, for a new objective or one that is said otherwise (`changed`)."""
    back = reverse("pacts:objectives", args=[convention.slug])
    return {
        "title": "Changer l’objectif" if changed else "Nouvel objectif", "changed": changed,
        "links": trail(convention, Link("Objectifs", back)), "convention": convention,
        "form": form, "seen": seen, "asked": asked, "added": added, "back": back,
    }  # fmt: skip


def typing(one: Objective, form: EvidenceForm) -> dict[str, Any]:
    """The page where a figure is typed."""
    convention = one.axis.convention
    back = reverse("pacts:objective", args=[convention.slug, one.pk])
    return {
        "title": "Saisir un chiffre et sa pièce", "links": trail(convention, Link(one.title, back)), "form": form,
        "objective": one, "back": back,
    }  # fmt: skip


def retyping(evidence: Evidence, form: CorrectionForm | ReasonForm) -> dict[str, Any]:
    """The pages where a typed figure is corrected, or taken back."""
    one, convention = evidence.objective, evidence.objective.axis.convention
    back = reverse("pacts:objective", args=[convention.slug, one.pk])
    corrects = isinstance(form, CorrectionForm)
    return {
        "title": "Corriger un chiffre saisi" if corrects else "Retirer un chiffre saisi",
        "links": trail(convention, Link(one.title, back)), "form": form, "objective": one, "back": back,
        "former": evidence, "corrects": corrects,
    }  # fmt: skip
