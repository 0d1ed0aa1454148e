"""One trade across the communes of a territory: circles for how many there are, a dot where there is none."""

from collections.abc import Sequence

from etabli.observatory.pictures import sentences
from etabli.observatory.pictures.blank import NO_PLACE, NO_PLACE_TITLE, blank
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, halo
from etabli.observatory.pictures.commune_map import TALLEST
from etabli.observatory.pictures.labels import named
from etabli.observatory.pictures.map_legend import CIRCLE_ROOM, circle_legend
from etabli.observatory.pictures.outlines import Projection, corners, fitted, flat
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.observatory.pictures.places import Centre, Outline, Place, places_of
from etabli.papers import look
from etabli.papers.sheets import Cell, Column, Sheet
from etabli.ui.french import counted, number
from maillage.indicators import Answer

ABSENT = "aucun établissement"


def trade_map(label: str, answer: Answer, outline: Outline, centre: Centre, colour: str = look.BLUE) -> Picture:
    """`answer`: establishments (or firms) of one trade by commune, communes without any included or not.

    `label` is the French name of the trade, `colour` that of its sector.
    """
    found = places_of(answer, outline, centre)
    places = found.all
    present = [place for place in places if place.count > 0]
    title = sentences.trade(label, len(present), len(places), found.word)
    if places and not any(place.centre for place in places):
        table = tuple((place.code, place.name, int(place.count)) for place in places)
        return blank(
            "metier", NO_PLACE_TITLE, NO_PLACE, answer, (Column("Code"), Column("Commune"), Column(answer.unit)), table
        )
    unit = f"{answer.unit[:1].upper()}{answer.unit[1:]}, {label}\u202f; point gris\u00a0: {ABSENT}"
    where = answer.question.where
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (place.code, place.name, int(place.count)) for place in sorted(places, key=lambda place: -place.count)
    )
    columns = (Column("Code"), Column("Commune"), Column(answer.unit.capitalize()))
    source = mention_of(answer)
    return Picture(
        name="metier",
        title=title,
        description=f"Carte {where.of}\u00a0: un cercle par {found.word}, grand comme le nombre d’établissements. "
        f"{counted(len(places) - len(present), found.word)} sans établissement. {found.note}".strip(),
        unit=unit,
        sheet=Sheet(title, columns, rows, notes_of(answer), source, answer.fictitious),
        frame=frame_of(title, unit, answer),
        draw=lambda canvas: _draw(places, colour, answer, canvas),
    )


def _draw(places: Sequence[Place], colour: str, answer: Answer, canvas: Canvas) -> Spec:
    shown = [place for place in places if place.centre]
    if not shown:
        return canvas.spec([], height=40, left=0, right=0)
    biggest = max(12.0, canvas.width * 0.045)
    spots = [spot for place in shown for spot in _extent(place)]
    projection = fitted(spots, canvas.width, canvas.width * TALLEST, biggest + 2)
    most = max(place.count for place in shown) or 1
    unit = biggest / most**0.5
    layers = [
        _ground(shown, projection),
        _circles(shown, answer, projection, unit, colour),
        *halo(named(shown, projection, canvas, unit), align="center"),
        *circle_legend(most, biggest, projection.height + 14, canvas, answer.unit),
    ]
    bottom = CIRCLE_ROOM + biggest + 10
    return canvas.spec(layers, height=projection.height, left=0, right=0, top=4, bottom=bottom)


def _extent(place: Place) -> Sequence[Sequence[float]]:
    if place.outline is not None:
        return list(corners(place.outline))
    return [place.centre] if place.centre else []


def _ground(places: Sequence[Place], projection: Projection) -> Layer:
    """Outlines of the communes, when they are known: pale, so that circles are read first."""
    features = [{"type": "Feature", "geometry": flat(place.outline, projection)} for place in places if place.outline]
    return {
        "data": data(features),
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape", "aria": False, "fill": look.NO_DATA, "stroke": look.SHEET, "strokeWidth": 1},
    }


def _circles(places: Sequence[Place], answer: Answer, projection: Projection, unit: float, colour: str) -> Layer:
    rows = []
    for place in sorted(places, key=lambda place: -place.count):
        if place.centre is None:
            continue
        x, y = projection.point(*place.centre)
        radius = max(unit * place.count**0.5, 3) if place.count else 2.5
        told = f"{number(place.count)} {answer.unit}" if place.count else ABSENT
        fill = colour if place.count else look.QUIET
        rows.append({"px": round(x, 1), "py": round(y, 1), "size": round(3.1416 * radius**2, 1), "fill": fill,
                     "words": f"{place.name}\u00a0: {told}"})  # fmt: skip
    encoding = at("px", "py", "size", "fill", "words")
    mark = {"type": "point", "opacity": 0.85, "stroke": look.SHEET, "strokeWidth": 0.8}
    return {"data": data(rows), "mark": mark, "encoding": encoding}
