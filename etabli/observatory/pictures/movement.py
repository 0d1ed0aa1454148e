"""How many firms each 1 January; under it, creations above the line, closures below it, and their balance."""

from collections.abc import Sequence
from dataclasses import dataclass

from etabli.observatory.pictures import breaks, links, sentences
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, nice_bounds, ticks, words
from etabli.observatory.pictures.firms import Count, axis_labels, counts, firms_layers, over
from etabli.observatory.pictures.lines import Frame, feet, grid, thinned
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of, scope_of
from etabli.observatory.pictures.years import years_of
from etabli.papers import look
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui.french import counted, number
from maillage.indicators import Answer, Row

HEIGHT = 160
BORN, DEAD = look.BLUE, look.CLAY
FIRMS = "Entreprises au 1er\u00a0janvier"


@dataclass(frozen=True)
class Year:
    """What moved in a year; `label` is the year, or the twelve months that stand for it."""

    year: int
    label: str
    born: int
    dead: int
    provisional: bool
    partial: bool
    firms: int | None = None  # at its 1 January
    gross: tuple[Cell, Cell] = (None, None)  # the same without succession links

    @property
    def balance(self) -> int:
        """Creations less closures."""
        return self.born - self.dead


def movement(creations: Answer, closures: Answer, stocks: Answer) -> Picture:
    """Answers by year over the same years: `stocks` are firms at each 1 January."""
    counted_firms = counts(stocks)
    years = _years(creations, closures, counted_firms)
    whole = [year for year in years if not year.partial]
    if not any(year.born or year.dead for year in years):
        since = f" depuis {years[0].year}" if years else ""
        reason = "Rien n’a bougé dans ce périmètre"
        return blank("mouvement", f"Aucune création ni fermeture{since}", reason, creations)
    moved = sentences.movement(
        [year.year for year in whole], sum(year.born for year in whole), sum(year.dead for year in whole)
    )
    title = sentences.firms([(one.year, one.firms) for one in counted_firms]) or moved
    rolling = f"\u202f; dernière barre\u00a0: {years[-1].label}" if years and years[-1].partial else ""
    unit = f"Entreprises de toutes tailles au 1er\u00a0janvier, puis créées et fermées chaque année{rolling}. {moved}"
    late = "En plus pâle\u00a0: années encore provisoires." if any(year.provisional for year in years) else ""
    numbers = [year.year for year in years]
    described = (
        "En haut, une ligne pour le nombre d’entreprises. Dessous, barres vers le haut pour les créations, vers le bas "
        "pour les fermetures, losange pour le solde."
    )
    return Picture(
        name="mouvement",
        title=title,
        description=" ".join(filter(None, [described, late, breaks.sentence(numbers)])),
        unit=f"{unit}. {_takeovers(creations, closures, whole)} {late}".strip(),
        sheet=_sheet(title, years, creations, closures, stocks),
        frame=frame_of(title, unit, creations, closures),
        draw=lambda canvas: _draw(years, counted_firms, canvas),
    )


def _takeovers(creations: Answer, closures: Answer, whole: Sequence[Year]) -> str:
    """What is counted of takeovers, over the years that the caption sums."""
    born, dead = ([year.gross[side] for year in whole] for side in (0, 1))
    known = [int(value) for value in (*born, *dead) if isinstance(value, int)]
    if not whole or len(known) < 2 * len(whole):
        return links.flows_bound(creations, closures, None, None)
    return links.flows_bound(creations, closures, sum(known[: len(whole)]), sum(known[len(whole) :]))


def _years(creations: Answer, closures: Answer, found: Sequence[Count]) -> list[Year]:
    firms = {one.year: one.firms for one in found}
    born, dead = years_of(creations), years_of(closures)
    return [
        Year(
            year=year,
            label=born[year].label,
            born=int(born[year].value or 0),
            dead=int(dead[year].value or 0),
            provisional=bool(dead[year].extra.get("provisional") or born[year].extra.get("provisional")),
            partial=bool(born[year].extra.get("partial")),
            firms=firms.get(year),
            gross=_gross(born[year], dead[year]),
        )
        for year in sorted(born.keys() & dead.keys())
    ]


def _gross(born: Row, dead: Row) -> tuple[Cell, Cell]:
    first, second = links.cells([born, dead])
    return first, second


def _sheet(title: str, years: Sequence[Year], creations: Answer, closures: Answer, stocks: Answer) -> Sheet:
    rows = tuple(
        (year.label, year.firms, year.born, year.dead, year.balance, "oui" if year.provisional else "non", *year.gross)
        for year in years
    )
    names = ("Année", FIRMS, "Créations", "Fermetures", "Solde", "Provisoire")
    columns = (*(Column(name) for name in names), links.column("Créations"), links.column("Fermetures"))
    notes = (*notes_of(creations), links.MEANING,
             f"{closures.card.label}\u00a0: {closures.card.formula}", closures.card.caveat,
             f"{FIRMS}\u00a0: {scope_of(stocks)}. {stocks.card.formula}",
             breaks.sentence([year.year for year in years]))  # fmt: skip
    source = mention_of(creations)
    return Sheet(title, columns, rows, tuple(dict.fromkeys(filter(None, notes))), source, creations.fictitious)


def _draw(years: Sequence[Year], firms: Sequence[Count], canvas: Canvas) -> Spec:
    low, high, step = nice_bounds(-max([year.dead for year in years], default=1),
                                  max([year.born for year in years], default=1), 6, whole=True)  # fmt: skip
    marks = ticks(low, high, step)
    labels = [number(abs(mark)) for mark in marks]
    left, right = canvas.widest([*labels, *(axis_labels(firms) if firms else ())]) + 10, 4.0
    width = max(canvas.width - left - right, 40)
    shown = (years[0].year - 0.5, years[-1].year + 0.5) if years else (0.0, 1.0)
    frame = Frame(width, HEIGHT, shown, (low, high))
    bar = width / max(len(years), 1) * 0.62
    numbers = [year.year for year in years]
    written = thinned(numbers, width, canvas.text("0000") + 10)
    layers = [
        *grid(frame, marks, labels),
        *feet(frame, written, [str(year) for year in written], canvas),
        *breaks.break_layers(numbers, frame, canvas, top=4 + over(canvas)),
        *firms_layers(firms, frame, canvas),
        _bars(years, frame, bar, upward=True),
        _bars(years, frame, bar, upward=False),
        *_balance(years, frame),
        _legend(frame, canvas),
    ]
    return canvas.spec(layers, height=HEIGHT, left=left, right=right, top=canvas.font * 1.4 + 8 + over(canvas),
                       bottom=canvas.font * 2 + 30)  # fmt: skip


def _bars(years: Sequence[Year], frame: Frame, width: float, *, upward: bool) -> Layer:
    kind, colour = ("création", BORN) if upward else ("fermeture", DEAD)
    rows = []
    for year in years:
        value = year.born if upward else -year.dead
        middle = frame.px(year.year)
        rows.append({
            "px": round(middle - width / 2, 1), "px2": round(middle + width / 2, 1),
            "py": round(frame.py(value), 1), "py2": round(frame.py(0), 1),
            "colour": look.paler(colour) if year.provisional else colour,
            "words": f"{year.label}\u00a0: {counted(abs(value), kind)}",
        })  # fmt: skip
    encoding = at("px", "px2", "py", "py2", "colour", "words")
    return {"data": data(rows), "mark": {"type": "rect"}, "encoding": encoding}


def _balance(years: Sequence[Year], frame: Frame) -> list[Layer]:
    rows = [{"px": round(frame.px(year.year), 1), "py": round(frame.py(year.balance), 1),
             "words": f"{year.label}\u00a0: solde {number(year.balance, signed=True)}"} for year in years]  # fmt: skip
    zero = {"py": round(frame.py(0), 1), "px": 0, "px2": frame.width}
    mark = {"type": "point", "shape": "diamond", "filled": True, "size": 90, "color": look.INK, "opacity": 1,
            "stroke": look.SHEET, "strokeWidth": 1.5}  # fmt: skip
    return [
        {
            "data": data([zero]),
            "mark": {"type": "rule", "aria": False, "stroke": look.INK_SOFT},
            "encoding": at("px", "px2", "py"),
        },
        {"data": data(rows), "mark": mark, "encoding": at("px", "py", "words")},
    ]


def _legend(frame: Frame, canvas: Canvas) -> Layer:
    """Three names in the colour of their marks, below the years."""
    rows, place = [], 0.0
    for text, colour in (("▲ créations", BORN), ("▼ fermetures", DEAD), ("◆ solde", look.INK)):
        rows.append({"px": round(place, 1), "py": frame.height + canvas.font * 2 + 18, "words": text, "colour": colour})
        place += canvas.text(text, "Semibold") + 20
    return words(rows, align="left", fontWeight=600)
