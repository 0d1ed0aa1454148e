"""The vocabulary of the invented firms: signs, surnames, streets. No real firm, no real person.

A sign is a trade word and an invented place (« Boulangerie du Terril bleu »); surnames are made of syllables that no
directory holds; streets are names of things.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from itertools import product

_MASCULINE = (
    "Terril", "Beffroi", "Canal", "Moulin", "Lavoir", "Verger", "Chêne", "Pont", "Puits", "Jardin", "Hameau", "Vallon",
    "Rocher", "Sentier", "Clocher", "Tilleul", "Faubourg", "Kiosque", "Colombier", "Pré", "Bosquet", "Coteau",
    "Ruisseau", "Préau", "Figuier", "Héron", "Cygne", "Renard", "Hérisson", "Merle", "Pinson", "Chardon", "Houx",
    "Lierre",
)  # fmt: skip
_FEMININE = (
    "Fosse", "Place", "Fontaine", "Clairière", "Grange", "Ruche", "Halle", "Colline", "Prairie", "Tour", "Lanterne",
    "Gare", "Cour", "Passerelle", "Source", "Forge", "Treille", "Mare", "Roseraie", "Digue", "Cité", "Charmille",
    "Sittelle",
    "Mésange", "Cigogne", "Loutre", "Libellule", "Fougère", "Bruyère", "Pivoine", "Rivière", "Lune",
)  # fmt: skip
_QUALITIES = (
    ("bleu", "bleue"), ("vert", "verte"), ("gris", "grise"), ("blanc", "blanche"), ("doré", "dorée"), ("d’ambre",) * 2,
    ("d’argent",) * 2, ("de verre",) * 2, ("du matin",) * 2, ("du soir",) * 2, ("d’été",) * 2, ("du Nord",) * 2,
    ("d’en haut",) * 2, ("d’en bas",) * 2, ("aux oiseaux",) * 2, ("tranquille",) * 2, ("d’automne",) * 2,
    ("aux peupliers",) * 2, ("de craie",) * 2, ("d’ardoise",) * 2, ("aux genêts",) * 2, ("pourpre",) * 2,
    ("couleur de miel",) * 2, ("sans nuage",) * 2,
)  # fmt: skip

_STARTS = (
    "Bras", "Vard", "Morl", "Delv", "Cauv", "Fresq", "Galb", "Hord", "Jolv", "Lamb", "Marv", "Norv", "Ploq", "Quin",
    "Rauv", "Salv", "Tirv", "Vauq", "Wamb", "Ysard", "Brév", "Crol", "Dralv", "Estr",
)  # fmt: skip
_MIDDLES = ("ou", "a", "i", "é", "au", "in", "o", "el", "ar", "on")
_ENDS = (
    "quel", "daine", "rieux", "vesse", "doque", "mart", "lande", "brelle", "gnard", "toise", "vin", "lombe", "ssart",
    "chêne", "ffroy", "bois",
)  # fmt: skip

FIRST_NAMES = (
    ("Alice", True), ("Amine", False), ("Anna", True), ("Bruno", False), ("Camille", True), ("Carlos", False),
    ("Claire", True), ("Damien", False), ("David", False), ("Élodie", True), ("Emma", True), ("Éric", False),
    ("Fatima", True), ("Florian", False), ("Hélène", True), ("Hugo", False), ("Ines", True), ("Jean", False),
    ("Julie", True), ("Karim", False), ("Laura", True), ("Louis", False), ("Lucie", True), ("Marc", False),
    ("Marie", True), ("Mehdi", False), ("Nadia", True), ("Nicolas", False), ("Olivier", False), ("Pascal", False),
    ("Paul", False), ("Romain", False), ("Sarah", True), ("Sophie", True), ("Thomas", False), ("Victor", False),
)  # fmt: skip
"""Ordinary first names, and whether a woman bears them; always followed by an invented surname."""

STREET_KINDS = ("RUE", "RUE", "RUE", "RUE", "RUE", "AV", "PL", "BD", "IMP", "CHE", "RTE", "ALL")
_STREET_THINGS = (
    "DES CHARMILLES", "DU VIEUX LAVOIR", "DES TROIS PEUPLIERS", "DE LA CLAIRIERE", "DES HIRONDELLES", "DU BEFFROI",
    "DES TISSERANDS", "DE LA FOSSE", "DES GLYCINES", "DU CHEVALET", "DE LA LAMPISTERIE", "DES COQUELICOTS",
    "DU BOIS JOLI", "DES BRIQUETIERS", "DE LA PASSERELLE", "DES FORGERONS", "DU TRIAGE", "DE LA SOURCE",
    "DES AUBEPINES",
    "DU CANAL", "DE LA ROSERAIE", "DES MESANGES", "DU PETIT PRE", "DES VANNIERS", "DE LA GRANDE OURSE", "DU MOULIN",
    "DES SAULES", "DE LA HALLE", "DU COLOMBIER", "DES GENETS", "DE LA CITE", "DU TERRIL", "DES BOULEAUX", "DU MARAIS",
    "DE LA CRAIE", "DES ECLUSES", "DU HERON", "DE LA TREILLE", "DES CHARRONS", "DU SAULE PLEUREUR", "DE LA DIGUE",
    "DES PINSONS", "DU FAUBOURG", "DE LA GARE", "DES POTIERS", "DU RUISSEAU", "DE LA RUCHE", "DES NOISETIERS",
)  # fmt: skip


@cache
def complements() -> tuple[str, ...]:
    """Second half of a sign: « du Terril bleu », « de la Fontaine d’argent »…"""
    men = [f"du {noun} {quality[0]}" for noun, quality in product(_MASCULINE, _QUALITIES)]
    women = [f"de la {noun} {quality[1]}" for noun, quality in product(_FEMININE, _QUALITIES)]
    return tuple(men + women)


@cache
def surnames() -> tuple[str, ...]:
    """Invented surnames."""
    return tuple("".join(parts) for parts in product(_STARTS, _MIDDLES, _ENDS))


@cache
def streets() -> tuple[str, ...]:
    """Invented street names, as Sirene writes them: capital letters, no accent."""
    return _STREET_THINGS


def sign_heads() -> dict[str, tuple[str, ...]]:
    """Group of activities → first words of a sign: « boulangerie » → « Boulangerie », « Le Fournil »…"""
    return {row["words"]: tuple(row["heads"].split("|")) for row in _groups()}


def families() -> dict[str, str]:
    """Group of activities → family of neighbouring trades, between which a firm may turn: « patisserie » → « pain »."""
    return {row["words"]: row["family"] for row in _groups()}


@cache
def _groups() -> tuple[dict[str, str], ...]:
    text = files("maillage.synthetic").joinpath("signs.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
