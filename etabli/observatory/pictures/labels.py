"""Names on a map: few, of the largest places, never one over another."""

from collections.abc import Sequence

from etabli.observatory.pictures.canvas import Canvas
from etabli.observatory.pictures.outlines import Projection, middle_of
from etabli.observatory.pictures.places import Place
from etabli.papers import look

MOST_WIDE, MOST_NARROW = 5, 3


def named(
    places: Sequence[Place], projection: Projection, canvas: Canvas, unit: float, *, first: str | None = None
) -> list[dict[str, object]]:
    """Rows of `words`: names of the most populated places that can be written without covering one another, before
    them that of the place of code `first`.

    `unit`: px of radius for one firm, 0 without circles; a name wider than its circle is written above it.
    """
    rows: list[dict[str, object]] = []
    taken: list[tuple[float, float, float, float]] = []
    for place in sorted(places, key=lambda place: (place.code != first, -place.weight)):
        spot = middle_of(place.outline) if not unit and place.outline else place.centre
        if spot is None or len(rows) == (MOST_NARROW if canvas.narrow else MOST_WIDE):
            continue
        x, y = projection.point(*spot)
        half = canvas.text(place.name) / 2 + 3
        x = min(max(x, half), canvas.width - half)
        radius = unit * place.count**0.5
        if 0 < radius < half:
            y = max(y - radius - canvas.font * 0.6, canvas.font * 0.6)
        box = (x - half, y - canvas.font * 0.6, x + half, y + canvas.font * 0.6)
        if not any(_touch(box, other) for other in taken):
            taken.append(box)
            rows.append({"px": round(x, 1), "py": round(y, 1), "words": place.name, "colour": look.INK})
    return rows


def _touch(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
