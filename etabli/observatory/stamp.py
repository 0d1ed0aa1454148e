"""What every page says of the data it was made from, and where its menu leads."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from etabli import facts
from etabli.observatory import places
from etabli.observatory.statement import conformity
from etabli.ui import menu
from maillage.errors import NoStore

MENU = (
    ("Territoires", "observatory:search"),
    ("Comparer", "observatory:comparison"),
    ("Bilans", "pacts:public_reports"),
    ("Définitions", "observatory:definitions"),
)


@dataclass(frozen=True)
class Stamp:
    """Edition of the data: printed at the foot of every page, and at its head when it is fictitious."""

    version: str
    stock_date: date
    first_day: date  # that may be asked about
    fictitious: bool


def current_stamp() -> Stamp | None:
    """The stamp of the store in force, None when there is none yet."""
    try:
        manifest = facts.store().manifest
    except NoStore:
        return None
    return Stamp(manifest.version, manifest.stock_date, facts.days()[0], manifest.fictitious)


@lru_cache(maxsize=1)
def _has_typeface() -> bool:
    return (Path(settings.ASSETS_DIR) / "fonts" / "source-sans-pro-regular.woff2").is_file()


def stamp(request: HttpRequest) -> dict[str, object]:
    """Context processor of every page."""
    return {
        "stamp": current_stamp(),
        "navigation": menu.entries(MENU, request.path),
        "typeface": _has_typeface(),
        "hint": places.hint(),
        "conformity": conformity(settings.LEGAL_NOTICE),
    }
