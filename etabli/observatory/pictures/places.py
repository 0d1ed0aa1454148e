"""Places of a map: communes of an answer, or the groups that stand for them when they are too many to be drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etabli.observatory.pictures.outlines import Geometry
from maillage.indicators import Answer, Row
from maillage.territory import departement_of, epci_of, parse

Outline = Callable[[str], Geometry | None]
Centre = Callable[[str], tuple[float, float] | None]

MOST_OUTLINES = 1000  # communes: beyond, a vector map takes seconds and megabytes
MOST_DEPARTEMENTS = 5  # a larger territory is grouped by département, a smaller one by EPCI
OVERSEAS = "97"
PER = 10_000


@dataclass(frozen=True)
class Place:
    """A mark of the map: `value` decides its colour, `count` the size of its circle, `weight` who is named first."""

    code: str
    name: str
    value: float | None
    count: float
    weight: float
    centre: tuple[float, float] | None
    outline: Geometry | None = None


@dataclass(frozen=True)
class Places:
    """The places of a map, the French word for one of them, and a note when communes were put together."""

    all: tuple[Place, ...]
    word: str
    note: str = ""

    @property
    def article(self) -> str:
        """« la commune », « le département », « l’intercommunalité »."""
        return {"commune": "la commune", "département": "le département"}.get(self.word, f"l’{self.word}")


def places_of(answer: Answer, outline: Outline, centre: Centre) -> Places:
    """The places to draw: communes, or the groups that stand for them. Overseas communes have no room on a map of
    France; alone, they are drawn."""
    rows = [row for row in answer.rows if not row.key.startswith(OVERSEAS)] or list(answer.rows)
    if len(rows) <= MOST_OUTLINES:
        return Places(tuple(_commune(row, outline, centre) for row in rows), "commune")
    return _grouped(rows, centre)


def _commune(row: Row, outline: Outline, centre: Centre) -> Place:
    return Place(
        code=row.key,
        name=row.label,
        value=None if row.value is None else float(row.value),
        count=_number(row, "numerator", row.value),
        weight=_number(row, "population", row.value),
        centre=centre(row.key),
        outline=outline(row.key),
    )


def _number(row: Row, extra: str, default: float | int | None) -> float:
    found = row.extra.get(extra)
    return float(default or 0) if found is None else float(found)


def _grouped(rows: Sequence[Row], centre: Centre) -> Places:
    """One circle for each EPCI or département: firms and inhabitants added up, centre of their inhabitants."""
    many = len({departement_of(row.key) for row in rows}) > MOST_DEPARTEMENTS
    level, group_of = ("departement", departement_of) if many else ("epci", epci_of)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        code = group_of(row.key)
        if code is not None:
            groups.setdefault(code, []).append(row)
    word = "département" if many else "intercommunalité"
    note = f"Communes réunies par {word}\u00a0: une entreprise présente dans deux communes y compte deux fois."
    return Places(tuple(_group(f"{level}:{code}", inside, centre) for code, inside in groups.items()), word, note)


def _group(key: str, rows: Sequence[Row], centre: Centre) -> Place:
    count = sum(_number(row, "numerator", row.value) for row in rows)
    people = sum(_number(row, "population", 0) for row in rows)
    weighed = [(max(_number(row, "population", 1), 1), spot) for row in rows if (spot := centre(row.key))]
    total = sum(weight for weight, _ in weighed)
    middle = None
    if total:
        middle = (sum(weight * x for weight, (x, _) in weighed) / total,
                  sum(weight * y for weight, (_, y) in weighed) / total)  # fmt: skip
    value = PER * count / people if people else None
    return Place(key.partition(":")[2], parse(key).short_name, value, count, people or count, middle)
