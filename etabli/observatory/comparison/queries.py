"""Two to six territories under one reading: the same questions to each, in the order they were asked."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from etabli import facts
from etabli.facts import Answer, Moment, Row
from etabli.observatory.addresses import address
from etabli.observatory.comparison.screens import Cell, Comparison, Head, Measure
from etabli.observatory.drawings import printed
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.creations import creations
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.pictures.survival import survival
from etabli.observatory.places import kind
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.scopes import Reading
from etabli.observatory.screens import Drawing, Link
from etabli.papers.sheets import Column, Sheet
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.reference.trades import Sector
from maillage.territory import Territory, parse, search

MOST = 6
SPELT = ("ans", facts.card("density").unit)  # units that the label does not tell
YEARS = ("12", "36", "60")
Shown = Callable[[float | None], str]


def comparison(keys: Sequence[str], added: str, reading: Reading) -> Comparison:
    """The screen for territory keys (« epci:246200364 »…) and the name typed to add one more.

    Nothing is raised for one bad territory: its reason is printed and the others are compared.
    """
    asker = Asker(reading)
    places, refused = _places(keys, added)
    compared = places[:MOST]
    if len(places) > MOST:
        refused.append(
            f"Six territoires au plus se lisent côte à côte\u00a0: {places[MOST].short_name} n’est pas ajouté."
        )
    chosen = [where.key for where in compared]
    enough = len(compared) > 1
    return Comparison(
        title=_title(compared),
        heads=tuple(_head(where, chosen, reading) for where in compared),
        measures=_measures(asker, compared) if enough else (),
        sectors=_sectors(asker, compared) if enough else (),
        drawings=tuple(_drawing(one) for one in _pictures(asker, compared)) if enough else (),
        refused=tuple(refused),
        suggestions=_suggestions(chosen, reading),
        full=len(compared) >= MOST,
        scope_words=reading.scope.label,
        files=(Link("CSV", f"{reverse('observatory:comparison_csv')}{address_of(chosen, reading)}"),) if enough else (),
    )


def _places(keys: Sequence[str], added: str) -> tuple[list[Territory], list[str]]:
    """Territories that can be compared, each once, and why the others cannot; `added` is a name or a postcode."""
    places: list[Territory] = []
    refused: list[str] = []
    if added:
        found = search(added, 1)
        keys = [*keys, *(where.key for where in found)]
        refused += [] if found else [f"Aucun lieu ne ressemble à «\u00a0{added}\u00a0»\u00a0: vérifiez l’orthographe."]
    for key in keys:
        try:
            where = parse(key)
            coverage = facts.store().covers(where)
        except MaillageError as error:
            refused.append(error.message)
            continue
        if not coverage.complete:
            refused.append(coverage.reason)
        elif where not in places:
            places.append(where)
    return places, refused


def address_of(keys: Sequence[str], reading: Reading) -> str:
    """The query string of a comparison."""
    scope = reading.query().removeprefix("?")
    return "?" + "&".join([*(f"t={key}" for key in keys), *([scope] if scope else [])])


def _title(compared: Sequence[Territory]) -> str:
    if len(compared) < 2:
        return "Comparer des territoires"
    return french.enumeration([where.short_name for where in compared])


def _head(where: Territory, chosen: Sequence[str], reading: Reading) -> Head:
    from_others = [key for key in chosen if key != where.key]
    return Head(
        where.key, where.short_name, kind(where), address(where) + reading.query(), address_of(from_others, reading)
    )


def _measures(asker: Asker, compared: Sequence[Territory]) -> tuple[Measure, ...]:
    number, percent = french.number, french.percent
    simple = (
        ("stock_firms", number), ("stock", number), ("density", number), ("employees", number),
        ("creations", number), ("closures", number), ("creation_rate", percent), ("closure_rate", percent),
        ("age", lambda value: french.number(value, 1)), ("ess_share", percent),
    )  # fmt: skip
    lines = [_measure(asker, compared, indicator, shown) for indicator, shown in simple]
    return (*lines[:8], *_survivals(asker, compared), *lines[8:])


def _measure(asker: Asker, compared: Sequence[Territory], indicator: str, shown: Shown) -> Measure:
    card = facts.card(indicator)
    label = card.label if card.unit not in SPELT else f"{card.label}, en {card.unit}"
    if not asker.moves and card.moment is Moment.PERIOD:
        return Measure(label, card, tuple(Cell(french.ABSENT, NO_HISTORY) for _ in compared))
    return Measure(label, card, tuple(_cell(asker.ask(indicator, where), shown) for where in compared))


def _cell(answer: Answer, shown: Shown) -> Cell:
    extra = answer.rows[0].extra if answer.rows else {}
    if answer.total is None and extra.get("secret"):
        return Cell("secret statistique")
    return Cell(shown(answer.total), _interval(extra.get("low"), extra.get("high"), 0))


def _interval(low: object, high: object, decimals: int) -> str:
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return ""
    return f"{french.number(low, decimals)} – {french.number(high, decimals)}"


def _survivals(asker: Asker, compared: Sequence[Territory]) -> list[Measure]:
    if not asker.moves:
        return [_measure(asker, compared, "survival", french.percent)]
    answers = [asker.ask("survival", where) for where in compared]
    return [_survival(answers, month) for month in YEARS]


def _survival(answers: Sequence[Answer], month: str) -> Measure:
    years = int(month) // 12
    rows = [next((row for row in answer.rows if row.key == month), None) for answer in answers]
    label = f"Encore actives à {french.counted(years, 'an')}"
    return Measure(label, answers[0].card, tuple(_survival_cell(row) for row in rows))


def _survival_cell(row: Row | None) -> Cell:
    if row is None or row.value is None:
        return Cell(french.ABSENT, "moins de 10 créations")
    return Cell(french.percent(row.value), _interval(row.extra.get("low"), row.extra.get("high"), 1))


def _sectors(asker: Asker, compared: Sequence[Territory]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Sector code, label, and its share of the firms of each territory."""
    counts = [asker.by("stock_firms", where, "sector") for where in compared]
    shares = [{key: 100 * value / (sum(one.values()) or 1) for key, value in one.items()} for one in counts]
    return tuple(
        (sector.value, sector.label, tuple(french.percent(share.get(sector.value, 0), 0) for share in shares))
        for sector in Sector
    )


def _pictures(asker: Asker, compared: Sequence[Territory]) -> tuple[Picture, ...]:
    first, others = compared[0], compared[1:]
    if not asker.moves:
        reason = french.capitalised(NO_HISTORY)
        return (
            blank("creations", "Créations et survie\u00a0: pas de courbe", reason, asker.ask("stock_firms", first)),
        )
    return (
        creations(
            asker.ask("creation_rate", first, by="year"),
            [asker.ask("creation_rate", other, by="year") for other in others],
            equals=True,
        ),
        survival(asker.ask("survival", first), [asker.ask("survival", other) for other in others], equals=True),
    )


def _suggestions(chosen: Sequence[str], reading: Reading) -> tuple[Link, ...]:
    """Territories the data was declared to cover, one tap from being added."""
    declared = [parse(key) for key in facts.store().manifest.covers or () if key not in chosen]
    declared.sort(key=lambda where: -(where.population or 0))
    return tuple(Link(where.short_name, address_of([*chosen, where.key], reading)) for where in declared)


def _drawing(shown: Picture) -> Drawing:
    return Drawing(
        picture=shown,
        columns=tuple(column.heading for column in shown.sheet.columns),
        rows=tuple(tuple(printed(cell) for cell in row) for row in shown.sheet.rows),
        exports=(),
    )


def sheet(screen: Comparison) -> Sheet:
    """The table of the page, as printed."""
    columns = (Column("Indicateur"), *(Column(head.name) for head in screen.heads))
    measures = ((measure.label, *(cell.value for cell in measure.cells)) for measure in screen.measures)
    sectors = ((f"Part du secteur {label}", *shares) for _, label, shares in screen.sectors)
    manifest = facts.store().manifest
    source = f"Insee, Sirene, {manifest.stock_date.isoformat()}"
    notes = (f"Champ\u00a0: {screen.scope_words}.", f"Source\u00a0: {source}.")
    return Sheet(screen.title, columns, (*measures, *sectors), notes, source, manifest.fictitious)
