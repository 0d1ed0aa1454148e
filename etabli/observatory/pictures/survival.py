"""Share of firms still there, month after month: Kaplan-Meier curve with its interval, always from 0 to 100."""

from collections.abc import Sequence
from functools import partial

from etabli.observatory.pictures import links, sentences
from etabli.observatory.pictures.blank import blank
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, halo
from etabli.observatory.pictures.lines import (
    Frame,
    Line,
    Point,
    dot_layer,
    feet,
    grid,
    line_layers,
)
from etabli.observatory.pictures.names import names_of
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.papers import look
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui.french import counted, enumeration, percent
from maillage.indicators import Answer, Row
from maillage.indicators.survival import FEWEST

HEIGHT = 190
HEADLINE = 36  # months: the survival quoted in the title
WRITTEN = (12, 36, 60)  # months whose value is written on the curve


def survival(own: Answer, others: Sequence[Answer] = (), *, equals: bool = False) -> Picture:
    """`own` and `others`: answers to `survival`, whose rows carry `month`, `low`, `high` (percent).

    `equals`: none of them is the subject, the title names them all.
    """
    answers = (own, *others)
    title = _of_all(answers) if equals else _title(own)
    cohort = _cohort(own)
    unit = f"Part des entreprises encore actives, en %, selon l’ancienneté\u00a0; entreprises créées {cohort}"
    names = enumeration([answer.question.where.short_name for answer in answers])
    band = "Bande claire\u00a0: intervalle à 95\u202f%."
    told = f"{unit}. {band} {links.survival_bound(own, _headline(own))}".strip()
    return Picture(
        name="survie",
        title=title,
        description=f"Courbe depuis 100\u202f%, axe de 0 à 100, une ligne par territoire\u00a0: {names}. {band}",
        unit=told,
        sheet=_sheet(title, answers, equals=equals),
        frame=frame_of(title, told.removesuffix("."), *answers),
        draw=lambda canvas: _draw(answers, canvas),
    )


def too_few(own: Answer, births: int) -> Picture:
    """A place where fewer than ten firms were born: no curve, and no empty grid."""
    told = counted(births, "entreprise créée", "entreprises créées") if births else "Aucune entreprise créée"
    reason = f"{told} {_cohort(own)}\u202f; il en faut {FEWEST}"
    return blank("survie", sentences.survival(None, None, None, 0), reason, own)


def _of_all(answers: Sequence[Answer]) -> str:
    """« Encore actives à trois ans : Lens-Liévin 72 %, Hénin-Carvin 70 % »."""
    found = [(answer.question.where.short_name, months_of(answer).get(HEADLINE)) for answer in answers]
    return sentences.side_by_side(
        "Encore actives à trois ans",
        [(name, None if row is None else row.value) for name, row in found],
        partial(percent, decimals=0),
    )


def months_of(answer: Answer) -> dict[int, Row]:
    """Month → row, in order; rows without a value are left out."""
    found = {int(row.extra.get("month") or row.key or 0): row for row in answer.rows if row.value is not None}
    return dict(sorted(found.items()))


def _title(own: Answer) -> str:
    row = _headline(own)
    if row is None:
        return sentences.survival(None, None, None, 0)
    low, high, years = row.extra.get("low"), row.extra.get("high"), int(row.extra.get("month") or row.key) // 12
    return sentences.survival(
        float(row.value or 0), None if low is None else float(low), None if high is None else float(high), years
    )


def _headline(own: Answer) -> Row | None:
    """The survival at three years, or at the last anniversary known."""
    months = months_of(own)
    last = max((month for month in months if month % 12 == 0 and month), default=0)
    return months.get(HEADLINE if HEADLINE in months else last) if last else None


def _cohort(own: Answer) -> str:
    period = own.during or own.question.during
    if period is None:
        return "pendant la période"
    first, last = period.start.year, period.last.year
    return f"en {first}" if first == last else f"de {first} à {last}"


def _line(answer: Answer, rank: int) -> Line:
    name = answer.question.where.short_name
    points = [Point(0, 100, f"{name}, au départ\u00a0: {percent(100, 0)}")]
    for month, row in months_of(answer).items():
        if month:
            spoken = f"{name}, à {counted(month, 'mois', 'mois')}\u00a0: {percent(row.value)}"
            points.append(Point(month, float(row.value or 0), spoken, bool(row.extra.get("provisional"))))
    return Line(name, tuple(points) if len(points) > 1 else (), rank)


def _sheet(title: str, answers: Sequence[Answer], *, equals: bool) -> Sheet:
    """A column ignores succession links beside the bounds of the subject; so do the last ones when all are equals."""
    own, by_place = months_of(answers[0]), [months_of(answer) for answer in answers[1:]]
    bounded = answers[1:] if equals else ()
    rows: list[tuple[Cell, ...]] = []
    for month, row in own.items():
        compared = [place.get(month) for place in by_place]
        interval = (_rounded(row.extra.get("low")), _rounded(row.extra.get("high")))
        provisional = "oui" if row.extra.get("provisional") else "non"
        rows.append((month, _rounded(row.value), *interval, *links.cells([row], 2), provisional,
                     *(_rounded(other.value) if other else None for other in compared),
                     *links.cells(compared[: len(bounded)], 2)))  # fmt: skip
    name = answers[0].question.where.short_name
    others = (Column(answer.question.where.short_name, "%") for answer in answers[1:])
    bounds = (Column("Borne basse", "%"), Column("Borne haute", "%"))
    own_gross, *gross = (links.column(one.question.where.short_name, "%") for one in (answers[0], *bounded))
    subject = (Column("Ancienneté", "mois"), Column(name, "%"), *bounds, own_gross, Column("Provisoire"))
    notes = (*notes_of(answers[0]), links.MEANING)
    columns = (*subject, *others, *gross)
    return Sheet(title, columns, tuple(rows), notes, mention_of(answers[0]), answers[0].fictitious)


def _rounded(value: float | int | str | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _draw(answers: Sequence[Answer], canvas: Canvas) -> Spec:
    lines = [_line(answer, rank) for rank, answer in enumerate(answers)]
    last = max([int(point.x) for line in lines for point in line.points], default=60)
    marks = [0, 25, 50, 75, 100]
    labels = [percent(mark, 0) for mark in marks]
    names = names_of(lines, canvas)
    left, right = canvas.widest(labels) + 10, max(names.right, canvas.widest(["5 ans"]) // 2 + 3)
    frame = Frame(max(canvas.width - left - right, 40), HEIGHT, (0, last), (0, 100))
    anniversaries = list(range(0, last + 1, 12))
    texts = ["0", *(f"{month // 12}\u00a0an{'s' if month > 12 else ''}" for month in anniversaries[1:])]
    every = -(-len(anniversaries) * (canvas.text("10 ans") + 10) // frame.width)
    layers = [
        *grid(frame, marks, labels),
        *feet(frame, anniversaries[:: int(every)], texts[:: int(every)], canvas),
        _band(answers[0], frame),
        *[layer for line in reversed(lines) for layer in line_layers(line, frame)],
        *[dot_layer(line, _anniversaries(line), frame) for line in reversed(lines)],
        *_values(lines[0], frame, canvas),
        *names.layers(frame, over=canvas.font),
    ]
    top = canvas.font * 1.4 + names.top
    return canvas.spec(layers, height=HEIGHT, left=left, right=right, top=top, bottom=canvas.font + 16)


def _anniversaries(line: Line) -> list[Point]:
    return [point for point in line.points if point.x % 12 == 0]


def _values(line: Line, frame: Frame, canvas: Canvas) -> list[Layer]:
    """The share still there, written at 1, 3 and 5 years."""
    rows = []
    for point in line.points:
        if point.x in WRITTEN:
            text = percent(point.y, 0)
            middle = min(frame.px(point.x), frame.width - canvas.text(text, "Semibold") / 2)  # clear of the names
            rows.append({"px": round(middle, 1), "py": round(frame.py(point.y) - canvas.font, 1), "words": text,
                         "colour": line.colour})  # fmt: skip
    return halo(rows, align="center", fontWeight=600)


def _band(own: Answer, frame: Frame) -> Layer:
    """The 95 % interval, as a pale area."""
    rows = [{"px": 0.0, "py": round(frame.py(100), 1), "py2": round(frame.py(100), 1)}]
    for month, row in months_of(own).items():
        low, high = row.extra.get("low"), row.extra.get("high")
        if month and low is not None and high is not None:
            rows.append({"px": round(frame.px(month), 1), "py": round(frame.py(float(low)), 1),
                         "py2": round(frame.py(float(high)), 1)})  # fmt: skip
    encoding = at("px", "py", "py2")
    mark = {"type": "area", "aria": False, "color": look.BLUE, "opacity": 0.16}
    return {"data": data(rows), "mark": mark, "encoding": encoding}
