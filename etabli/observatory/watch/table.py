"""The watch as a table, with every event."""

from etabli import facts
from etabli.observatory.watch.lines import lines
from etabli.observatory.watch.movements import FIELD, period
from etabli.observatory.watch.wanted import Wanted
from etabli.papers.sheets import Column, Sheet
from maillage.territory import Territory

HEADS = (
    "Date", "Événement", "Métier", "Secteur", "Commune", "Établissement", "SIRET", "Adresse", "Précision",
    "Source",
)  # fmt: skip


def sheet(where: Territory, wanted: Wanted) -> Sheet:
    """All events of a territory that are wanted, newest first."""
    moved, manifest = facts.moved(where), facts.store().manifest
    found = lines(where, moved, (event for event in moved.events if wanted.keeps(event)))
    rows = tuple(
        (
            one.on, one.kind_label, one.trade, one.sector_label, one.commune, one.name or None, one.siret or None,
            one.address or None, one.detail or None, one.source,
        )
        for one in found
    )  # fmt: skip
    when = period(moved) or f"une seule édition, au {manifest.stock_date.isoformat()}"
    return Sheet(
        title=f"Veille\u00a0: {where.name}",
        columns=tuple(Column(head) for head in HEADS),
        rows=rows,
        notes=(f"Source\u00a0: Insee, base Sirene, {when}.", FIELD),
        source=f"Insee, Sirene, {moved.last_day.isoformat()}",
        fictitious=manifest.fictitious,
    )
