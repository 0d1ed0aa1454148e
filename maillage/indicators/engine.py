"""The only door: a question in, an answer out."""

from __future__ import annotations

from collections.abc import Callable

from maillage.indicators import employees, fabric, flows, stocks, survival
from maillage.indicators.answer import Answer
from maillage.indicators.card import Moment
from maillage.indicators.case import Case, settle
from maillage.indicators.notes import notes, unknown_size_share
from maillage.indicators.question import Question
from maillage.indicators.result import Result, read_rows
from maillage.store import Store

_COMPUTED: dict[str, Callable[[Case], Result]] = {
    "stock": stocks.stock,
    "stock_firms": stocks.stock_firms,
    "creations": flows.creations,
    "closures": flows.closures,
    "balance": flows.balance,
    "creation_rate": flows.creation_rate,
    "closure_rate": flows.closure_rate,
    "survival": survival.survival,
    "employees": employees.employees,
    "density": stocks.density,
    "age": stocks.age,
    "specialisation": fabric.specialisation,
    "presence": fabric.presence,
    "ess_share": stocks.ess_share,
}


def ask(store: Store, question: Question) -> Answer:
    """Compute one indicator.

    Raises UnknownIndicator, UnknownTrade, BadQuestion (a question that contradicts itself) or NotCovered (the store
    does not hold the whole territory).
    """
    case = settle(store, question)
    result = _COMPUTED[case.card.id](case)
    unknown = unknown_size_share(case, result)
    return Answer(
        card=case.card,
        question=question,
        rows=read_rows(case, result),
        total=result.total,
        unit=result.unit or case.card.unit,
        notes=notes(case, result, unknown),
        left_out=dict(result.left_out),
        store_version=store.version,
        stock_date=store.manifest.stock_date,
        fictitious=store.manifest.fictitious,
        unknown_size_share=unknown,
        on=case.on if case.card.moment is Moment.DAY else None,
        during=case.during if case.card.moment is Moment.PERIOD else None,
        applied=case.applied,
        coverage=case.coverage,
    )
