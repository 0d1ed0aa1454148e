"""A page asked for reading cannot change the database."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from etabli.accounts.models import User
from etabli.audit.models import Reading
from etabli.config.reading import ReadingNeverWrites, WroteWhileReading
from etabli.config.statements import is_allowed


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
        'INSERT INTO "audit_reading" ("rows") VALUES (1)',
        'INSERT OR IGNORE INTO "django_cache" VALUES (1)',
        'INSERT INTO "django_session" VALUES (1) ON CONFLICT ("session_key") DO UPDATE SET "session_data" = 1',
        'UPDATE "public"."django_session" SET x = 1',
        'SELECT "a"."id" FROM "a" FOR UPDATE OF "a"',
        'SELECT 1 FROM "a" FOR NO KEY UPDATE',
        "(SELECT 1) UNION (SELECT 2)",
        "SELECT 1; SELECT 2;",
        "-- DELETE FROM accounts_user\nSELECT 1",
        "SELECT 'it''s; DELETE FROM accounts_user'",
        "SELECT $x$; DELETE FROM accounts_user; $x$",
        'SELECT "update" FROM "delete from"',
        "EXPLAIN SELECT 1",
        "PRAGMA table_info(accounts_user)",
        "SET CONSTRAINTS ALL IMMEDIATE",
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
        'SELECT 1; DELETE FROM "accounts_user"',
        'INSERT INTO "django_session" VALUES (1); UPDATE "accounts_user" SET x = 1',
        'WITH gone AS (DELETE FROM "accounts_user" RETURNING *) INSERT INTO "django_session" SELECT * FROM gone',
        'WITH gone AS (DELETE FROM ONLY "accounts_user" RETURNING *) SELECT * FROM gone',
        'INSERT INTO "django_session" SELECT 1; WITH a AS (SELECT 1) UPDATE "accounts_user" SET x = 1',
        'SELECT * INTO copy FROM "accounts_user"',
        'EXPLAIN ANALYZE DELETE FROM "accounts_user"',
        'UPDATE OR IGNORE "accounts_user" SET x = 1',
        'UPDATE "public"."accounts_user" SET x = 1',
        'MERGE INTO "accounts_user" USING x ON true WHEN MATCHED THEN DELETE',
        "SELECT '\\'; DELETE FROM accounts_user; --'",
        "/* SELECT */ DELETE FROM accounts_user",
        "PRAGMA writable_schema = 1",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode(DELETE)",
        "PRAGMA wal_checkpoint",
        "SELECT setval('accounts_user_id_seq', 1)",
        "COPY accounts_user FROM PROGRAM 'x'",
        "DO $$ BEGIN DELETE FROM accounts_user; END $$",
        "CALL forget()",
        "ATTACH 'x' AS y",
        "VACUUM",
        "DELETE accounts_user",
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
        ReadingNeverWrites(write)(getattr(RequestFactory(), method)("/"))
    assert not User.objects.exists()


def write_many(_request):
    User.objects.bulk_create([User(email=f"{name}@exemple.fr") for name in ("ana", "luc")])
    return HttpResponse()


def execute_many(_request):
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE accounts_user SET email = %s", [("a",), ("b",)])
    return HttpResponse()


@pytest.mark.django_db
@pytest.mark.parametrize("view", [write_many, execute_many])
def test_several_writes_at_once_fail_too(view):
    with pytest.raises(WroteWhileReading), transaction.atomic():
        ReadingNeverWrites(view)(RequestFactory().get("/"))


@given(
    st.sampled_from(["DELETE FROM t", "UPDATE t SET a = 1", "INSERT INTO t VALUES (1)", "DROP TABLE t"]),
    st.lists(
        st.sampled_from(["SELECT 1;", "-- x\n", "/* ; */", "SELECT 'a;b';", "UPDATE django_session SET x = 1;", ";"])
    ),
)
def test_a_write_is_seen_wherever_it_stands(write, before):
    assert is_allowed("".join(before))
    assert not is_allowed("".join(before) + write)
    assert not is_allowed(f"{write};{''.join(before)}")


@pytest.mark.django_db
def test_the_same_view_writes_on_post():
    assert ReadingNeverWrites(write)(RequestFactory().post("/")).status_code == 200
    assert User.objects.exists()


@pytest.mark.django_db
def test_a_visit_may_touch_its_session():
    def visit(_request):
        Session.objects.create(session_key="k", session_data="", expire_date=timezone.now())
        return HttpResponse()

    assert ReadingNeverWrites(visit)(RequestFactory().get("/")).status_code == 200


@pytest.mark.django_db
def test_a_visit_may_leave_the_trace_of_a_nominative_reading():
    def visit(_request):
        Reading.objects.create(reader_id=1, object_kind="bénéficiaire")
        return HttpResponse()

    assert ReadingNeverWrites(visit)(RequestFactory().get("/")).status_code == 200


@pytest.mark.django_db
def test_a_view_that_says_so_may_write_and_the_next_one_may_not():
    def said(request):
        middleware.process_view(request, said, (), {})
        return write(request)

    said.writes_on_get = True
    middleware = ReadingNeverWrites(said)
    assert middleware(RequestFactory().get("/")).status_code == 200
    with pytest.raises(WroteWhileReading), transaction.atomic():
        ReadingNeverWrites(write)(RequestFactory().get("/"))
