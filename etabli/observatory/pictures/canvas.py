"""The sheet a chart is drawn on: its width, the size of its texts, and where they end up, in px.

Everything is placed by us (autosize "none"): the picture is exactly as wide as asked, and no label is cut or covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from etabli.papers import fonts, look

Spec = dict[str, Any]
Layer = dict[str, Any]

NICE_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Canvas:
    """Width of the drawing and size of its texts, in px of the drawing."""

    width: int
    font: int

    @property
    def narrow(self) -> bool:
        """Too narrow for a label on every mark."""
        return self.width < 360

    def text(self, words: str, weight: str = "Regular") -> float:
        """Width of `words` in px."""
        return fonts.width(words, self.font, weight)

    def widest(self, texts: Sequence[str], weight: str = "Regular") -> int:
        """Width of the longest of `texts` in whole px; 0 without any."""
        return ceil(max((self.text(words, weight) for words in texts), default=0))

    def spec(self, layers: Sequence[Layer], *, height: float, left: float, right: float, top: float = 8,
             bottom: float = 8) -> Spec:  # fmt: skip
        """The whole specification: a frame `height` px high between margins that hold the labels."""
        return {
            "width": max(self.width - left - right, 40),
            "height": height,
            "autosize": "none",
            "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
            "layer": list(layers),
            "config": look.chart(self.font),
        }


WIDE = Canvas(520, 13)  # a column of the page on a wide screen
NARROW = Canvas(320, 14)  # a phone
PAPER = Canvas(380, 12)  # half a sheet of A4: 7.7 points once printed


def data(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Rows as inline data of a layer."""
    return {"values": list(rows)}


_CHANNELS = {
    "px": ("x", "quantitative"), "px2": ("x2", ""), "py": ("y", "quantitative"), "py2": ("y2", ""),
    "size": ("size", "quantitative"), "shape": ("shape", "nominal"), "colour": ("color", "nominal"),
    "fill": ("fill", "nominal"), "words": ("description", ""),
}  # fmt: skip


def at(*fields: str) -> dict[str, Any]:
    """Encoding of marks whose rows hold pixels (`px`, `py`, `px2`, `py2`), `size`, `shape`, `colour`, `fill`; `words`
    names each mark for a screen reader and under the pointer."""
    encoding = {}
    for field in fields:
        channel, kind = _CHANNELS[field]
        encoding[channel] = {"field": field, "type": kind, "scale": None} if kind else {"field": field}
    return encoding


def words(rows: Sequence[dict[str, Any]], **mark: Any) -> Layer:
    """Texts written at given pixels: each row has `px`, `py`, `words`, and may have `colour`; silent for a reader."""
    return {
        "data": data(rows),
        "mark": {"type": "text", "aria": False, **mark},
        "encoding": {**at("px", "py", "colour"), "text": {"field": "words", "type": "nominal"}},
    }


def halo(rows: Sequence[dict[str, Any]], **mark: Any) -> list[Layer]:
    """The same texts over a map: a white outline below, the words above."""
    return [
        words(rows, stroke=look.SHEET, strokeWidth=3, strokeJoin="round", opacity=0.85, **mark),
        words(rows, **mark),
    ]


def nice_bounds(low: float, high: float, steps: int = 4, *, whole: bool = False) -> tuple[float, float, float]:
    """Round bounds around `low`…`high`, and the step of the `steps` or so grid lines; `whole` for counts."""
    if high <= low:
        high = low + 1
    raw = max((high - low) / steps, 1 if whole else 0)
    power = 10.0 ** floor(log10(raw))
    nices = [nice * power for nice in NICE_STEPS if not whole or (nice * power).is_integer()]
    step = next(nice for nice in nices if nice >= raw * 0.999)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step, step


def ticks(low: float, high: float, step: float) -> list[float]:
    """Grid values from `low` to `high`, both included."""
    count = round((high - low) / step)
    return [round(low + number * step, 10) for number in range(count + 1)]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Middles as near as can be to `wanted` (px), in the same order, of labels `sizes` high, within low…high.

    Labels at the end of lines would otherwise cover one another.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    placed: dict[int, float] = {}
    free = low
    for place in order:
        placed[place] = max(wanted[place], free + sizes[place] / 2)
        free = placed[place] + sizes[place] / 2
    free = high
    for place in reversed(order):
        placed[place] = min(placed[place], free - sizes[place] / 2)
        free = placed[place] - sizes[place] / 2
    return [placed[place] for place in range(len(wanted))]
