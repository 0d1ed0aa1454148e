"""Legal forms of INSEE (« catégories juridiques », edition of 2022), brought down to five classes.

Source: https://www.insee.fr/fr/information/2028129. The table holds the second level (two digits) and the few
four-digit codes that differ from it; the longest prefix decides.
"""

import csv
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).resolve().with_suffix(".csv")


class LegalClass(IntEnum):
    """What a legal unit is for us: figures about crafts keep UNKNOWN, SOLE and COMPANY."""

    UNKNOWN = 0
    SOLE = 1
    COMPANY = 2
    ASSOCIATION = 3
    PUBLIC = 4
    OTHER = 5

    @property
    def label(self) -> str:
        """French word for the class."""
        return _LABELS[self]

    @property
    def may_be_craft(self) -> bool:
        """Whether a craft firm can have such a form: public bodies, associations and mutuals cannot."""
        return self in (LegalClass.UNKNOWN, LegalClass.SOLE, LegalClass.COMPANY)


_LABELS = {
    LegalClass.UNKNOWN: "forme inconnue",
    LegalClass.SOLE: "entreprise individuelle",
    LegalClass.COMPANY: "société",
    LegalClass.ASSOCIATION: "association ou fondation",
    LegalClass.PUBLIC: "organisme public",
    LegalClass.OTHER: "autre personne morale",
}

# Société coopérative artisanale: Code de l'artisanat, L.134-1 ff.; SARL, SA with a board, SA with a directoire.
CRAFT_COOPERATIVES = frozenset({"5453", "5553", "5653"})


class LegalForm(NamedTuple):
    """A row of the table: code prefix, class, French label."""

    prefix: str
    legal_class: LegalClass
    label: str


@lru_cache(maxsize=1)
def legal_forms() -> dict[str, LegalForm]:
    """The table by prefix (two or four digits)."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return {prefix: LegalForm(prefix, LegalClass[name], label) for prefix, name, label in rows}


def _form(code: str) -> LegalForm | None:
    return legal_forms().get(code) or legal_forms().get(code[:2])


def legal_class(code: str) -> LegalClass:
    """Class of a Sirene categorieJuridiqueUniteLegale: "5499" → COMPANY; empty or unheard of → UNKNOWN."""
    form = _form(code)
    return form.legal_class if form else LegalClass.UNKNOWN


def legal_label(code: str) -> str:
    """French label of a form, at the second level unless the table is finer: "5710" → « Société par actions… »."""
    form = _form(code)
    return form.label if form else LegalClass.UNKNOWN.label


def is_cooperative(code: str) -> bool:
    """Whether the form is a société coopérative artisanale (not a SCOP, which is COMPANY like the others)."""
    return code in CRAFT_COOPERATIVES
