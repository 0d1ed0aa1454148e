"""From the words of a command to the values of the engine."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from maillage.data import data_folder
from maillage.errors import BadQuestion
from maillage.indicators import ActivityScope, Period, Question, Scope, SizeScope, Within, zone_named
from maillage.reference.legal_forms import LegalClass
from maillage.store import Store, open_store
from maillage.territory import parse


def day(text: str | None) -> date | None:
    """``2026-10-01``. Raises BadQuestion."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"« {text} » n’est pas une date : écrire par exemple 2026-10-01.") from None


def store(folder: Path | None) -> Store:
    """The store asked for, else the current one. Raises NoStore."""
    return open_store(folder or data_folder() / "stores")


def question(options: argparse.Namespace) -> Question:
    """The question of ``show`` and ``rows``. Raises BadQuestion or UnknownTerritory."""
    return Question(
        indicator=options.indicator,
        where=parse(options.where),
        on=day(options.on),
        during=Period.parse(options.during) if options.during else None,
        scope=Scope(ActivityScope(options.scope), SizeScope(options.size)),
        by=options.by,
        trade=options.trade,
        sector=options.sector,
        links=options.links,
    )


def within(opened: Store, options: argparse.Namespace) -> Within:
    """The part that ``--legal`` and ``--zone`` ask of ``rows``. Raises BadQuestion."""
    return Within(
        LegalClass[options.legal.upper()] if options.legal else None,
        zone_named(opened, options.zone) if options.zone else None,
    )
