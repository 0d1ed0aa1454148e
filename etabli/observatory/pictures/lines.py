"""Lines that are named at their end: no legend to decipher, told apart by colour and by dash."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etabli.observatory.pictures.canvas import Canvas, Layer, at, data, words
from etabli.papers import look


@dataclass(frozen=True)
class Point:
    """A point of a line: abscissa (year or month), value, its words for a screen reader, and whether it may change."""

    x: float
    y: float
    words: str
    provisional: bool = False


@dataclass(frozen=True)
class Line:
    """A named line; `rank` 0 is the territory itself, the others are what it is compared with."""

    name: str
    points: tuple[Point, ...]
    rank: int

    @property
    def colour(self) -> str:
        """Its colour, from the six of the house."""
        return look.SERIES[self.rank % len(look.SERIES)]

    @property
    def dash(self) -> list[int]:
        """Its dashes: none for the territory itself."""
        return look.DASHES[self.rank % len(look.DASHES)]


@dataclass(frozen=True)
class Frame:
    """Pixels of the frame and the values at its edges; `top` is where it begins, under or over another."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    top: float = 0

    def px(self, x: float) -> float:
        """Abscissa in px."""
        low, high = self.x
        return (x - low) / ((high - low) or 1) * self.width

    def py(self, y: float) -> float:
        """Ordinate in px, from the top."""
        low, high = self.y
        return self.top + (high - y) / ((high - low) or 1) * self.height


def line_layers(line: Line, frame: Frame) -> list[Layer]:
    """The drawing of one line, silent: the certain part, then the provisional part, paler."""
    thick = 3 if line.rank == 0 else 2
    layers = []
    for provisional, piece in _pieces(line.points):
        colour = look.paler(line.colour) if provisional else line.colour
        mark = {"type": "line", "aria": False, "stroke": colour, "strokeWidth": thick, "strokeCap": "butt"}
        if line.dash:
            mark["strokeDash"] = line.dash
        layers.append({"data": data(_pixels(piece, frame)), "mark": mark, "encoding": at("px", "py")})
    return layers


def dot_layer(line: Line, points: Sequence[Point], frame: Frame) -> Layer:
    """Points of a line, each named for a screen reader and under the pointer."""
    size = 36 if line.rank == 0 else 16
    mark = {"type": "point", "filled": True, "size": size, "opacity": 1, "color": line.colour}
    return {"data": data(_pixels(points, frame)), "mark": mark, "encoding": at("px", "py", "words")}


def _pieces(points: Sequence[Point]) -> list[tuple[bool, list[Point]]]:
    """Runs of points that are all certain or all provisional; the end of a run is the start of the next."""
    pieces: list[tuple[bool, list[Point]]] = []
    for before, point in pairwise(points):
        if not pieces or pieces[-1][0] != point.provisional:
            pieces.append((point.provisional, [before]))
        pieces[-1][1].append(point)
    return pieces


def _pixels(points: Sequence[Point], frame: Frame) -> list[dict[str, object]]:
    return [{"px": round(frame.px(point.x), 2), "py": round(frame.py(point.y), 2), "words": point.words}
            for point in points]  # fmt: skip


def grid(frame: Frame, values: Sequence[float], labels: Sequence[str]) -> list[Layer]:
    """Horizontal rules with their value at the left."""
    rules = [{"px": 0, "px2": frame.width, "py": round(frame.py(value), 1)} for value in values]
    texts = [{"px": -7, "py": round(frame.py(value), 1), "words": label, "colour": look.INK_SOFT}
             for value, label in zip(values, labels, strict=True)]  # fmt: skip
    encoding = at("px", "px2", "py")
    mark = {"type": "rule", "aria": False, "stroke": look.LINE, "strokeWidth": 1}
    return [{"data": data(rules), "mark": mark, "encoding": encoding}, words(texts, align="right")]


def feet(frame: Frame, values: Sequence[float], labels: Sequence[str], canvas: Canvas) -> list[Layer]:
    """Small ticks and labels under the frame."""
    ticks = [{"px": round(frame.px(value), 1), "py": frame.height, "py2": frame.height + 4} for value in values]
    texts = [{"px": round(frame.px(value), 1), "py": frame.height + 8 + canvas.font / 2, "words": label,
              "colour": look.INK_SOFT} for value, label in zip(values, labels, strict=True)]  # fmt: skip
    return [vertical(ticks, stroke=look.LINE), words(texts, align="center")]


def vertical(rows: Sequence[dict[str, float]], **mark: object) -> Layer:
    """Vertical rules from `py` to `py2` at `px`; silent for a reader."""
    encoding = at("px", "py", "py2")
    return {"data": data(rows), "mark": {"type": "rule", "aria": False, **mark}, "encoding": encoding}


def thinned(values: Sequence[int], room: float, width: float) -> list[int]:
    """Values of an axis that can be written when each takes `width` px and all have `room`: the last always stays."""
    most = max(int(room // max(width, 1)), 1)
    every = max(-(-len(values) // most), 1)
    return list(values[::-1][::every])[::-1]
