"""What an event says of before and after, in French: « fin : 31 décembre 2026 → 31 décembre 2027 »."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind, Theme
from etabli.audit.models import Event
from etabli.pacts.journal.names import REFERS, SIREN, Names
from etabli.pacts.models import Basis, Method, PartyRole, Subject
from etabli.pacts.workflow import AmendmentState, ReportState, State
from etabli.ui import french
from maillage.errors import UnknownTerritory
from maillage.territory import parse

LONGEST = 120  # characters of a value; texts are kept by their length, lists may be long
WORDS = {
    "absorbed": "dossier rattaché", "actions": "fiches-action", "agreed_on": "accord donné le",
    "attendees": "personnes", "axes": "axes", "axis": "axe", "basis": "d’après", "communes": "communes",
    "correction": "correction", "decisions": "décisions", "developer": "développeur", "done_on": "faite le",
    "evidence": "chiffre saisi", "kind": "nature", "kinds": "natures",
    "lines": "lignes", "method": "procédé", "model": "modèle", "on": "à compter du", "party": "partie",
    "people": "personnes", "provider": "fournisseur d’identité", "reason": "raison",
    "registered_by": "inscrite par", "responsible": "responsable", "role": "rôle", "roles": "rôles",
    "sequence": "envoi", "sha256": "empreinte", "share": "part", "shares": "parts", "signed_on": "signée le",
    "sirens": "SIREN des parties", "state": "état", "subjects": "objets", "successor": "organisation qui succède",
    "things": "choses transmises", "to": "transmis à", "value": "valeur", "year": "année",
}  # fmt: skip
"""Names that are no field of the object; a field is told by its own name first."""
CODES: dict[str, dict[str, str]] = {
    "basis": dict(Basis.choices), "kinds": dict(ActKind.choices), "method": dict(Method.choices),
    "role": dict(PartyRole.choices) | dict(Role.choices), "subjects": dict(Subject.choices),
    "themes": dict(Theme.choices),
}  # fmt: skip
STATES: dict[str, dict[str, str]] = {
    "pacts.amendment": dict(AmendmentState.choices), "pacts.convention": dict(State.choices),
    "pacts.report": dict(ReportState.choices),
}  # fmt: skip
PERSONAL = {("report.agreement_noted", "by")}
"""Names of people that events of former times keep: an event is never rewritten, it is only not told."""
CENTS = " (centimes)"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
PLACE = re.compile(r"france|(commune|epci|departement|region|liste):[0-9AB,]+")


def model_of(kind: str) -> type[Model] | None:
    """The model of an event's object, None when it is no more."""
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def told(row: Event, names: Names | None = None) -> Iterable[str]:
    """One line for each thing that changed; numbers of what has a name are told with it."""
    changes: Mapping[str, Any] = row.changes
    for name, value in changes.items():
        if (row.verb, name) in PERSONAL:
            continue
        field = _field(row.object_kind, name)
        codes = _named(name, names or {}) or _codes(row.object_kind, name, field)
        label = str(getattr(field, "verbose_name", "")) or WORDS.get(name, name)
        before, *after = value if isinstance(value, list) and len(value) == 2 else [value]
        if label.endswith(CENTS):
            label, said = label.removesuffix(CENTS), [_euros(one) for one in (before, *after)]
        else:
            said = [_value(one, codes) for one in (before, *after)]
        yield f"{label}\u00a0: {' → '.join(said)}"


def _euros(value: Any) -> str:
    return french.euros(value) if isinstance(value, int) else _value(value, {})


def _field(kind: str, name: str) -> Any:
    model = model_of(kind)
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _named(name: str, names: Names) -> Mapping[str, str]:
    """« CALL (n° 12) » by « 12 », « CALL (SIREN 246200364) » by « 246200364 »."""
    kind = REFERS.get(name, "")
    word = "SIREN " if kind == SIREN else "n°\u00a0"
    return {number: f"{said} ({word}{number})" for number, said in names.get(kind, {}).items()}


def _codes(kind: str, name: str, field: Any) -> Mapping[str, str]:
    """The words of coded values, by code."""
    if isinstance(field, Field) and field.flatchoices:
        return {str(code): str(label) for code, label in field.flatchoices}
    return STATES.get(kind, {}) if name == "state" else CODES.get(name, {})


def _value(value: Any, codes: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        text = ", ".join(_one(one, codes) for one in value)
    elif isinstance(value, dict):
        text = ", ".join(f"{codes.get(str(name), name)}\u00a0: {_one(one, {})}" for name, one in value.items())
    else:
        text = _one(value, codes)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _one(value: Any, codes: Mapping[str, str]) -> str:
    text = codes.get(str(value), str(value))
    if PLACE.fullmatch(text):
        return _place(text)
    if not DAY.fullmatch(text):
        return text
    try:
        return french.long_date(date.fromisoformat(text))
    except ValueError:
        return text


def _place(text: str) -> str:
    try:
        return parse(text).name
    except UnknownTerritory:
        return text
