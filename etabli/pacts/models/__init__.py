"""Conventions and what hangs from them. One module per noun."""

from etabli.pacts.models.attribution import Attribution
from etabli.pacts.models.convention import Action, Axis, Convention, ConventionKind, Party, PartyRole
from etabli.pacts.models.objective import (
    Aggregation,
    Measure,
    Nature,
    Objective,
    Sharing,
    Target,
)

__all__ = [
    "Action",
    "Aggregation",
    "Attribution",
    "Axis",
    "Convention",
    "ConventionKind",
    "Measure",
    "Nature",
    "Objective",
    "Party",
    "PartyRole",
    "Sharing",
    "Target",
]
