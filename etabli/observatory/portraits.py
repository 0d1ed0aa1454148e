"""The portrait of a territory: what a person takes to a meeting."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from etabli import facts
from etabli.observatory import gaps, sentences
from etabli.observatory.addresses import address, image_files, table_files
from etabli.observatory.comparisons import Beside, beside, similar_words
from etabli.observatory.drawings import drawing, drawn_for, picture
from etabli.observatory.fabric import present, sector_lines, trade_lines
from etabli.observatory.facilities import facilities
from etabli.observatory.figures import key_figures
from etabli.observatory.legal import forms
from etabli.observatory.openings import openings
from etabli.observatory.places import kind, membership, trail
from etabli.observatory.questions import Asker
from etabli.observatory.sayings import cited
from etabli.observatory.scopes import Reading, apart_words, other_notes, unknown_sizes
from etabli.observatory.screens import Drawing, Portrait
from etabli.observatory.zonings import zones
from etabli.ui import french
from maillage.peers import RULE
from maillage.reference.trades import trades
from maillage.territory import Level, Territory


def portrait(where: Territory, reading: Reading) -> Portrait:
    """The whole screen. Raises NotCovered when the data does not hold the territory, and other MaillageErrors."""
    asker, compared = Asker(reading), beside(where)
    firms = asker.ask("stock_firms", where)
    sectors = asker.ask("stock_firms", where, by="sector")
    by_trade = asker.ask("stock_firms", where, by="trade")
    missing = gaps.gaps(asker, where)
    return Portrait(
        title=_title(asker, where, int(firms.total or 0), compared),
        links=trail(where, reading.query()),
        kind=french.capitalised(kind(where)),
        communes="" if where.level is Level.COMMUNE else french.counted(where.count, "commune"),
        inhabitants="" if where.population is None else french.counted(where.population, "habitant"),
        day=french.long_date(firms.stock_date),
        partial=facts.store().covers(where).reason,
        past=french.long_date(reading.on) if reading.on else "",
        fictitious=firms.fictitious,
        figures=key_figures(asker, where, compared),
        comparison_words=similar_words(where),
        comparison_rule=RULE if similar_words(where) else "",
        scope_words=firms.scope_words,
        apart=apart_words(reading, firms.stock_date),
        unknown_sizes=unknown_sizes(firms.unknown_size_share),
        sector_title=picture("secteurs", asker, where, compared).title,
        sectors=sector_lines(asker, where, sectors),
        sector_exports=image_files(where, reading, "secteurs"),
        trades_title=sentences.trades_title(len(present(by_trade.rows)), len(trades())),
        trades=trade_lines(asker, where, by_trade),
        presence_card=facts.card("presence"),
        gaps_title=gaps.title(where, missing),
        gaps=gaps.alerts(asker, where, missing),
        gaps_rule=gaps.rule(where, missing),
        absent=gaps.nowhere(asker, where, missing),
        openings=openings(asker, where),
        drawings=_drawings(asker, where, compared),
        forms=forms(asker, where),
        notes=tuple(filter(None, (*other_notes(firms), membership(where)))),
        addresses=_addresses(where, reading),
        exports=table_files(where, reading, "metiers"),
        files_words=f"Les {french.number(len(trades()))}\u00a0métiers de la liste, présents ou non\u00a0:",
        facilities=facilities(asker, where),
        cited=cited(where),
        zones=zones(asker, where),
    )


def _drawings(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> dict[str, Drawing]:
    """Charts by name."""
    return {name: drawing(picture(name, asker, where, compared), asker, where) for name in drawn_for(where)}


def _title(asker: Asker, where: Territory, firms: int, compared: tuple[Beside, ...]) -> str:
    density = None if where.population is None else asker.total("density", where)
    first = compared[0] if compared else None
    fabric = sentences.Fabric(
        firms=firms,
        density=density,
        beside=None if first is None else asker.total("density", first.where),
        beside_words="" if first is None else first.words,
    )
    agreed = where.key in settings.PUBLISHED_TERRITORIES
    return sentences.portrait_title(where, fabric, judging=agreed, past=asker.reading.on is not None)


def _addresses(where: Territory, reading: Reading) -> dict[str, str]:
    """Where the buttons and links of the page lead, under the same reading."""
    query = reading.query()
    names = {"print": "portrait_pdf", "trades": "trades", "watch": "watch", "establishments": "establishments"}
    found = {key: address(where, name) + query for key, name in names.items()}
    chosen = urlencode([("t", where.key), *reading.pairs.items()], safe=":,")
    return found | {"self": address(where), "compare": f"{reverse('observatory:comparison')}?{chosen}"}
