"""Indicators: questions about the craft fabric of a territory, answered from a store.

``ask(store, question)`` is the only door; ``behind`` opens a public figure onto the establishments that make it.
"""

from maillage.indicators.answer import Answer, Row
from maillage.indicators.behind import Behind, behind, rows_behind
from maillage.indicators.calendar import days
from maillage.indicators.card import Card, Grouping, Moment, Regime
from maillage.indicators.case import sizes_since
from maillage.indicators.catalogue import card, cards
from maillage.indicators.engine import ask
from maillage.indicators.past import earlier_years, nafa_since
from maillage.indicators.question import Period, Question
from maillage.indicators.within import Within, zone_named
from maillage.scope import ActivityScope, Scope, SizeScope

__all__ = [
    "ActivityScope",
    "Answer",
    "Behind",
    "Card",
    "Grouping",
    "Moment",
    "Period",
    "Question",
    "Regime",
    "Row",
    "Scope",
    "SizeScope",
    "Within",
    "ask",
    "behind",
    "card",
    "cards",
    "days",
    "earlier_years",
    "nafa_since",
    "rows_behind",
    "sizes_since",
    "zone_named",
]
