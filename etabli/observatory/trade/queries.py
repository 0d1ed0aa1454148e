"""One trade in a territory, commune by commune; and all trades of a territory."""

from etabli import facts
from etabli.facts import Answer, Period
from etabli.observatory.addresses import IMAGE_FORMATS, address, establishments
from etabli.observatory.drawings import printed
from etabli.observatory.figures import cohort
from etabli.observatory.pictures.movement import movement
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.trade_map import trade_map
from etabli.observatory.places import trail
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from etabli.observatory.screens import Drawing, Figure, Link
from etabli.observatory.trade.screens import Code, CommuneLine, TradePage
from etabli.papers import look
from etabli.ui import french
from maillage.reference.trades import Reach, Trade, trade
from maillage.territory import Level, Territory, commune_name, parse

PICTURES = ("carte", "mouvement")
REACHES = {
    Reach.WHOLE: "entièrement artisanal",
    Reach.EXCEPT: "artisanal, sauf une activité nommée",
    Reach.PARTIAL: "artisanal en partie",
}


def trade_page(where: Territory, slug: str, reading: Reading) -> TradePage:
    """The screen of one trade. Raises UnknownTrade, NotCovered."""
    one, asker = trade(slug), Asker(reading)
    firms = asker.ask("stock_firms", where, trade=slug)
    lines = _communes(asker, where, one)
    pictures = PICTURES if where.level is not Level.COMMUNE else PICTURES[1:]
    drawings = {name: _drawing(picture(name, asker, where, one), name, asker, where, one) for name in pictures}
    day = french.long_date(reading.on or firms.stock_date)
    return TradePage(
        title=_title(where, one, int(firms.total or 0), lines),
        lead=f"{where.short_name} · secteur {one.sector.label} · données au {day}",
        sector=one.sector.value,
        sector_label=one.sector.label,
        figures=_figures(asker, where, one),
        map=drawings.get("carte"),
        movement=drawings.get("mouvement"),
        communes=lines,
        codes=tuple(Code(naf, REACHES[reach]) for naf, reach in one.naf),
        card=firms.card,
        links=(*trail(where), Link(where.short_name, address(where)), Link("Métiers", address(where, "trades"))),
        scope_words=reading.scope.label,
        notes=firms.notes,
        rows=establishments(where, reading, "stock_firms", metier=slug),
    )


def picture(name: str, asker: Asker, where: Territory, one: Trade) -> Picture:
    """A picture of the trade by its name in addresses. Raises KeyError for a name outside `PICTURES`."""
    match name:
        case "carte":
            answer = asker.ask("presence", where, by="commune", trade=one.code)
            store = facts.store()
            return trade_map(one.label, answer, store.outline, store.centre, look.SECTOR_COLOURS[one.sector.value])
        case "mouvement":
            births = asker.ask("creations", where, by="year", trade=one.code)
            return movement(births, asker.ask("closures", where, by="year", trade=one.code))
    raise KeyError(name)


def _drawing(shown: Picture, name: str, asker: Asker, where: Territory, one: Trade) -> Drawing:
    query = asker.reading.query()
    return Drawing(
        picture=shown,
        columns=tuple(column.heading for column in shown.sheet.columns),
        rows=tuple(tuple(printed(cell) for cell in row) for row in shown.sheet.rows),
        exports=tuple(
            Link(kind.upper(), address(where, "trade_image", metier=one.code, nom=name, format=kind) + query)
            for kind in IMAGE_FORMATS
        ),
    )


def _title(where: Territory, one: Trade, firms: int, lines: tuple[CommuneLine, ...]) -> str:
    head = f"{french.capitalised(one.label)}\u00a0: "
    if not firms:
        return f"{head}aucune entreprise à {where.short_name}"
    counted = french.counted(firms, "entreprise")
    if where.level is Level.COMMUNE:
        return f"{head}{counted} à {where.short_name}"
    served = sum(1 for line in lines if line.state != "aucun")
    return f"{head}{counted}, {french.number(served)} communes servies sur {french.number(len(lines))}"


def _figures(asker: Asker, where: Territory, one: Trade) -> tuple[Figure, ...]:
    labels = {
        "stock_firms": "entreprises",
        "creations": "créations, 12 derniers mois",
        "closures": "fermetures, 12 derniers mois",
    }
    figures = [_figure(asker.ask(name, where, trade=one.code), label, asker, one) for name, label in labels.items()]
    return (*figures, _survival(asker.ask("survival", where, trade=one.code)))


def _figure(answer: Answer, label: str, asker: Asker, one: Trade) -> Figure:
    where = answer.question.where
    return Figure(
        value=french.number(answer.total),
        label=label,
        comparisons=(),
        card=answer.card,
        on=_moment(answer.question.during) or f"au {french.long_date(asker.reading.on or answer.stock_date)}",
        notes=answer.notes,
        rows=establishments(where, asker.reading, answer.card.id, metier=one.code),
    )


def _moment(during: Period | None) -> str:
    return "" if during is None else f"du {french.long_date(during.start)} au {french.long_date(during.last)}"


def _survival(answer: Answer) -> Figure:
    row = next((row for row in answer.rows if row.key == "36" and row.value is not None), None)
    interval = "moins de 10 créations\u00a0: pas de courbe"
    if row is not None:
        low, high = (french.number(float(row.extra.get(name) or 0)) for name in ("low", "high"))
        interval = f"intervalle à 95\u202f%\u00a0: {low} – {high}"
    value = french.percent(None if row is None else row.value, 0)
    return Figure(value, "encore actives à 3\u00a0ans", (interval,), answer.card, cohort(answer), answer.notes)


def _communes(asker: Asker, where: Territory, one: Trade) -> tuple[CommuneLine, ...]:
    """Communes, those with the most establishments first, then by name."""
    rows = asker.ask("presence", where, by="commune", trade=one.code).rows
    counts = {row.key: int(row.extra.get("count") or 0) for row in rows}
    ordered = sorted(counts, key=lambda code: (-counts[code], commune_name(code)))
    return tuple(_commune(parse(f"commune:{code}"), counts[code], asker.reading, one) for code in ordered)


def _commune(place: Territory, count: int, reading: Reading, one: Trade) -> CommuneLine:
    density = None if not place.population else 10_000 * count / place.population
    return CommuneLine(
        name=place.name,
        href=address(place) + reading.query(),
        count=french.number(count),
        density=french.number(density, 1),
        state="aucun" if not count else "dernier" if count == 1 else "",
        rows=establishments(place, reading, "stock", metier=one.code) if count else "",
    )
