"""Events read from the answers of the official Sirene API (`/siret`, version 3), the daily changes between two stocks.

Layout: https://www.sirene.fr/static-resources/documentation/multi_unitaire_311.html ; each establishment carries all
its periods in `periodesEtablissement`, the latest first, with booleans that say what changed at its start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from maillage.errors import BadSource
from maillage.reference.nomenclatures import candidates, nomenclature_of
from maillage.territory import current_commune
from maillage.watch.events import Event, Kind

Fields = Mapping[str, Any]


def from_daily(path: Path, since: date | None = None) -> tuple[Event, ...]:
    """Events declared in the API answers of `path`, oldest first, from the day `since` on when given.

    Accepts one answer (`{"etablissements": […]}`), a bare list of establishments, or one JSON object a line.
    Only each establishment's latest period is read: it is the change that made the API send it.
    Raises BadSource when the file is no such answer.
    """
    events = []
    for establishment in _establishments(path):
        event = _event(path, establishment)
        if event is not None and (since is None or event.day >= since):
            events.append(event)
    return tuple(sorted(set(events), key=lambda event: (event.day, event.commune, event.kind, event.siret or "")))


def _establishments(path: Path) -> Iterator[Fields]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadSource(
            f"« {path.name} » n’est pas en UTF-8 : téléchargez-le de nouveau, sans le convertir."
        ) from error
    try:
        content = json.loads(text)
    except ValueError:
        content = [_line(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if isinstance(content, dict):
        content = content.get("etablissements")
    if not isinstance(content, list) or not all(isinstance(item, dict) and "siret" in item for item in content):
        raise BadSource(f"« {path.name} » n’est pas une réponse de l’API Sirene : la liste « etablissements » manque.")
    yield from content


def _line(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except ValueError as error:
        raise BadSource(
            f"« {path.name} », ligne {number} : ce n’est pas du JSON. Le fichier est peut-être coupé."
        ) from error


def _event(path: Path, establishment: Fields) -> Event | None:
    """The event told by the latest period, or None when it does not concern crafts."""
    periods = establishment.get("periodesEtablissement") or []
    address = establishment.get("adresseEtablissement") or {}
    commune = current_commune(address.get("codeCommuneEtablissement") or "")
    if not periods or commune is None or not periods[0].get("dateDebut"):
        return None
    latest = periods[0]
    before = periods[1] if len(periods) > 1 else None
    try:
        day = date.fromisoformat(latest["dateDebut"])
    except ValueError as error:
        raise BadSource(
            f"« {path.name} », SIRET {establishment['siret']} : la date « {latest['dateDebut']} » n’existe pas."
        ) from error
    trade, old_trade = _trade(latest), _trade(before) if before else None
    kind = _kind(latest, before, trade, old_trade)
    if kind is None:
        return None
    return Event(
        day, commune, kind, trade, establishment["siret"], old_trade if kind is Kind.CHANGED_ACTIVITY else None
    )


def _kind(latest: Fields, before: Fields | None, trade: str | None, old_trade: str | None) -> Kind | None:
    active = latest.get("etatAdministratifEtablissement") == "A"
    was_active = before is not None and before.get("etatAdministratifEtablissement") == "A"
    if active and not was_active:
        return Kind.OPENED if trade else None
    if not active:
        return Kind.CLOSED if was_active and (old_trade or trade) else None
    return Kind.CHANGED_ACTIVITY if trade != old_trade and (trade or old_trade) else None


def _trade(period: Fields) -> str | None:
    """Slug of the trade of a period, None when its activity is not of crafts."""
    code = period.get("activitePrincipaleEtablissement") or ""
    nomenclature = period.get("nomenclatureActivitePrincipaleEtablissement") or nomenclature_of(code)
    found = candidates(nomenclature, code)
    return found[0][0].code if found else None
