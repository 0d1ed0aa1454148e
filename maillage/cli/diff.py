"""`diff`: what moved between two stores, or what the official daily answers tell."""

from __future__ import annotations

import argparse
from typing import Any

from maillage.cli.reading import store
from maillage.cli.writing import write_csv, write_json, write_table
from maillage.data import data_folder
from maillage.errors import NoStore
from maillage.reference.trades import trade
from maillage.store import Store, open_store
from maillage.territory import commune_name, parse
from maillage.watch import Event, Kind, diff, from_daily, previous_store, seen_from

_COLUMNS = ("day", "kind", "commune", "commune_name", "trade", "siret", "old_trade", "from_commune", "old_siret")


def run(options: argparse.Namespace) -> int:
    """Print the events, oldest first."""
    where = parse(options.where) if options.where else None
    if options.daily:
        told = from_daily(options.daily)
        events = [seen for event in told if (seen := event if where is None else seen_from(event, where)) is not None]
        about: dict[str, Any] = {"daily": options.daily.name}
    else:
        new = store(options.store)
        old = open_store(options.old) if options.old else _previous(new)
        events = list(diff(old, new, where))
        about = {"from": old.version, "to": new.version, "fictitious": new.manifest.fictitious}
    if options.format == "json":
        write_json(about | {"events": [_line(event) for event in events]})
    elif options.format == "csv":
        write_csv(_COLUMNS, [_line(event) for event in events])
    else:
        write_table(
            ("jour", "événement", "commune", "métier", "Siret"), [_cells(event) for event in events], right=frozenset()
        )
    return 0


def _previous(new: Store) -> Store:
    found = previous_store(new.path.parent if new.path.parent.is_dir() else data_folder() / "stores", new)
    if found is None:
        raise NoStore("Un seul entrepôt est construit : rien à comparer. Indiquer l’autre avec --from DOSSIER.")
    return found


def _cells(event: Event) -> list[str]:
    return [event.day.isoformat(), event.kind.label, _place(event), _trade(event), event.siret or ""]


def _place(event: Event) -> str:
    return commune_name(event.commune)


def _trade(event: Event) -> str:
    if event.kind is not Kind.CHANGED_ACTIVITY:
        return _label(event.trade)
    return f"{_label(event.old_trade)} → {_label(event.trade)}"


def _label(code: str | None) -> str:
    return trade(code).label if code else "hors artisanat"


def _line(event: Event) -> dict[str, Any]:
    line = {name: getattr(event, name) for name in _COLUMNS if name != "commune_name"}
    return line | {"day": event.day.isoformat(), "kind": event.kind.value, "commune_name": _place(event)}
