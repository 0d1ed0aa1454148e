"""The title of a dashboard, computed: one plain fact, by rules in the order below."""

from collections.abc import Sequence
from datetime import date

from etabli.pacts.models import Convention
from etabli.pacts.objectives.forecast import Status
from etabli.pacts.objectives.progress import Progress
from etabli.ui import french

ON_THE_WAY = frozenset({Status.HELD, Status.AHEAD})


def title(convention: Convention, shown: Sequence[Progress], on: date, year: int | None = None) -> str:
    """« À mi-parcours, deux objectifs sur six seront tenus au rythme actuel »."""
    if not shown:
        return f"{convention}\u00a0: aucun objectif n’est encore défini"
    if on < shown[0].period.start:
        return f"{convention}\u00a0: la période commence le {french.long_date(shown[0].period.start)}"
    judged = [one for one in shown if one.status is not Status.NONE]
    if not judged:
        return f"{convention}\u00a0: il est trop tôt pour dire où mènent les objectifs"
    if shown[0].course.over:
        held = sum(one.status is Status.HELD for one in judged)
        return f"{_when(convention, year)}, {_of(held, len(judged), 'tenu', 'a été', 'ont été', 'n’a{} été')}"
    kept = sum(one.status in ON_THE_WAY for one in judged)
    rhythm = f"{_of(kept, len(judged), 'tenu', 'sera', 'seront', 'ne sera{}')} au rythme actuel"
    return f"{_moment(shown[0], year)}, {rhythm}"


def _when(convention: Convention, year: int | None) -> str:
    first, last = (year, year) if year else (convention.starts_on.year, convention.ends_on.year)
    return f"En {first}" if first == last else f"De {first} à {last}"


def _of(kept: int, all_of_them: int, word: str, one: str, several: str, none: str) -> str:
    """« deux objectifs sur six seront tenus ». `none` leaves room for « pas »: « n’a{} été »."""
    if kept == 0:
        said = f"aucun objectif {none.format('')}" if all_of_them > 1 else f"l’objectif {none.format(' pas')}"
        return f"{said} {word}"
    if kept == all_of_them:
        return f"les {_words(kept)} objectifs {several} {word}s" if kept > 1 else f"l’objectif {one} {word}"
    if kept == 1:
        return f"un objectif sur {_words(all_of_them)} {one} {word}"
    return f"{_words(kept)} objectifs sur {_words(all_of_them)} {several} {word}s"


def _words(count: int) -> str:
    """Masculine words up to sixteen."""
    return "un" if count == 1 else french.in_words(count)


def _moment(one: Progress, year: int | None) -> str:
    share = one.course.elapsed / max(1, one.period.days)
    named = f"En {year}" if year else ""
    if share < 0.4:
        return named or "Au début du pacte"
    if share <= 0.6:
        return f"À mi-{year}" if year else "À mi-parcours"
    months = max(1, round(one.course.remaining / 30.4))
    return f"À {french.counted(months, 'mois', 'mois')} de la fin{f' de {year}' if year else ''}"
