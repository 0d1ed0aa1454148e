"""Answers written by hand, of the shape that the engine gives, and a small territory to draw them on."""

from collections.abc import Iterable
from datetime import date

from maillage.indicators import Answer, Period, Question, Row, card
from maillage.scope import Applied
from maillage.territory import commune_name, members, parse, population

STOCK_DATE = date(2026, 11, 1)
LENS = "epci:246200364"
LILLE = "epci:200093201"


def answer(indicator: str, rows: Iterable[Row], *, where: str = LENS, by: str | None = None, **more: object) -> Answer:
    """An answer with the card of `indicator`; `more` replaces fields of the answer, `during` that of the question."""
    during = more.pop("during", None)
    question = Question(indicator, parse(where), by=by, during=during, trade=more.pop("trade", None))
    fields = {
        "total": None,
        "unit": card(indicator).unit,
        "notes": (),
        "left_out": {},
        "store_version": "essai",
        "stock_date": STOCK_DATE,
        "fictitious": True,
        "unknown_size_share": 0.1,
    }
    return Answer(card=card(indicator), question=question, rows=tuple(rows), **{**fields, **more})


def rates(values: Iterable[float], *, where: str = LENS, first: int = 2016, partial: bool = True) -> Answer:
    """Creation rates from `first` on, over 2 500 firms; the last one is a rolling year when `partial`."""
    values = list(values)
    rows = []
    for place, value in enumerate(values):
        rolling = partial and place == len(values) - 1
        extra = {"numerator": round(value * 25), "denominator": 2500}
        label = "12 mois à fin octobre 2026" if rolling else str(first + place)
        rows.append(Row(str(first + place), label, value, {**extra, "partial": 1} if rolling else extra))
    return answer("creation_rate", rows, where=where, by="year")


def flows(indicator: str, counts: Iterable[int], *, first: int = 2016) -> Answer:
    """Counts by year; the last one is a rolling year, and provisional."""
    counts = list(counts)
    rows = [
        Row(
            str(first + place),
            str(first + place),
            count,
            {"provisional": 1, "partial": 1} if place + 1 == len(counts) else {},
        )
        for place, count in enumerate(counts)
    ]
    return answer(indicator, rows, by="year")


def moves(born: Iterable[int], dead: Iterable[int], firms: Iterable[int], first: int = 2016) -> tuple[Answer, ...]:
    """Creations, closures, and firms at each 1 January."""
    stocks = [Row(str(first + place), f"1er janvier {first + place}", count, {}) for place, count in enumerate(firms)]
    return (
        flows("creations", born, first=first),
        flows("closures", dead, first=first),
        answer("stock_firms", stocks, by="year", applied=Applied(size=None)),
    )


def curve(monthly_loss: float, *, where: str = LENS, months: int = 60, width: float = 2.0) -> Answer:
    """A survival curve that loses `monthly_loss` of what is left each month; provisional in its last year."""
    rows, left = [], 100.0
    for month in range(1, months + 1):
        left *= 1 - monthly_loss
        spread = width * (month / 36) ** 0.5
        extra = {"month": month, "low": max(left - spread, 0), "high": min(left + spread, 100), "at_risk": 900 - month}
        if month > months - 12:
            extra["provisional"] = 1
        rows.append(Row(str(month), f"{month} mois", left, extra))
    return answer("survival", rows, where=where, during=Period.years(2018, 2022))


def sectors(counts: dict[str, int], indicator: str = "stock_firms") -> Answer:
    """Counts by sector."""
    labels = {"alimentation": "alimentation", "batiment": "bâtiment", "fabrication": "fabrication",
              "services": "services"}  # fmt: skip
    return answer(indicator, [Row(code, labels[code], count, {}) for code, count in counts.items()], by="sector")


def densities(where: str = LENS) -> Answer:
    """Density by commune, spread by the code of each: 63 to 181 for 10 000 inhabitants."""
    rows = []
    for code in members(parse(where)):
        people = population(code) or 0
        value = 63 + (int(code[-3:].replace("A", "1").replace("B", "2")) * 37) % 118
        firms = max(round(value * people / 10_000), 1)
        rows.append(Row(code, commune_name(code), value, {"numerator": firms, "population": people}))
    return answer("density", sorted(rows, key=lambda row: -(row.value or 0)), where=where, by="commune")
