"""The roll-up of attributions: packed by axis, written in the transaction of each of them, equal to the rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Q

from etabli.acts.bundles import append, locked_for_rebuild
from etabli.acts.columns import SPARSE, Array
from etabli.pacts.models import Attribution, AttributionBundle

RECORD = np.dtype([("number", "<u4"), ("act", "<u4"), ("share", "u1")])  # number: of the attribution, so the last word
CAPACITY = 2048
"""Attributions of a bundle: writing one rewrites the open bundle, 9 kB on average."""


@dataclass(frozen=True)
class Given:
    """What stands on one axis: acts, ascending, and the percentage that each gives to it, never 0."""

    pact: int
    acts: Array
    shares: Array

    def to(self, acts: Array) -> Array:
        """For each of some acts, the percentage it gives to the axis; 0 for none."""
        if not len(self.acts):
            return np.zeros(len(acts), dtype=np.int64)
        top = int(self.acts[-1])
        if top > SPARSE:
            places = np.searchsorted(self.acts, acts).clip(max=len(self.acts) - 1)
            return np.where(self.acts[places] == acts, self.shares[places], 0).astype(np.int64)
        table = np.zeros(top + 2, dtype=np.int64)
        table[self.acts] = self.shares
        return table[np.minimum(acts, top + 1)]


def add(made: Attribution) -> None:
    """Write an attribution into the bundle of its axis. Call it in the transaction that makes the row."""
    append(AttributionBundle, {"axis_id": made.axis_id}, _packed([(made.pk, made.act_id, made.share)]), CAPACITY)


def _packed(records: Collection[tuple[int, int, int]]) -> bytes:
    return np.array(list(records), dtype=RECORD).tobytes()


def read(pacts: Collection[int]) -> dict[int, Given]:
    """Axis → what stands on it, for every axis of some pacts (frameworks with their years), in one query."""
    if not pacts:
        return {}
    of = Q(axis__convention__in=pacts) | Q(axis__convention__framework__in=pacts)
    rows = AttributionBundle.objects.filter(of).order_by("axis", "pk")
    parts: dict[tuple[int, int], list[bytes]] = defaultdict(list)
    for axis, pact, framework, packed in rows.values_list(
        "axis", "axis__convention", "axis__convention__framework", "packed"
    ):
        parts[axis, framework or pact].append(bytes(packed))
    return {axis: _standing(pact, b"".join(several)) for (axis, pact), several in parts.items()}


def _standing(pact: int, packed: bytes) -> Given:
    """The last word on each act, withdrawn ones left out."""
    records = np.frombuffer(packed, dtype=RECORD)
    if (records["number"][1:] < records["number"][:-1]).any():  # two bundles were open at once
        records = records[np.argsort(records["number"])]
    if len(records) and int(records["act"].max()) > SPARSE:
        acts, places = np.unique(records["act"][::-1], return_index=True)
        shares = records["share"][::-1][places]
    else:
        last = np.zeros(int(records["act"].max(initial=0)) + 1, dtype=np.uint8)
        last[records["act"]] = records["share"]  # of several words on one act, numpy keeps the last
        acts = np.flatnonzero(last)
        shares = last[acts]
    return Given(pact, acts[shares > 0], shares[shares > 0])


@transaction.atomic
def rebuild() -> int:
    """Make the bundles again from the attributions. Returns how many of them."""
    locked_for_rebuild(AttributionBundle)
    AttributionBundle.objects.all().delete()
    return fill(Attribution, AttributionBundle)


def fill(attributions: type[Any], bundles: type[Any]) -> int:
    """Pack every attribution into new bundles; the models are given, since a migration has its own."""
    written = 0
    for axis, records in _full(attributions):
        bundles.objects.create(axis_id=axis, size=len(records), packed=_packed(records))
        written += len(records)
    return written


def _full(attributions: type[Any]) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """Each axis with at most `CAPACITY` records, in the order of the rows."""
    held: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    rows = attributions.objects.order_by("pk").values_list("axis_id", "pk", "act_id", "share")
    for axis, *values in rows.iterator(chunk_size=5000):
        held[axis].append(tuple(values))
        if len(held[axis]) == CAPACITY:
            yield axis, held.pop(axis)
    yield from held.items()


def wrong() -> list[int]:
    """Axes whose bundles are not exactly their attributions; empty when all is well."""
    wanted = _sorted((axis, _packed(records)) for axis, records in _full(Attribution))
    rows = AttributionBundle.objects.order_by("pk").values_list("axis_id", "packed")
    found = _sorted((axis, bytes(packed)) for axis, packed in rows.iterator(chunk_size=500))
    return sorted(axis for axis in {*wanted, *found} if wanted.get(axis) != found.get(axis))


def _sorted(parts: Iterable[tuple[int, bytes]]) -> dict[int, list[Any]]:
    held: dict[int, bytes] = defaultdict(bytes)
    for axis, packed in parts:
        held[axis] += packed
    return {axis: sorted(np.frombuffer(packed, dtype=RECORD).tolist()) for axis, packed in held.items()}
