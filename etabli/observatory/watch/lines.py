"""Events turned into lines to print; partially diffusible establishments are never named."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from etabli import facts
from etabli.facts import Event, Moved
from etabli.observatory.addresses import address
from etabli.observatory.watch import alerts
from etabli.observatory.watch.screens import MovedLine
from etabli.observatory.watch.wanted import WORDS, main_trade
from etabli.ui import french
from maillage.reference.trades import trade
from maillage.territory import Territory, commune_name, parse
from maillage.watch import Kind, establishment_numbers

OUTSIDE = "activité non artisanale"
HIDDEN = "diffusion partielle\u00a0: nom et adresse masqués"
NAMELESS = "nom inconnu"
EDITION, DAILY = "édition", "fichier quotidien"


@dataclass(frozen=True)
class Known:
    """What may be said of an establishment."""

    name: str
    address: str


def lines(where: Territory, moved: Moved, events: Iterable[Event]) -> list[MovedLine]:
    """Some of the events of `moved` ready to print, newest first."""
    chosen = list(events)
    known = _known([event.siret for event in chosen if event.siret])
    return [_line(where, event, known, fresh=event in moved.fresh) for event in reversed(chosen)]


def _known(sirets: Collection[str]) -> Mapping[str, Known]:
    """What the store says of each SIRET, replaced by what a later daily file does."""
    store, records = facts.store(), facts.latest().records
    rows = store.describe(establishment_numbers(store, sirets).values())
    found = {row.siret: _told(bool(row.status), row.sign or row.name, row.address) for row in rows}
    later = (records[siret] for siret in sirets if siret in records)
    return found | {one.siret: _told(one.hidden, one.name, one.address) for one in later}


def _told(hidden: bool, name: str | None, address: str | None) -> Known:  # noqa: FBT001 - one of three facts
    return Known(HIDDEN, "") if hidden else Known(name or NAMELESS, address or "")


def _line(where: Territory, event: Event, known: Mapping[str, Known], *, fresh: bool) -> MovedLine:
    main = main_trade(event)
    commune = str(event.from_commune) if event.kind is Kind.MOVED_OUT else event.commune
    one = known.get(event.siret or "", Known(NAMELESS, ""))
    return MovedLine(
        key=f"{event.day.isoformat()}/{event.kind}/{event.siret or f'{event.commune}-{main.code}'}",
        on=event.day,
        day=french.short_date(event.day, facts.store().manifest.stock_date.year),
        kind=WORDS[event.kind],
        kind_label=event.kind.label,
        trade=main.label,
        sector=main.sector.value,
        sector_label=main.sector.label,
        href=address(where, "trade", metier=main.code),
        page=address(_place(commune), "trade", metier=main.code),
        commune=commune_name(commune),
        at=_place(commune).at,
        name=one.name if event.siret else "",
        siret=event.siret or "",
        address=one.address,
        detail=_detail(event) if event.siret else alerts.sentence(event, main),
        source=DAILY if fresh else EDITION,
        fresh=fresh,
    )


def _detail(event: Event) -> str:
    match event.kind:
        case Kind.CHANGED_ACTIVITY:
            return _change(event.old_trade, event.trade)
        case Kind.MOVED | Kind.MOVED_IN | Kind.MOVED_OUT:
            return _move(event)
        case Kind.TAKEN_OVER:
            return f"à la suite du SIRET {event.old_siret}"
    return ""


def _change(before: str | None, after: str | None) -> str:
    if after is None:
        return f"passe à une {OUTSIDE}"
    return f"auparavant\u00a0: {trade(before).label if before else OUTSIDE}"


def _move(event: Event) -> str:
    if event.from_commune == event.commune:
        return "dans la même commune"
    if event.kind is Kind.MOVED_OUT:
        return f"s’installe {_place(event.commune).at}"
    return f"venait {_place(str(event.from_commune)).of}"


def _place(commune: str) -> Territory:
    return parse(f"commune:{commune}")
