"""The craft scope in the query string: `?perimetre=activite&taille=10&le=2026-10-01`."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from etabli import facts
from etabli.facts import Answer
from etabli.observatory import typed
from etabli.ui import french
from maillage.indicators.notes import unknown_size_words
from maillage.scope import EMPLOYEES, ActivityScope, Scope, SizeScope

ACTIVITIES = {
    "certain": ActivityScope.CERTAIN,
    "activite": ActivityScope.ACTIVITY,
    "possible": ActivityScope.POSSIBLE,
}
SIZES = {"10": SizeScope.UPTO10, "49": SizeScope.UPTO49, "249": SizeScope.UPTO249, "connue": SizeScope.KNOWN}
ACTIVITY_LABELS = {
    "activite": "entièrement artisanale",
    "certain": "code artisanal déclaré",
    "possible": "au moins en partie artisanale",
}
SIZE_LABELS = {
    "10": "10 salariés au plus",
    "49": "49 salariés au plus",
    "249": "249 salariés au plus",
    "connue": "10 au plus, taille connue",
}
_ACTIVITY_WORDS = {activity: word for word, activity in ACTIVITIES.items()}
_SIZE_WORDS = {size: word for word, size in SIZES.items()}
DEFAULT = Scope()


@dataclass(frozen=True)
class Reading:
    """How the visitor wants to read the figures: craft scope, and day (None: the date of the data)."""

    scope: Scope = DEFAULT
    on: date | None = None

    @property
    def sized(self) -> bool:
        """Whether stocks are told apart by size on that day. Raises NoStore."""
        return self.on is None or self.on >= facts.sizes_since()

    @property
    def activities(self) -> list[tuple[str, str]]:
        """Values and words of what may be chosen: on a past day, only what has a history."""
        known = self.on is None or self.on >= facts.nafa_since()
        return [pair for pair in ACTIVITY_LABELS.items() if known or pair[0] != "certain"]

    @property
    def sizes(self) -> list[tuple[str, str]]:
        """Values and words of the sizes."""
        return list(SIZE_LABELS.items())

    @property
    def activity_word(self) -> str:
        """Value of `perimetre`."""
        return _ACTIVITY_WORDS[self.scope.activity]

    @property
    def size_word(self) -> str:
        """Value of `taille`."""
        return _SIZE_WORDS[self.scope.size]

    def query(self, **more: str) -> str:
        """`?perimetre=…&taille=…` with what differs from the default, then `more`; empty when nothing does."""
        pairs = self.pairs | more
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def pairs(self) -> dict[str, str]:
        """Names and values of what differs from the default, as an address has them."""
        pairs: dict[str, str] = {}
        if self.scope.activity is not DEFAULT.activity:
            pairs["perimetre"] = self.activity_word
        if self.scope.size is not DEFAULT.size:
            pairs["taille"] = self.size_word
        if self.on is not None:
            pairs["le"] = self.on.isoformat()
        return pairs

    def moment(self, stock_date: date) -> str:
        """« situation au 1er janvier 2021, données au 1er novembre 2026 »."""
        past = "" if self.on in (None, stock_date) else f"situation au {french.long_date(self.on)}, "
        return f"{past}données au {french.long_date(stock_date)}"


def reading_from(query: QueryDict) -> Reading:
    """Reads `perimetre`, `taille` and `le`. Raises BadQuestion, which says what may be written.

    The day of the data is no past day. Before the first edition kept, the craft code gives way to the activity.
    """
    activity = typed.one_of(query, "perimetre", ACTIVITIES, DEFAULT.activity, ACTIVITY_LABELS)
    size = typed.one_of(query, "taille", SIZES, DEFAULT.size, SIZE_LABELS)
    on = typed.day(query, "le")
    if on is None or on == facts.days()[1]:
        return Reading(Scope(activity, size))
    unknown = activity is ActivityScope.CERTAIN and on < facts.nafa_since()
    return Reading(Scope(DEFAULT.activity if unknown else activity, size), on)


def flow_words(reading: Reading) -> str:
    """What is said of openings, closures and survival after the words of the scope, which are those of the stocks."""
    if reading.scope.activity is ActivityScope.CERTAIN:
        return "créations, fermetures et survie\u00a0: non calculables, le code artisanal n’a pas d’historique"
    return "créations, fermetures et survie\u00a0: toutes tailles"


def employees_words(reading: Reading, stock_date: date) -> str:
    """What is said of employees after the words of a scope that is not theirs; empty when it is."""
    day = f", au {french.long_date(stock_date)}" if reading.on else ""
    same = reading.scope == EMPLOYEES and not day
    return "" if same else f"emplois salariés\u00a0: toujours {EMPLOYEES.label}{day}"


def apart_words(reading: Reading, stock_date: date) -> str:
    """The scopes of the figures of a page that have one of their own, after the words of the others."""
    return " ; ".join(filter(None, [flow_words(reading), employees_words(reading, stock_date)]))


def unknown_sizes(share: float | None) -> str:
    """« Effectif inconnu pour 1,3 % des entreprises ; elles sont comptées. », as the notes of an answer say it."""
    return unknown_size_words(share) if share else ""


def other_notes(answer: Answer) -> tuple[str, ...]:
    """The notes of an answer without what `unknown_sizes` has said at the head of the page."""
    return tuple(note for note in answer.notes if note != unknown_sizes(answer.unknown_size_share))
