"""An answer of the engine: rows, total, and everything that must be printed beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from maillage.indicators.card import Card
from maillage.indicators.question import Period, Question
from maillage.scope import Applied
from maillage.store.coverage import WHOLE, Coverage


@dataclass(frozen=True)
class Row:
    """One line: ``key`` is the code of the group ("" without grouping), ``label`` its French name.

    ``value`` is None when there is nothing to say (rate of an empty place) or when secrecy hides it:
    ``extra["secret"]`` is then 1 and the page says « secret statistique ». Rates and survival are percentages
    (12.4, not 0.124).
    Other extras by indicator:

    * flows: ``without_links``, ``provisional`` (1 for months that late declarations may still change);
    * rates: ``numerator``, ``denominator``, ``without_links``, ``partial`` (1 for a rolling year);
    * survival: ``low``, ``high`` (95 %), ``at_risk``, ``month``, ``provisional``, ``without_links``;
    * employees: ``low``, ``high`` (bounds of the bands), ``known`` and ``firms`` (firms of known size, and all);
    * density: ``numerator``, ``population``; specialisation: ``count``, ``share``, ``reference_share``;
    * by commune, ``unread`` (1 for a commune of which the store holds nothing, in a place partly read);
    * presence: ``count``, ``state`` ("present", "last", "absent"), and with by=commune ``trades``.
    """

    key: str
    label: str
    value: float | int | None
    extra: Mapping[str, float | int | str | None]


@dataclass(frozen=True)
class Answer:
    """The whole answer; ``notes`` are French sentences to print beside the figure, most important first.

    ``on`` (stocks) or ``during`` (flows) is the time that was taken; ``total`` is the figure without split, None when
    there is none; ``applied`` is the craft scope that was applied, which may be wider than the one asked for (past
    days, flows); ``coverage`` says which of the communes were read; ``unknown_size_share`` is 0 to 1, None when no size
    test applies.
    """

    card: Card
    question: Question
    rows: tuple[Row, ...]
    total: float | int | None
    unit: str
    notes: tuple[str, ...]
    left_out: Mapping[str, int]
    store_version: str
    stock_date: date
    fictitious: bool
    unknown_size_share: float | None
    on: date | None = None
    during: Period | None = None
    coverage: Coverage = WHOLE
    applied: Applied = field(default_factory=Applied)

    @property
    def scope_words(self) -> str:
        """The applied scope in French, to print beside the figure."""
        return self.applied.label
