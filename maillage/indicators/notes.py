"""Sentences that must be printed beside a figure, most important first."""

from __future__ import annotations

from maillage.columnar.selection import unknown_size
from maillage.indicators.calendar import french_date
from maillage.indicators.card import Grouping, Moment
from maillage.indicators.case import SERIES, Case, sizes_since
from maillage.indicators.grouping import zone_name
from maillage.indicators.past import band_year, day_of
from maillage.indicators.result import Result
from maillage.reference.zonings import zoning
from maillage.scope import ActivityScope, SizeScope
from maillage.store import to_day
from maillage.territory import departement_of

ALSACE_MOSELLE = frozenset({"57", "67", "68"})
FICTITIOUS = "Données fictives : ces chiffres ne décrivent aucune entreprise réelle."
LOCAL_LAW = (
    "Alsace et Moselle : le droit local ne pose pas de limite de taille (c’est le mode de production qui décide) ; "
    "le critère de taille y est appliqué par convention."
)
NO_HISTORY = (
    "Historique non chargé : les changements d’activité et les fermetures suivies de réouverture ne sont pas connus, "
    "les dates passées sont approchées."
)
NO_LINKS = "Liens de succession non chargés : aucune transmission n’est reconnue."
PROVISIONAL = "Les fermetures des douze derniers mois sont provisoires : elles sont souvent déclarées en retard."
ALL_SIZES = (
    "Sans critère de taille : une entreprise qui vient d’ouvrir ou de fermer n’a pas encore, ou n’a plus, de tranche "
    "d’effectif."
)
_LATE = ("closures", "balance", "closure_rate", "survival")


def unknown_size_share(case: Case, result: Result) -> float | None:
    """Share of the counted firms whose size is unknown, 0 to 1; None when no size test applies."""
    if case.size is None or result.firms is None or not len(result.firms):
        return None
    return float(unknown_size(case.store, result.firms).mean())


def notes(case: Case, result: Result, unknown: float | None) -> tuple[str, ...]:
    """All sentences that apply to an answer."""
    manifest = case.store.manifest
    flows = case.card.moment is Moment.PERIOD
    past = flows or case.by in SERIES or case.on < manifest.stock_date
    late = case.card.id in _LATE and to_day(case.during.end) > case.stock_day - 365
    said = [
        FICTITIOUS if manifest.fictitious else "",
        case.coverage.reason,
        *result.notes,
        _zone_note(case),
        *_size_notes(case, unknown),
        _certain_note(case),
        LOCAL_LAW if _local_law(case) else "",
        NO_HISTORY if past and not manifest.history else "",
        NO_LINKS if flows and not manifest.succession else "",
        PROVISIONAL if late or case.card.id == "survival" else "",
        _clipped_note(case),
    ]
    return tuple(sentence for sentence in said if sentence)


def _size_notes(case: Case, unknown: float | None) -> list[str]:
    if case.card.moment is Moment.PERIOD:
        return [ALL_SIZES]
    if case.size is None:
        since = sizes_since(case.store)
        return [f"Sans critère de taille : Sirene n’a pas d’historique des effectifs avant le {french_date(since)}."]
    year = band_year(case.store, case.source.bands)
    known = f" au 31 décembre {year}" if year else ""
    said = [
        f"Taille : tranche d’effectif de l’unité légale{known}, entière dans la limite ; une entreprise déclarée "
        "non employeuse est présumée sans salarié."
    ]
    if unknown and case.size is not SizeScope.KNOWN:
        said.append(unknown_size_words(unknown))
    return said


def unknown_size_words(share: float) -> str:
    """What is said of the firms whose size is unknown, from their share, 0 to 1."""
    percent = f"{100 * share:.1f}".replace(".", ",")
    return f"Effectif inconnu pour {percent} % des entreprises ; elles sont comptées."


def _zone_note(case: Case) -> str:
    """What a reader of a split by zone must know of the zoning."""
    if case.by is not Grouping.ZONE:
        return ""
    official = zoning(zone_name(case.store, str(case.question.by)))
    return f"{official.label}\u00a0: {official.caveat}"


def _certain_note(case: Case) -> str:
    if case.question.scope.activity is not ActivityScope.CERTAIN:
        return ""
    if case.activity is ActivityScope.CERTAIN:
        day = french_date(day_of(case.store, case.source.nafa))
        return f"Code d’activité artisanale (NAFA) gardé de l’édition du {day}." if case.source.nafa is not None else ""
    kept = case.store.manifest.editions
    since = f" avant l’édition du {french_date(kept[0].stock_date)}" if kept else ""
    given = "le passé et les flux sont donnés pour l’activité entièrement artisanale."
    return f"Le code d’activité artisanale (NAFA) n’a pas d’historique{since}\u00a0: {given}"


def _local_law(case: Case) -> bool:
    return any(departement_of(code) in ALSACE_MOSELLE for code in case.question.where.communes)


def _clipped_note(case: Case) -> str:
    last, on = case.store.manifest.stock_date, case.question.on
    if on is not None and on > last:
        return f"L’entrepôt s’arrête au {french_date(last)} : état à cette date."
    asked = case.question.during
    if asked is None or asked.end == case.during.end:
        return ""
    last = case.during.last
    return f"La période s’arrête au {french_date(last)}, dernier jour connu de l’entrepôt."
