"""Writes of axes and actions: several rows at once, as the forms give them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.actions import locked
from etabli.pacts.models import Action, Axis, Convention, Evidence, Target
from etabli.ui.seen import Still, whatever

FIRST_VOLET = 1000  # volets group axes and never stand among their numbers
FIRST_WITHDRAWN = 20_000


@transaction.atomic
def set_axes(*, convention: Convention, by: Reader, rows: Sequence[Mapping[str, Any]], still: Still = whatever) -> None:
    """Axes in their order: `{"id", "title", "description", "volet"}`; a known axis absent from the rows is removed.

    `"themes"` (codes of `Theme`) replaces those of the axis; without it they stay.
    """
    convention = locked(convention)
    policies.check_can_write(by, convention)
    still(convention)
    kept = {axis.pk: axis for axis in convention.axes.filter(number__lt=FIRST_VOLET)}
    _park(convention.axes.filter(number__lt=FIRST_VOLET), len(kept) + len(rows))
    for pk in set(kept) - {row["id"] for row in rows}:
        _delete(kept[pk])
    volets = _volets(convention, [row["volet"] for row in rows])
    for number, row in enumerate(rows, 1):
        axis = kept.get(row["id"]) or Axis(convention=convention)
        axis.number, axis.title, axis.description = number, row["title"].strip(), row["description"].strip()
        axis.volet = volets.get(row["volet"].strip())
        axis.themes = list(row.get("themes", axis.themes))
        axis.save()
    convention.axes.filter(number__gte=FIRST_VOLET, axes__isnull=True).delete()
    record(
        by=by.user, verb="convention.axes", about=convention, organisation_id=by.organisation.pk,
        changes={"axes": [len(kept), len(rows)]},
    )  # fmt: skip


def _park(rows: Any, most: int) -> None:
    """Move numbers out of the way: two rows never hold one number, not even for an instant."""
    for row in rows.order_by("-number"):
        row.number += most
        row.save(update_fields=["number"])


def _volets(convention: Convention, titles: Sequence[str]) -> dict[str, Axis]:
    known = {axis.title: axis for axis in convention.axes.filter(number__gte=FIRST_VOLET)}
    last = max((axis.number for axis in known.values()), default=FIRST_VOLET - 1)
    for title in dict.fromkeys(title.strip() for title in titles):
        if title and title not in known:
            last += 1
            known[title] = Axis.objects.create(convention=convention, number=last, title=title)
    return known


def _delete(row: Axis | Action) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        if isinstance(row, Axis) and _only_withdrawn(row, error.protected_objects):
            _withdraw(row)
            return
        raise Denied(
            f"«\u00a0{row.title}\u00a0» porte déjà des cibles ou des actes\u00a0: il ne peut plus être retiré. "
            "Retirez d’abord ses objectifs."
        ) from error


def _only_withdrawn(axis: Axis, held: Iterable[Any]) -> bool:
    """Whether nothing keeps an axis but the targets and figures of objectives that were withdrawn."""
    return not axis.objectives.exists() and all(isinstance(row, Target | Evidence) for row in held)


def _withdraw(axis: Axis) -> None:
    """Hide an axis, without its actions, under a number that nobody will want."""
    axis.actions.all().delete()
    gone = Axis.everything.filter(convention=axis.convention, number__gte=FIRST_WITHDRAWN)
    axis.number = (gone.aggregate(last=Max("number"))["last"] or FIRST_WITHDRAWN) + 1
    axis.volet, axis.withdrawn_at = None, timezone.now()
    axis.save(update_fields=["number", "volet", "withdrawn_at"])


@transaction.atomic
def set_actions(
    *, convention: Convention, by: Reader, rows: Mapping[int, Sequence[Mapping[str, Any]]], still: Still = whatever
) -> None:
    """Actions of each axis in their order: `{axis id: [{"id", "title", "purpose", "public"}, …]}`."""
    convention = locked(convention)
    policies.check_can_write(by, convention)
    still(convention)
    before = Action.objects.filter(axis__convention=convention).count()
    for axis in convention.axes.filter(pk__in=rows):
        kept = {action.pk: action for action in axis.actions.all()}
        _park(axis.actions.all(), len(kept) + len(rows[axis.pk]))
        for pk in set(kept) - {row["id"] for row in rows[axis.pk]}:
            _delete(kept[pk])
        for number, row in enumerate(rows[axis.pk], 1):
            action = kept.get(row["id"]) or Action(axis=axis)
            action.number, action.title = number, row["title"].strip()
            action.purpose, action.public = row["purpose"].strip(), row["public"].strip()
            action.save()
    after = Action.objects.filter(axis__convention=convention).count()
    record(
        by=by.user, verb="convention.actions", about=convention, organisation_id=by.organisation.pk,
        changes={"actions": [before, after]},
    )  # fmt: skip


@transaction.atomic
def write_action(*, action: Action, by: Reader, values: Mapping[str, Any], still: Still = whatever) -> Action:
    """Every field of one fiche-action. Raises Denied, ValidationError."""
    convention = locked(action.axis.convention)
    policies.check_can_write(by, convention)
    action = Action.objects.select_related("axis__convention").get(pk=action.pk)
    still(action)
    changed = [name for name, value in values.items() if getattr(action, name) != value]
    for name in changed:
        setattr(action, name, values[name])
    action.full_clean()
    action.save()
    record(
        by=by.user, verb="action.written", about=action, organisation_id=by.organisation.pk,
        changes=dict.fromkeys(changed, "changé"),
    )  # fmt: skip
    return action
