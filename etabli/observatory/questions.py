"""Questions of the portrait to the engine, all under one reading (craft scope and day)."""

from collections.abc import Sequence
from dataclasses import dataclass

from etabli import facts
from etabli.facts import Answer, Moment, Period, Question, card
from etabli.observatory.scopes import Reading
from maillage.scope import ActivityScope
from maillage.territory import Territory

# The craft code (NAFA) is known today only: nothing that moves, and no cohort, can be read in it.
NO_HISTORY = "non calculable dans ce périmètre\u00a0: le code artisanal n’a pas d’historique"
# Employees are published in one scope, and pages give their latest day: a reading changes neither day nor field.
FIXED = frozenset({"employees"})
SERIES = frozenset({"year", "month"})  # they run to the day of the data, whatever the day of the reading


@dataclass(frozen=True)
class Asker:
    """Puts questions about one territory after another under one reading."""

    reading: Reading

    @property
    def moves(self) -> bool:
        """Whether openings, closures and survival can be computed in this scope; `NO_HISTORY` says why not."""
        return self.reading.scope.activity is not ActivityScope.CERTAIN

    def ask(
        self,
        indicator: str,
        where: Territory,
        *,
        by: str | None = None,
        trade: str | None = None,
        during: Period | None = None,
    ) -> Answer:
        """The answer for the reading's scope, at its day or for the twelve months before. Raises MaillageError."""
        if indicator in FIXED:
            return facts.ask(Question(indicator, where, by=by, trade=trade))
        on = None if by in SERIES else self.reading.on
        if card(indicator).moment is Moment.DAY:
            return facts.ask(Question(indicator, where, on=on, scope=self.reading.scope, by=by, trade=trade))
        if during is None and on is not None and indicator != "survival":
            during = Period.rolling_year(on)
        return facts.ask(Question(indicator, where, during=during, scope=self.reading.scope, by=by, trade=trade))

    def total(self, indicator: str, where: Territory) -> float | None:
        """The one number of an indicator without grouping."""
        return self.ask(indicator, where).total

    def scope_words(self, compared: Sequence[Territory]) -> str:
        """The craft scope of the stocks as the engine applies it, at the reading's day."""
        return self.ask("stock_firms", compared[0]).scope_words if compared else self.reading.scope.label

    def by(self, indicator: str, where: Territory, by: str) -> dict[str, float]:
        """Group key → value, without the groups that have none."""
        return values(self.ask(indicator, where, by=by))


def values(answer: Answer) -> dict[str, float]:
    """Group key → value of an answer, without the groups that have none."""
    return {row.key: row.value for row in answer.rows if row.value is not None}
