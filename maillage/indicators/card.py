"""The definition card of an indicator: what a reader must know before quoting the figure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Regime(StrEnum):
    """Whether statistical secrecy applies to the figure."""

    PUBLIC = "public count"
    PROTECTED = "protected measure"

    @property
    def label(self) -> str:
        """French words: ``dénombrement public`` or ``mesure protégée``."""
        return "dénombrement public" if self is Regime.PUBLIC else "mesure protégée"


class Moment(StrEnum):
    """The time a figure is about: a day (``--on``) or a period (``--during``)."""

    DAY = "on"
    PERIOD = "during"


class Grouping(StrEnum):
    """What a figure may be split by."""

    TRADE = "trade"
    COMMUNE = "commune"
    YEAR = "year"
    MONTH = "month"
    SIZE = "size"
    SECTOR = "sector"
    LEGAL = "legal"
    ZONE = "zone"

    @property
    def label(self) -> str:
        """French column heading."""
        return _GROUPING_LABELS[self]


_GROUPING_LABELS = {
    Grouping.TRADE: "métier",
    Grouping.COMMUNE: "commune",
    Grouping.YEAR: "année",
    Grouping.MONTH: "mois",
    Grouping.SIZE: "taille",
    Grouping.SECTOR: "secteur",
    Grouping.LEGAL: "forme juridique",
    Grouping.ZONE: "zonage",
}


@dataclass(frozen=True)
class Card:
    """One indicator, defined once; all texts are French sentences.

    ``plain`` says in everyday words what is counted, and is read first; ``unit`` reads after a number
    (« entreprises »); ``field`` opposes what Sirene registers to what INSEE calls « économiquement active »;
    ``by`` lists the allowed groupings; ``portable`` says that Ibis may run it too;
    ``formula`` is for everyone, ``method`` names the statistics behind it when there are any.
    """

    id: str
    label: str
    plain: str
    formula: str
    field: str
    unit: str
    denominator: str
    source: str
    caveat: str
    coverage: str
    regime: Regime
    moment: Moment
    by: tuple[Grouping, ...]
    decimals: int = 0
    portable: bool = False
    method: str = ""

    @property
    def exact(self) -> str:
        """The formula and its statistical method: what a file needs to have the figure computed again."""
        return f"{self.formula} {self.method}".strip()
