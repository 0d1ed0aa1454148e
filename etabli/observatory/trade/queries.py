"""One trade in a territory: its page and its pictures."""

from etabli import facts
from etabli.facts import Question
from etabli.observatory.addresses import IMAGE_FORMATS, address, establishments
from etabli.observatory.comparisons import similar_words
from etabli.observatory.drawings import drawn
from etabli.observatory.establishments.lines import line
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.trade_map import trade_map
from etabli.observatory.places import trail
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.scopes import Reading, flow_words, other_notes, unknown_sizes
from etabli.observatory.screens import Drawing, Link
from etabli.observatory.sentences import subject
from etabli.observatory.trade.communes import communes, counts, near
from etabli.observatory.trade.definition import definition
from etabli.observatory.trade.figures import figures
from etabli.observatory.trade.screens import Neighbour, TradePage
from etabli.papers import look
from etabli.ui import french
from maillage.reference.trades import Trade, trade
from maillage.territory import Level, Territory

PICTURES = ("carte", "mouvement")
NAMED = 8  # establishments named on the page of a commune


def trade_page(where: Territory, slug: str, reading: Reading) -> TradePage:
    """The screen of one trade. Raises UnknownTrade, NotCovered."""
    one, asker = trade(slug), Asker(reading)
    firms = asker.ask("stock_firms", where, trade=slug)
    alone = where.level is Level.COMMUNE
    found = counts(asker, where, one)
    neighbours, more = _neighbours(asker, where, one) if alone else ((), "")
    near_title, nearest = near(asker, where, one)
    query = reading.query()
    return TradePage(
        title=_title(where, one, int(firms.total or 0), found),
        lead=reading.moment(firms.stock_date),
        sector=one.sector.value,
        sector_label=french.capitalised(one.sector.label),
        figures=figures(asker, where, one),
        similar=similar_words(where),
        map=None if alone or not any(found.values()) else _drawing("carte", asker, where, one),
        movement=_drawing("mouvement", asker, where, one),
        communes=None if alone else communes(where, one, found, reading),
        neighbours=neighbours,
        more=more,
        near_title=near_title,
        near=nearest,
        definition=definition(one, reading.scope),
        card=facts.card("presence"),
        links=(*trail(where, query), *_up(where, query)),
        scope_words=firms.scope_words,
        flow_words=flow_words(reading),
        unknown=unknown_sizes(firms.unknown_size_share),
        action=address(where, "trade", metier=slug),
        notes=other_notes(firms),
        rows=establishments(where, reading, "stock_firms", metier=slug),
        watch=address(where, "watch") + f"?secteur={one.sector.value}",
    )


def _up(where: Territory, query: str) -> tuple[Link, Link]:
    return Link(where.short_name, address(where) + query), Link("Métiers", address(where, "trades") + query)


def picture(name: str, asker: Asker, where: Territory, one: Trade) -> Picture:
    """A picture of the trade by its name in addresses. Raises KeyError for a name outside `PICTURES`."""
    if name == "mouvement" and not asker.moves:
        title = "Créations et fermetures\u00a0: pas de courbe dans ce périmètre"
        return blank(name, title, french.capitalised(NO_HISTORY), asker.ask("stock_firms", where, trade=one.code))
    match name:
        case "carte":
            answer = asker.ask("presence", where, by="commune", trade=one.code)
            store = facts.store()
            return trade_map(one.label, answer, store.outline, store.centre, look.SECTOR_COLOURS[one.sector.value])
        case "mouvement":
            names = ("creations", "closures", "stock_firms")
            return movement(*(asker.ask(series, where, by="year", trade=one.code) for series in names))
    raise KeyError(name)


def _drawing(name: str, asker: Asker, where: Territory, one: Trade) -> Drawing:
    shown, query = picture(name, asker, where, one), asker.reading.query()
    return drawn(
        shown,
        (
            Link(kind.upper(), address(where, "trade_image", metier=one.code, nom=name, format=kind) + query)
            for kind in IMAGE_FORMATS
        ),
    )


def _title(where: Territory, one: Trade, firms: int, found: dict[str, int]) -> str:
    """« Lens-Liévin, boulangerie : 87 entreprises dans 27 des 36 communes »."""
    head = f"{subject(where)}, {one.short}\u00a0: "
    if not firms:
        return f"{head}aucune entreprise"
    counted = french.counted(firms, "entreprise")
    if where.level is Level.COMMUNE:
        return f"{head}{counted}"
    served = sum(1 for count in found.values() if count)
    return f"{head}{counted} dans {french.number(served)} des {french.counted(len(found), 'commune')}"


def _neighbours(asker: Asker, where: Territory, one: Trade) -> tuple[tuple[Neighbour, ...], str]:
    """The first establishments of the trade in a commune, and how many others there are."""
    reading = asker.reading
    numbers = facts.rows_behind(Question("stock", where, on=reading.on, scope=reading.scope, trade=one.code))
    rows = [line(row) for row in facts.described(numbers[:NAMED])]
    others = len(numbers) - len(rows)
    more = f"et {french.counted(others, 'autre')}" if others > 0 else ""
    return tuple(Neighbour(row.sign or row.name, row.address, row.siret) for row in rows), more
