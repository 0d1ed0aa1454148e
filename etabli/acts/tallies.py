"""The roll-up of the ledger: two tables written in the transaction of each act, equal to the aggregate at any time."""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When

from etabli.acts.models import Act, Helped, Tally

KEY = ("organisation_id", "year", "kind", "commune", "themes")
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
    rows = Act.objects.order_by()
    _insert(Tally, (*KEY, "acts", *MEASURES), rows.values_list(*key).annotate(net=Sum(SIGN), **sums))
    helped = rows.exclude(beneficiary=None).values_list(*key, "beneficiary_id").annotate(net=Sum(SIGN))
    _insert(Helped, (*KEY, "beneficiary_id", "acts"), helped.filter(net__gt=0))


def _insert(model: type[Tally | Helped], columns: tuple[str, ...], rows: QuerySet[Any, Any]) -> None:
    """Fill a table from a query without fetching its rows."""
    sql, params = rows.query.sql_with_params()
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) {sql}", params)
