"""The roll-up of the ledger: two tables written in the transaction of each act, equal to the aggregate at any time."""

from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, Sum, Value, When

from etabli.acts.models import Act, Helped, Tally

MEASURES = ("minutes", "amount", "quantity")
SIGN = Case(When(reverses__isnull=True, then=Value(1)), default=Value(-1), output_field=IntegerField())
"""+1 for an act, −1 for the one that reverses it: its sum is the number of acts that stand."""


def add(act: Act) -> None:
    """Write an act, or a reversal, into the roll-up. Call it in the transaction that makes the row."""
    sign = -1 if act.reverses_id else 1
    key = {
        "organisation_id": act.organisation_id,
        "year": act.day.year,
        "kind": act.kind,
        "commune": act.commune,
        "themes": act.themes,
    }
    _increase(Tally, key, {"acts": sign, **{name: getattr(act, name) for name in MEASURES}})
    if act.beneficiary_id is not None:
        key["beneficiary_id"] = act.beneficiary_id
        _increase(Helped, key, {"acts": sign})
        if sign < 0:
            Helped.objects.filter(**key, acts=0).delete()


def _increase(model: type[Tally | Helped], key: dict[str, object], by: dict[str, int]) -> None:
    """Add to the row of a key, made when missing. The database adds, so that two writers lose nothing."""
    rows = model.objects.filter(**key)
    more = {name: F(name) + amount for name, amount in by.items()}
    if rows.update(**more):
        return
    try:
        with transaction.atomic():
            model.objects.create(**key, **by)
    except IntegrityError:  # somebody else has just made it
        rows.update(**more)


@transaction.atomic
def rebuild() -> None:
    """Make the roll-up again from the acts: after an import that did not go through `actions.record`."""
    Tally.objects.all().delete()
    Helped.objects.all().delete()
    key = ("organisation_id", "day__year", "kind", "commune", "themes")
    sums = {f"net_{name}": Sum(name) for name in MEASURES}
    found = Act.objects.order_by().values_list(*key).annotate(net=Sum(SIGN), **sums)
    Tally.objects.bulk_create((Tally(None, *row) for row in found.iterator()), batch_size=1000)
    helped = (
        Act.objects.exclude(beneficiary=None).order_by().values_list(*key, "beneficiary_id").annotate(net=Sum(SIGN))
    )
    standing = helped.filter(net__gt=0)
    Helped.objects.bulk_create((Helped(None, *row) for row in standing.iterator()), batch_size=1000)
