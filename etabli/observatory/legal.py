"""Sole traders and companies told apart: how many, how dense, how old, how many are created, how long they last."""

from etabli.facts import Row
from etabli.observatory.addresses import establishments, table_files
from etabli.observatory.pictures import links
from etabli.observatory.questions import Asker
from etabli.observatory.screens import FormLine, Forms
from etabli.observatory.sentences import FEW
from etabli.papers.sheets import Cell
from etabli.ui import french
from maillage.reference.legal_forms import LegalClass
from maillage.territory import Territory

FEW_WORDS = "trop peu"
WORDS = {"individuelle": LegalClass.SOLE, "societe": LegalClass.COMPANY}  # values of `forme`
KEYS = {found.name.lower(): (word, label) for (word, found), label in
        zip(WORDS.items(), ("entreprises individuelles", "sociétés"), strict=True)}  # fmt: skip
UNKNOWN = "forme inconnue"
YEARS = (12, 36, 60)
HEADS = (
    "Forme", "Entreprises", "Entreprises pour 10 000 habitants", "Âge médian (ans)",
    "Créations (12 mois)", "Entreprises au début", "Taux de création (%)",
    f"Taux de création, {links.WITHOUT} (%)", "Entreprises créées, suivies",
    *(f"Encore actives à {month // 12} an{'s' if month > 12 else ''}{part} (%)"
      for month in YEARS for part in ("", ", borne basse", ", borne haute", f", {links.WITHOUT}")),
)  # fmt: skip
TOLD = ("density", "age", "creation_rate", "survival")
_PARTS = ("at", "low", "high", "without_links")
Found = dict[str, dict[str, Row]]


def forms(asker: Asker, where: Territory) -> Forms:
    """One line for each form that has a firm; a rate over a few firms is not given."""
    found = _asked(asker, where)
    return Forms(
        lines=tuple(_line(asker, where, key, found) for key in found["stock_firms"]),
        exports=table_files(where, asker.reading, "formes"),
    )


def form_cells(asker: Asker, where: Territory) -> list[tuple[Cell, ...]]:
    """The same as rows of a table, under `HEADS`, every number given."""
    found = _asked(asker, where)
    return [_cells(key, found) for key in found["stock_firms"]]


def _asked(asker: Asker, where: Territory) -> Found:
    return {name: {row.key: row for row in asker.ask(name, where, by="legal").rows} for name in indicators(asker)}


def indicators(asker: Asker) -> tuple[str, ...]:
    """What is told of each form; nothing moves in a scope without history."""
    return ("stock_firms", "density", "age", *(("creation_rate", "survival") if asker.moves else ()))


def _line(asker: Asker, where: Territory, key: str, found: Found) -> FormLine:
    word, label = KEYS.get(key, ("", UNKNOWN))
    density, age, rate, lasted = (found.get(name, {}).get(key) for name in TOLD)
    enough = rate is not None and float(rate.extra.get("denominator") or 0) >= FEW
    at, low, high = (_number(lasted, f"{part}_36") for part in _PARTS[:3])
    few = FEW_WORDS if asker.moves else french.ABSENT
    return FormLine(
        label=french.capitalised(label),
        count=french.number(found["stock_firms"][key].value),
        rows=establishments(where, asker.reading, "stock_firms", forme=word) if word else "",
        density=_written(density),
        age=_written(age),
        rate=french.percent(rate.value) if rate is not None and enough else few,
        survival=few if at is None else french.percent(at, 0),
        interval="" if low is None or high is None else f"{french.number(low)}\u00a0–\u00a0{french.number(high)}",
    )


def _cells(key: str, found: Found) -> tuple[Cell, ...]:
    density, age, rate, lasted = (found.get(name, {}).get(key) for name in TOLD)
    followed = _number(lasted, "births")
    return (
        KEYS.get(key, ("", UNKNOWN))[1],
        int(found["stock_firms"][key].value or 0),
        *(None if row is None else _rounded(row.value) for row in (density, age)),
        _whole(_number(rate, "numerator")),
        _whole(_number(rate, "denominator")),
        None if rate is None or rate.value is None else round(rate.value, 2),
        *links.cells([rate], 2),
        _whole(followed),
        *(_rounded(_number(lasted, f"{part}_{month}")) for month in YEARS for part in _PARTS),
    )


def _written(row: Row | None) -> str:
    return french.ABSENT if row is None or row.value is None else french.number(row.value, 1)


def _number(row: Row | None, name: str) -> float | None:
    value = None if row is None else row.extra.get(name)
    return float(value) if isinstance(value, int | float) else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
