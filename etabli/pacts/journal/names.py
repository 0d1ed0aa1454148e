"""Names of what events speak of, by kind and number, in one query for each kind: never those of who is helped."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from etabli.accounts.models import Membership, Organisation, User
from etabli.audit.models import Event
from etabli.pacts.models import (
    Action,
    Amendment,
    Axis,
    Convention,
    Meeting,
    MissionLetter,
    Objective,
    Party,
    Report,
    Version,
)
from etabli.ui import french

Names = Mapping[str, Mapping[str, str]]
SIREN = "siren"
REFERS: dict[str, str] = {
    "axis": "pacts.axis", "developer": "accounts.user", "model": "pacts.convention", "party": SIREN,
    "registered_by": "accounts.organisation", "responsible": "accounts.user", "shares": "pacts.axis", "sirens": SIREN,
    "successor": "accounts.organisation", "to": "accounts.user",
}  # fmt: skip
"""Changes that keep the number of something, and of what."""
ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "accounts.membership": lambda: Membership.objects.select_related("user", "organisation"),
    "accounts.organisation": Organisation.objects.all,
    "accounts.user": User.objects.all,
    "pacts.action": Action.objects.all,
    "pacts.amendment": lambda: Amendment.objects.select_related("convention"),
    "pacts.axis": Axis.everything.all,
    "pacts.convention": Convention.objects.all,
    "pacts.meeting": Meeting.objects.all,
    "pacts.missionletter": lambda: MissionLetter.objects.select_related("developer"),
    "pacts.objective": Objective.everything.all,
    "pacts.party": lambda: Party.objects.select_related("organisation"),
    "pacts.report": lambda: Report.objects.select_related("convention"),
    "pacts.version": lambda: Version.objects.select_related("convention"),
}


def names_of(rows: Iterable[Event]) -> Names:
    """`{"pacts.axis": {"12": "Transition numérique"}, "siren": {"246200364": "CALL"}}`."""
    wanted: dict[str, set[str]] = {}
    for row in rows:
        if row.object_kind in ROWS:
            wanted.setdefault(row.object_kind, set()).add(row.object_id)
        for name, value in row.changes.items():
            if name in REFERS:
                wanted.setdefault(REFERS[name], set()).update(_numbers(value))
    found = {
        kind: {str(one.pk): _name(one) for one in ROWS[kind]().filter(pk__in=pks)}
        for kind, pks in wanted.items() if kind != SIREN
    }  # fmt: skip
    if SIREN in wanted:
        known = Organisation.objects.filter(siren__in=wanted[SIREN])
        found[SIREN] = dict(known.values_list("siren", "short_name"))
    return found


def _numbers(value: Any) -> Iterator[str]:
    """Every number in a change, however deep; words are none."""
    if isinstance(value, list | dict):
        for one in value:
            yield from _numbers(one)
    elif str(value).isascii() and str(value).isdecimal() and not isinstance(value, bool):
        yield str(value)


def _name(one: Any) -> str:
    return f"{one.convention}, {french.uncapitalised(str(one))}" if isinstance(one, Amendment) else str(one)
