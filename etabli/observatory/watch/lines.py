"""Events turned into lines to print; partially diffusible establishments are never named."""

from collections.abc import Iterable, Mapping

from etabli import facts
from etabli.facts import EstablishmentRow, Event
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
Rows = Mapping[str, EstablishmentRow]


def lines(where: Territory, events: Iterable[Event]) -> list[MovedLine]:
    """Events ready to print, newest first."""
    chosen = list(events)
    known = _rows(event.siret for event in chosen if event.siret)
    return [_line(where, event, known) for event in reversed(chosen)]


def _rows(sirets: Iterable[str]) -> Rows:
    store = facts.store()
    return {row.siret: row for row in store.describe(establishment_numbers(store, sirets).values())}


def _line(where: Territory, event: Event, known: Rows) -> MovedLine:
    main = main_trade(event)
    commune = str(event.from_commune) if event.kind is Kind.MOVED_OUT else event.commune
    row = known.get(event.siret or "")
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
        name=_name(row) if event.siret else "",
        siret=event.siret or "",
        address=_address(row),
        detail=_detail(event) if event.siret else alerts.sentence(event, main),
    )


def _name(row: EstablishmentRow | None) -> str:
    if row is not None and row.status:
        return HIDDEN
    return NAMELESS if row is None else row.sign or row.name or NAMELESS


def _address(row: EstablishmentRow | None) -> str:
    return "" if row is None or row.status else row.address or ""


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
