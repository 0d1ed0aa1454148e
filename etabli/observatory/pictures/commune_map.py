"""The map: communes coloured by their value when their outlines are known, else circles as large as their firms."""

from collections.abc import Sequence
from dataclasses import dataclass

from etabli.observatory.pictures import sentences
from etabli.observatory.pictures.blank import NO_PLACE, NO_PLACE_TITLE, blank
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, halo
from etabli.observatory.pictures.classes import Classes, classes
from etabli.observatory.pictures.labels import named
from etabli.observatory.pictures.map_legend import CIRCLE_ROOM, CLASS_ROOM, circle_legend, class_legend
from etabli.observatory.pictures.outlines import Projection, corners, fitted, flat
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.observatory.pictures.places import MOST_OUTLINES, Centre, Outline, Place, places_of
from etabli.papers import look
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui.french import counted, number
from maillage.indicators import Answer
from maillage.territory import Territory

TALLEST = 0.86  # of the width: a long thin territory must not push the page down
# Up to so many communes: points nearer than so many px are dropped, borders are so many px thick.
FINENESS = ((150, 0.4, 1.0), (500, 1.0, 0.6), (MOST_OUTLINES, 2.0, 0.4))
DRAWN_SHARE = 0.9  # of the communes must have an outline for a coloured map


def commune_map(
    answer: Answer, outline: Outline, centre: Centre, *, name: str = "carte", marked: Territory | None = None
) -> Picture:
    """`answer`: density (or any value) by commune; `outline`, `centre`: those of the store; `marked`: a commune that is
    outlined, named first and told in the title.

    Rows may carry `numerator` (firms, the size of circles) and `population` (who is named first).
    """
    found = places_of(answer, outline, centre)
    places = found.all
    if places and not any(place.outline or place.centre for place in places):
        table = _sheet(NO_PLACE_TITLE, answer)
        return blank(name, NO_PLACE_TITLE, NO_PLACE, answer, table.columns, table.rows)
    filled = _has_outlines(places)
    values = [place.value for place in places if place.value is not None]
    title = _title(places, values, answer, found.article, marked)
    unit = answer.unit[:1].upper() + answer.unit[1:]
    caption = unit if filled else f"Taille du cercle\u00a0: nombre d’entreprises\u00a0; couleur\u00a0: {answer.unit}"
    kind = "Chaque commune est colorée selon sa valeur" if filled else f"Un cercle par {found.word}"
    if marked is not None:
        caption = f"{caption}. Contour épais\u00a0: {marked.name}"
    where = answer.question.where
    return Picture(
        name=name,
        title=title,
        description=f"Carte {where.of}, {counted(len(places), found.word)}. {kind}. {found.note}".strip(),
        unit=f"{caption}. {found.note}" if found.note else caption,
        sheet=_sheet(title, answer),
        frame=frame_of(title, caption, answer),
        draw=lambda canvas: _draw(
            places, _Look(classes(values), filled, marked.code if marked else None), answer, canvas
        ),
    )


@dataclass(frozen=True)
class _Look:
    """How places are drawn: their colours, filled outlines or circles, and the code of the one that is outlined."""

    scale: Classes
    filled: bool
    marked: str | None

    def colour(self, place: Place) -> str:
        return look.NO_DATA if place.value is None else self.scale.colours[self.scale.of(place.value)]


def _title(
    places: Sequence[Place], values: Sequence[float], answer: Answer, article: str, marked: Territory | None
) -> str:
    """« 121 entreprises pour 10 000 habitants à Lens, de 0 à 131 selon la commune » when a commune is marked."""
    told = sentences.places(values, answer.unit, article)
    own = next((place.value for place in places if marked is not None and place.code == marked.code), None)
    if marked is None or own is None or len(values) < 2:
        return told
    low, high = number(min(values)), number(max(values))
    return f"{number(own)} {answer.unit} {marked.at}, de {low} à {high} selon {article}"


def _has_outlines(places: Sequence[Place]) -> bool:
    drawn = sum(place.outline is not None for place in places)
    return bool(places) and drawn >= DRAWN_SHARE * len(places)


def _sheet(title: str, answer: Answer) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for row in answer.rows:
        value = None if row.value is None else round(float(row.value), answer.card.decimals or 1)
        extras = [row.extra.get(name) for name in ("numerator", "population")]
        rows.append((row.key, row.label, value, *(None if extra is None else int(extra) for extra in extras)))
    columns = (Column("Code"), Column("Commune"), Column(answer.card.label, answer.unit), Column("Entreprises"),
               Column("Habitants"))  # fmt: skip
    source = mention_of(answer)
    return Sheet(title, columns, tuple(rows), notes_of(answer), source, answer.fictitious)


def _draw(places: Sequence[Place], style: _Look, answer: Answer, canvas: Canvas) -> Spec:
    filled = style.filled
    shown = [place for place in places if (place.outline if filled else place.centre)]
    shown.sort(key=lambda place: place.code == style.marked)  # drawn last: its outline stays over its neighbours
    if not shown:
        return canvas.spec([], height=40, left=0, right=0)
    biggest = max(14.0, canvas.width * 0.055)
    margin = 2 if filled else biggest + 2
    spots = [spot for place in shown for spot in _extent(place, filled=filled)]
    projection = fitted(spots, canvas.width, canvas.width * TALLEST, margin)
    height = projection.height
    layers = [_areas(shown, style, answer, projection)] if filled else []
    most = max((place.count for place in shown), default=1) or 1
    unit = 0.0 if filled else biggest / most**0.5  # px of radius for one firm
    if not filled:
        layers.append(_circles(shown, style, answer, projection, unit))
    layers += halo(named(shown, projection, canvas, unit, first=style.marked), align="center")
    layers += class_legend(style.scale, height + 14, canvas)
    bottom = float(CLASS_ROOM + canvas.font)
    if not filled:
        layers += circle_legend(most, biggest, height + 14 + bottom, canvas, "entreprises")
        bottom += CIRCLE_ROOM + biggest
    return canvas.spec(layers, height=height, left=0, right=0, top=4, bottom=bottom + 14)


def _extent(place: Place, *, filled: bool) -> Sequence[Sequence[float]]:
    if filled and place.outline is not None:
        return list(corners(place.outline))
    return [place.centre] if place.centre else []


def _spoken(place: Place, answer: Answer) -> str:
    if place.value is None:
        return f"{place.name}\u00a0: valeur inconnue"
    value = f"{place.name}\u00a0: {number(place.value)} {answer.unit}"
    return value if place.count == place.value else f"{value} ({number(place.count)})"


def _areas(places: Sequence[Place], style: _Look, answer: Answer, projection: Projection) -> Layer:
    fineness = next(fineness for fineness in FINENESS if len(places) <= fineness[0])
    features = []
    for place in places:
        if place.outline is None:
            continue
        edge = _edge(place, style, look.SHEET, fineness[2])
        properties = {"colour": style.colour(place), "words": _spoken(place, answer), **edge}
        features.append({"type": "Feature", "geometry": flat(place.outline, projection, fineness[1]), **properties})
    return {
        "data": data(features),
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape"},
        "encoding": {
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "description": {"field": "words"},
            **_EDGES,
        },
    }


_EDGES = {
    "stroke": {"field": "edge", "type": "nominal", "scale": None},
    "strokeWidth": {"field": "thick", "type": "quantitative", "scale": None},
}


def _edge(place: Place, style: _Look, colour: str, thick: float) -> dict[str, object]:
    """The border of a place: thick and dark around the marked one."""
    return {"edge": look.INK, "thick": 2.5} if place.code == style.marked else {"edge": colour, "thick": thick}


def _circles(places: Sequence[Place], style: _Look, answer: Answer, projection: Projection, unit: float) -> Layer:
    """`unit`: px of radius for one firm; the area of a circle is proportional to its count."""
    rows = []
    for place in sorted(places, key=lambda place: (place.code == style.marked, -place.count)):
        if place.centre is None:
            continue
        x, y = projection.point(*place.centre)
        radius = max(unit * place.count**0.5, 2)
        rows.append({"px": round(x, 1), "py": round(y, 1), "size": round(3.1416 * radius**2, 1),
                     "fill": style.colour(place), "words": _spoken(place, answer),
                     **_edge(place, style, look.BLUE, 0.8)})  # fmt: skip
    encoding = at("px", "py", "size", "fill", "words") | _EDGES
    mark = {"type": "point", "opacity": 0.9}
    return {"data": data(rows), "mark": mark, "encoding": encoding}
