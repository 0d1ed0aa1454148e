"""Establishments ready to print or to write in a file; partially diffusible ones are masked."""

from dataclasses import dataclass
from datetime import date

from etabli.facts import EstablishmentRow
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.reference.bands import BANDS
from maillage.reference.trades import trade

HIDDEN = "diffusion partielle\u00a0: nom et adresse masqués"
NAMELESS = "nom inconnu"
UNKNOWN_BAND = "inconnue"
BAND_LABELS = {band.code: band.label for band in BANDS}
HEADS = (
    "SIRET", "Nom", "Enseigne", "Métier", "Secteur", "Adresse", "Code postal", "Commune", "Création",
    "Tranche d’effectif", "NAF", "NAFA", "Diffusion",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One establishment, ready to print. `sign` is empty when it is the name; both tell nothing when masked."""

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
    masked: bool


def line(row: EstablishmentRow) -> Line:
    """A row of the store as a page shows it."""
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
        created=french.long_date(row.created),
        band=BAND_LABELS.get(row.band or "", UNKNOWN_BAND),
        masked=masked,
    )


def cells(row: EstablishmentRow) -> tuple[Cell, ...]:
    """A row of the store as a file holds it, under `HEADS`."""
    found = trade(row.trade)
    created: date | None = row.created
    band = BAND_LABELS.get(row.band or "", UNKNOWN_BAND)
    diffusion = "partielle" if row.status else "totale"
    return (
        row.siret, row.name, row.sign, found.label, found.sector.label, row.address, row.postcode, row.commune_name,
        created, band, row.naf, row.nafa, diffusion,
    )  # fmt: skip
