"""A page asked for reading cannot change the database."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from etabli.accounts.models import User
from etabli.config.reading import WroteWhileReading, is_allowed, reading_never_writes


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "  select * from x",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "PRAGMA foreign_keys",
        "SAVEPOINT s1",
        "SELECT 'INSERT INTO accounts_user'",
        'UPDATE "django_session" SET x = 1',
        'INSERT INTO "django_session" VALUES (1)',
    ],
)
def test_reads_and_sessions_are_allowed(sql):
    assert is_allowed(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "accounts_user" VALUES (1)',
        'INSERT OR REPLACE INTO "accounts_user" VALUES (1)',
        'REPLACE INTO "accounts_user" VALUES (1)',
        'UPDATE "accounts_user" SET x = 1',
        'DELETE FROM "accounts_user"',
        'WITH a AS (SELECT 1) INSERT INTO "accounts_user" SELECT * FROM a',
        'DROP TABLE "accounts_user"',
        "CREATE TABLE x (y int)",
        "TRUNCATE accounts_user",
    ],
)
def test_writes_are_refused(sql):
    assert not is_allowed(sql)


def write(_request):
    User.objects.create(email="ana@exemple.fr")
    return HttpResponse()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_view_that_writes_on_a_safe_method_fails(method):
    with pytest.raises(WroteWhileReading), transaction.atomic():
        reading_never_writes(write)(getattr(RequestFactory(), method)("/"))
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_same_view_writes_on_post():
    assert reading_never_writes(write)(RequestFactory().post("/")).status_code == 200
    assert User.objects.exists()


@pytest.mark.django_db
def test_a_visit_may_touch_its_session():
    def visit(_request):
        Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
        return HttpResponse()

    assert reading_never_writes(visit)(RequestFactory().get("/")).status_code == 200
