"""Indicators: questions about the craft fabric of a territory, answered from a store.

``ask(store, question)`` is the only door; ``rows_behind`` opens a public figure onto the establishments that make it.
"""

from maillage.indicators.answer import Answer, Row
from maillage.indicators.calendar import days
from maillage.indicators.card import Card, Grouping, Moment, Regime
from maillage.indicators.catalogue import card, cards
from maillage.indicators.engine import ask, rows_behind
from maillage.indicators.question import Period, Question
from maillage.scope import ActivityScope, Scope, SizeScope

__all__ = [
    "ActivityScope",
    "Answer",
    "Card",
    "Grouping",
    "Moment",
    "Period",
    "Question",
    "Regime",
    "Row",
    "Scope",
    "SizeScope",
    "ask",
    "card",
    "cards",
    "days",
    "rows_behind",
]
