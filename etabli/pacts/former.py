"""A convention as who left it reads it: with the dates, amount and communes that it had on their last day."""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from etabli.pacts.models import Convention, Signature, Version
from etabli.registry.models import Perimeter


def as_read(convention: Convention, days: Mapping[int, date]) -> Convention:
    """The convention itself; for who left it, a copy with its dates, amount and communes of then, never to be saved.

    `days`: `access.last_days` of the reader.
    """
    return all_as_read([convention], days)[convention.pk]


def all_as_read(conventions: Iterable[Convention], days: Mapping[int, date]) -> dict[int, Convention]:
    """`as_read` of many conventions, by number."""
    versions = in_force(days)
    rows = Version.objects.filter(pk__in=versions.values())
    said = {pk: parts for pk, *parts in rows.values_list("convention_id", "content__convention", "content__perimeter")}
    return {one.pk: _then(one, *said[one.pk]) if one.pk in said else one for one in conventions}


def in_force(days: Mapping[int, date]) -> dict[int, int]:
    """By convention, the signed version that reads on its day; before the first, none. No content is loaded whole."""
    if not days:
        return {}
    rows = Version.objects.filter(convention__in=days).order_by("applies_from", "number")
    asked = list(rows.values_list("pk", "convention_id", "applies_from", "content__parties"))
    signed: dict[int, int] = {}
    for pk in Signature.objects.filter(version__convention__in=days).values_list("version_id", flat=True):
        signed[pk] = signed.get(pk, 0) + 1
    return {
        convention: pk for pk, convention, first, parties in asked
        if first <= days[convention] and 0 < len(parties) == signed.get(pk)
    }  # fmt: skip


def _then(convention: Convention, head: Mapping[str, Any], signed: Mapping[str, Any]) -> Convention:
    then = copy.copy(convention)
    then.starts_on, then.ends_on = (date.fromisoformat(head[name]) for name in ("starts_on", "ends_on"))
    then.budget = head["budget"]
    then.perimeter = Perimeter(
        name=signed["name"], communes=[code for code, _ in signed["communes"]],
        as_of=date.fromisoformat(signed["as_of"]),
    )  # fmt: skip
    return then
