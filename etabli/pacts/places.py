"""A territory as an officer types it, turned into one list of communes."""

import re
from dataclasses import dataclass

from maillage.errors import UnknownTerritory
from maillage.reference.places import words
from maillage.territory import Level, Territory, parse, search

MOST_PROPOSALS = 8


@dataclass(frozen=True)
class Found:
    """What a text may mean: one territory, or several to choose from, or none and why."""

    territory: Territory | None = None
    others: tuple[Territory, ...] = ()
    why: str = ""


def find(text: str, *, commune_first: bool = False) -> Found:
    """« Lens-Liévin », « epci:246200364 », « 62498, 62510 », « Lens, Liévin, Avion ».

    With `commune_first`, « Arras » is the only commune of that name, rather than it or its intercommunality.
    """
    text = text.strip()
    if re.match(r"^\w+:\S", text):
        return _parsed(text)
    parts = [part.strip() for part in re.split(r"[,;\n]+", text) if part.strip()]
    if len(parts) > 1:
        return _listed(parts)
    return _named(text, commune_first=commune_first)


def _parsed(key: str) -> Found:
    try:
        return Found(parse(key))
    except UnknownTerritory as error:
        return Found(why=error.message)


def _named(text: str, *, commune_first: bool) -> Found:
    found = [place for place in search(text, MOST_PROPOSALS) if place.level is not Level.FRANCE]  # no pact is of it all
    wanted = words.fold(text)
    same = [place for place in found if wanted in {words.fold(place.name), words.fold(place.short_name), place.code}]
    communes = [place for place in same if place.level is Level.COMMUNE]
    if commune_first and len(communes) == 1:
        return Found(communes[0])
    if len(same) == 1:
        return Found(same[0])
    if len(found) == 1:
        return Found(found[0])
    if not found:
        return Found(
            why=f"Aucun territoire ne s’appelle «\u00a0{text}\u00a0». Écrivez un nom, ou des codes de communes."
        )
    return Found(others=tuple(same or found), why="Plusieurs territoires portent ce nom\u00a0: choisissez.")


def _listed(parts: list[str]) -> Found:
    codes, wrong = [], []
    for part in parts:
        code = part.upper()
        if not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", code):
            same = [
                place for place in search(part, MOST_PROPOSALS)
                if place.level is Level.COMMUNE and words.fold(place.name) == words.fold(part)
            ]  # fmt: skip
            if len(same) != 1:
                wrong.append(part)
                continue
            code = same[0].code
        codes.append(code)
    if wrong:
        return Found(why=f"À écrire par le code de la commune\u00a0: {', '.join(wrong)}.")
    return _parsed(f"liste:{','.join(codes)}")
