"""Events read from the answers of the official Sirene API (`/siret`, version 3), the daily changes between two stocks.

Layout: https://www.sirene.fr/static-resources/documentation/multi_unitaire_311.html ; each establishment carries all
its periods in `periodesEtablissement`, the latest first, with booleans that say what changed at its start.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from maillage.errors import BadSource
from maillage.reference.legal_forms import legal_class
from maillage.reference.nomenclatures import AGES, back_cast, default
from maillage.reference.nomenclatures import canonical as read_code
from maillage.reference.trades import Reach, Trade
from maillage.territory import current_commune
from maillage.watch.actives import CRAFT_LEGAL
from maillage.watch.events import Event, Kind

Fields = Mapping[str, Any]


def from_daily(path: Path, since: date | None = None) -> tuple[Event, ...]:
    """Events declared in the API answers of `path`, oldest first, from the day `since` on when given.

    Accepts one answer (`{"etablissements": […]}`), a bare list of establishments, or one JSON object a line.
    Only each establishment's latest period is read: it is the change that made the API send it.
    Raises BadSource when the file is no such answer.
    """
    events = []
    for establishment in establishments(path):
        event = _event(path, establishment)
        if event is not None and (since is None or event.day >= since):
            events.append(event)
    return tuple(sorted(set(events), key=lambda event: (event.day, event.commune, event.kind, event.siret or "")))


def establishments(path: Path) -> Iterator[Fields]:
    """The establishments of a daily file, as it writes them. Raises BadSource when it is no answer of the API."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSource(
            f"« {path.name} » n’est pas en UTF-8 : téléchargez-le de nouveau, sans le convertir."
        ) from error
    except OSError as error:
        raise BadSource(f"« {path} » ne se lit pas : {error.strerror or error}.") from error
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise BadSource(_not_an_answer(path)) from error
    except ValueError:
        lines = text.split("\n")  # and at no other end of line of Unicode, which a name may hold
        content = [_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if isinstance(content, dict):
        content = content.get("etablissements")
    if not isinstance(content, list) or not all(isinstance(item, dict) and "siret" in item for item in content):
        raise BadSource(f"« {path.name} » n’est pas une réponse de l’API Sirene : la liste « etablissements » manque.")
    yield from content


def _not_an_answer(path: Path) -> str:
    said = "n’est pas une réponse de l’API Sirene\u00a0: la liste «\u00a0etablissements\u00a0» manque."
    return f"«\u00a0{path.name}\u00a0» {said}"


def _line(path: Path, number: int, line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadSource(
            f"« {path.name} », ligne {number} : ce n’est pas du JSON. Le fichier est peut-être coupé."
        ) from error


def _event(path: Path, establishment: Fields) -> Event | None:
    """The event told by the latest period, or None when it does not concern crafts (field of `maillage.watch.diff`)."""
    periods = establishment.get("periodesEtablissement") or []
    address = establishment.get("adresseEtablissement") or {}
    commune = current_commune(address.get("codeCommuneEtablissement") or "")
    if not periods or commune is None or not periods[0].get("dateDebut") or not _may_be_craft(establishment):
        return None
    siret, latest, earlier = establishment["siret"], periods[0], periods[1:]
    try:
        day = date.fromisoformat(latest["dateDebut"])
    except ValueError as error:
        raise BadSource(f"« {path.name} », SIRET {siret} : la date « {latest['dateDebut']} » n’existe pas.") from error
    declared = bool(establishment.get("activitePrincipaleRegistreMetiersEtablissement"))
    trade, old_trade = _trades(latest, earlier[0] if earlier else None, declared=declared)
    kind = _kind(latest, earlier, trade, old_trade)
    if kind is Kind.CLOSED:
        return Event(day, commune, kind, old_trade or trade, siret)
    if kind is Kind.CHANGED_ACTIVITY:
        return Event(day, commune, kind, trade, siret, old_trade)
    return None if kind is None else Event(day, commune, kind, trade, siret)


def _may_be_craft(establishment: Fields) -> bool:
    """Neither a public body nor an association, as far as is known."""
    form = (establishment.get("uniteLegale") or {}).get("categorieJuridiqueUniteLegale")
    return not form or legal_class(form) in CRAFT_LEGAL


def _kind(latest: Fields, earlier: Sequence[Fields], trade: str | None, old_trade: str | None) -> Kind | None:
    was_active = bool(earlier) and _is_active(earlier[0])
    if not _is_active(latest):
        return Kind.CLOSED if was_active and (old_trade or trade) else None
    if was_active:
        return Kind.CHANGED_ACTIVITY if trade != old_trade else None
    if trade is None:
        return None
    return Kind.REOPENED if any(_is_active(period) for period in earlier) else Kind.OPENED


def _is_active(period: Fields) -> bool:
    return period.get("etatAdministratifEtablissement") == "A"


def _trades(latest: Fields, before: Fields | None, *, declared: bool) -> tuple[str | None, str | None]:
    """Slugs of the trades of the latest period and of the one before; None outside crafts.

    Where only the nomenclature changed, the older code takes the trade of the newer one when it allows it.
    """
    code = _code(latest)
    now = default(*code)
    if before is None:
        return _slug(now, declared=declared), None
    old_code = _code(before)
    older = AGES[old_code[0]] < AGES[code[0]]
    was = back_cast(*old_code, now) if older else default(*old_code)
    return _slug(now, declared=declared), _slug(was, declared=declared)


def _code(period: Fields) -> tuple[str, str]:
    """Nomenclature and code of the activity of a period."""
    nomenclature = period.get("nomenclatureActivitePrincipaleEtablissement") or ""
    return read_code(nomenclature, period.get("activitePrincipaleEtablissement") or "")


def _slug(craft: tuple[Trade, Reach] | None, *, declared: bool) -> str | None:
    """The trade when it is in scope: code entirely craft, or activity declared to the register of trades."""
    if craft is None or (craft[1] is Reach.PARTIAL and not declared):
        return None
    return craft[0].code
