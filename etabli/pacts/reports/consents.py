"""Which photos and words leave the file: those whose consent holds. Of those whose consent ended, a line is left."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from django.utils import timezone

from etabli.pacts.models import Photo, Quotation
from etabli.ui import french

Told = TypeVar("Told", Photo, Quotation)
NO_CONSENT = "Sans accord écrit\u00a0: ne sort pas du dossier."


def consented(rows: Iterable[Told], today: date) -> list[Told]:
    """Those kept, with a written consent that still holds: the only ones that leave the file."""
    return [one for one in rows if one.removed_at is None and _holds(one, today)]


def _holds(one: Photo | Quotation, today: date) -> bool:
    return bool(one.consent_id and one.consent_until and one.consent_until >= today)


def withdrawn(rows: Iterable[Photo] | Iterable[Quotation], today: date) -> Iterator[str]:
    """One line for each one that was taken out: what it was and when, nothing of what it said."""
    for one in rows:
        what = "Une photo" if isinstance(one, Photo) else "Une citation"
        if one.removed_at is not None:
            on = french.long_date(timezone.localdate(one.removed_at))
            yield f"{what} a été retirée le {on}\u00a0: la personne a repris son accord."
        elif one.consent_id and one.consent_until and one.consent_until < today:
            until = french.long_date(one.consent_until)
            yield f"{what} n’est plus montrée\u00a0: l’accord de la personne valait jusqu’au {until}."


def standing(one: Photo | Quotation, today: date) -> str:
    """What the author of the report reads beside it."""
    if one.removed_at is not None:
        return f"Accord repris le {french.long_date(timezone.localdate(one.removed_at))}\u00a0: n’est plus montrée."
    if _holds(one, today):
        return f"Accord écrit jusqu’au {french.long_date(one.consent_until)}."
    return f"L’accord valait jusqu’au {french.long_date(one.consent_until)}." if one.consent_until else NO_CONSENT
