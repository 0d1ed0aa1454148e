"""The only door: a question in, an answer out, or the establishments behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from maillage.errors import BadQuestion
from maillage.indicators import employees, fabric, flows, stocks, survival
from maillage.indicators.answer import Answer
from maillage.indicators.card import Moment, Regime
from maillage.indicators.case import Case, settle
from maillage.indicators.notes import notes, unknown_size_share
from maillage.indicators.question import Question
from maillage.indicators.result import Result
from maillage.scope import scope_words
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
        rows=result.rows,
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
        scope_words=scope_words(case.activity, case.size),
    )


def rows_behind(store: Store, question: Question, limit: int | None = None) -> NDArray[np.int64]:
    """Numbers of the establishments behind a public figure, each once, at most ``limit``.

    Stocks: active establishments, in store order (commune, trade). Flows: that of the first (last) spell, latest
    event first; survival: those born in the cohort. ``by`` is ignored. Raises BadQuestion for a protected measure.
    """
    case = settle(store, question)
    if case.card.regime is Regime.PROTECTED:
        raise BadQuestion(
            "Secret statistique : la liste des établissements derrière une mesure protégée n’est pas publique."
        )
    found = case.active().establishment if case.card.moment is Moment.DAY else _behind_flow(case)
    _, first = np.unique(found, return_index=True)
    return found[np.sort(first)][:limit].astype(np.int64)


def _behind_flow(case: Case) -> NDArray[np.uint32]:
    found = []
    if case.card.id not in ("closures", "closure_rate"):
        found.append(flows.births(case))
    if case.card.id in ("closures", "closure_rate", "balance"):
        found.append(flows.deaths(case))
    inside = [side.net & flows.in_period(side.edges, case.during) for side in found]
    day = np.concatenate([side.edges.day[mask] for side, mask in zip(found, inside, strict=True)])
    spell = np.concatenate([side.edges.spell[mask] for side, mask in zip(found, inside, strict=True)])
    chosen: NDArray[np.uint32] = case.fabric.facts.establishment[spell[np.argsort(-day, kind="stable")]]
    return chosen
