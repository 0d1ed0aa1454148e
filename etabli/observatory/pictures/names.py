"""Names of lines: at their end when there is room, else above the frame beside a sample of the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from etabli.observatory.pictures.canvas import Canvas, Layer, at, data, spread, words
from etabli.observatory.pictures.lines import Frame, Line
from etabli.papers import fonts

MOST_ROOM = 0.27  # of the width given to names at the end of lines
LEADING = 1.15
SAMPLE = 26  # px of line shown before a name above the frame


@dataclass(frozen=True)
class Names:
    """How the lines of a chart are named: `right` and `top` are the px that the names take."""

    lines: tuple[Line, ...]
    canvas: Canvas
    wrapped: tuple[tuple[str, ...], ...]  # lines of text of each name
    above: bool

    @property
    def right(self) -> int:
        """Margin right of the frame."""
        if self.above:
            return ceil(self.canvas.text("0000") / 2) + 2  # half a year, written under the last tick
        return self.canvas.widest([text for name in self.wrapped for text in name], "Semibold") + 12

    @property
    def top(self) -> float:
        """Room above the frame."""
        return len(self.lines) * self.canvas.font * 1.5 + 4 if self.above else 0

    def layers(self, frame: Frame, *, over: float) -> list[Layer]:
        """The names; `over` px are already taken above the frame by something else."""
        return self._above(over) if self.above else [self._at_ends(frame)]

    def _at_ends(self, frame: Frame) -> Layer:
        lead = self.canvas.font * LEADING
        sizes = [len(name) * lead for name in self.wrapped]
        wanted = [frame.py(line.points[-1].y) for line in self.lines]
        placed = spread(wanted, sizes, 0, max(frame.height, sum(sizes)))
        rows = []
        for line, name, size, middle in zip(self.lines, self.wrapped, sizes, placed, strict=True):
            for number, text in enumerate(name):
                y = middle - size / 2 + (number + 0.5) * lead
                rows.append({"px": round(frame.px(line.points[-1].x) + 7, 1), "py": round(y, 1), "words": text,
                             "colour": line.colour})  # fmt: skip
        return words(rows, align="left", fontWeight=600)

    def _above(self, over: float) -> list[Layer]:
        layers, rows = [], []
        for number, line in enumerate(self.lines):
            y = round((number + 0.5) * self.canvas.font * 1.5 - self.top - over, 1)
            mark = {"type": "rule", "aria": False, "stroke": line.colour, "strokeWidth": 3 if line.rank == 0 else 2}
            if line.dash:
                mark["strokeDash"] = line.dash
            encoding = at("px", "px2", "py")
            layers.append({"data": data([{"px": 0, "px2": SAMPLE, "py": y}]), "mark": mark, "encoding": encoding})
            rows.append({"px": SAMPLE + 6, "py": y, "words": line.name, "colour": line.colour})
        return [*layers, words(rows, align="left", fontWeight=600)]


def names_of(lines: Sequence[Line], canvas: Canvas) -> Names:
    """At the ends, on two lines if needed, when that leaves enough room to the drawing; else above."""
    drawn = tuple(line for line in lines if line.points)
    limit = canvas.width * MOST_ROOM
    wrapped = tuple(tuple(fonts.wrap(line.name, canvas.font, limit, "Semibold")) for line in drawn)
    too_wide = canvas.widest([text for name in wrapped for text in name], "Semibold") > limit
    return Names(drawn, canvas, wrapped, above=too_wide or any(len(name) > 2 for name in wrapped))
