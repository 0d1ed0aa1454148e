"""Append-only tables refuse every change, even from raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from etabli.audit import guard
from etabli.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return Event.objects.create(verb="signed", object_kind="pacts.convention", object_id="1")


def refused(sql, *params):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_update_and_delete_are_refused_from_raw_sql(event):
    refused("UPDATE audit_event SET verb = 'forged' WHERE id = %s", event.pk)
    refused("DELETE FROM audit_event WHERE id = %s", event.pk)
    assert Event.objects.get().verb == "signed"


def test_update_and_delete_are_refused_from_the_orm(event):
    for forbidden in (lambda: Event.objects.update(verb="forged"), event.delete, event.save):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            forbidden()


def test_replace_is_refused(event):
    columns = "audit_event (id, at, verb, object_kind, object_id, changes)"
    if connection.vendor == "postgresql":
        upsert = "ON CONFLICT (id) DO UPDATE SET verb = 'forged'"
        refused(f"INSERT INTO {columns} VALUES (%s, now(), 'forged', '', '', '{{}}') {upsert}", event.pk)
        refused("TRUNCATE audit_event")
    else:
        refused(f"INSERT OR REPLACE INTO {columns} VALUES (%s, '2026-01-01', 'forged', '', '', '{{}}')", event.pk)


def test_every_append_only_table_is_guarded():
    assert "audit_event" in guard.tables()
    assert guard.missing(connection) == []


def test_a_lost_trigger_is_noticed():
    with connection.cursor() as cursor:
        cursor.execute(guard.drop_sql(connection.vendor, "audit_event")[0])
    assert len(guard.missing(connection)) == 1
