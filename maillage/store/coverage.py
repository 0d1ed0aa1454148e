"""Which territories a store holds well enough to be asked about (DECISIONS 14)."""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.reference.places.links import arrondissements_by_commune, whole_commune
from maillage.territory import Level, Territory, epci_of, parse

WIDE_LEVELS = frozenset({Level.DEPARTEMENT, Level.REGION, Level.FRANCE})
ENOUGH = 0.9  # share of the communes of a wide territory that must be present when nothing was declared


@dataclass(frozen=True)
class Coverage:
    """May the store be asked about a territory? `share` is that of its communes that are present, 0 to 1."""

    complete: bool
    missing: tuple[str, ...]  # commune codes, sorted
    share: float
    reason: str  # French sentence; empty when every commune is present

    @property
    def is_partial(self) -> bool:
        """Was only a part read, too small for what is absent from it to be taken for an empty place?"""
        return 0 < self.share < ENOUGH


WHOLE = Coverage(True, (), 1.0, "")


def declared_communes(keys: Iterable[str]) -> frozenset[str]:
    """The communes of the territory keys that a source declared. Raises UnknownTerritory."""
    return frozenset().union(*(parse(key).communes for key in keys))


def coverage(territory: Territory, present: frozenset[str], *, declared: bool) -> Coverage:
    """Declared stores answer for whole territories only; others refuse wide territories under 90 % of communes.

    None of them answers zero for a place that it never read: a commune without a row is an empty one when nine in ten
    of its EPCI have some. (That nothing of a place partly read was active on a day is for the engine to see.)
    """
    expected = territory.communes
    if len(expected) > 1:  # Sirene places establishments in the arrondissements, never in Paris as a whole
        expected = expected.difference(arrondissements_by_commune())
    missing = tuple(sorted(expected - present))
    share = 1.0 if not expected else 1 - len(missing) / len(expected)
    if not missing:
        return WHOLE
    if not share and (declared or present.isdisjoint(_around(territory))):
        return Coverage(False, missing, share, f"{territory.short_name} n’est pas dans cette édition des données.")
    if len(expected) == 1:
        return _alone(territory, missing, present)
    held = _held(territory, expected, missing, declared=declared)
    if declared:
        return Coverage(False, missing, share, f"Les données {held}.")
    if territory.level in WIDE_LEVELS and share < ENOUGH:
        return Coverage(False, missing, share, f"Les fichiers chargés {held}\u00a0: il en faut 90\u00a0%.")
    return Coverage(True, missing, share, f"Les fichiers chargés {held}.")


def _alone(commune: Territory, missing: tuple[str, ...], present: frozenset[str]) -> Coverage:
    """Of a commune without a row: an empty one in an EPCI that was read, else one that was not read."""
    nothing = f"Les fichiers chargés n’ont aucun établissement {commune.at}"
    epci = epci_of(commune.code)
    around = coverage(parse(f"epci:{epci}"), present, declared=False) if epci else None
    if around is None or around.share >= ENOUGH:
        return Coverage(True, missing, 0.0, f"{nothing}.")
    return Coverage(False, missing, 0.0, f"{nothing}. {around.reason}")


def _held(territory: Territory, expected: frozenset[str], missing: tuple[str, ...], *, declared: bool) -> str:
    """« contiennent 36 des 34 875 communes de la France », « ne couvrent qu’une des 36 communes de la CA… »."""
    within = territory.level is Level.COMMUNE
    parts, one, none = (
        ("arrondissements", "un", "aucun arrondissement") if within else ("communes", "une", "aucune commune entière")
    )
    whole, lacking = (
        {code if within else whole_commune(code) for code in codes} for codes in (expected, missing)
    )  # a city that lacks an arrondissement is not held
    present = len(whole - lacking)
    if not present:
        return f"ne contiennent {none} {territory.of}"
    count = one if present == 1 else _thousands(present)
    verb = "contiennent " if not declared else "ne couvrent qu’" if present == 1 else "ne couvrent que "
    return f"{verb}{count} des {_thousands(len(whole))} {parts} {territory.of}"


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _around(territory: Territory) -> frozenset[str]:
    """The communes of the EPCI of a commune; for any other level, its own."""
    epci = epci_of(territory.code) if territory.level is Level.COMMUNE else None
    return parse(f"epci:{epci}").communes if epci else territory.communes
