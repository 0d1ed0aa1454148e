"""The list behind a figure: its page, and its table."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from etabli import facts
from etabli.facts import Card
from etabli.observatory.addresses import TABLE_FORMATS, address
from etabli.observatory.establishments.asked import Asked
from etabli.observatory.establishments.lines import HEADS, Line, cells, line
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


@dataclass(frozen=True)
class Listing:
    """The page. `keep` are the parts of the address that its form does not ask again; `years` is empty for a day."""

    title: str
    lead: str
    card: Card
    lines: tuple[Line, ...]
    page: Page[int]
    trades: tuple[tuple[str, Options], ...]
    trade: str
    sectors: Options
    sector: str
    years: Options
    year: str
    keep: Options
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    portrait: str
    wider: str


def listing(where: Territory, asked: Asked, page: str) -> Listing:
    """One page of the list; a page number out of range shows the nearest. Raises NotCovered."""
    question = asked.question(where)
    numbers = facts.rows_behind(question)
    shown: Page[int] = Paginator([int(number) for number in numbers], PER_PAGE).get_page(page)
    files = [
        Link(kind.upper(), address(where, "establishments_file", suffix=kind) + asked.query) for kind in TABLE_FORMATS
    ]
    reading = asked.reading
    return Listing(
        title=_title(where, asked, len(numbers)),
        lead=_lead(asked, facts.ask(question).scope_words),
        card=facts.card(asked.indicator),
        lines=tuple(line(row) for row in facts.store().describe(shown.object_list)),
        page=shown,
        trades=_trades(),
        trade="" if asked.trade is None else asked.trade.code,
        sectors=(("", "tous"), *((sector.value, sector.label) for sector in Sector)),
        sector="" if asked.sector is None else asked.sector.value,
        years=_years() if asked.over_time else (),
        year="" if asked.year is None else str(asked.year),
        keep=(("indicateur", asked.indicator), *reading.pairs.items()),
        links=(*trail(where), Link(where.short_name, address(where) + reading.query())),
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
    return f"{label} {_moment(asked)}{sector} · {scope}"


def _moment(asked: Asked) -> str:
    if asked.year is not None:
        return f"en {asked.year}"
    day = french.long_date(asked.reading.on or facts.store().manifest.stock_date)
    return f"dans les 12 mois avant le {day}" if asked.over_time else f"au {day}"


def _trades() -> tuple[tuple[str, Options], ...]:
    """Trades by sector, for the form."""
    return tuple(
        (french.capitalised(sector.label), tuple((one.code, one.label) for one in trades() if one.sector is sector))
        for sector in Sector
    )


def _years() -> Options:
    last = facts.store().manifest.stock_date.year
    return (("", "12 derniers mois"), *((str(year), str(year)) for year in range(last, last - YEARS, -1)))


def sheet(where: Territory, asked: Asked) -> Sheet:
    """The whole list as a table, masked as on the page."""
    question = asked.question(where)
    answer, rows = facts.ask(question), facts.store().describe(facts.rows_behind(question))
    card, lead = answer.card, _lead(asked, answer.scope_words)
    return Sheet(
        title=_title(where, asked, len(rows)),
        columns=tuple(Column(head) for head in HEADS),
        rows=tuple(cells(row) for row in rows),
        notes=(f"{where.name}. {lead}.", card.formula, card.field, card.caveat, source_line(answer)),
        source=mention_of(answer),
        fictitious=answer.fictitious,
    )
