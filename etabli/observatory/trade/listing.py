"""All trades of a territory: how many, what moved, how special they are to the place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from etabli import facts
from etabli.observatory import typed
from etabli.observatory.addresses import address, establishments, table_files
from etabli.observatory.places import trail
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading, flow_words, other_notes, reading_from, unknown_sizes
from etabli.observatory.screens import Link
from etabli.observatory.sentences import subject
from etabli.observatory.trade.screens import Head, TradeList, TradeRow
from etabli.ui import french
from maillage.reference.trades import Sector, Trade, trades
from maillage.territory import Territory, alphabetical

SECTORS: dict[str, Sector | None] = {sector.value: sector for sector in Sector}
NAMES = {Sector.FOOD: "de l’alimentation", Sector.BUILDING: "du bâtiment", Sector.MAKING: "de la fabrication",
         Sector.SERVICES: "de services"}  # fmt: skip
ROUND = 2
COUNT = "entreprises"
SORTS = {
    "nom": ("Métier", "", ""),
    "secteur": ("Secteur", "", "wide-only"),
    COUNT: ("Entre\u00adprises", "stock_firms", "n"),
    "creations": ("Créa\u00adtions, 12\u00a0mois", "creations", "n"),
    "fermetures": ("Ferme\u00adtures, 12\u00a0mois", "closures", "n"),
    "specialisation": ("Spécialisation", "specialisation", "n wide-only"),
}  # head of the column (with soft hyphens, for phones), its measure, its look
FLOWS = ("creations", "closures")
Measures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Chosen:
    """What the visitor chose: a sector or all, the column that sorts, the reading."""

    sector: Sector | None
    sort: str
    reading: Reading

    def query(self, sort: str) -> str:
        """The address of the same list, sorted by another column."""
        more = {} if self.sector is None else {"secteur": self.sector.value}
        more |= {} if sort == COUNT else {"tri": sort}
        return self.reading.query(**more) or "?"


def chosen_from(query: QueryDict) -> Chosen:
    """Reads `secteur`, `tri` and the reading. Raises BadQuestion, which says what may be written."""
    sector = typed.one_of(query, "secteur", SECTORS, None)
    return Chosen(sector, typed.one_of(query, "tri", {sort: sort for sort in SORTS}, COUNT), reading_from(query))


def trade_list(where: Territory, chosen: Chosen) -> TradeList:
    """The screen, of one sector or of all. Raises NotCovered."""
    asker, reading = Asker(chosen.reading), chosen.reading
    firms = asker.ask("stock_firms", where, by="trade")
    measures = {
        name: asker.by(name, where, "trade") if asker.moves or name not in FLOWS else {}
        for _label, name, _look in SORTS.values()
        if name
    }
    counts = measures["stock_firms"]
    wanted = [one for one in trades() if chosen.sector in (None, one.sector)]
    present = _sorted([one for one in wanted if counts.get(one.code)], measures, chosen.sort)
    absent = sorted((one for one in wanted if not counts.get(one.code)), key=lambda one: alphabetical(one.label))
    return TradeList(
        title=_title(where, chosen.sector, len(present)),
        lines=tuple(_row(where, one, measures, reading) for one in present),
        heads=_heads(chosen),
        keep=() if chosen.sort == COUNT else (("tri", chosen.sort),),
        absent=tuple(Link(one.label, _address(where, one, reading)) for one in absent),
        absent_title=f"{french.counted(len(absent), 'métier')} de la liste sans entreprise ici" if absent else "",
        sectors=(("", "tous"), *((sector.value, sector.label) for sector in Sector)),
        sector="" if chosen.sector is None else chosen.sector.value,
        links=(*trail(where, reading.query()), Link(where.short_name, address(where) + reading.query())),
        files=table_files(where, reading, "metiers"),
        scope_words=firms.scope_words,
        flow_words=flow_words(reading),
        unknown=unknown_sizes(firms.unknown_size_share),
        action=address(where, "trades"),
        card=facts.card("specialisation"),
        notes=other_notes(firms),
    )


def _title(where: Territory, sector: Sector | None, count: int) -> str:
    of = "de l’artisanat" if sector is None else NAMES[sector]
    return f"{subject(where)}\u00a0: {french.counted(count, 'métier') if count else 'aucun métier'} {of}"


def _sorted(found: Sequence[Trade], measures: Measures, sort: str) -> list[Trade]:
    """Words from A to Z, numbers from the largest; equal ones by number of firms, then by name."""
    counts = measures["stock_firms"]
    values = measures.get(SORTS[sort][1], {})

    def rank(one: Trade) -> tuple[str, float, float, str]:
        word = alphabetical(one.label) if sort == "nom" else one.sector.value if sort == "secteur" else ""
        return word, -values.get(one.code, 0), -counts[one.code], alphabetical(one.label)

    return sorted(found, key=rank)


def _heads(chosen: Chosen) -> tuple[Head, ...]:
    return tuple(
        Head(label, chosen.query(sort), _order(measure) if sort == chosen.sort else "", look)
        for sort, (label, measure, look) in SORTS.items()
    )


def _order(measure: str) -> str:
    """Value of `aria-sort`: numbers go down, words go up."""
    return "descending" if measure else "ascending"


def _address(where: Territory, one: Trade, reading: Reading) -> str:
    return address(where, "trade", metier=one.code) + reading.query()


def _row(where: Territory, one: Trade, measures: Measures, reading: Reading) -> TradeRow:
    count, born, dead = (measures[name].get(one.code, 0) for name in ("stock_firms", *FLOWS))
    moves = Asker(reading).moves

    def behind(indicator: str, value: float) -> str:
        return establishments(where, reading, indicator, metier=one.code) if value else ""

    return TradeRow(
        label=one.label,
        href=_address(where, one, reading),
        sector=one.sector.value,
        sector_label=one.sector.label,
        everyday=one.everyday,
        count=french.number(count),
        rows=behind("stock_firms", count),
        creations=french.number(born if moves else None),
        born=behind("creations", born),
        closures=french.number(dead if moves else None),
        dead=behind("closures", dead),
        specialisation=french.number(measures["specialisation"].get(one.code), ROUND),
    )
