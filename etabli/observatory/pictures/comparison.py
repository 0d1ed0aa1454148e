"""Two to six territories side by side on one indicator: a bar each, with its interval when it has one."""

from collections.abc import Sequence
from functools import partial

from etabli.observatory.pictures import sentences
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, words
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.papers import look
from etabli.papers.sheets import Column, Sheet
from etabli.ui.french import enumeration, number, percent
from maillage.indicators import Answer, Row
from maillage.indicators import card as card_of

ROW, BAR = 46, 14
SHORT_UNITS = {"%": "\u202f%", "ans": "\u00a0ans", card_of("density").unit: " pour 10\u202f000\u00a0hab."}


def comparison(answers: Sequence[Answer], *, month: int | None = None) -> Picture:
    """`answers`: the same indicator, not grouped, for each territory; `month` picks a row of a survival curve.

    The order is that of the question: no rank is suggested.
    """
    card = answers[0].card
    shown = [(answer, _row(answer, month)) for answer in answers]
    after = f" à {month // 12}\u00a0an{'s' if month > 12 else ''}" if month else ""
    told = [(answer.question.where.short_name, None if row is None else row.value) for answer, row in shown]
    value = partial(_value, unit=answers[0].unit, decimals=_decimals(answers[0]))
    named = f"Survie{after}" if month else card.label
    title = sentences.side_by_side(named, told, value, "" if answers[0].unit == "%" else answers[0].unit)
    unit = f"{card.label}{after}, en {answers[0].unit}"
    names = enumeration([answer.question.where.short_name for answer in answers])
    rows = tuple(
        (answer.question.where.short_name, *(None if row is None else _rounded(part) for part in _parts(row)))
        for answer, row in shown
    )
    columns = (Column("Territoire"), Column(card.label, answers[0].unit), Column("Borne basse"), Column("Borne haute"))
    source = mention_of(answers[0])
    return Picture(
        name=f"comparaison-{card.id}",
        title=title,
        description=f"Une barre par territoire\u00a0: {names}.",
        unit=unit,
        sheet=Sheet(title, columns, rows, notes_of(answers[0]), source, answers[0].fictitious),
        frame=frame_of(title, unit, *answers),
        draw=lambda canvas: _draw(shown, canvas),
    )


def _row(answer: Answer, month: int | None) -> Row | None:
    if month is None:
        return answer.rows[0] if answer.rows else None
    return next((row for row in answer.rows if int(row.extra.get("month") or row.key or 0) == month), None)


def _parts(row: Row | None) -> tuple[float | None, float | None, float | None]:
    """Value, low and high bounds."""
    if row is None or row.value is None:
        return None, None, None
    low, high = row.extra.get("low"), row.extra.get("high")
    return float(row.value), None if low is None else float(low), None if high is None else float(high)


def _decimals(answer: Answer) -> int:
    """A density of all crafts is printed as the portrait prints it, « 104 »; that of one trade keeps its decimal."""
    whole = answer.card.id == "density" and answer.question.trade is None
    return 0 if whole else answer.card.decimals


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _value(value: float | None, unit: str, decimals: int) -> str:
    if value is None:
        return sentences.UNKNOWN
    return percent(value, decimals) if unit == "%" else number(value, decimals)


def _draw(shown: Sequence[tuple[Answer, Row | None]], canvas: Canvas) -> Spec:
    """The name above its bar, so that long names fit a phone; every bar starts at 0."""
    decimals = _decimals(shown[0][0])
    parts = [_parts(row) for _, row in shown]
    unit = SHORT_UNITS.get(shown[0][0].unit, "")
    labels = [_written(*triple, decimals, unit) for triple in parts]
    end = canvas.width - canvas.widest(labels, "Semibold") - 12
    most = max([part for triple in parts for part in triple if part is not None], default=1) or 1
    bars, names, values = [], [], []
    whiskers: list[dict[str, object]] = []
    for place, ((answer, _), (value, low, high), label) in enumerate(zip(shown, parts, labels, strict=True)):
        top, name = place * ROW, answer.question.where.short_name
        colour = look.SERIES[place % len(look.SERIES)]
        middle = top + canvas.font + 8 + BAR / 2
        length = 0.0 if value is None else max(end * value / most, 1)
        names.append({"px": 0, "py": top + canvas.font * 0.6, "words": name, "colour": look.INK})
        bars.append({"px": 0, "px2": round(length, 1), "py": middle - BAR / 2, "py2": middle + BAR / 2,
                     "colour": colour, "words": f"{name}\u00a0: {label}"})  # fmt: skip
        reach = length if high is None else end * high / most
        values.append({"px": round(reach + 8, 1), "py": middle, "words": label, "colour": look.INK})
        if low is not None and high is not None:
            whiskers.append({"px": round(end * low / most, 1), "px2": round(reach, 1), "py": middle})
    layers = [_bars(bars), *_whiskers(whiskers), words(names, align="left"),
              words(values, align="left", fontWeight=600)]  # fmt: skip
    return canvas.spec(layers, height=ROW * len(shown), left=0, right=0, top=4, bottom=0)


def _written(value: float | None, low: float | None, high: float | None, decimals: int, unit: str) -> str:
    if value is None:
        return sentences.UNKNOWN
    interval = f" ({number(low, decimals)} – {number(high, decimals)})" if low is not None and high is not None else ""
    return number(value, decimals) + unit + interval


def _bars(rows: Sequence[dict[str, object]]) -> Layer:
    encoding = at("px", "px2", "py", "py2", "colour", "words")
    return {"data": data(list(rows)), "mark": {"type": "rect"}, "encoding": encoding}


def _whiskers(rows: Sequence[dict[str, object]]) -> list[Layer]:
    """Intervals, outlined in white to be seen over a bar."""
    encoding = at("px", "px2", "py")
    return [
        {"data": data(list(rows)), "mark": {"type": "rule", "aria": False, **stroke}, "encoding": encoding}
        for stroke in ({"stroke": look.SHEET, "strokeWidth": 5}, {"stroke": look.INK, "strokeWidth": 2})
    ]
