"""The rows frozen with a figure, as a reader may open them: those of their organisation, numbers of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.urls import reverse

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.models import Act
from etabli.audit.actions import record_reading
from etabli.pacts import access
from etabli.pacts.models import Convention, Evidence, FrozenFigure, Measure
from etabli.pacts.objectives import exports
from etabli.pacts.objectives.pages import Link, trail
from etabli.pacts.objectives.queries import Behind, Line, lines, opened_to
from etabli.pacts.reports.contents import Content, fictitious, figure_content
from etabli.pacts.reports.opening import CLOSED, kept_apart
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui import french

ROWS = 50
GONE = "annulée depuis"
TYPED = (Column("Au"), Column("Chiffre"), Column("Ce que dit la pièce"), Column("Pièce"), Column("Saisi par"))
SOURCE = "lignes figées avec le bilan"


@dataclass(frozen=True)
class Opened:
    """A frozen figure opened by a reader: the acts they may see, the typed figures, what they do not see in words."""

    reader: Reader
    figure: FrozenFigure
    behind: Behind
    typed: Sequence[Evidence]

    @property
    def content(self) -> Content:
        """The figure in words, as the parties read it."""
        return figure_content(self.figure, public=False)

    @property
    def notes(self) -> list[str]:
        """« 12 lignes d’une autre partie : comptées, et montrées en nombres seulement. »"""
        if self.behind.shown and self.behind.left_in:
            return self.behind.notes
        said = [self.behind.left_in] if self.behind.left_in else []
        if self.behind.reserved:
            reserved = french.counted(self.behind.reserved, "ligne réservée", "lignes réservées")
            said.append(f"{reserved}\u00a0: comptées, et ouvertes à certains rôles seulement.")
        if self.behind.elsewhere:
            others = french.counted(self.behind.elsewhere, "ligne")
            if self.reader.may(Permission.SEE_ACTS):
                said.append(f"{others} d’une autre partie\u00a0: comptées, et montrées en nombres seulement.")
            else:
                said.append(f"{others} derrière ce chiffre\u00a0: votre rôle ouvre les nombres, pas les lignes.")
        if self.figure.measure == Measure.INDICATOR:
            edition = self.figure.report.store or "du jour"
            said.append(f"Ce chiffre n’a pas de lignes\u00a0: il vient du répertoire, édition {edition}.")
        return said


def opened(reader: Reader, convention: Convention, year: int, pk: int) -> Opened:
    """A figure of any freeze of a year. Raises Http404."""
    rows = FrozenFigure.objects.filter(report__convention=convention, report__year=year, pk=pk)
    rows = access.known_to(reader, convention, rows, "report__frozen_at__date")
    rows = rows.select_related("report", "objective__axis")
    figure = rows.prefetch_related("corrections__organisation", "corrections__author").first()
    if figure is None:
        raise Http404
    figure.report.convention = convention
    why = kept_apart(reader, [figure]).get(figure.pk, "")
    typed = Evidence.objects.filter(pk__in=figure.rows.values("evidence")).select_related("document", "typed_by")
    return Opened(reader, figure, _behind(reader, figure, why), list(typed.order_by("day", "pk")))


def _behind(reader: Reader, figure: FrozenFigure, why: str) -> Behind:
    """The acts that open; `why` not those of the figure, in words."""
    if why and why != CLOSED:
        return replace(opened_to(reader, Act.objects.filter(pk__in=figure.opened.values("act"))), left_in=why)
    counted = opened_to(reader, Act.objects.filter(pk__in=figure.rows.values("act")))
    return replace(counted, rows=counted.rows.none(), shown=0, left_in=why) if why else counted


def page(found: Opened, number: str | None) -> dict[str, Any]:
    """The page of one figure."""
    figure, report = found.figure, found.figure.report
    here = reverse("pacts:report", args=[report.convention.slug, report.year])
    shown = Paginator(found.behind.rows.select_related("reversed_by"), ROWS).get_page(number)
    files = [
        Link(kind.upper(), f"{here}chiffres/{figure.pk}/lignes.{kind}") for kind in ("csv", "xlsx", "ods")
    ]  # fmt: skip
    return {
        "title": figure.title, "links": [*trail(report.convention), Link(f"Bilan {report.year}", here)],
        "report": report, "convention": report.convention, "figure": found.content, "notes": found.notes,
        "page": shown, "lines": _read(found, shown), "typed": found.typed,
        "files": files if found.behind.shown or found.typed else [],
    }  # fmt: skip


def sheet(found: Opened) -> Sheet:
    """The file of the same rows, all of them."""
    content, report = found.content, found.figure.report
    columns: tuple[Column, ...] = TYPED
    rows: list[tuple[Cell, ...]] = [
        (one.day, float(one.value), one.label, one.document.name, str(one.typed_by)) for one in found.typed
    ]
    if not rows:
        columns = (*exports.COLUMNS, Column("Depuis le gel"))
        acts = found.behind.rows.select_related("reversed_by")
        rows = [(*exports.row(line), GONE if gone else None) for line, gone in _read(found, acts)]
    words = [f"{content['sentence']}.", f"{content['period']}.", *found.notes]
    words += [f"{one['term']}\u00a0: {one['text']}." for one in content["definition"]]
    title = f"{found.figure.title}, bilan {report.year}, gel n°\u00a0{report.number}"
    return Sheet(title, columns, tuple(rows), tuple(words), SOURCE, fictitious())


def _read(found: Opened, acts: "Iterable[Act] | Page[Act]") -> list[tuple[Line, bool]]:
    """Each row, and whether it was reversed since; reading leaves a trace."""
    rows = list(acts)
    report = found.figure.report
    if rows:
        record_reading(
            by=found.reader.user, kind="pacts.report", object_id=str(report.pk), rows=len(rows),
            purpose=f"bilan {report.year}, {found.figure.title}", organisation_id=found.reader.organisation.pk,
        )  # fmt: skip
    told = lines(found.reader, rows)
    return [(line, hasattr(row, "reversed_by")) for line, row in zip(told, rows, strict=True)]
