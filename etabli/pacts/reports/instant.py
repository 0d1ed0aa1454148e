"""Several reads of one instant, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_instant() -> Iterator[None]:
    """What is read inside is the database of one moment; nothing is locked, and nothing should be written.

    By itself PostgreSQL shows to each statement what others committed just before it; SQLite has one writer. Within a
    transaction that has already begun, that one decides.
    """
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
