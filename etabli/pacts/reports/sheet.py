"""The workbook of a report: its figures, its communes, and the frozen rows that the reader may open."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.audit.actions import record_reading
from etabli.pacts.models import FrozenRow, OpenedRow, Report
from etabli.pacts.objectives.queries import lines
from etabli.pacts.reports.contents import Content
from etabli.pacts.reports.opening import kept_apart
from etabli.pacts.reports.outputs import definition
from etabli.papers.sheets import Cell, Column, Sheet

Named = tuple[str, Sheet]
Row = tuple[Cell, ...]
FIGURES = ("Axe", "Objectif", "Unité", "Réalisé", "Cible", "État", "Mentions et corrections")
COUNTED = ("Axe", "Objectif", "Ce que l’on compte")
PLACES = ("Axe", "Objectif", "Commune", "Unité", "Réalisé")
ROWS = ("Axe", "Objectif", "Jour", "Nature", "Bénéficiaire", "Commune", "Organisation")
OURS = "Lignes\u00a0: celles de votre organisation, sauf les lignes réservées."


def sheets(reader: Reader | None, report: Report, content: Content) -> list[Named]:
    """Sheets by their name. Without a reader, or without a row that they may see, there is no sheet of rows."""
    notes = (content["headline"], content["subtitle"], content["version"])
    figures = list(report.figures.select_related("objective__axis"))
    apart = kept_apart(reader, figures) if reader and reader.may(Permission.SEE_ACTS) else {}
    rows = _rows(reader, report, content, apart) if reader else []
    if rows:
        notes = (*notes, OURS, *(f"{one.title}\u00a0: {apart[one.pk]}" for one in figures if one.pk in apart))
    found = [
        ("Objectifs", _sheet(content, FIGURES, _figures(content), notes)),
        ("Communes", _sheet(content, PLACES, _places(content), _places_notes(content))),
        ("Définitions", _sheet(content, COUNTED, _counted(content))),
        ("Lignes", _sheet(content, ROWS, rows)),
    ]
    return [(name, sheet) for name, sheet in found if sheet.rows]


def _sheet(content: Content, heads: tuple[str, ...], rows: list[Row], notes: tuple[str, ...] = ()) -> Sheet:
    columns = tuple(Column(head) for head in heads)
    return Sheet(content["title"], columns, tuple(rows), notes, "registre des actes", content["fictitious"])


def _number(value: float | None) -> Cell:
    """A whole number without decimals."""
    return int(value) if value is not None and value == int(value) else value


def _figures(content: Content) -> list[Row]:
    return [
        (f"{axis['number']}. {axis['title']}", one["title"], one["unit"],
         one["value"] if one["hidden"] else _number(one["number"]), _number(one["aim"]), one["state"] or None,
         _said(one) or None)
        for axis in content["axes"] for one in axis["figures"]
    ]  # fmt: skip


def _counted(content: Content) -> list[Row]:
    return [(axis["number"], one["title"], definition(one)) for axis in content["axes"] for one in axis["figures"]]


def _said(figure: Content) -> str:
    corrected = (f"Correction du {one['on']}\u00a0: {one['value']}. {one['reason']}" for one in figure["corrections"])
    return " ".join([*figure["notes"], *corrected])


def _places(content: Content) -> list[Row]:
    return [
        (axis["number"], one["title"], part["name"], one["unit"],
         part["value"] if part["number"] is None else _number(part["number"]))
        for axis in content["axes"] for one in axis["figures"] for part in one["parts"]
    ]  # fmt: skip


def _places_notes(content: Content) -> tuple[str, ...]:
    return tuple(
        f"{one['title']}\u00a0: {one['parts_note']}"
        for axis in content["axes"] for one in axis["figures"] if one["parts_note"]
    )  # fmt: skip


def _rows(reader: Reader, report: Report, content: Content, apart: Collection[int]) -> list[Row]:
    """The acts behind the figures: those of the reader's organisation, not reserved ones. Reading leaves a trace."""
    acts = _acts(reader, report, apart)
    rows: list[Row] = [
        (axis["number"], one["title"], line.day, line.kind, line.who, line.commune, line.organisation)
        for axis in content["axes"] for one in axis["figures"] for line in lines(reader, acts.get(one["pk"], []))
    ]  # fmt: skip
    if rows:
        record_reading(
            by=reader.user, kind="pacts.report", object_id=str(report.pk), rows=len(rows),
            purpose=f"bilan {report.year}", organisation_id=reader.organisation.pk,
        )  # fmt: skip
    return rows


def _acts(reader: Reader, report: Report, apart: Collection[int]) -> dict[int, list[Act]]:
    """Of each figure the rows that open: those of `apart` are kept in `OpenedRow`."""
    if not reader.may(Permission.SEE_ACTS):
        return {}
    found: dict[int, list[Act]] = {}
    counted = FrozenRow.objects.filter(figure__report=report).exclude(figure__in=apart)
    opened = OpenedRow.objects.filter(figure__report=report, figure__in=apart)
    for row in (*_of(reader, counted), *_of(reader, opened)):
        if row.act:
            found.setdefault(row.figure_id, []).append(row.act)
    return found


def _of(reader: Reader, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the reader's organisation, by day; not the reserved ones for who may not see them."""
    rows = rows.filter(act__organisation__in=reader.organisation_ids)
    if not reader.may(Permission.SEE_RESERVED):
        rows = rows.exclude(act__confidentiality=Confidentiality.RESERVED)
    return rows.select_related("act__organisation", "act__adviser").order_by("act__day", "pk")
