"""The whole content of a convention as plain JSON: what is frozen, compared, printed.

{"convention": {"title": …, "starts_on": "2017-11-16", "budget": 14000000, …},
 "perimeter": {"name": …, "as_of": …, "sha256": …, "communes": [["62001", "Ablain-Saint-Nazaire"], …]},
 "parties": [{"siren": …, "name": …, "role": "pilot", …}],
 "axes": [{"number": 1, "title": …, "actions": [{…}], "objectives": [{"title": …, "counting": [["On compte", …], …],
 "targets": {"2018": "120"}}]}],
 "amendment": {"number": 1, "reason": …, "effective_on": …, "changes": [{"what": …, "before": …, "after": …, "mark": …},
 …]}}, the last one in the version of an amendment only.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from etabli.pacts import access
from etabli.pacts.models import Action, Axis, Convention, Objective, Party
from etabli.pacts.objectives.wording import definition
from etabli.registry.models import Perimeter
from maillage.errors import UnknownTerritory
from maillage.territory import alphabetical, commune_name

Content = dict[str, Any]

ACTION_TEXTS = (
    "context", "purpose", "public", "territory", "description", "partners", "external_means", "schedule",
    "deliverables", "risks", "communication", "links",
)  # fmt: skip


def content_of(convention: Convention) -> Content:
    """What the convention says now."""
    return {
        "convention": {
            "kind": convention.kind,
            "title": convention.title,
            "framework": convention.framework.title if convention.framework else "",
            "starts_on": convention.starts_on.isoformat(),
            "ends_on": convention.ends_on.isoformat(),
            "budget": convention.budget,
            "preamble": convention.preamble,
            "clauses": convention.clauses,
        },
        "perimeter": perimeter_content(convention.perimeter),
        "parties": [party_content(party) for party in access.parties_of(convention)],
        "axes": axes_content(convention),
    }


def axes_content(convention: Convention) -> list[Content]:
    """The axes of work of today, with their actions and objectives."""
    return [_axis(axis) for axis in working_axes(convention)]


def working_axes(convention: Convention) -> list[Axis]:
    """Axes of work in their order; a volet only groups them and is told by its axes."""
    axes = convention.axes.filter(axes__isnull=True).select_related("volet")
    promised = Prefetch("objectives", Objective.objects.select_related("perimeter", "axis__convention__perimeter"))
    return list(axes.prefetch_related("actions__pilot", promised, "objectives__targets").order_by("number"))


def perimeter_content(perimeter: Perimeter) -> Content:
    """The signed list, with the names of that day so that it reads the same for ever."""
    named = [[code, name_of(code)] for code in perimeter.communes]
    return {
        "name": perimeter.name,
        "as_of": perimeter.as_of.isoformat(),
        "sha256": perimeter.sha256,
        "communes": sorted(named, key=lambda pair: (alphabetical(pair[1]), pair[0])),
    }


def name_of(code: str) -> str:
    """Name of a commune, or its code when the tables no longer know it."""
    try:
        return commune_name(code)
    except UnknownTerritory:
        return code


def party_content(party: Party) -> Content:
    """A party of today."""
    return {
        "siren": party.organisation.siren,
        "name": party.organisation.name,
        "role": party.role,
        "deliberation_number": party.deliberation_number,
        "deliberation_on": party.deliberation_on.isoformat() if party.deliberation_on else "",
        "signatory_name": party.signatory_name,
        "signatory_title": party.signatory_title,
    }


def _axis(axis: Axis) -> Content:
    sheets = {action.pk: action.number for action in axis.actions.all()}
    return {
        "number": axis.number,
        "title": axis.title,
        "volet": axis.volet.title if axis.volet else "",
        "description": axis.description,
        "actions": [_action(action) for action in sorted(axis.actions.all(), key=lambda one: one.number)],
        "objectives": [_objective(one, sheets) for one in sorted(axis.objectives.all(), key=lambda one: one.number)],
    }


def _action(action: Action) -> Content:
    return {
        "number": action.number,
        "title": action.title,
        **{name: getattr(action, name) for name in ACTION_TEXTS},
        "pilot": action.pilot.name if action.pilot else "",
        "days": plain(action.days),
        "budget": action.budget,
    }


def _objective(objective: Objective, sheets: Mapping[int, int]) -> Content:
    standing: dict[str, str] = {}
    for target in sorted(objective.targets.all(), key=lambda row: row.pk):
        standing[str(target.year)] = plain(target.value)
    return {
        "id": objective.pk,
        "number": objective.number,
        "action": sheets.get(objective.action_id or 0),
        "title": objective.title,
        "unit": objective.unit,
        "counting": _counting(objective),
        "baseline": plain(objective.baseline),
        "targets": dict(sorted(standing.items())),
    }


def _counting(objective: Objective) -> list[list[str]]:
    """How it is counted, in the words of the day: signed with the target, since a target alone promises nothing."""
    told = {"Départ"} if objective.perimeter_id else {"Départ", "Périmètre"}  # elsewhere in the convention
    return [[term, text] for term, text in definition(objective) if term not in told]


def plain(value: Decimal | None) -> str:
    """« 120 », « 12.5 », or nothing: the same on both databases."""
    return "" if value is None else f"{value.normalize():f}"


def fingerprint(content: Content) -> str:
    """Sha256 of the content, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
