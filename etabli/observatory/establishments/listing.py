"""The list behind a figure: which question, which establishments, as a page and as a table."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from etabli import facts
from etabli.facts import Card, EstablishmentRow, Moment, Period, Question
from etabli.observatory.addresses import address
from etabli.observatory.places import trail
from etabli.observatory.scopes import Reading, reading_from
from etabli.observatory.screens import Link
from etabli.papers.sheets import Column, Sheet
from etabli.ui import french
from maillage.errors import BadQuestion
from maillage.reference.bands import BANDS
from maillage.reference.trades import Sector, Trade, trade
from maillage.territory import Territory

PER_PAGE = 50
OPENABLE = ("stock_firms", "stock", "creations", "closures", "creation_rate", "closure_rate", "ess_share", "density")
HIDDEN = "diffusion partielle\u00a0: nom et adresse masqués"
BAND_LABELS = {band.code: band.label for band in BANDS}
HEADS = (
    "SIRET", "Nom", "Enseigne", "Métier", "Secteur", "Adresse", "Code postal", "Commune", "Création",
    "Tranche d’effectif", "NAF", "NAFA",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The figure to open: an indicator under a reading, perhaps one trade, one sector or one year of it."""

    indicator: str
    reading: Reading
    trade: Trade | None
    sector: Sector | None
    year: int | None

    def question(self, where: Territory) -> Question:
        """The question whose rows are wanted."""
        during = None if self.year is None else Period.year(self.year)
        on = self.reading.on
        if facts.card(self.indicator).moment is not Moment.DAY:
            during, on = during or (None if on is None else Period.rolling_year(on)), None
        return Question(
            self.indicator,
            where,
            on=on,
            during=during,
            scope=self.reading.scope,
            trade=None if self.trade is None else self.trade.code,
            sector=None if self.sector is None else self.sector.value,
        )

    @property
    def query(self) -> str:
        """The query string that leads back here."""
        more = {"indicateur": self.indicator}
        more |= {} if self.trade is None else {"metier": self.trade.code}
        more |= {} if self.sector is None else {"secteur": self.sector.value}
        more |= {} if self.year is None else {"annee": str(self.year)}
        return self.reading.query(**more)


@dataclass(frozen=True)
class Line:
    """One establishment, ready to print."""

    siret: str
    name: str
    sign: str
    trade: str
    sector: str
    sector_label: str
    address: str
    commune: str
    created: str
    band: str


@dataclass(frozen=True)
class Listing:
    """The page."""

    title: str
    lead: str
    card: Card
    lines: tuple[Line, ...]
    page: Page[int]
    links: tuple[Link, ...]
    files: tuple[Link, ...]
    portrait: str


def asked_from(query: QueryDict) -> Asked:
    """Reads `indicateur`, `metier`, `secteur`, `annee` and the reading. Raises BadQuestion and UnknownTrade."""
    indicator, sector, year = (query.get(name, "") for name in ("indicateur", "secteur", "annee"))
    indicator = indicator or OPENABLE[0]
    if indicator not in OPENABLE:
        raise BadQuestion(
            f"« indicateur={indicator} » n’a pas de liste publique. Possibles\u00a0: {', '.join(OPENABLE)}."
        )
    if sector and sector not in set(Sector):
        raise BadQuestion(f"« secteur={sector} » n’existe pas\u00a0: choisir {', '.join(Sector)}.")
    if year and not (year.isascii() and year.isdigit() and date.min.year < int(year) < date.max.year):
        raise BadQuestion(f"« annee={year} » n’est pas une année\u00a0: écrire par exemple 2025.")
    slug = query.get("metier", "")
    chosen = trade(slug) if slug else None
    return Asked(
        indicator, reading_from(query), chosen, Sector(sector) if sector else None, int(year) if year else None
    )


def listing(where: Territory, asked: Asked, page: str) -> Listing:
    """One page of the list; a page number out of range shows the nearest."""
    numbers = facts.rows_behind(asked.question(where))
    shown: Page[int] = Paginator([int(number) for number in numbers], PER_PAGE).get_page(page)
    rows = facts.store().describe(shown.object_list)
    kinds = (("CSV", "csv"), ("XLSX", "xlsx"), ("ODS", "ods"))
    return Listing(
        title=f"{french.counted(len(numbers), 'établissement')} {_behind(asked)}",
        lead=_lead(where, asked),
        card=facts.card(asked.indicator),
        lines=tuple(_line(row) for row in rows),
        page=shown,
        links=(*trail(where), Link(where.short_name, address(where))),
        files=tuple(
            Link(label, address(where, "establishments_file", suffix=kind) + asked.query) for label, kind in kinds
        ),
        portrait=address(where) + asked.reading.query(),
    )


def _behind(asked: Asked) -> str:
    label = facts.card(asked.indicator).label
    return f"derrière «\u00a0{label[:1].lower()}{label[1:]}\u00a0»"


def _lead(where: Territory, asked: Asked) -> str:
    subject = asked.trade.label if asked.trade else asked.sector.label if asked.sector else "tous les métiers"
    moment = (
        f"en {asked.year}"
        if asked.year
        else f"au {french.long_date(asked.reading.on or facts.store().manifest.stock_date)}"
    )
    return f"{where.short_name} · {subject} · {moment} · {asked.reading.scope.label}"


def _line(row: EstablishmentRow) -> Line:
    found = trade(row.trade)
    hidden = row.name is None and row.sign is None and row.address is None
    return Line(
        siret=row.siret,
        name=HIDDEN if hidden else row.name or "",
        sign=row.sign or "",
        trade=found.label,
        sector=found.sector.value,
        sector_label=found.sector.label,
        address=" ".join(part for part in (row.address, row.postcode) if part),
        commune=row.commune_name,
        created=french.long_date(row.created),
        band=BAND_LABELS.get(row.band or "", "inconnue"),
    )


def sheet(where: Territory, asked: Asked) -> Sheet:
    """The whole list as a table, masked as on the page."""
    rows = facts.store().describe(facts.rows_behind(asked.question(where)))
    manifest = facts.store().manifest
    source = f"Insee, Sirene, {manifest.stock_date.isoformat()}"
    card = facts.card(asked.indicator)
    return Sheet(
        title=f"{card.label}\u00a0: {where.name}",
        columns=tuple(Column(head) for head in HEADS),
        rows=tuple(_cells(row) for row in rows),
        notes=(_lead(where, asked), card.formula, card.field, card.caveat, f"Source\u00a0: {source}."),
        source=source,
        fictitious=manifest.fictitious,
    )


def _cells(row: EstablishmentRow) -> tuple[str | None, ...]:
    found = trade(row.trade)
    created = None if row.created is None else row.created.isoformat()
    band = BAND_LABELS.get(row.band or "", "inconnue")
    return (
        row.siret, row.name, row.sign, found.label, found.sector.label, row.address, row.postcode, row.commune_name,
        created, band, row.naf, row.nafa,
    )  # fmt: skip
