"""What the official daily files say of one establishment: its periods, and its state in crafts on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from maillage.errors import BadSource
from maillage.reference.legal_forms import legal_class
from maillage.reference.nomenclatures import AGES, back_cast, default
from maillage.reference.nomenclatures import canonical as read_code
from maillage.reference.trades import Reach, Trade
from maillage.signs import LONGEST, legible
from maillage.store.columns import UNKNOWN_START, Closing, Opening, to_day
from maillage.territory import current_commune
from maillage.watch.actives import CRAFT_LEGAL
from maillage.watch.compare import Ended

FREELY_SHOWN, NOT_SHOWN = "O", "[ND]"
Fields = Mapping[str, Any]
Craft = tuple[Trade, Reach] | None


class Step(NamedTuple):
    """One period: since when, active or not, and the trade of an active one (None outside crafts)."""

    start: int
    active: bool
    trade: str | None
    partial: bool  # only a part of the code is craft


@dataclass(frozen=True)
class State:
    """An establishment on one day: its spell in crafts, or none, and the last spell that ended."""

    trade: str | None
    partial: bool
    start: int
    opening: Opening
    was: str | None
    ended: Ended


@dataclass(frozen=True)
class Record:
    """An establishment that is in crafts, was, or is to be. Days count from 1970-01-01, as in a store.

    `name` and `address` are None when they are unknown or may not be shown.
    """

    siret: str
    treated: str  # ISO 8601, to order the records of one SIRET
    commune: str
    declared: bool  # NAFA code
    steps: tuple[Step, ...]  # the latest first
    hidden: bool
    name: str | None
    address: str | None

    def at(self, day: int) -> State | None:
        """Its state on a day, None before its first one: what is announced for later is no change yet."""
        begun = [step for step in self.steps if step.start <= day]
        if not begun:
            return None
        here, (trade, start, opening) = begun[0], _at_work(begun)
        was, end, closing = _ended(begun)
        return State(trade, here.partial, start, opening, was, Ended(end, closing))


def record(establishment: Fields) -> Record | None:
    """The record of one answer of `/siret`; None when it is not about crafts (field of `maillage.watch.diff`).

    Raises BadSource, with the SIRET, when a field is not of the form that the API gives.
    """
    try:
        return _record(establishment)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise BadSource(
            f"SIRET {establishment.get('siret')}\u00a0: les champs ne sont pas ceux de l’API Sirene."
        ) from error


def is_hidden(establishment: Fields) -> bool:
    """Does the register ask not to show its name nor its address?"""
    unit = establishment.get("uniteLegale") or {}
    return not (establishment.get("statutDiffusionEtablissement") == FREELY_SHOWN == _diffusion(unit))


def treated_on(establishment: Fields) -> str:
    """`dateDernierTraitementEtablissement`, "" when the register does not say."""
    said = establishment.get("dateDernierTraitementEtablissement") or ""
    try:
        date.fromisoformat(said[:10] or "2000-01-01")
    except (TypeError, ValueError) as error:
        raise BadSource(
            f"SIRET {establishment.get('siret')}\u00a0: «\u00a0{said}\u00a0» n’est pas une date."
        ) from error
    return legible(said)


def _record(establishment: Fields) -> Record | None:
    siret, treated = str(establishment["siret"]), treated_on(establishment)
    if not (siret.isascii() and siret.isdigit() and len(siret) == 14):
        raise ValueError("le SIRET n’a pas 14 chiffres")
    unit = establishment.get("uniteLegale") or {}
    place = establishment.get("adresseEtablissement") or {}
    commune = current_commune(place.get("codeCommuneEtablissement") or "")
    form = unit.get("categorieJuridiqueUniteLegale")
    periods = sorted(establishment.get("periodesEtablissement") or [], key=_begun, reverse=True)
    if not treated or commune is None or not periods or (form and legal_class(str(form)) not in CRAFT_LEGAL):
        return None
    steps = tuple(_steps(periods))
    if not any(step.trade for step in steps):
        return None
    hidden = is_hidden(establishment)
    return Record(
        siret=siret,
        treated=treated,
        commune=commune,
        declared=_text(establishment.get, "activitePrincipaleRegistreMetiersEtablissement") is not None,
        steps=steps,
        hidden=hidden,
        name=None if hidden else _name(periods[0], unit),
        address=None if hidden else _address(place),
    )


def _diffusion(unit: Fields) -> str:
    return unit.get("statutDiffusionUniteLegale") or FREELY_SHOWN


def _begun(period: Fields) -> str:
    return period.get("dateDebut") or ""


def _steps(periods: Sequence[Fields]) -> Iterator[Step]:
    """The steps of periods in the same order, the latest first.

    Where only the nomenclature changed, the older code takes the trade of the newer one when it allows it.
    """
    newer: tuple[str, Craft] | None = None
    for period in periods:
        code = read_code(
            period.get("nomenclatureActivitePrincipaleEtablissement") or "",
            period.get("activitePrincipaleEtablissement") or "",
        )
        older = newer is not None and AGES[code[0]] < AGES[newer[0]]
        craft = back_cast(*code, newer[1]) if newer is not None and older else default(*code)
        newer = code[0], craft
        active = period.get("etatAdministratifEtablissement") == "A"
        said = _begun(period)
        start = to_day(date.fromisoformat(said)) if said else UNKNOWN_START
        known = craft if active else None
        yield Step(start, active, known[0].code if known else None, known is not None and known[1] is Reach.PARTIAL)


def _at_work(begun: Sequence[Step]) -> tuple[str | None, int, Opening]:
    """The trade of the latest step, since when, and how it came."""
    here = begun[0].trade
    if here is None:
        return None, UNKNOWN_START, Opening.UNKNOWN
    last = next((number for number, step in enumerate(begun) if step.trade != here), len(begun)) - 1
    before = begun[last + 1 :]
    if before and before[0].active:
        opening = Opening.CHANGED_ACTIVITY
    else:
        opening = Opening.REOPENED if any(step.trade for step in before) else Opening.CREATED
    return here, begun[last].start, opening


def _ended(begun: Sequence[Step]) -> tuple[str | None, int, Closing]:
    """The trade of the last spell that ended, when, and how."""
    for later, step in pairwise(begun):
        if step.trade is not None and step.trade != later.trade:
            return step.trade, later.start, Closing.CHANGED_ACTIVITY if later.active else Closing.CLOSED
    return None, UNKNOWN_START, Closing.OPEN


def _name(period: Fields, unit: Fields) -> str | None:
    """The sign, else the name of the firm, else that of the person."""
    signs = [_text(period.get, f"{name}Etablissement") for name in ("enseigne1", "denominationUsuelle")]
    first = [_text(unit.get, f"{name}UniteLegale") for name in ("prenomUsuel", "prenom1")]
    last = [_text(unit.get, f"{name}UniteLegale") for name in ("nomUsage", "nom")]
    person = " ".join(next(filter(None, names), "") for names in (first, last)).strip()
    return next(filter(None, (*signs, _text(unit.get, "denominationUniteLegale"), person)), None)


def _address(place: Fields) -> str | None:
    parts = ("numeroVoie", "indiceRepetition", "typeVoie", "libelleVoie")
    texts = [_text(place.get, f"{part}Etablissement") for part in parts]
    return " ".join(filter(None, texts)) if texts[-1] else None


def _text(get: Callable[[str], Any], name: str) -> str | None:
    said = get(name)
    return None if not said or said == NOT_SHOWN else legible(str(said))[:LONGEST]
