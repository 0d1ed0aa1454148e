"""Acts refuse every change, even from raw SQL, on SQLite and on PostgreSQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from etabli.acts.models import Act
from etabli.audit import guard

pytestmark = pytest.mark.django_db


def refused(sql, *params):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_update_and_delete_are_refused(record):
    act = record("1", minutes=30)
    refused("UPDATE acts_act SET minutes = 0 WHERE id = %s", act.pk)
    refused("DELETE FROM acts_act WHERE id = %s", act.pk)
    for forbidden in (lambda: Act.objects.update(minutes=0), act.save, Act.objects.all().delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            forbidden()
    assert Act.objects.get().minutes == 30


def test_replace_and_truncate_are_refused(record):
    act = record("1", minutes=30)
    names = [field.column for field in Act._meta.fields]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join("0" if name == "minutes" else f'"{name}"' for name in names)
    same = f"SELECT {values} FROM acts_act WHERE id = %s"
    if connection.vendor == "postgresql":
        refused(f"INSERT INTO acts_act ({columns}) {same} ON CONFLICT (id) DO UPDATE SET minutes = 0", act.pk)
        connection.check_constraints()  # a deferred check would refuse in the guard's place
        refused("TRUNCATE acts_act CASCADE")
    else:
        refused(f"INSERT OR REPLACE INTO acts_act ({columns}) {same}", act.pk)
        refused("DELETE FROM acts_act")  # what SQLite calls a truncate
    assert Act.objects.get().minutes == 30


def test_bulk_upsert_is_refused(record):
    act = record("1", minutes=30)
    act.minutes = 0
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Act.objects.bulk_create([act], update_conflicts=True, unique_fields=["id"], update_fields=["minutes"])
    assert Act.objects.get().minutes == 30


def test_the_table_is_guarded():
    assert "acts_act" in guard.tables()
    assert guard.missing(connection) == []
