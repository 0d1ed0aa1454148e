"""`show`: one answer, with its definition and everything that must be read beside it."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from maillage.cli.reading import question, store
from maillage.cli.scopes import scope_document, scope_lines
from maillage.cli.writing import number, write_csv, write_json, write_table
from maillage.indicators import Answer, Card, Row, ask

_COLUMNS = {
    "without_links": "sans liens",
    "numerator": "numérateur",
    "denominator": "dénominateur",
    "population": "habitants",
    "low": "bas",
    "high": "haut",
    "known": "connus",
    "establishments": "établissements",
    "at_risk": "suivies",
    "births": "créations",
    "creations": "créations",
    "closures": "fermetures",
    "count": "établissements",
    "state": "état",
    "share": "part (%)",
    "reference_share": "référence (%)",
    "communes_last": "communes au dernier",
    "communes_absent": "communes sans",
    "last": "derniers",
    "everyday": "du quotidien",
    "q1": "1er quartile",
    "q3": "3e quartile",
    "firms": "entreprises",
    "at_12": "1 an",
    "at_36": "3 ans",
    "at_60": "5 ans",
}
_STATES = {"present": "présent", "last": "dernier", "absent": "absent"}
_FLAGS = {"provisional": "provisoire", "partial": "partiel", "unread": "non lue"}
_WHOLE = frozenset({*_COLUMNS} - {"without_links", "low", "high", "share", "reference_share", "q1", "q3"}) - {
    "at_12",
    "at_36",
    "at_60",
}


def run(options: argparse.Namespace) -> int:
    """Print the answer in the format asked for."""
    answer = ask(store(options.store), question(options))
    {"table": _table, "csv": _csv, "json": _json}[options.format](answer)
    return 0


def key_name(answer: Answer) -> str | None:
    """Name of the key of each row: « trade », « commune », « month » for a survival curve; None without split."""
    if answer.question.by:
        return answer.question.by.partition(":")[0]
    if answer.card.id == "survival":
        return "month"
    return "trade" if answer.card.id in ("specialisation", "presence") else None


def definition(card: Card) -> dict[str, Any]:
    """The card as plain values."""
    return {
        "id": card.id,
        "label": card.label,
        "plain": card.plain,
        "formula": card.formula,
        "method": card.method,
        "field": card.field,
        "unit": card.unit,
        "denominator": card.denominator,
        "source": card.source,
        "caveat": card.caveat,
        "coverage": card.coverage,
        "regime": card.regime.value,
        "moment": card.moment.value,
        "by": [str(grouping) for grouping in card.by],
    }


def document(answer: Answer) -> dict[str, Any]:
    """The answer as the JSON format gives it."""
    asked, dated = answer.question, answer.question.where.as_of
    moment = {"on": answer.on.isoformat()} if answer.on else {"during": str(answer.during)}
    return {
        "indicator": answer.card.id,
        "label": answer.card.label,
        "definition": definition(answer.card),
        "where": {"key": asked.where.key, "name": asked.where.name, "as_of": dated and dated.isoformat()},
        **moment,
        "scope": scope_document(answer.applied, asked),
        "store": answer.store_version,
        "stock_date": answer.stock_date.isoformat(),
        "fictitious": answer.fictitious,
        "coverage": {
            "share": round(answer.coverage.share, 4),
            "missing": list(answer.coverage.missing),
            "reason": answer.coverage.reason,
        },
        "unit": answer.unit,
        "rows": [_line(answer, row) for row in answer.rows],
        "total": answer.total,
        "unknown_size_share": answer.unknown_size_share,
        "left_out": dict(answer.left_out),
        "notes": list(answer.notes),
    }


def _line(answer: Answer, row: Row) -> dict[str, Any]:
    name = key_name(answer)
    key = {name: row.key} if name else {}
    return {**key, "label": row.label, "value": row.value, **{k: v for k, v in row.extra.items() if k != name}}


def _json(answer: Answer) -> None:
    write_json(document(answer))


def _csv(answer: Answer) -> None:
    lines = [_line(answer, row) for row in answer.rows]
    columns = list(dict.fromkeys(name for line in lines for name in line)) or ["label", "value"]
    write_csv(columns, lines)
    for sentence in (*scope_lines(answer.applied, answer.question), *answer.notes):
        print(sentence, file=sys.stderr)


def _table(answer: Answer) -> None:
    when = f"au début du {answer.on.isoformat()}" if answer.on else str(answer.during)
    print(f"{answer.card.label} ({answer.unit}), {answer.question.where.name}, {when}")
    print(*scope_lines(answer.applied, answer.question), sep="\n", end="\n\n")
    shown = [name for name in _COLUMNS if any(name in row.extra for row in answer.rows)]
    headings = ["", answer.unit, *[_COLUMNS[name] for name in shown], ""]
    lines = [_cells(answer, row, shown) for row in answer.rows]
    if answer.total is not None and answer.question.by:
        lines.append(["Ensemble", number(answer.total, answer.card.decimals), *[""] * (len(shown) + 1)])
    write_table(headings, lines, right=frozenset(range(1, len(shown) + 2)))
    _small_print(answer)


def _cells(answer: Answer, row: Row, shown: list[str]) -> list[str]:
    value = "secret" if row.extra.get("secret") else number(row.value, answer.card.decimals)
    extras = [_extra(answer, name, row.extra.get(name)) for name in shown]
    flags = [text for flag, text in _FLAGS.items() if row.extra.get(flag)]
    return [row.label, value, *extras, ", ".join(flags)]


def _extra(answer: Answer, name: str, value: float | int | str | None) -> str:
    if isinstance(value, str):
        return _STATES.get(value, value)
    return number(value, 0 if name in _WHOLE else answer.card.decimals)


def _small_print(answer: Answer) -> None:
    print(f"\n{answer.card.plain}\n{answer.card.formula}")
    print(f"Source : {answer.card.source}, au {answer.stock_date.isoformat()}.")
    print(answer.card.field)
    for reason, count in answer.left_out.items():
        print(f"Laissé de côté : {number(count)} {reason}.")
    for note in answer.notes:
        print(note)
