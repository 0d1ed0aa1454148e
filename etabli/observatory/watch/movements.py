"""Events of a territory turned into lines to print, filtered as the visitor asks."""

from collections import Counter
from dataclasses import dataclass

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.places import trail
from etabli.observatory.screens import Link
from etabli.observatory.sentences import subject
from etabli.observatory.watch.screens import MovedGroup, MovedLine, Watch
from etabli.papers.sheets import Column, Sheet
from etabli.ui import french
from maillage.errors import BadQuestion
from maillage.reference.trades import Sector, trade
from maillage.territory import Territory, commune_name
from maillage.watch import Event, Kind

MOST = 300  # lines on the page; the table has them all
OUTSIDE = "activité non artisanale"
HIDDEN = "établissement à diffusion partielle"
FIELD = "Champ\u00a0: activité entièrement artisanale, toutes tailles, hors organismes publics et associations."
KINDS = {kind.value: kind for kind in Kind}
SECTORS = {sector.value: sector for sector in Sector}
PLURALS = {
    Kind.LAST_GONE: "métiers disparus d’une commune",
    Kind.LAST_LEFT: "métiers réduits à un établissement",
    Kind.OPENED: "ouvertures",
    Kind.TAKEN_OVER: "reprises",
    Kind.MOVED_IN: "arrivées",
    Kind.MOVED_OUT: "départs",
    Kind.MOVED: "déménagements",
    Kind.CHANGED_ACTIVITY: "changements d’activité",
    Kind.CLOSED: "fermetures",
}
ORDER = tuple(PLURALS)


@dataclass(frozen=True)
class Wanted:
    """What the visitor wants to see: one kind of event, one sector, or all."""

    kind: Kind | None = None
    sector: Sector | None = None

    def keeps(self, event: Event) -> bool:
        """Is `event` wanted?"""
        main = event.trade or event.old_trade
        right_sector = self.sector is None or (main is not None and trade(main).sector is self.sector)
        return right_sector and (self.kind is None or event.kind is self.kind)

    @property
    def query(self) -> str:
        """`?evenement=…&secteur=…` with what was chosen."""
        chosen = [("evenement", self.kind), ("secteur", self.sector)]
        text = "&".join(f"{name}={value.value}" for name, value in chosen if value is not None)
        return f"?{text}" if text else ""


def wanted_from(kind: str, sector: str) -> Wanted:
    """Reads `evenement` and `secteur`; empty means all. Raises BadQuestion."""
    if kind and kind not in KINDS:
        raise BadQuestion(f"« evenement={kind} » n’existe pas\u00a0: choisir dans la liste de la page.")
    if sector and sector not in SECTORS:
        raise BadQuestion(f"« secteur={sector} » n’existe pas\u00a0: choisir {', '.join(SECTORS)}.")
    return Wanted(KINDS.get(kind), SECTORS.get(sector))


def watch(where: Territory, wanted: Wanted) -> Watch:
    """The screen of the watch page. Raises NotCovered when the data does not hold the territory."""
    moved = facts.moved(where)
    events = [event for event in moved.events if wanted.keeps(event)]
    shown = lines(where, events[-MOST:])
    counts = Counter(event.kind for event in events)
    query = wanted.query
    files = ("CSV", "watch_csv"), ("Flux Atom", "watch_feed")
    return Watch(
        title=_title(where, moved, counts),
        period="" if moved.since is None else _period(moved),
        previous="" if moved.since is None else french.long_date(moved.since),
        groups=_groups(shown),
        counts=tuple((PLURALS[kind], french.number(counts[kind])) for kind in ORDER if counts[kind]),
        kinds=(("", "tous"), *((kind.value, PLURALS[kind]) for kind in ORDER)),
        sectors=(("", "tous"), *((sector.value, sector.label) for sector in Sector)),
        kind="" if wanted.kind is None else wanted.kind.value,
        sector="" if wanted.sector is None else wanted.sector.value,
        links=(*trail(where), Link(where.short_name, address(where))),
        files=tuple(Link(label, address(where, name) + query) for label, name in files),
        portrait=address(where),
        shown=len(shown),
        total=len(events),
    )


def _title(where: Territory, moved: facts.Moved, counts: Counter[Kind]) -> str:
    if moved.since is None:
        return f"{subject(where)}\u00a0: ce qui a bougé"
    opened = french.counted(counts[Kind.OPENED], "ouverture")
    closed = french.counted(counts[Kind.CLOSED], "fermeture")
    return f"{subject(where)}\u00a0: {opened} et {closed} dans l’artisanat"


def _period(moved: facts.Moved) -> str:
    return f"entre le {french.long_date(moved.since)} et le {french.long_date(moved.until)}"


def lines(where: Territory, events: list[Event]) -> list[MovedLine]:
    """Events ready to print, newest first; partially diffusible establishments are not named."""
    names = facts.names_of(event.siret for event in events if event.siret)
    return [_line(where, event, names) for event in reversed(events)]


def _line(where: Territory, event: Event, names: dict[str, str | None]) -> MovedLine:
    main = trade(event.trade or event.old_trade or "")
    return MovedLine(
        key=f"{event.day.isoformat()}/{event.kind}/{event.siret or f'{event.commune}-{main.code}'}",
        day=french.long_date(event.day),
        iso_day=event.day.isoformat(),
        kind=event.kind.value,
        kind_label=event.kind.label,
        trade=main.label,
        sector=main.sector.value,
        sector_label=main.sector.label,
        href=address(where, "trade", metier=main.code),
        commune=commune_name(event.commune),
        name=(names.get(event.siret) or HIDDEN) if event.siret else "",
        siret=event.siret or "",
        detail=_detail(event),
    )


def _detail(event: Event) -> str:
    match event.kind:
        case Kind.CHANGED_ACTIVITY if event.trade is None:
            return f"passe à une {OUTSIDE}"
        case Kind.CHANGED_ACTIVITY:
            before = trade(event.old_trade).label if event.old_trade else OUTSIDE
            return f"auparavant\u00a0: {before}"
        case Kind.MOVED | Kind.MOVED_IN | Kind.MOVED_OUT if event.from_commune:
            return f"venait de {commune_name(event.from_commune)}"
        case Kind.TAKEN_OVER:
            return f"reprend l’établissement {event.old_siret}"
    return ""


def _groups(shown: list[MovedLine]) -> tuple[MovedGroup, ...]:
    groups = []
    for kind in ORDER:
        of_kind = tuple(line for line in shown if line.kind == kind.value)
        if of_kind:
            groups.append(MovedGroup(kind.value, french.capitalised(PLURALS[kind]), of_kind))
    return tuple(groups)


def sheet(where: Territory, wanted: Wanted) -> Sheet:
    """All events of a territory as a table."""
    moved = facts.moved(where)
    found = lines(where, [event for event in moved.events if wanted.keeps(event)])
    heads = "Date", "Événement", "Métier", "Secteur", "Commune", "Établissement", "SIRET", "Précision"
    rows = tuple(
        (one.iso_day, one.kind_label, one.trade, one.sector_label, one.commune, one.name, one.siret, one.detail)
        for one in found
    )
    source = f"Source\u00a0: Insee, base Sirene, {_period(moved) if moved.since else 'une seule édition'}."
    fictitious = facts.store().manifest.fictitious
    return Sheet(
        f"Veille\u00a0: {where.name}", tuple(Column(h) for h in heads), rows, (source, FIELD), source, fictitious
    )
