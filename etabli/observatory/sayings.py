"""Figures said in public about a territory: alone on fictitious data, beside the computed ones otherwise."""

from datetime import timedelta

from etabli import facts
from etabli.observatory.screens import CitedLine
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.reference.cited import CitedFigure, cited_about
from maillage.territory import Territory


def cited(where: Territory) -> tuple[CitedLine, ...]:
    """What was said of this territory, beside our own counts unless the data is fictitious."""
    if facts.store().manifest.fictitious:
        return quoted(where)
    return tuple(_line(figure, _computed(figure, where)) for figure in cited_about(where.key))


def quoted(where: Territory) -> tuple[CitedLine, ...]:
    """What was said of this territory, alone, with its source and date."""
    return tuple(_line(figure) for figure in cited_about(where.key))


def _line(figure: CitedFigure, computed: str = "") -> CitedLine:
    return CitedLine(
        words=figure.words.strip("«» \u00a0\u202f"),
        source=figure.source + (f", {when}" if (when := _when(figure)) else ""),
        note=figure.note,
        computed=computed,
    )


def _when(figure: CitedFigure) -> str:
    if figure.said_on is not None:
        deduced = " (année déduite)" if figure.deduced else ""
        return f"{french.long_date(figure.said_on)}{deduced}"
    return figure.said_words


def _computed(figure: CitedFigure, where: Territory) -> str:
    """The same thing by our own count, at the same date or over the same years; a refusal is told as such."""
    if figure.indicator is None:
        return ""
    if facts.store().covers(where).missing:
        return "Pas de calcul\u00a0: les données ne tiennent pas le territoire entier."
    during = None
    if figure.during is not None:
        first, last = figure.during
        during = facts.Period(first, last + timedelta(days=1))
    on = None if during or facts.card(figure.indicator).moment is facts.Moment.PERIOD else figure.said_on
    try:
        answer = facts.ask(facts.Question(figure.indicator, where, on=on, during=during))
    except MaillageError as refused:
        return f"Pas de calcul\u00a0: {refused.message}"
    when = "" if on is None and during is None else " à la même date" if during is None else " sur la même période"
    return f"Calculé ici{when}\u00a0: {french.number(answer.total)} {answer.unit}"
