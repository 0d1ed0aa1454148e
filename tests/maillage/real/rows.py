"""The slowest way from official files to spells: plain dictionaries, one establishment at a time.

Second opinion on the build: of the engine it knows only the tables of codes, communes and legal forms.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from maillage.reference.bands import BANDS
from maillage.reference.legal_forms import legal_class
from maillage.reference.nomenclatures import AGES, Craft, back_cast, canonical, default
from maillage.territory import current_commune

UNKNOWN, OPEN = -(10**9), 10**9
EPOCH = date(1970, 1, 1)
Row = dict[str, str]


@dataclass(frozen=True)
class Firm:
    """What StockUniteLegale says of a firm; empty texts where it says nothing."""

    band: str = ""
    employer: str = ""
    legal: str = "UNKNOWN"
    ess: str = ""


@dataclass(frozen=True)
class Spell:
    """An establishment, active in one trade from `start` to `end` excluded."""

    siret: str
    commune: str
    trade: str
    sector: str
    reach: str
    start: int
    end: int
    opening: str  # created, reopened, changed, unknown
    closing: str  # closed, changed, open
    certain: bool
    band: str
    firm: Firm

    @property
    def siren(self) -> str:
        return self.siret[:9]

    def holds(self, day: int) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True)
class Period:
    """A row of the history; half-open."""

    start: int
    end: int
    state: str
    code: tuple[str, str]  # nomenclature and code; ("", "") when nothing is written


def table(path: Path) -> list[Row]:
    """Every row of a CSV or Parquet file, all texts, "" for nothing."""
    reader = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    more = "" if path.suffix == ".parquet" else ", all_varchar=true, header=true"
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM {reader}('{path}'{more})")
        names = [column[0] for column in found.description or ()]
        return [
            dict(zip(names, ("" if cell is None else str(cell) for cell in row), strict=True))
            for row in found.fetchall()
        ]


def day(text: str) -> int | None:
    """Days since 1970; None when nothing is written, or 1900-01-01, which means « unknown »."""
    if not text or text.startswith("1900-01-01"):
        return None
    return (date.fromisoformat(text[:10]) - EPOCH).days


def firms(units: list[Row]) -> dict[str, Firm]:
    """By SIREN."""
    return {
        row["siren"]: Firm(
            row.get("trancheEffectifsUniteLegale", ""),
            row.get("caractereEmployeurUniteLegale", ""),
            legal_class(row.get("categorieJuridiqueUniteLegale", "")).name,
            row.get("economieSocialeSolidaireUniteLegale", ""),
        )
        for row in units
    }


def sized(firm: Firm, bands: list[str]) -> Firm:
    """A firm of unknown size is as large as its largest establishment, from ten employees."""
    order = [band.code for band in BANDS]
    large = [band for band in bands if band in order[order.index("11") :]]
    if firm.employer == "N" or firm.band not in ("", "NN") or not large:
        return firm
    return replace(firm, band=max(large, key=order.index))


def spells(stock: list[Row], history: list[Row], units: list[Row]) -> list[Spell]:
    """Every spell of every establishment whose commune is known; no row of these files is unsound."""
    known = firms(units)
    past: dict[str, list[Row]] = defaultdict(list)
    for row in history:
        past[row["siret"]].append(row)
    found = []
    for row in stock:
        commune = current_commune(row["codeCommuneEtablissement"]) if row["codeCommuneEtablissement"] else None
        if commune and commune[:3] not in {"975", "977", "978", "986", "987", "988", "989"}:
            firm = known.get(row["siret"][:9], Firm())
            periods = _cut(_periods(row, past[row["siret"]]))
            found += list(_spells(row, commune, firm, periods))
    bands: dict[str, list[str]] = defaultdict(list)
    for spell in found:
        bands[spell.siren].append(spell.band)
    return [replace(spell, firm=sized(spell.firm, bands[spell.siren])) for spell in found]


def _code(row: Row) -> tuple[str, str]:
    written = row["activitePrincipaleEtablissement"]
    return canonical(row.get("nomenclatureActivitePrincipaleEtablissement", ""), written) if written else ("", "")


def _periods(today: Row, past: list[Row]) -> list[Period]:
    created, begun = day(today["dateCreationEtablissement"]), day(today["dateDebut"])
    state = today["etatAdministratifEtablissement"]
    if not past:
        end = OPEN if state == "A" else begun
        start = UNKNOWN if created is None else created
        return [Period(start, end, "A", _code(today))] if end is not None and start < end else []
    found = []
    for row in past:
        start, last = day(row["dateDebut"]), day(row["dateFin"])
        end = OPEN if last is None else last + 1
        if start is None and created is not None and created < end:
            start = created
        found.append(
            Period(UNKNOWN if start is None else start, end, row["etatAdministratifEtablissement"], _code(row))
        )
    reach = max(period.end for period in found)
    if reach < OPEN:
        found.append(Period(max(reach, UNKNOWN if begun is None else begun), OPEN, state, _code(today)))
    return sorted(found, key=lambda period: (period.start, period.end))


def _cut(periods: list[Period]) -> list[Period]:
    """Of two that overlap the later one wins."""
    cut = []
    for position, period in enumerate(periods):
        following = periods[position + 1].start if position + 1 < len(periods) else OPEN
        end = min(period.end, following)
        if period.start < end:
            cut.append(Period(period.start, end, period.state, period.code))
    return cut


def _crafts(periods: list[Period]) -> list[Craft | None]:
    """The trade of each period, read from the last one back (no extract holds NAF 2025 yet)."""
    crafts: list[Craft | None] = []
    after: Period | None = None
    code: tuple[str, str] = ("", "")
    for period in reversed(periods):
        joined = after is not None and period.end == after.start and code != ("", "")
        before = crafts[-1] if crafts else None
        if joined and period.code in (("", ""), code):
            craft = before
        elif joined and AGES[period.code[0]] < AGES[code[0]]:
            craft, code = back_cast(*period.code, before), _settled(period.code, before, code)
        else:
            code = period.code
            craft = default(*code) if code != ("", "") else None
        crafts.append(craft)
        after = period
    return crafts[::-1]


def _settled(mine: tuple[str, str], newer: Craft | None, code: tuple[str, str]) -> tuple[str, str]:
    """The newer code when the older one may stand for its trade, else the older one."""
    craft = back_cast(*mine, newer)
    same = craft is None if newer is None else craft is not None and craft[0] == newer[0]
    return code if same else mine


def _spells(row: Row, commune: str, firm: Firm, periods: list[Period]) -> Iterator[Spell]:
    runs: list[list[int]] = []  # positions of the periods of each spell
    crafts = _crafts(periods)
    for position, (period, craft) in enumerate(zip(periods, crafts, strict=True)):
        if period.state != "A" or craft is None:
            continue
        previous = crafts[position - 1] if position else None
        goes_on = (
            runs
            and runs[-1][-1] == position - 1
            and periods[position - 1].end == period.start
            and previous is not None
            and previous[0] == craft[0]
        )
        if goes_on:
            runs[-1].append(position)
        else:
            runs.append([position])
    for run in runs:
        craft = crafts[run[-1]]
        assert craft is not None
        yield Spell(
            row["siret"], commune, craft[0].code, str(craft[0].sector), str(craft[1]),
            periods[run[0]].start, periods[run[-1]].end, _opening(periods, run[0]), _closing(periods, run[-1]),
            row.get("activitePrincipaleRegistreMetiersEtablissement", "") not in ("", "[ND]"),
            row.get("trancheEffectifsEtablissement", ""), firm,
        )  # fmt: skip


def _opening(periods: list[Period], first: int) -> str:
    if periods[first].start == UNKNOWN:
        return "unknown"
    if first and periods[first - 1].end == periods[first].start and periods[first - 1].state == "A":
        return "changed"
    return "reopened" if any(period.state in ("A", "F") for period in periods[:first]) else "created"


def _closing(periods: list[Period], last: int) -> str:
    if periods[last].end == OPEN:
        return "open"
    following = periods[last + 1] if last + 1 < len(periods) else None
    moved_on = following is not None and following.start == periods[last].end and following.state == "A"
    return "changed" if moved_on else "closed"
