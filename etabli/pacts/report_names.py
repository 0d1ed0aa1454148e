"""What a report is called: « Bilan 2026 », or « Point d’étape au 28 novembre 2026 » while its year is not over."""

from datetime import date

from etabli.pacts.models import Report
from etabli.ui import french


def last_day(report: Report) -> date:
    """The last day of its year, or of the convention."""
    return min(date(report.year, 12, 31), date.fromisoformat(report.head["ends_on"]))


def is_over(report: Report) -> bool:
    """Whether the figures go to the last day of the year, or of the convention: before it, nothing is missed yet."""
    return report.cut_off >= last_day(report)


def name_of(report: Report) -> str:
    """Its title, without the convention."""
    return f"Bilan {report.year}" if is_over(report) else f"Point d’étape au {french.long_date(report.cut_off)}"


def unpublished(report: Report) -> str:
    """Why a report of a year that is not over is not published, and what to do."""
    last = french.long_date(last_day(report))
    return (
        "Un point d’étape ne se publie pas\u00a0: il est donné aux parties, ses fichiers aussi. Le bilan "
        f"{report.year} se publiera quand ses chiffres iront jusqu’au {last}\u00a0: refaites alors le gel."
    )
