"""The committee's screen: a first slide, one per axis, and what to look at."""

from collections.abc import Mapping
from typing import Any

from etabli.ui.asked import whole_number


def slide(context: Mapping[str, Any], asked: Mapping[str, str], here: str) -> dict[str, Any]:
    """Which slide is shown, and the addresses of its neighbours; a number out of range is the nearest one."""
    axes = context["axes"]
    count = len(axes) + 2
    number = min(max(whole_number(asked.get("vue", "")) or 1, 1), count)
    return {
        "number": number,
        "count": count,
        "axis": axes[number - 2] if 1 < number < count else None,
        "last": number == count,
        "before": _at(here, number - 1, context["year"]) if number > 1 else "",
        "after": _at(here, number + 1, context["year"]) if number < count else "",
    }


def _at(here: str, number: int, year: int | None) -> str:
    return f"{here}?vue={number}" + (f"&annee={year}" if year else "")
