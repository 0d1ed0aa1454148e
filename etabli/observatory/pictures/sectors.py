"""The four sectors: one bar each, with its marker, its colour, its count and its balance of the year."""

from collections.abc import Sequence
from dataclasses import dataclass

from etabli.observatory.pictures import sentences
from etabli.observatory.pictures.canvas import Canvas, Layer, Spec, at, data, words
from etabli.observatory.pictures.picture import Picture, frame_of, mention_of, notes_of
from etabli.papers import look
from etabli.papers.sheets import Column, Sheet
from etabli.ui.french import number, percent
from maillage.indicators import Answer

ROW = 34


@dataclass(frozen=True)
class Part:
    """A sector: its code, its name, its firms, their share in percent, and what it gained or lost."""

    code: str
    label: str
    count: int
    share: float
    balance: int | None


def sectors(stock: Answer, balance: Answer | None = None) -> Picture:
    """`stock`: firms (or establishments) by sector; `balance`: creations less closures by sector, same place."""
    parts = _parts(stock, balance)
    title = sentences.sectors(stock.rows, None if stock.total is None else int(stock.total))
    unit = stock.unit.capitalize() + (", et solde sur douze mois" if balance else "")
    spoken = "\u202f; ".join(f"{part.label} {number(part.count)}, {percent(part.share, 0)}" for part in parts)
    source = mention_of(stock)
    rows = tuple((part.label, part.count, round(part.share, 1), part.balance) for part in parts)
    columns = (Column("Secteur"), Column(stock.unit.capitalize()), Column("Part", "%"), Column("Solde sur douze mois"))
    return Picture(
        name="secteurs",
        title=title,
        description=f"Une barre par secteur. {spoken}.",
        unit=unit,
        sheet=Sheet(title, columns, rows, notes_of(stock), source, stock.fictitious),
        frame=frame_of(title, unit, stock),
        draw=lambda canvas: _draw(parts, canvas),
    )


def _parts(stock: Answer, balance: Answer | None) -> list[Part]:
    """In the fixed order of the house, so that two territories can be read side by side."""
    gained = {row.key: row.value for row in balance.rows} if balance else {}
    found = {row.key: row for row in stock.rows}
    total = sum(float(row.value or 0) for row in stock.rows)
    parts = []
    for code in look.SECTOR_COLOURS:
        row = found.get(code)
        if row is None:
            continue
        count, moved = int(row.value or 0), gained.get(code)
        share = 100 * count / total if total else 0.0
        parts.append(Part(code, row.label, count, share, None if moved is None else int(moved)))
    return parts


def _draw(parts: Sequence[Part], canvas: Canvas) -> Spec:
    name = canvas.font + 10
    count = name + canvas.widest([part.label for part in parts]) + 14 + canvas.widest(_counts(parts))
    bar = count + 14
    balances = ["" if part.balance is None else number(part.balance, signed=True) for part in parts]
    end = canvas.width - 4 - (canvas.widest(balances) + 14 if any(balances) else 0)
    most = max([part.count for part in parts], default=1) or 1
    middle = [ROW * (place + 0.5) for place in range(len(parts))]
    bars, texts = [], []
    for part, y, gained in zip(parts, middle, balances, strict=True):
        bars.append({"px": bar, "px2": bar + max((end - bar) * part.count / most, 1), "py": y - 8, "py2": y + 8,
                     "colour": look.SECTOR_COLOURS[part.code], "words": _spoken(part)})  # fmt: skip
        texts.append({"px": name, "py": y, "words": part.label, "colour": look.INK, "align": "left"})
        texts.append({"px": count, "py": y, "words": number(part.count), "colour": look.INK, "align": "right"})
        texts.append({"px": canvas.width - 4, "py": y, "words": gained, "colour": look.INK_SOFT, "align": "right"})
    layers = [
        _markers(parts, middle, canvas),
        _bars(bars),
        words([text for text in texts if text["align"] == "left"], align="left"),
        words([text for text in texts if text["align"] == "right"], align="right"),
    ]
    return canvas.spec(layers, height=ROW * max(len(parts), 1), left=0, right=0, top=4, bottom=4)


def _counts(parts: Sequence[Part]) -> list[str]:
    return [number(part.count) for part in parts]


def _spoken(part: Part) -> str:
    gained = "" if part.balance is None else f", solde {number(part.balance, signed=True)}"
    return f"{part.label}\u00a0: {number(part.count)}, soit {percent(part.share, 0)}{gained}"


def _markers(parts: Sequence[Part], middle: Sequence[float], canvas: Canvas) -> Layer:
    rows = [{"px": canvas.font / 2 + 1, "py": y, "shape": look.SECTOR_SHAPES[part.code],
             "colour": look.SECTOR_COLOURS[part.code]} for part, y in zip(parts, middle, strict=True)]  # fmt: skip
    encoding = at("px", "py", "shape", "colour")
    mark = {"type": "point", "filled": True, "size": canvas.font**2 * 0.8, "opacity": 1, "aria": False}
    return {"data": data(rows), "mark": mark, "encoding": encoding}


def _bars(rows: Sequence[dict[str, object]]) -> Layer:
    encoding = at("px", "px2", "py", "py2", "colour", "words")
    return {"data": data(list(rows)), "mark": {"type": "rect"}, "encoding": encoding}
