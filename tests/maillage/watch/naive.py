"""The slow twin of `maillage.watch.diff`: events found again from the raw official rows of two months."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from maillage.reference.legal_forms import legal_class
from maillage.reference.trades import Reach, trade_of_naf

Shop = tuple[str, str, str]  # commune, trade, first day of that trade
Told = tuple[str, str, str, str | None, str | None]  # kind, day, commune, trade, SIRET


def events(folder: Path, before: str, after: str) -> Counter[Told]:
    """(kind, day, commune, trade, SIRET) of what happened between two editions, each read from its own folder."""
    old, new = _active(folder / before, before), _active(folder / after, after)
    everyone = _lives(folder / after)
    found: list[Told] = []
    opened = {siret: new[siret] for siret in new.keys() - old.keys()}
    closed = {siret: old[siret] for siret in old.keys() - new.keys()}
    heirs = {row["siretEtablissementPredecesseur"]: row["siretEtablissementSuccesseur"]
             for row in _rows(folder / after / "liens.csv")}  # fmt: skip
    for siret in sorted(closed):
        commune, trade, _ = closed[siret]
        arrived = [other for other in sorted(opened) if _newly_active(everyone[other])]
        same = [other for other in arrived if other[:9] == siret[:9] and opened[other][1] == trade]
        heir = heirs.get(siret) if heirs.get(siret) in arrived else next(iter(same), None)
        if heir:
            del closed[siret]
            place, what, day = opened.pop(heir)
            found.append(("moved" if heir[:9] == siret[:9] else "taken_over", day, place, what, heir))
    for siret, (commune, trade, day) in opened.items():
        found.append((_how(everyone[siret]), day, commune, trade, siret))
    for siret, (commune, trade, _) in closed.items():
        latest = everyone[siret][-1]
        shut = latest["etatAdministratifEtablissement"] == "F"
        found.append(("closed" if shut else "changed_activity", latest["dateDebut"], commune,
                      trade if shut else None, siret))  # fmt: skip
    for siret in old.keys() & new.keys():
        if old[siret][1] != new[siret][1]:
            found.append(("changed_activity", new[siret][2], new[siret][0], new[siret][1], siret))
    return Counter(found) + _last_ones(old, new, everyone)


def _last_ones(old: dict[str, Shop], new: dict[str, Shop], everyone: dict[str, list[dict[str, str]]]) -> Counter[Told]:
    found: list[Told] = []
    for place in {shop[:2] for shop in old.values()}:
        had = [siret for siret, shop in old.items() if shop[:2] == place]
        has = [siret for siret, shop in new.items() if shop[:2] == place]
        if len(has) < len(had) and len(has) < 2:
            day = max(everyone[siret][-1]["dateDebut"] for siret in had if siret not in has)
            found.append(("last_left" if has else "last_gone", day, *place, None))
    return Counter(found)


def _active(folder: Path, on: str) -> dict[str, Shop]:
    """SIRET → commune, trade and its first day, for the craft establishments active on a day."""
    legal = {row["siren"]: row["categorieJuridiqueUniteLegale"] for row in _rows(folder / "unites.csv")}
    found = {}
    lives = _lives(folder)
    for row in _rows(folder / "etablissements.csv"):
        periods = [one for one in lives[row["siret"]] if one["dateDebut"] <= on]
        craft = _craft(periods[-1], row) if periods else None
        if craft is None or legal_class(legal[row["siren"]]).name not in ("UNKNOWN", "SOLE", "COMPANY"):
            continue
        first = len(periods) - 1
        while first and _craft(periods[first - 1], row) == craft:
            first -= 1
        found[row["siret"]] = (row["codeCommuneEtablissement"], craft, periods[first]["dateDebut"])
    return found


def _craft(period: dict[str, str], shop: dict[str, str]) -> str | None:
    craft = trade_of_naf(period["activitePrincipaleEtablissement"])
    if period["etatAdministratifEtablissement"] == "F" or craft is None:
        return None
    nafa = shop["activitePrincipaleRegistreMetiersEtablissement"]
    return craft[0].code if craft[1] is not Reach.PARTIAL or nafa else None


def _how(periods: list[dict[str, str]]) -> str:
    if not _newly_active(periods):
        return "changed_activity"
    return "reopened" if any(one["etatAdministratifEtablissement"] == "A" for one in periods[:-1]) else "opened"


def _newly_active(periods: list[dict[str, str]]) -> bool:
    return len(periods) == 1 or periods[-2]["etatAdministratifEtablissement"] == "F"


def _lives(folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in sorted(_rows(folder / "historique.csv"), key=lambda row: row["dateDebut"]):
        found.setdefault(row["siret"], []).append(row)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
