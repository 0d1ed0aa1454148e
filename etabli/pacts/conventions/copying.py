"""From one convention to the next: parties, axes, fiches-action and objectives, copied as they will read then."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from etabli.accounts.policies import Reader
from etabli.pacts.changes.foreseen import Seat
from etabli.pacts.models import Convention, Objective, Party, Target

Targets = Mapping[tuple[int, int], Decimal]


def copy_parties(seats: Iterable[Seat], made: Convention) -> None:
    """The parties of a convention in the one that follows it; they deliberate again."""
    for seat in seats:
        Party.objects.create(
            convention=made, organisation=seat.organisation, role=seat.role, signatory_name=seat.signatory_name,
            signatory_title=seat.signatory_title, left_on=seat.left_on,
        )  # fmt: skip


def copy_axes(
    model: Convention, made: Convention, by: Reader, year: int | None = None, signed: Targets | None = None
) -> None:
    """The axes, their actions and objectives, with the target of a year or with none.

    `signed`: targets of amendments that do not apply yet, which stand before those of the model.
    """
    copies: dict[int, Any] = {}
    for axis in sorted(model.axes.all(), key=lambda axis: axis.volet_id is not None):  # volets before what they group
        copies[axis.pk] = _copy(axis, convention=made, volet=copies.get(axis.volet_id or 0))
    for axis in model.axes.prefetch_related("actions", "objectives__targets"):
        actions = {one.pk: _copy(one, axis=copies[axis.pk]) for one in axis.actions.all()}
        for objective in axis.objectives.all():
            kept = _copy(objective, axis=copies[axis.pk], action=actions.get(objective.action_id or 0))
            if year is not None and (value := _target(objective, year, signed or {})) is not None:
                Target.objects.create(objective=kept, year=year, value=value, set_by=by.user)


def _target(objective: Objective, year: int, signed: Targets) -> Decimal | None:
    if (objective.pk, year) in signed:
        return signed[objective.pk, year]
    last = max((row for row in objective.targets.all() if row.year == year), key=lambda row: row.pk, default=None)
    return last.value if last else None


def _copy(row: Any, **changed: Any) -> Any:
    """The same row once more, hanging from something else."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    made = type(row)(**values)
    for name, value in changed.items():
        setattr(made, name, value)
    made.save()
    return made
