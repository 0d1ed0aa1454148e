"""Legends of a map: the ramp with its bounds, the circles with their values."""

from math import floor, log10

from etabli.observatory.pictures.canvas import Canvas, Layer, at, data, words
from etabli.observatory.pictures.classes import Classes
from etabli.papers import look
from etabli.ui.french import agreed, number

BOX, THICK = 46, 11  # px of a class
CLASS_ROOM = THICK + 16
CIRCLE_ROOM = 34
CIRCLE_SHARES = (0.1, 0.4, 1.0)  # of the largest count


def class_legend(scale: Classes, y: float, canvas: Canvas) -> list[Layer]:
    """Boxes side by side, each inner bound written under the joint; `y` is their top in px."""
    if not scale.bounds:
        return []
    box = min(BOX, (canvas.width - 8) / len(scale.colours))
    rows = [{"px": place * box, "px2": (place + 1) * box, "py": y, "py2": y + THICK, "colour": colour}
            for place, colour in enumerate(scale.colours)]  # fmt: skip
    texts = [{"px": place * box, "py": y + THICK + canvas.font * 0.8, "words": number(bound, scale.decimals),
              "colour": look.INK_SOFT} for place, bound in enumerate(scale.bounds, start=1)]  # fmt: skip
    low, high = ({"py": y + THICK + canvas.font * 0.8, "words": number(end, scale.decimals), "colour": look.INK_SOFT}
                 for end in scale.ends)  # fmt: skip
    encoding = at("px", "px2", "py", "py2", "colour")
    return [
        {"data": data(rows), "mark": {"type": "rect", "aria": False}, "encoding": encoding},
        words(texts, align="center"),
        words([{**low, "px": 0}], align="left"),
        words([{**high, "px": len(rows) * box}], align="right"),
    ]


def circle_values(most: float) -> list[float]:
    """Three round counts, the last near the largest: explicit, so that sizes can be read."""
    found = []
    for share in CIRCLE_SHARES:
        target = max(most * share, 1)
        power = 10 ** floor(log10(target))
        found.append(max(nice * power for nice in (1, 2, 5) if nice * power <= target))
    return sorted(set(found))


def circle_legend(most: float, biggest: float, y: float, canvas: Canvas, noun: str) -> list[Layer]:
    """Circles of the values of `circle_values`, on one line, before `noun`; the largest count has radius `biggest`."""
    rows, texts, place = [], [], 0.0
    for value in circle_values(most):
        radius = max(biggest * (value / most) ** 0.5, 2)
        rows.append({"px": round(place + radius + 1, 1), "py": y + biggest, "size": round(3.1416 * radius**2, 1)})
        words_ = number(value)
        texts.append({"px": round(place + 2 * radius + 6, 1), "py": y + biggest, "words": words_,
                      "colour": look.INK_SOFT})  # fmt: skip
        place += 2 * radius + canvas.text(words_) + 22
    counted = agreed(noun, max(circle_values(most)))
    texts.append({"px": round(place, 1), "py": y + biggest, "words": counted, "colour": look.INK_SOFT})
    encoding = at("px", "py", "size")
    mark = {"type": "point", "aria": False, "fill": look.RAMP[1], "stroke": look.BLUE, "strokeWidth": 0.8, "opacity": 1}
    return [{"data": data(rows), "mark": mark, "encoding": encoding}, words(texts, align="left")]
