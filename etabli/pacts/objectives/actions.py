"""Writes of objectives: add, remove, set a target, type a figure with its document."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.audit.actions import record
from etabli.pacts.models import Axis, Convention, Evidence, Objective, Target
from etabli.pacts.objectives import policies, years
from etabli.papers.models import Document
from etabli.ui.seen import Still, whatever


@transaction.atomic
def add(*, axis: Axis, by: Reader, fields: Mapping[str, Any], targets: Mapping[int, Decimal]) -> Objective:
    """The next objective of an axis, with its target of each year. Raises Denied, ValidationError."""
    policies.check_can_write(by, _held(axis))
    number = _next_number(axis)
    wanted = dict(fields)
    own = wanted.get("perimeter")
    if own is not None and own.pk is None:
        own.save()
    objective = Objective(axis=axis, number=number, **wanted)
    objective.full_clean()
    objective.save()
    _set(objective, by, targets, "")
    _told(by, "objective.added", objective, {"title": [None, objective.title]})
    return objective


def _held(axis: Axis) -> Convention:
    """The convention as it is now: nobody gives its text to read nor freezes it until this is written."""
    return Convention.objects.select_for_update().get(pk=axis.convention_id)


def _next_number(axis: Axis) -> int:
    """The one after the last that the axis ever had, withdrawn objectives included; the axis is locked."""
    Axis.objects.select_for_update().get(pk=axis.pk)
    return int(Objective.everything.filter(axis=axis).aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def change(
    *, objective: Objective, by: Reader, axis: Axis, fields: Mapping[str, Any], still: Still = whatever
) -> Objective:
    """What is promised, said otherwise while the text is written; its targets stay. Raises Denied, ValidationError."""
    policies.check_can_write(by, _held(objective.axis))
    kept = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    still(kept)
    wanted = {"axis": axis, **fields}
    own = wanted.get("perimeter")
    if own is not None and own.pk is None:
        own.save()
    changes = {name: [getattr(kept, name), value] for name, value in wanted.items() if getattr(kept, name) != value}
    if not changes:
        return kept
    if kept.axis_id != axis.pk:
        kept.number = _next_number(axis)
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    told = {name: [_said(before), _said(after)] for name, (before, after) in changes.items()}
    _told(by, "objective.changed", kept, told)
    return kept


def _said(value: Any) -> Any:
    """As the journal keeps it: text, whatever the field."""
    return value if value is None or isinstance(value, bool | list) else str(value)


@transaction.atomic
def remove(*, objective: Objective, by: Reader) -> None:
    """Take an objective away before the signature. Raises Denied.

    Targets set stay for ever: one that has some is withdrawn, hidden from every list and counted nowhere.
    """
    policies.check_can_write(by, _held(objective.axis))
    _told(by, "objective.removed", objective, {"title": [objective.title, None]})
    try:
        with transaction.atomic():
            objective.delete()
    except ProtectedError:
        Objective.objects.filter(pk=objective.pk).update(withdrawn_at=timezone.now(), action=None)


@transaction.atomic
def set_targets(
    *, objective: Objective, by: Reader, targets: Mapping[int, Decimal], reason: str = "", still: Still = whatever
) -> None:
    """The target of some years, added to those before: nothing is overwritten, what stays is not written again.

    Raises Denied, and ValidationError: a lowered target says why.
    """
    policies.check_can_write(by, _held(objective.axis))
    locked = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)  # one hand at a time on its targets
    still(locked)
    former = {year: row.value for year, row in years.targets(locked.targets.all()).items()}
    wanted = {year: value for year, value in targets.items() if former.get(year) != value}
    if not reason and any(value < former.get(year, value) for year, value in wanted.items()):
        raise ValidationError({"reason": "Dites pourquoi une cible est abaissée\u00a0: la raison reste à côté d’elle."})
    _set(objective, by, wanted, reason)
    changes = {str(year): [str(former[year]) if year in former else None, str(value)] for year, value in wanted.items()}
    if changes:
        _told(by, "objective.targets", objective, changes)


def _set(objective: Objective, by: Reader, targets: Mapping[int, Decimal], reason: str) -> None:
    for year, value in sorted(targets.items()):
        target = Target(objective=objective, year=year, value=value, set_by=by.user, reason=reason)
        target.full_clean()
        target.save()


@transaction.atomic
def type_evidence(
    *, objective: Objective, by: Reader, day: date, value: Decimal, label: str, document: Document
) -> Evidence:  # fmt: skip
    """A figure read in a document. Raises Denied, ValidationError."""
    policies.check_can_type_evidence(by, objective)
    evidence = Evidence(objective=objective, day=day, value=value, label=label, document=document, typed_by=by.user)
    evidence.full_clean()
    evidence.save()
    _told(by, "objective.evidence", objective, {"value": [None, str(value)]})
    return evidence


@transaction.atomic
def correct_evidence(
    *, evidence: Evidence, by: Reader, day: date, value: Decimal, label: str, reason: str,
    document: Document | None = None,
) -> Evidence:  # fmt: skip
    """A typed figure said otherwise, with the same document unless another is given; what it was stays readable.

    Raises Denied, ValidationError.
    """
    said = Evidence(day=day, value=value, label=label, document=document or evidence.document)
    changes = {"value": [str(evidence.value), str(value)], "evidence": [evidence.pk, None]}
    return _replaced(evidence, by, said, reason, "objective.evidence_corrected", changes)


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: Reader, reason: str) -> Evidence:
    """A typed figure that counts no more; what it was stays readable. Raises Denied, ValidationError."""
    said = Evidence(
        day=evidence.day, value=evidence.value, label=evidence.label, document=evidence.document, withdrawn=True
    )
    changes = {"value": [str(evidence.value), None], "evidence": [evidence.pk, None]}
    return _replaced(evidence, by, said, reason, "objective.evidence_withdrawn", changes)


def _replaced(
    former: Evidence, by: Reader, said: Evidence, reason: str, verb: str, changes: Mapping[str, Any]
) -> Evidence:
    """The row that stands in the place of another one: a table that only grows takes nothing back."""
    objective = Objective.objects.select_for_update(of=("self",)).get(pk=former.objective_id)  # one hand at a time
    policies.check_can_change_evidence(by, former)
    said.objective, said.replaces, said.typed_by, said.reason = objective, former, by.user, reason.strip()
    said.full_clean()
    said.save()
    _told(by, verb, objective, changes)
    return said


def _told(by: Reader, verb: str, about: Objective, changes: Mapping[str, Any]) -> None:
    record(by=by.user, verb=verb, about=about, organisation_id=by.organisation.pk, changes=changes)
