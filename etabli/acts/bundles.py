"""The roll-up of the ledger: its acts packed by organisation, kind and year, written in the transaction of each act.

Bundles hold what is counted, act by act, so that any objective is a few numpy operations on what one query brings. They
are equal to the acts at any time; `rebuild` makes them again, `wrong` says where they would differ.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from etabli.acts.columns import FIELDS, RECORD, Columns, packed, record
from etabli.acts.models import Act, Bundle
from etabli.registry.models import Beneficiary

CAPACITY = 512
"""Acts of a bundle: writing one rewrites the open bundle, 10 kB on average."""
Key = tuple[int, str, int]
"""Organisation, kind, year."""


def add(act: Act) -> None:
    """Write an act, or a reversal, into its bundle. Call it in the transaction that makes the row."""
    key = {"organisation_id": act.organisation_id, "kind": act.kind, "year": act.day.year}
    append(Bundle, key, packed([record([getattr(act, name) for name in FIELDS])]), CAPACITY)


def append(bundles: type[Any], key: dict[str, Any], one: bytes, capacity: int) -> None:
    """Write a record into a bundle of its key that is not full.

    A bundle that another writer holds is passed over: nobody waits, and two open bundles of one key do no harm.
    """
    not_full = bundles.objects.select_for_update(skip_locked=True).filter(**key, size__lt=capacity)
    found = not_full.order_by("pk").first()
    if found is None:
        bundles.objects.create(**key, size=1, packed=one)
    else:
        bundles.objects.filter(pk=found.pk).update(size=F("size") + 1, packed=bytes(found.packed) + one)


def read(
    *, organisations: Collection[int] | None = None, kinds: Collection[str] = (), years: tuple[int, int] | None = None
) -> Columns:
    """The acts of some organisations, kinds and years (first and last), in two queries. Nothing given: all of them."""
    wanted = Bundle.objects.all()
    if organisations is not None:
        wanted = wanted.filter(organisation__in=sorted(organisations))
    if kinds:
        wanted = wanted.filter(kind__in=sorted(kinds))
    if years:
        wanted = wanted.filter(year__gte=years[0], year__lte=years[1])
    merged = Beneficiary.objects.exclude(canonical=None).values_list("pk", "canonical")
    rows = wanted.order_by("kind", "organisation", "year", "pk").values_list("organisation", "kind", "packed")
    return Columns.of(rows, {pk: canonical for pk, canonical in merged if canonical})


@transaction.atomic
def rebuild() -> int:
    """Make the bundles again from the acts: after an import that did not go through `actions.record`. Returns acts."""
    locked_for_rebuild(Bundle)
    Bundle.objects.all().delete()
    return fill(Act, Bundle)


def locked_for_rebuild(bundles: type[Any]) -> None:
    """Until the end of the transaction, whoever has written ends first and whoever comes waits: no record is lost."""
    if connection.vendor == "postgresql":  # SQLite has one writer
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {bundles._meta.db_table} IN EXCLUSIVE MODE")


def fill(acts: type[Any], bundles: type[Any]) -> int:
    """Pack every act into new bundles; the models are given, since a migration has its own. Returns how many acts."""
    written = 0
    for (organisation, kind, year), records in _full(acts):
        bundles.objects.create(
            organisation_id=organisation, kind=kind, year=year, size=len(records), packed=packed(records)
        )
        written += len(records)
    return written


def _full(acts: type[Any]) -> Iterator[tuple[Key, list[tuple[int, ...]]]]:
    """Each key with at most `CAPACITY` records, in the order of the acts; what is held stays under a bundle a key."""
    held: dict[Key, list[tuple[int, ...]]] = defaultdict(list)
    place = FIELDS.index("day")
    rows = acts.objects.order_by("pk").values_list("organisation_id", "kind", *FIELDS)
    for organisation, kind, *values in rows.iterator(chunk_size=5000):
        key = organisation, kind, values[place].year
        held[key].append(record(values))
        if len(held[key]) == CAPACITY:
            yield key, held.pop(key)
    yield from held.items()


def wrong() -> list[Key]:
    """Keys whose bundles are not exactly their acts; empty when all is well."""
    wanted, found = _bytes(_full_bytes()), _bytes(_kept())
    return sorted(key for key in {*wanted, *found} if wanted.get(key) != found.get(key))


def _full_bytes() -> Iterator[tuple[Key, bytes]]:
    return ((key, packed(records)) for key, records in _full(Act))


def _kept() -> Iterator[tuple[Key, bytes]]:
    for bundle in Bundle.objects.order_by("pk").iterator(chunk_size=500):
        yield (bundle.organisation_id, bundle.kind, bundle.year), bytes(bundle.packed)


def _bytes(parts: Iterable[tuple[Key, bytes]]) -> dict[Key, list[Any]]:
    """All the records of each key, sorted: the order of writing says nothing."""
    found: dict[Key, bytearray] = defaultdict(bytearray)
    for key, more in parts:
        found[key] += more
    size = RECORD.itemsize
    return {
        key: sorted(bytes(all_[start : start + size]) for start in range(0, len(all_), size))
        for key, all_ in found.items()
    }
