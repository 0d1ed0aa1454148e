"""Names as people read them: short names, « de … », « à … », and folding for comparison.

INSEE's TNCC digit (« type de nom en clair ») says which article a name takes:
0 none before a consonant, 1 none before a vowel, 2 le, 3 la, 4 les, 5 l’, 6 aux, 7 las, 8 los
(https://www.insee.fr/fr/information/2560452).
"""

import re
import unicodedata
from functools import lru_cache

_LEADING = re.compile(r"^(?:de la |de l’|de |du |des |d’)")
_NATURE = re.compile(r"^(?:CC|CA|CU) ")
_ACRONYM = re.compile(r" \([^)]*\)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_IN = {"2": "dans le ", "3": "dans la ", "4": "dans les ", "5": "dans l’"}
_TOWN_LIKE = ("Paris", "La Réunion", "Mayotte")
_SPELT = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "\u00a0": " ", "\u202f": " "})
# "CA du Sud" or "CA Intercommunale de la Réunion Est" would mean nothing without their nature.
_NOT_ALONE = re.compile(r"^(?:(?:Sud|Nord|Est|Ouest|Centre|Centre Littoral)$|Intercommunale )")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(text: str) -> str:
    """Lower case, without accents, hyphens or apostrophes, « st » written out: "L’Haÿ-les-Roses" → "l hay…"."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELT))
    words = _NOT_WORD.sub(" ", plain.encode("ascii", "ignore").decode()).split()
    return " ".join([_SAINTS.get(word, word) for word in words])


@lru_cache(maxsize=1 << 16)  # every commune has its own
def alphabetical(name: str) -> str:
    """Sort key of names and labels: « Bénifontaine » before « Bully », « Éleu » among the E."""
    return fold(name)


def short_epci(name: str) -> str:
    """The name people say: "CA de Lens - Liévin" → "Lens-Liévin"; a métropole keeps its whole name."""
    bare = _NATURE.sub("", name)
    if bare == name:
        return name
    bare = _ACRONYM.sub("", _LEADING.sub("", bare)).replace("«\u00a0", "").replace("\u00a0»", "").strip()
    if _NOT_ALONE.match(bare):
        return name
    parts = bare.split(" - ")
    joined = ("-" if all(" " not in part for part in parts) else " – ").join(parts)
    return joined[:1].upper() + joined[1:]


def of_place(name: str, article: str) -> str:
    """« de … »: ("Lens", "0") → "de Lens", ("Le Mans", "2") → "du Mans", ("Ain", "5") → "de l’Ain"."""
    for written, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(written):
            return contracted + name.removeprefix(written)
    if name.startswith(("La ", "L’")):
        return "de " + name
    before = {"1": "d’", "2": "du ", "3": "de la ", "4": "des ", "5": "de l’"}
    return before.get(article, "de ") + name


def at_place(name: str) -> str:
    """« à … » for a commune: "Lens" → "à Lens", "Le Mans" → "au Mans", "Les Sables" → "aux Sables"."""
    for written, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(written):
            return contracted + name.removeprefix(written)
    return "à " + name


def in_departement(name: str, article: str) -> str:
    """« dans … » for a département: "dans l’Ain", "dans les Landes", "en Saône-et-Loire", "à Paris"."""
    if name in _TOWN_LIKE:
        return "à " + name
    return _IN.get(article, "en ") + name


def in_region(name: str, article: str) -> str:
    """« en … » for a région: "en Bretagne", "dans les Hauts-de-France", "dans le Grand Est", "à La Réunion"."""
    if name in _TOWN_LIKE:
        return "à " + name
    return ("en " if article in ("0", "1", "3") else _IN.get(article, "en ")) + name


def _epci_article(name: str) -> str | None:
    if name.startswith(("CC ", "CA ", "CU ", "Métropole ")):
        return "la "
    return "l’" if name.startswith("Eurométropole") else None


def of_epci(name: str) -> str:
    """« de … » for an EPCI by its full name: "de la CA de Lens - Liévin", "de Rennes Métropole"."""
    article = _epci_article(name)
    if article:
        return f"de {article}{name}"
    return ("d’" if fold(name)[:1] in "aeiouy" else "de ") + name


def in_epci(name: str) -> str:
    """« dans … » for an EPCI: "dans la CA de Lens - Liévin", "à Rennes Métropole"."""
    article = _epci_article(name)
    return f"dans {article}{name}" if article else f"à {name}"
