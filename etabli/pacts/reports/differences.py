"""What the ledger says now of a frozen figure: late acts, acts reversed since, and the figure they would make."""

from dataclasses import dataclass
from decimal import Decimal

from etabli.pacts.models import FrozenFigure, Report
from etabli.pacts.reports import freezing
from etabli.ui import french
from etabli.ui.gauge import amount


@dataclass(frozen=True)
class Difference:
    """One figure that would be another one today. `late`: rows that came since; `gone`: rows no longer counted."""

    figure: FrozenFigure
    today: Decimal | None
    late: int
    gone: int

    @property
    def sentence(self) -> str:
        """« figé à 12, serait 13 aujourd’hui : 1 ligne arrivée depuis »."""
        why = [
            french.counted(self.late, "ligne arrivée depuis", "lignes arrivées depuis") if self.late else "",
            french.counted(self.gone, "ligne qui ne compte plus", "lignes qui ne comptent plus") if self.gone else "",
        ]
        said = french.enumeration([one for one in why if one]) or "le calcul ou les données ont changé"
        now = "toujours" if self.today == self.figure.value else "serait"
        return f"figé à {amount(self.figure.value)}, {now} {amount(self.today)} aujourd’hui\u00a0: {said}"


def _rows(figure: FrozenFigure) -> set[tuple[int | None, int | None]]:
    """The rows whose number is told."""
    if figure.apart:
        return {(row.act_id, None) for row in figure.opened.all()}
    return {(row.act_id, row.evidence_id) for row in figure.rows.all()}


def differences(report: Report) -> list[Difference]:
    """Figures that moved since the freeze; the frozen ones stay."""
    now = {one.progress.objective.pk: one for one in freezing.counted(report.convention, report.year, report.cut_off)}
    found = []
    for figure in report.figures.select_related("objective").prefetch_related("rows", "opened"):
        one = now.get(figure.objective_id)
        if one is None:
            continue
        frozen = _rows(figure)
        live = {(pk, None) for pk in (one.told if figure.apart else one.acts)} | {(None, pk) for pk in one.evidence}
        count = one.progress.by_year.get(report.year)
        today = freezing.kept(count.value if count else None)
        if today != figure.value or frozen != live:
            found.append(Difference(figure, today, len(live - frozen), len(frozen - live)))
    return found
