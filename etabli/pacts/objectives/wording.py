"""What an objective counts, in French, and the names of the parts it divides into."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from etabli.acts.kinds import SOME_QPV, ActKind, Theme
from etabli.facts import card
from etabli.pacts.models import Aggregation, Measure, Nature, Objective, Sharing
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.reference.bands import BANDS
from maillage.reference.trades import trade
from maillage.territory import commune_name, epci_of, parse

UNKNOWN = "non connu"
LEFT_IN = "Ce qu’un autre pacte compte à la place de celui-ci y est aussi\u00a0: l’en retirer dirait qui il aide."
BY_OWN = "Chaque organisation y est comptée par ses seuls actes\u00a0: ceux d’une autre diraient qui elle aide."
DIMENSIONS = {
    "epci": "intercommunalité", "commune": "commune", "qpv": "quartier prioritaire", "trade": "métier",
    "band": "effectif", "kind": "nature d’acte", "month": "mois",
}  # fmt: skip
DISAGGREGATIONS = ("epci", "commune", "qpv", "trade", "band")


def definition(objective: Objective) -> Iterator[tuple[str, str]]:
    """Term and text of each part of the definition, for the page, the export and the report."""
    yield "On compte", _counted(objective)
    if objective.themes:
        yield (
            "Thèmes",
            french.enumeration([str(Theme(code).label) for code in objective.themes if code in Theme.values]),
        )
    if objective.trades:
        yield "Métiers", french.enumeration([trade_name(code) for code in objective.trades])
    where = objective.perimeter or objective.axis.convention.perimeter
    yield "Périmètre", f"{where.name}, {french.counted(len(where.communes), 'commune')}"
    if objective.only_qpv:
        yield "Lieux", "quartiers prioritaires seulement"
    yield from _conditions(objective)
    if objective.action:
        yield "Fiche-action", f"{objective.axis.number}.{objective.action.number} {objective.action}"
    if objective.baseline or objective.baseline_note:
        note = f" ({objective.baseline_note})" if objective.baseline_note else ""
        yield "Départ", f"{french.number(objective.baseline)}{note}"
    yield "Sur plusieurs années", str(Aggregation(objective.aggregation).label)
    if objective.measure not in (Measure.INDICATOR, Measure.EVIDENCE):
        yield "Entre deux pactes", sharing(objective)


def _counted(objective: Objective) -> str:
    measure = Measure(objective.measure)
    if measure == Measure.EVIDENCE:
        return "un chiffre saisi, avec sa pièce et son auteur\u202f; il ne s’ajoute jamais à des actes comptés"
    if measure == Measure.INDICATOR:
        return f"un indicateur du territoire\u00a0: {_indicator(objective.indicator)}"
    said = _plainly(measure, objective.kinds)
    if objective.denominator_measure:
        below = _plainly(Measure(objective.denominator_measure), objective.denominator_kinds)
        return f"en pourcentage, {said}\u202f; rapporté à {below}"
    return said


_PLAIN = {
    Measure.ACTS: "chaque acte",
    Measure.BENEFICIARIES: "chaque entreprise ou personne une seule fois, dès son premier acte",
    Measure.COMMUNES: "chaque commune une seule fois, dès son premier acte",
    Measure.AMOUNT: "les euros de chaque acte",
    Measure.MINUTES: "les heures passées à chaque acte",
    Measure.QUANTITY: "la quantité notée sur chaque acte",
}


def _plainly(measure: Measure, kinds: Iterable[str]) -> str:
    """« chaque entreprise ou personne une seule fois, dès son premier acte (visite d’entreprise ou rendez-vous) »."""
    named = [str(ActKind(code).label) for code in kinds if code in ActKind.values]
    return f"{_PLAIN[measure]} ({french.enumeration(named, 'ou')})" if named else _PLAIN[measure]


def _indicator(name: str) -> str:
    try:
        return card(name).label
    except MaillageError:
        return name


def _conditions(objective: Objective) -> Iterator[tuple[str, str]]:
    days = french.counted(objective.window_days or 0, "jour")
    if objective.absent_kinds:
        when = f", depuis {days}" if objective.window_days else ""
        yield "Sans", f"{kinds_named(objective.absent_kinds)}{when}"
    elif objective.window_days and objective.nature == Nature.STOCK:
        yield "Fenêtre", f"dans les {days} qui précèdent la date"
    elif objective.window_days:
        yield "Fenêtre", f"avec un autre de ces actes pour le même bénéficiaire à {days} au plus"


def sharing(objective: Objective) -> str:
    """What happens to what another pact counts too."""
    if objective.sharing == Sharing.SHARE:
        return f"partagé\u00a0: {objective.share_percent}\u202f% de ce qu’un autre pacte compte aussi"
    return str(Sharing(objective.sharing).label)


def left_in(*, shared: bool, around: bool) -> str:
    """Why rows and parts are not quite those of the figure: it leaves some to another pact, it looks at anybody's."""
    return " ".join([*([LEFT_IN] if shared else []), *([BY_OWN] if around else [])])


def kinds_named(kinds: Iterable[str]) -> str:
    """« visite d’entreprise et rendez-vous »; every kind when none is named."""
    named = [str(ActKind(code).label) for code in kinds if code in ActKind.values]
    return french.enumeration(named) if named else "tout acte"


def part_name(dimension: str, key: str) -> str:
    """The French name of a part; an unknown one says so."""
    if not key:
        return "hors quartier prioritaire" if dimension == "qpv" else UNKNOWN
    return _NAMES.get(dimension, str)(key)


def together_named(dimension: str, count: int, *, other: bool) -> str:
    """« 10 autres communes »: parts that are not told one by one; « 10 communes » when none is."""
    nouns = {"qpv": ("partie", "parties"), "band": ("tranche", "tranches"), "kind": ("nature d’acte", "natures d’acte")}
    one, several = nouns.get(dimension, (DIMENSIONS[dimension], f"{DIMENSIONS[dimension].removesuffix('s')}s"))
    return french.counted(count, f"autre {one}", f"autres {several}") if other else french.counted(count, one, several)


def epci_code(commune: str) -> str:
    """The intercommunality of a commune today; empty when it has none, or none is known."""
    try:
        return epci_of(commune) or ""
    except (MaillageError, KeyError):
        return ""


def place_name(code: str) -> str:
    """Name of a commune, or its code when the tables do not know it."""
    try:
        return commune_name(code) if code else UNKNOWN
    except MaillageError:
        return code


def trade_name(code: str) -> str:
    """Name of a trade, or what is stored when the list does not know it."""
    try:
        return trade(code).label
    except MaillageError:
        return code


def _named(key: str, otherwise: str) -> str:
    try:
        return parse(key).short_name
    except MaillageError:
        return otherwise


def _band(code: str) -> str:
    return next((band.label for band in BANDS if band.code == code), code)


def _kind(code: str) -> str:
    return str(ActKind(code).label) if code in ActKind.values else code


_NAMES: dict[str, Callable[[str], str]] = {
    "commune": place_name,
    "epci": lambda code: _named(f"epci:{code}", code),
    "trade": trade_name,
    "kind": _kind,
    "qpv": lambda code: "en quartier prioritaire" if code == SOME_QPV else code,
    "band": _band,
    "month": lambda key: french.month(date.fromisoformat(f"{key}-01")),
}
