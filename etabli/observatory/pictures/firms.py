"""The number of firms at each 1 January, as a line over the bars of what moved; its axis begins at zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from etabli.observatory.pictures.canvas import Canvas, Layer, nice_bounds, ticks, words
from etabli.observatory.pictures.lines import Frame, Line, Point, dot_layer, grid, line_layers
from etabli.observatory.pictures.years import years_of
from etabli.papers import look
from etabli.ui.french import counted, number
from maillage.indicators import Answer

HEIGHT, GAP = 90, 22
TITLE = "Entreprises au 1er\u00a0janvier"


@dataclass(frozen=True)
class Count:
    """Firms present at the start of a year."""

    year: int
    firms: int


def counts(stocks: Answer) -> list[Count]:
    """The answer to « stock_firms » by year."""
    return [Count(year, int(row.value or 0)) for year, row in years_of(stocks).items()]


def over(canvas: Canvas) -> float:
    """What the line takes over the frame of the bars, in px: its own frame, its title, and the air between."""
    return HEIGHT + GAP + canvas.font * 1.4


def axis_labels(found: Sequence[Count]) -> list[str]:
    """What is written at the left of the line: the margin must hold it."""
    return [number(mark) for mark in _marks(found)]


def _marks(found: Sequence[Count]) -> list[float]:
    _, high, step = nice_bounds(0, max((one.firms for one in found), default=1), 3, whole=True)
    return ticks(0, high, step)


def firms_layers(found: Sequence[Count], below: Frame, canvas: Canvas) -> list[Layer]:
    """The line, over the frame of the bars: a 1 January is where the bar of its year begins."""
    if not found:
        return []
    marks = _marks(found)
    frame = Frame(below.width, HEIGHT, below.x, (0, marks[-1]), top=-HEIGHT - GAP)
    points = tuple(
        Point(one.year - 0.5, one.firms, f"1er\u00a0janvier {one.year}\u00a0: {counted(one.firms, 'entreprise')}")
        for one in found
    )
    line = Line(TITLE, points, 0)
    title = {"px": 0, "py": frame.top - canvas.font * 0.9, "words": TITLE, "colour": look.INK_SOFT}
    return [
        *grid(frame, marks, axis_labels(found)),
        *line_layers(line, frame),
        dot_layer(line, points, frame),
        words([title], align="left"),
        *_ends(points, frame, canvas),
    ]


def _ends(points: Sequence[Point], frame: Frame, canvas: Canvas) -> list[Layer]:
    """The first and last numbers, written under their points."""
    rows = [
        {"px": round(frame.px(point.x), 1), "py": round(frame.py(point.y) + canvas.font, 1),
         "words": number(point.y), "colour": look.INK}
        for point in dict.fromkeys((points[0], points[-1]))
    ]  # fmt: skip
    return [words(rows[:1], align="left", fontWeight=600), words(rows[1:], align="center", fontWeight=600)]
