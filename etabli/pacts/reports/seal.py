"""The fingerprint of a frozen report: its figures and the rows behind them, read back from what is stored."""

from collections.abc import Iterable

from etabli.pacts.documents.snapshot import Content, fingerprint, plain
from etabli.pacts.models import FrozenFigure, Report


def rows_fingerprint(acts: Iterable[int], evidence: Iterable[int], opened: Iterable[int] = ()) -> str:
    """Of the rows behind one figure, in the order of their numbers; `opened` in place of them, when there are some."""
    rows = {"acts": sorted(acts), "evidence": sorted(evidence), "opened": sorted(opened)}
    return fingerprint(rows if rows["opened"] else {name: rows[name] for name in ("acts", "evidence")})


def report_fingerprint(report: Report, figures: Iterable[FrozenFigure], *, decisions: bool = True) -> str:
    """Of the whole; the rows enter it by the fingerprint that each figure keeps of them.

    Without `decisions`: as it was before they were kept.
    """
    content: Content = {
        "convention": report.convention_id,
        "year": report.year,
        "cut_off": report.cut_off.isoformat(),
        "head": report.head,
        "store": report.store,
        "figures": [_figure(one) for one in sorted(figures, key=lambda one: one.objective_id)],
    }
    if decisions:
        content["decisions"] = report.decisions
    return fingerprint(content)


def _figure(one: FrozenFigure) -> Content:
    numbers = ("value", "numerator", "denominator", "baseline", "target")
    texts = (
        "objective_id", "axis_id", "axis_number", "axis_title", "number", "title", "unit", "measure", "definition",
        "rule", "notes", "firms", "hidden", "parts", "rows_sha256",
    )  # fmt: skip
    return {
        **{name: getattr(one, name) for name in texts},
        **{name: plain(getattr(one, name)) for name in numbers},
        "counted_from": one.counted_from.isoformat(),
        "counted_to": one.counted_to.isoformat(),
        **({"apart": one.apart} if one.apart is not None else {}),
        **({"status": one.status} if one.status else {}),
    }


def broken(report: Report) -> list[str]:
    """What is no longer as it was frozen, in words; nothing when the seal holds."""
    figures = list(report.figures.prefetch_related("rows", "opened"))
    faults = [
        f"Les lignes de «\u00a0{one.title}\u00a0» ne sont plus celles du gel."
        for one in figures
        if rows_fingerprint(
            (row.act_id for row in one.rows.all() if row.act_id),
            (row.evidence_id for row in one.rows.all() if row.evidence_id),
            (row.act_id for row in one.opened.all()),
        )
        != one.rows_sha256
    ]
    if report.sha256 not in (report_fingerprint(report, figures, decisions=kept) for kept in (True, False)):
        faults.append("Les chiffres ne sont plus ceux du gel.")
    return faults
