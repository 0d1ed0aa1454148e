"""The watch page: what happened in a territory since the edition before, by kind, the most pressing first."""

from collections import Counter
from collections.abc import Sequence

from etabli import facts
from etabli.observatory.addresses import TABLE_FORMATS, address
from etabli.observatory.places import trail
from etabli.observatory.screens import Link
from etabli.observatory.sentences import subject
from etabli.observatory.watch.lines import lines
from etabli.observatory.watch.screens import MovedGroup, MovedLine, Watch
from etabli.observatory.watch.wanted import WORDS, Wanted
from etabli.ui import french
from maillage.reference.trades import Sector
from maillage.territory import Territory
from maillage.watch import Kind

MOST = 300  # lines on the page; the table has them all
FIELD = (
    "Champ\u00a0: activité entièrement artisanale ou déclarée au répertoire des métiers, toutes tailles, hors "
    "organismes publics et associations."
)
NAMES = {
    Kind.LAST_GONE: ("métier disparu d’une commune", "métiers disparus d’une commune"),
    Kind.LAST_LEFT: ("métier réduit à un établissement", "métiers réduits à un établissement"),
    Kind.OPENED: ("ouverture", "ouvertures"),
    Kind.REOPENED: ("réouverture", "réouvertures"),
    Kind.TAKEN_OVER: ("reprise", "reprises"),
    Kind.MOVED_IN: ("arrivée", "arrivées"),
    Kind.MOVED_OUT: ("départ", "départs"),
    Kind.MOVED: ("déménagement", "déménagements"),
    Kind.CHANGED_ACTIVITY: ("changement d’activité", "changements d’activité"),
    Kind.CLOSED: ("fermeture", "fermetures"),
}
MASCULINE = frozenset({Kind.LAST_GONE, Kind.LAST_LEFT, Kind.MOVED_OUT, Kind.MOVED, Kind.CHANGED_ACTIVITY})
FIELDS = {
    None: "dans l’artisanat", Sector.FOOD: "dans l’alimentation", Sector.BUILDING: "dans le bâtiment",
    Sector.MAKING: "dans la fabrication", Sector.SERVICES: "dans les services",
}  # fmt: skip
HEADLINE = Kind.OPENED, Kind.CLOSED
TOLD = frozenset({Kind.LAST_GONE, Kind.LAST_LEFT})


def watch(where: Territory, wanted: Wanted) -> Watch:
    """The screen. A territory where nothing moved has an empty one, and so has the first edition of the data."""
    moved = facts.moved(where)
    events = [event for event in moved.events if wanted.keeps(event)]
    shown = lines(where, moved, events[-MOST:])
    query = wanted.query
    feed = address(where, "watch_feed") + query
    files = [Link(kind.upper(), address(where, "watch_table", format=kind) + query) for kind in TABLE_FORMATS]
    return Watch(
        title=_title(where, moved, events, wanted),
        period=period(moved),
        begun=moved.begun,
        unreadable=facts.latest().unreadable,
        groups=_groups(shown, Counter(event.kind for event in events)),
        kinds=(("", "tous"), *((WORDS[kind], plural) for kind, (_one, plural) in NAMES.items())),
        sectors=(("", "tous"), *((sector.value, sector.label) for sector in Sector)),
        kind="" if wanted.kind is None else WORDS[wanted.kind],
        sector="" if wanted.sector is None else wanted.sector.value,
        links=(*trail(where), Link(where.short_name, address(where))),
        files=(*files, Link("Flux Atom", feed)),
        feed=feed,
        portrait=address(where),
        field=FIELD,
        shown=len(shown),
        total=len(events),
        quiet=not moved.events,
    )


def _title(where: Territory, moved: facts.Moved, events: Sequence[facts.Event], wanted: Wanted) -> str:
    """What is shown, counted: openings and closures, or the one kind that is asked for, in crafts or in one sector."""
    if not moved.begun:
        return f"{subject(where)}\u00a0: ce qui a bougé dans l’artisanat"
    counts = Counter(event.kind for event in events)
    told = [_counted(kind, counts[kind]) for kind in (HEADLINE if wanted.kind is None else (wanted.kind,))]
    return f"{subject(where)}\u00a0: {french.enumeration(told)} {FIELDS[wanted.sector]}"


def _counted(kind: Kind, count: int) -> str:
    if count:
        return french.counted(count, *NAMES[kind])
    return f"{'aucun' if kind in MASCULINE else 'aucune'} {NAMES[kind][0]}"


def period(moved: facts.Moved) -> str:
    """« entre le 1er octobre 2026 et le 1er novembre 2026 », then what daily files add; empty for a single edition."""
    until, daily = french.long_date(moved.until), _daily_files(moved)
    if moved.since is None:
        return f"depuis le {until}, d’après {daily}" if daily else ""
    between = f"entre le {french.long_date(moved.since)} et le {until}"
    return f"{between}, puis dans {daily}" if daily else between


def _daily_files(moved: facts.Moved) -> str:
    """How many were read and the day of the last: not « until that day », since some may be lacking."""
    if moved.daily is None:
        return ""
    last = french.long_date(moved.daily)
    if moved.files == 1:
        return f"le seul fichier quotidien lu, du {last}"
    return f"les {french.number(moved.files)} fichiers quotidiens lus, le dernier du {last}"


def _groups(shown: Sequence[MovedLine], counts: Counter[Kind]) -> tuple[MovedGroup, ...]:
    """One group per kind that happened; `shown` may hold fewer lines than were counted."""
    return tuple(
        MovedGroup(
            kind=WORDS[kind],
            title=_counted(kind, counts[kind]),
            count=french.number(counts[kind]),
            label=names[0] if counts[kind] < 2 else names[1],
            lines=tuple(line for line in shown if line.kind == WORDS[kind]),
            told=kind in TOLD,
        )
        for kind, names in NAMES.items()
        if counts[kind]
    )
