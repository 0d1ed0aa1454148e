"""Where the members of an organisation work, and the commune that somebody typed."""

import re
from dataclasses import dataclass

from etabli.accounts.models import Organisation
from etabli.pacts.models import Axis
from maillage.errors import UnknownTerritory
from maillage.reference.places.links import current_commune
from maillage.territory import Level, alphabetical, commune_name, parse, search

CODE = re.compile(r"\(?\b(\d[\dAB]\d{3})\b\)?", re.IGNORECASE)


class UnknownPlace(ValueError):
    """The commune typed is none; the message proposes, in French."""


@dataclass(frozen=True)
class Beat:
    """The communes where acts are expected: those of the conventions that run, else of the organisation."""

    communes: frozenset[str]

    @property
    def names(self) -> list[str]:
        """« Liévin (62510) », in the order of the alphabet; none when there are too many to choose from."""
        if len(self.communes) > 400:
            return []
        return [f"{commune_name(code)} ({code})" for code in sorted(self.communes, key=_by_name)]


def _by_name(code: str) -> str:
    return alphabetical(commune_name(code))


def beat(organisation: Organisation, axes: list[Axis]) -> Beat:
    """Where the organisation works under these axes."""
    signed = {code for axis in axes for code in axis.convention.perimeter.communes}
    if signed:
        return Beat(frozenset(code for code in signed if current_commune(code)))
    try:
        return Beat(parse(organisation.territory).communes)
    except UnknownTerritory:
        return Beat(frozenset())


def commune_of(typed: str, where: Beat) -> str:
    """The code of the commune that was meant: a code, « Liévin (62510) », a postcode or a name. Raises UnknownPlace."""
    text = typed.strip()
    if not text:
        return ""
    code = CODE.search(text)
    if code and current_commune(code[1].upper()) and ("(" in text or text == code[0]):
        return code[1].upper()
    found = [one for one in search(text, 20) if one.level is Level.COMMUNE]
    near = [one for one in found if one.code in where.communes]
    exact = [one for one in near or found if alphabetical(one.name) == alphabetical(text)]
    if len(exact) == 1 or (not exact and len(near) == 1) or len(found) == 1:
        return (exact or near or found)[0].code
    proposed = ", ".join(f"{one.name} ({one.code})" for one in (exact or near or found)[:4])
    if proposed:
        raise UnknownPlace(f"Quelle commune\u00a0? {proposed}. Écrivez son nom suivi de son code.")
    raise UnknownPlace(f"Aucune commune ne s’appelle «\u00a0{text[:60]}\u00a0».")
