"""Establishments ready to print or to write in a file; partially diffusible ones are masked."""

from dataclasses import dataclass
from datetime import date

from etabli.facts import EstablishmentRow
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.reference.trades import trade

HIDDEN = "diffusion partielle\u00a0: nom et adresse masqués"
NAMELESS = "nom inconnu"
OPENING, CREATION = "Ouverture", "Création"
HEADS = (
    "SIRET", "Nom", "Enseigne", "Métier", "Secteur", "Adresse", "Code postal", "Commune", "NAF", "NAFA", "Diffusion",
    CREATION,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One establishment, ready to print. `sign` is empty when it is the name; both tell nothing when masked.

    `dates` has a head and a day for each column of dates.
    """

    siret: str
    name: str
    sign: str
    trade: str
    sector: str
    sector_label: str
    address: str
    commune: str
    dates: tuple[tuple[str, str], ...]
    masked: bool


def line(row: EstablishmentRow, event: str = "", on: date | None = None) -> Line:
    """A row of the store as a page shows it, with what happened to it and when."""
    found, masked = trade(row.trade), bool(row.status)
    name = row.name or row.sign or NAMELESS
    return Line(
        siret=row.siret,
        name=HIDDEN if masked else name,
        sign="" if masked or row.sign == name else row.sign or "",
        trade=found.label,
        sector=found.sector.value,
        sector_label=found.sector.label,
        address="" if masked else ", ".join(part for part in (row.address, row.postcode) if part),
        commune=row.commune_name,
        dates=tuple((head, french.long_date(day)) for head, day in _dates(row, event, on)),
        masked=masked,
    )


def _dates(row: EstablishmentRow, event: str, on: date | None) -> tuple[tuple[str, date | None], ...]:
    """The opening of a firm takes the place of the creation of its establishment, nearly always the same day."""
    happened = ((event, on),) if event else ()
    return happened if event == OPENING else (*happened, (CREATION, row.created))


def cells(row: EstablishmentRow) -> tuple[Cell, ...]:
    """A row of the store as a file holds it, under `HEADS`."""
    found = trade(row.trade)
    diffusion = "partielle" if row.status else "totale"
    return (
        row.siret, row.name, row.sign, found.label, found.sector.label, row.address, row.postcode, row.commune_name,
        row.naf, row.nafa, diffusion, row.created,
    )  # fmt: skip
