"""The list behind a figure: its page, and its table."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from etabli import facts
from etabli.facts import Card
from etabli.observatory.addresses import TABLE_FORMATS, address
from etabli.observatory.establishments.asked import ALWAYS, Asked
from etabli.observatory.establishments.lines import HEADS, Line, cells, line
from etabli.observatory.legal import KEYS
from etabli.observatory.pictures.picture import mention_of, source_line
from etabli.observatory.places import trail
from etabli.observatory.screens import Link
from etabli.observatory.sentences import subject
from etabli.papers.sheets import Column, Sheet
from etabli.ui import french
from maillage.reference.trades import Sector, trades
from maillage.territory import Territory

PER_PAGE = 50
YEARS = 10  # offered in the form; any other can be written in the address
Options = tuple[tuple[str, str], ...]
KINDS = {
    "creations": ("établissement d’entreprise créée", "établissements d’entreprises créées"),
    "creation_rate": ("établissement d’entreprise créée", "établissements d’entreprises créées"),
    "closures": ("établissement d’entreprise fermée", "établissements d’entreprises fermées"),
    "closure_rate": ("établissement d’entreprise fermée", "établissements d’entreprises fermées"),
}
CRAFT = "établissement artisanal", "établissements artisanaux"
FORM_OPTIONS: Options = (("", "toutes"), *KEYS.values())
BY_PLACE = "Dans l’ordre des communes (code Insee), puis des métiers."
LATEST_FIRST = "De la plus récente à la plus ancienne."


@dataclass(frozen=True)
class Listing:
    """The page. `keep` are the parts of the address that its form does not ask again; `years` is empty for a day."""

    title: str
    lead: str
    card: Card
    order: str
    lines: tuple[Line, ...]
    page: Page[int]
    trades: tuple[tuple[str, Options], ...]
    trade: str
    sectors: Options
    sector: str
    forms: Options
    form: str
    years: Options
    year: str
    on: date | None
    keep: Options
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    portrait: str
    wider: str


def listing(where: Territory, asked: Asked, page: str) -> Listing:
    """One page of the list; a page number out of range shows the nearest. Raises NotCovered."""
    question = asked.question(where)
    found = asked.behind(where)
    shown: Page[int] = Paginator(range(len(found)), PER_PAGE).get_page(page)
    rows = facts.described([int(found.numbers[place]) for place in shown.object_list])
    days = [found.on(place) for place in shown.object_list]
    files = [
        Link(kind.upper(), address(where, "establishments_file", suffix=kind) + asked.query) for kind in TABLE_FORMATS
    ]
    reading = asked.reading
    return Listing(
        title=_title(where, asked, len(found)),
        lead=_lead(asked, facts.ask(question).scope_words),
        card=facts.card(asked.indicator),
        order=_order(asked),
        lines=tuple(line(row, asked.event, on) for row, on in zip(rows, days, strict=True)),
        page=shown,
        trades=_trades(),
        trade="" if asked.trade is None else asked.trade.code,
        sectors=(("", "tous"), *((sector.value, sector.label) for sector in Sector)),
        sector="" if asked.sector is None else asked.sector.value,
        forms=FORM_OPTIONS,
        form=asked.form_word,
        years=_years() if asked.over_time else (),
        year=ALWAYS if asked.always else str(asked.year or ""),
        on=reading.on,
        keep=(("indicateur", asked.indicator), *_kept(asked)),
        links=(*trail(where, reading.query()), Link(where.short_name, address(where) + reading.query())),
        files=tuple(files),
        portrait=address(where) + reading.query(),
        wider=address(where, "establishments") + reading.query(indicateur=asked.indicator),
    )


def _title(where: Territory, asked: Asked, count: int) -> str:
    """« Lens, boulangerie : 8 établissements d’entreprises créées »."""
    one, many = KINDS.get(asked.indicator, CRAFT)
    counted = french.counted(count, one, many) if count else f"aucun {one}"
    trade = "" if asked.trade is None else f", {asked.trade.short}"
    return f"{subject(where)}{trade}\u00a0: {counted}"


def _lead(asked: Asked, scope: str) -> str:
    """What makes them one list: the figure, the moment, the sector, the scope."""
    label = french.capitalised(facts.card(asked.indicator).label)
    sector = "" if asked.sector is None else f" · secteur {asked.sector.label}"
    form = f" · {dict(FORM_OPTIONS)[asked.form_word]}" if asked.form_word else ""
    zone = f" · {facts.zone_label(*asked.zone)}" if asked.zone else ""
    return f"{label} {_moment(asked)}{sector}{form}{zone} · {scope}"


def _moment(asked: Asked) -> str:
    if asked.year is not None:
        return f"en {asked.year}"
    if asked.always:
        return f"depuis le {french.long_date(facts.days()[0])}"
    day = french.long_date(asked.reading.on or facts.store().manifest.stock_date)
    return f"dans les 12 mois avant le {day}" if asked.over_time else f"au {day}"


def _kept(asked: Asked) -> Options:
    """The zone and the reading, less the day where the form asks for it."""
    zone = (("zonage", asked.zone_word),) if asked.zone else ()
    return (*zone, *(pair for pair in asked.reading.pairs.items() if asked.over_time or pair[0] != "le"))


def _order(asked: Asked) -> str:
    return LATEST_FIRST if asked.over_time else BY_PLACE


def _trades() -> tuple[tuple[str, Options], ...]:
    """Trades by sector, for the form."""
    return tuple(
        (french.capitalised(sector.label), tuple((one.code, one.label) for one in trades() if one.sector is sector))
        for sector in Sector
    )


def _years() -> Options:
    last = facts.store().manifest.stock_date.year
    years = ((str(year), str(year)) for year in range(last, last - YEARS, -1))
    return (("", "12 derniers mois"), (ALWAYS, "toutes"), *years)


def sheet(where: Territory, asked: Asked) -> Sheet:
    """The whole list as a table, masked as on the page."""
    question = asked.question(where)
    answer, found = facts.ask(question), asked.behind(where)
    rows = facts.described(found.numbers)
    event = (asked.event,) if asked.event else ()
    card, lead = answer.card, _lead(asked, answer.scope_words)
    return Sheet(
        title=_title(where, asked, len(rows)),
        columns=tuple(Column(head) for head in (*HEADS, *event)),
        rows=tuple((*cells(row), *(found.on(place) for _ in event)) for place, row in enumerate(rows)),
        notes=(f"{where.name}. {lead}. {_order(asked)}", card.exact, card.field, card.caveat, source_line(answer)),
        source=mention_of(answer),
        fictitious=answer.fictitious,
    )
