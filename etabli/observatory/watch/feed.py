"""The watch as an Atom feed (RFC 4287): one entry an event, whose identifier never changes."""

from datetime import UTC, date, datetime, time
from html import escape
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.watch.lines import lines
from etabli.observatory.watch.movements import FIELD, MOST
from etabli.observatory.watch.screens import MovedLine
from etabli.observatory.watch.wanted import Wanted
from etabli.papers.signs import valid
from maillage.territory import Territory

AUTHOR = "Établi"


class _Feed(Atom1Feed):
    """An Atom feed whose date is that of the data, so that an empty one does not change at every reading."""

    def latest_post_date(self) -> datetime:
        """Midnight of the day of the data."""
        until: datetime = self.feed["until"]
        return until


def feed(request: HttpRequest, where: Territory, wanted: Wanted) -> str:
    """The latest events of a territory as an Atom document.

    An entry is updated when the edition tells it; on its own day as long as only a daily file does.
    """
    moved = facts.moved(where)
    page = request.build_absolute_uri(address(where, "watch") + wanted.query)
    warning = "Données fictives. " if facts.store().manifest.fictitious else ""
    document = _Feed(
        title=f"{where.short_name}\u00a0: ce qui a bougé dans l’artisanat",
        link=page,
        description="",
        language="fr",
        author_name=AUTHOR,
        feed_url=request.build_absolute_uri(),
        feed_guid=_urn(where, wanted.query),
        subtitle=f"{warning}Ouvertures, fermetures, reprises et déménagements d’après la base Sirene. {FIELD}",
        until=_midnight(moved.last_day),
    )
    for one in lines(where, moved, _latest(moved, wanted)):
        document.add_item(
            title=valid(one.sentence),
            link=request.build_absolute_uri(one.page),
            unique_id=_urn(where, one.key),
            description=escape(valid(_told(one, warning)), quote=False),
            pubdate=_midnight(one.on),
            updateddate=_midnight(one.on if one.fresh else moved.until),
            categories=(one.kind_label, one.sector_label),
        )
    return document.writeString("utf-8")


def _latest(moved: facts.Moved, wanted: Wanted) -> list[facts.Event]:
    """What the daily files tell, then the latest by their declared day: a late declaration is news all the same."""
    events = [event for event in moved.events if wanted.keeps(event)]
    kept = set(sorted(events, key=lambda event: event in moved.fresh)[-MOST:])  # stable: in order of day on each side
    return [event for event in events if event in kept]


def _told(one: MovedLine, warning: str) -> str:
    siret = f"SIRET {one.siret}" if one.siret else ""
    detail = "" if one.sentence == one.detail else one.detail
    parts = [one.name, one.address, siret, detail, one.sector_label, one.source if one.fresh else ""]
    return warning + " · ".join(part for part in parts if part)


def _urn(where: Territory, key: str) -> str:
    """An identifier that depends on nothing but the thing itself: neither the site's name nor the edition."""
    return uuid5(NAMESPACE_URL, f"etabli/veille/{where.key}/{key}").urn


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
