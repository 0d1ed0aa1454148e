"""The craft scope of a figure as the command line says it: the one that was applied, and the one asked for."""

from __future__ import annotations

from typing import Any

from maillage.indicators import Question, Scope
from maillage.scope import Applied


def scope_lines(applied: Applied, asked: Question) -> list[str]:
    """« Périmètre : … », and « Périmètre demandé : … » when the past or a flow could not be counted in it."""
    lines = [f"Périmètre\u00a0: {applied.label}"]
    if applied.label != asked.scope.label:
        lines.append(f"Périmètre demandé\u00a0: {asked.scope.label}")
    return lines


def scope_document(applied: Applied, asked: Question) -> dict[str, Any]:
    """The applied scope as plain values, ``size`` None for all sizes; under ``asked``, the one asked for."""
    return {
        **_plain(applied),
        "trade": asked.trade,
        "sector": asked.sector,
        "links": asked.links,
        "asked": _plain(asked.scope),
    }


def _plain(scope: Applied | Scope) -> dict[str, str | None]:
    size = scope.size.value if scope.size else None
    return {"activity": scope.activity.value, "size": size, "label": scope.label}
