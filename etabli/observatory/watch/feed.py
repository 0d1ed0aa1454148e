"""The watch as an Atom feed (RFC 4287): one entry an event, whose identifier never changes."""

from datetime import UTC, datetime, time

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed

from etabli import facts
from etabli.observatory.addresses import address
from etabli.observatory.watch.movements import MOST, Wanted, lines
from maillage.territory import Territory


def feed(request: HttpRequest, where: Territory, wanted: Wanted) -> str:
    """The latest events of a territory as an Atom document."""
    moved = facts.moved(where)
    page = request.build_absolute_uri(address(where, "watch") + wanted.query)
    warning = " Données fictives." if facts.store().manifest.fictitious else ""
    document = Atom1Feed(
        title=f"{where.short_name}\u00a0: ce qui a bougé dans l’artisanat",
        link=page,
        description="",
        language="fr",
        feed_url=request.build_absolute_uri(),
        subtitle=f"Ouvertures, fermetures, reprises et déménagements d’après la base Sirene.{warning}",
    )
    for one in lines(where, [event for event in moved.events if wanted.keeps(event)][-MOST:]):
        parts = (one.name, one.detail, f"SIRET {one.siret}" if one.siret else "", one.sector_label)
        document.add_item(
            title=one.sentence,
            link=page,
            unique_id=request.build_absolute_uri(f"{address(where, 'watch')}#{one.key}"),
            description=" · ".join(part for part in parts if part) + warning,
            updateddate=datetime.combine(datetime.fromisoformat(one.iso_day), time(0), UTC),
            author_name="Établi",
        )
    return document.writeString("utf-8")
