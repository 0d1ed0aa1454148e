"""Title sentences, computed by rules over the figures. Each rule is tested; where nothing stands out, the plain fact.

Comparing sentences (« un tiers de moins que… ») judge a territory: they are printed only where its authority agreed
(`ETABLI_PUBLISHED_TERRITORIES`). The neutral fact is the default.
"""

from dataclasses import dataclass
from math import sqrt

from etabli.ui import french
from maillage.territory import Level, Territory

FEW = 20  # firms under which a density or a rate would be read as precise when it is not
LEAST_GAP = 0.10  # a difference under a tenth is not worth a sentence, however sure

# Nearest plain fraction for a ratio to the comparison; the middle of each interval is what the words say.
_FRACTIONS = (
    (0.45, "moins de la moitié"),
    (0.58, "moitié moins"),
    (0.71, "un tiers de moins"),
    (0.79, "un quart de moins"),
    (0.85, "un cinquième de moins"),
    (1.00, "un peu moins"),
    (1.15, "un peu plus"),
    (1.22, "un cinquième de plus"),
    (1.29, "un quart de plus"),
    (1.42, "un tiers de plus"),
    (1.75, "moitié plus"),
)


@dataclass(frozen=True)
class Fabric:
    """What the title of a portrait is made of. `density` per 10 000 inhabitants, None when they are unknown."""

    firms: int
    density: float | None
    beside: float | None = None
    beside_words: str = ""


def subject(where: Territory) -> str:
    """The territory at the head of a sentence: « Lens-Liévin », « La Métropole de Lyon », « La région Bretagne »."""
    match where.level:
        case Level.EPCI if where.short_name.startswith("Métropole "):
            return f"La {where.short_name}"
        case Level.DEPARTEMENT:
            return f"Le département {where.of}"
        case Level.REGION:
            return f"La région {where.name}"
        case Level.FRANCE:
            return "La France"
        case Level.LISTE if _several(where) and len(names := where.name.split(", ")) == where.count:
            return french.enumeration(names)
    return where.short_name


def _several(where: Territory) -> bool:
    """Is it told by its communes (« Avion, Lens et Liévin »), so in the plural? A named list is one thing."""
    return where.level is Level.LISTE and where.count > 1 and "," in where.code


def portrait_title(where: Territory, fabric: Fabric, *, judging: bool = False, past: bool = False) -> str:
    """« Lens-Liévin compte 115 entreprises artisanales pour 10 000 habitants »; compared if `judging`.

    Of a commune one asks how many there are: they are counted, unless the density is compared.
    `past` puts the verb in the past, for a day before that of the data.
    """
    one, many = ("comptait", "comptaient") if past else ("compte", "comptent")
    verb = many if _several(where) else one
    if fabric.firms == 0:
        return f"{subject(where)} ne {verb} aucune entreprise artisanale"
    gap = comparison(fabric) if judging else ""
    if fabric.density is None or fabric.firms < FEW or (where.level is Level.COMMUNE and not gap):
        firms = french.counted(fabric.firms, "entreprise artisanale", "entreprises artisanales")
        return f"{subject(where)} {verb} {firms}"
    noun = "entreprise artisanale" if fabric.density < 2 else "entreprises artisanales"
    density = french.number(fabric.density, int(fabric.density < 10))  # « 0 entreprise » would deny those there are
    per_head = f"{density}\u00a0{noun} pour 10\u202f000\u00a0habitants"
    return f"{subject(where)} {verb} {per_head}{gap}"


def comparison(fabric: Fabric) -> str:
    """« , un tiers de moins que la France » when the difference is beyond its 95 % interval and worth saying."""
    if not fabric.density or not fabric.beside:
        return ""
    ratio = fabric.density / fabric.beside
    noise = 1.96 * ratio / sqrt(fabric.firms)  # a count varies as a Poisson law does
    if abs(ratio - 1) <= max(noise, LEAST_GAP):
        return ""
    words = next(
        (words for limit, words in _FRACTIONS if ratio < limit), "près du double" if ratio < 2 else "plus du double"
    )
    joined = "de" if words in ("près du double", "plus du double", "moins de la moitié") else "que"
    return f", {words} {joined} {fabric.beside_words}".replace(" de les ", " des ").replace(" de le ", " du ")


def trades_title(present: int, known: int) -> str:
    """« 164 métiers sont présents, sur les 255 de la liste »."""
    if not present:
        return f"Aucun métier n’est présent, sur les {french.number(known)} de la liste"
    verb = "est présent" if present < 2 else "sont présents"
    return f"{french.counted(present, 'métier')} {verb}, sur les {french.number(known)} de la liste"
