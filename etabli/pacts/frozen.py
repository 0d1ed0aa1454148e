"""What published reports say: the frozen figure of an objective, to stand beside the one of today."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from etabli.pacts.models import Convention, FrozenFigure, Report, ReportMove
from etabli.pacts.workflow import ReportState
from etabli.ui.gauge import amount

DECIMALS = 6  # of a frozen figure


@dataclass(frozen=True)
class Published:
    """The figure of a published report, the last correction told beside it, and the page of the report."""

    value: Decimal
    corrected: Decimal | None
    href: str

    @property
    def words(self) -> str:
        """« bilan publié : 44 », « bilan publié : 44, corrigé depuis : 45 »."""
        said = f"bilan publié\u00a0: {amount(self.value)}"
        return said if self.corrected is None else f"{said}, corrigé depuis\u00a0: {amount(self.corrected)}"

    def differs(self, live: Decimal | None) -> bool:
        """Whether the figure of today is another one."""
        return live is None or round(live, DECIMALS) != self.value


def published_reports() -> QuerySet[Report]:
    """The latest published freeze of each year: it stays public while a later one is written."""
    last_move = ReportMove.objects.filter(report=OuterRef("pk")).order_by("-pk").values("state")[:1]
    later = ReportMove.objects.filter(
        state=ReportState.PUBLISHED, report__convention=OuterRef("convention"), report__year=OuterRef("year"),
        report__number__gt=OuterRef("number"),
    )  # fmt: skip
    found = Report.objects.annotate(state=Subquery(last_move)).filter(state=ReportState.PUBLISHED)
    return found.exclude(Exists(later)).select_related("convention")


def published_figures(convention: Convention) -> dict[tuple[int, int], Published]:
    """Objective and year → what its published report says, in two queries whatever their number."""
    reports = published_reports().filter(convention=convention)
    rows = FrozenFigure.objects.filter(report__in=reports, value__isnull=False).select_related("report")
    found = {}
    for one in rows.prefetch_related("corrections"):
        corrections = [row.value for row in one.corrections.all()]
        href = reverse("pacts:report", args=[convention.slug, one.report.year])
        last = corrections[-1] if corrections else None
        if one.value is not None:
            found[one.objective_id, one.report.year] = Published(one.value, last, href)
    return found
