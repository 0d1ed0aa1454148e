"""The workbook of a report: its figures, and the frozen rows that the reader may open."""

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.audit.actions import record_reading
from etabli.pacts.models import FrozenRow, Report
from etabli.pacts.objectives.queries import lines
from etabli.pacts.reports.contents import Content
from etabli.papers.sheets import Cell, Column, Sheet

COLUMNS = (
    Column("Axe"), Column("Objectif"), Column("Chiffre figé ou acte"), Column("Unité ou nature"), Column("Cible"),
    Column("Jour"), Column("Bénéficiaire"), Column("Commune"), Column("Organisation"),
)  # fmt: skip


def sheet(reader: Reader, report: Report, content: Content) -> Sheet:
    """Each figure on its line, then its rows: those of the reader's organisation, and not reserved ones."""
    rows: list[tuple[Cell, ...]] = []
    acts = _acts(reader, report)
    for axis in content["axes"]:
        for one in axis["figures"]:
            rows.append((axis["title"], one["title"], one["value"], one["unit"], one["target"], *([None] * 4)))
            rows += [
                (axis["title"], one["title"], "acte", line.kind, None, line.day, line.who, line.commune,
                 line.organisation)
                for line in lines(acts.get(one["pk"], []))
            ]  # fmt: skip
    shown = sum(len(several) for several in acts.values())
    if shown:
        record_reading(
            by=reader.user, kind="pacts.report", object_id=str(report.pk), rows=shown, purpose=f"bilan {report.year}",
            organisation_id=reader.organisation.pk,
        )  # fmt: skip
    notes = (content["subtitle"], "Lignes\u00a0: celles de votre organisation, sauf les lignes réservées.")
    return Sheet(content["title"], COLUMNS, tuple(rows), notes, "registre des actes", content["fictitious"])


def _acts(reader: Reader, report: Report) -> dict[int, list[Act]]:
    if not reader.may(Permission.SEE_ACTS):
        return {}
    rows = FrozenRow.objects.filter(figure__report=report, act__organisation__in=reader.organisation_ids)
    if not reader.may(Permission.SEE_RESERVED):
        rows = rows.exclude(act__confidentiality=Confidentiality.RESERVED)
    found: dict[int, list[Act]] = {}
    for row in rows.select_related("act__organisation", "act__adviser").order_by("act__day", "pk"):
        if row.act:
            found.setdefault(row.figure_id, []).append(row.act)
    return found
