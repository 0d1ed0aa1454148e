"""Creation rate over ten years, the territory beside those it is compared with."""

from collections.abc import Sequence

from etabli.observatory.pictures import breaks, links, sentences
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.canvas import Canvas, Spec, nice_bounds, ticks
from etabli.observatory.pictures.lines import (
    Frame,
    Line,
    Point,
    dot_layer,
    feet,
    grid,
    line_layers,
    thinned,
)
from etabli.observatory.pictures.names import names_of
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.observatory.pictures.years import years_of
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui.french import counted, enumeration, number, percent
from maillage.indicators import Answer

HEIGHT = 190


def creations(own: Answer, others: Sequence[Answer] = (), *, equals: bool = False) -> Picture:
    """Creation rate by year: `own` and `others` are answers to `creation_rate` by year, over the same years.

    `equals`: none of them is the subject, the title names them all.
    """
    answers = (own, *others)
    years = sorted({year for answer in answers for year in years_of(answer)})
    lines = [_line(answer, rank) for rank, answer in enumerate(answers)]
    title = _of_all(answers) if equals else sentences.creations(own)
    unit = f"{own.card.label}, en {own.unit} des entreprises présentes au début de l’année{_last_point(own)}"
    described = f"Courbe de {years[0]} à {years[-1]}, une ligne par territoire\u00a0: " if years else "Aucune année. "
    names = enumeration([answer.question.where.short_name for answer in answers])
    return Picture(
        name="creations",
        title=title,
        description=f"{described}{names}. {breaks.sentence(years)}".strip(),
        unit=unit,
        sheet=_sheet(title, answers, years, equals=equals),
        frame=frame_of(title, unit, *answers),
        draw=lambda canvas: _draw(lines, years, canvas),
    )


def _of_all(answers: Sequence[Answer]) -> str:
    """« Créations : Lens-Liévin 13,8 %, Hénin-Carvin 12,2 % », last point of each."""
    last = [(one.question.where.short_name, one.rows[-1].value if one.rows else None) for one in answers]
    return sentences.side_by_side("Créations", last, percent)


def few_creations(year: Answer, series: Answer) -> Picture:
    """A place of a few firms: a rate would jump from 0 to 50 %, its creations are counted. `series` is by year."""
    years = years_of(series)
    since = f", {number(series.total)} depuis {min(years)}" if years else ""
    told = counted(year.total, "création") if year.total else "Aucune création"
    title = f"{told} en douze mois{since}"
    columns = (Column("Année"), Column("Créations"))
    rows: tuple[tuple[Cell, ...], ...] = tuple((row.label, int(row.value or 0)) for row in years.values())
    return blank("creations", title, "Trop peu d’entreprises pour une courbe de taux", year, columns, rows)


def _last_point(own: Answer) -> str:
    """« ; dernier point : 12 mois à fin octobre 2026 » when the last year is not over."""
    rolling = [row.label for row in own.rows if row.extra.get("partial")]
    return f"\u202f; dernier point\u00a0: {rolling[-1]}" if rolling else ""


def _line(answer: Answer, rank: int) -> Line:
    name = answer.question.where.short_name
    points = [
        Point(year, row.value, f"{name}, {row.label}\u00a0: {percent(row.value)}", bool(row.extra.get("partial")))
        for year, row in years_of(answer).items()
        if row.value is not None
    ]
    return Line(name, tuple(points), rank)


def _sheet(title: str, answers: Sequence[Answer], years: Sequence[int], *, equals: bool) -> Sheet:
    """The last columns ignore succession links: of the subject, or of all when they are equals."""
    by_place, bounded = [years_of(answer) for answer in answers], len(answers) if equals else 1
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        found = [place.get(year) for place in by_place]
        label = next(row.label for row in found if row)
        values = (None if row is None or row.value is None else round(row.value, 2) for row in found)
        rows.append((label, *values, *links.cells(found[:bounded], 2)))
    names = [answer.question.where.short_name for answer in answers]
    gross = (links.column(name, answers[0].unit) for name in names[:bounded])
    columns = (Column("Année"), *(Column(name, answers[0].unit) for name in names), *gross)
    notes = (*notes_of(answers[0]), links.MEANING, breaks.sentence(years))
    return Sheet(title, columns, tuple(rows), tuple(filter(None, notes)), mention_of(answers[0]), answers[0].fictitious)


def _draw(lines: Sequence[Line], years: Sequence[int], canvas: Canvas) -> Spec:
    values = [point.y for line in lines for point in line.points] or [0, 1]
    low, high, step = nice_bounds(min(values), max(values))
    marks = ticks(low, high, step)
    labels = [percent(mark, 0 if step.is_integer() else 1) for mark in marks]
    names, over = names_of(lines, canvas), canvas.font * 1.4 + 4
    left, right = canvas.widest(labels) + 10, names.right
    shown = (years[0], years[-1]) if years else (0, 1)
    frame = Frame(max(canvas.width - left - right, 40), HEIGHT, shown, (low, high))
    written = thinned(years, frame.width + 20, canvas.text("0000") + 14)
    layers = [
        *grid(frame, marks, labels),
        *feet(frame, written, [str(year) for year in written], canvas),
        *breaks.break_layers(years, frame, canvas, top=4),
        *[layer for line in reversed(lines) for layer in line_layers(line, frame)],
        *[dot_layer(line, line.points, frame) for line in reversed(lines)],
        *names.layers(frame, over=over),
    ]
    top = over + 4 + names.top
    return canvas.spec(layers, height=HEIGHT, left=left, right=right, top=top, bottom=canvas.font + 16)
