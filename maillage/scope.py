"""The craft scope: which activities and which sizes of firm a figure is about.

Scopes are nested: *certain* ⊂ *activity* ⊂ *possible*. The size is that of the legal unit, because an agency of a
group is no craft firm (Code de l’artisanat, L. 111-1: fewer than eleven employees when it registers).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActivityScope(StrEnum):
    """Which activities count as craft."""

    CERTAIN = "certain"
    ACTIVITY = "activity"
    POSSIBLE = "possible"

    @property
    def label(self) -> str:
        """French words for a figure's caption."""
        return _ACTIVITY_LABELS[self]


class SizeScope(StrEnum):
    """The largest legal unit that counts; unknown sizes are inside, except in ``KNOWN``."""

    UPTO10 = "10"
    UPTO49 = "49"
    UPTO249 = "249"
    KNOWN = "known"

    @property
    def label(self) -> str:
        """French words for a figure's caption."""
        return _SIZE_LABELS[self]

    @property
    def most(self) -> int:
        """Largest number of employees allowed."""
        return 10 if self is SizeScope.KNOWN else int(self.value)


_ACTIVITY_LABELS = {
    ActivityScope.CERTAIN: "code d’activité artisanale (NAFA) déclaré",
    ActivityScope.ACTIVITY: "activité entièrement artisanale",
    ActivityScope.POSSIBLE: "activité au moins partiellement artisanale",
}
_SIZE_LABELS = {
    SizeScope.UPTO10: "10 salariés au plus",
    SizeScope.UPTO49: "49 salariés au plus",
    SizeScope.UPTO249: "249 salariés au plus",
    SizeScope.KNOWN: "10 salariés au plus, effectif connu",
}


@dataclass(frozen=True)
class Scope:
    """Activity × size; by default, entirely craft activity, ten employees at most."""

    activity: ActivityScope = ActivityScope.ACTIVITY
    size: SizeScope = SizeScope.UPTO10

    @property
    def label(self) -> str:
        """``activité entièrement artisanale, 10 salariés au plus``."""
        return Applied(self.activity, self.size).label


@dataclass(frozen=True)
class Applied:
    """The scope that a figure was really counted in; ``size`` is None when no size test applies (past, flows)."""

    activity: ActivityScope = ActivityScope.ACTIVITY
    size: SizeScope | None = SizeScope.UPTO10

    @property
    def label(self) -> str:
        """``activité entièrement artisanale, toutes tailles``."""
        return f"{self.activity.label}, {self.size.label if self.size else 'toutes tailles'}"


EMPLOYEES = Scope()  # the one scope in which employees are published (docs/adr/0006): two could be subtracted
