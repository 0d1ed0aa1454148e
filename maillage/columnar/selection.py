"""The in-scope spells of a territory, gathered from the memory-mapped columns of a store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.events import Edges, closings, openings
from maillage.columnar.facts import COLUMNS, Facts, Mask
from maillage.columnar.presence import Presences, presences
from maillage.columnar.sizes import KNOWN, allowed
from maillage.reference.legal_forms import LegalClass
from maillage.scope import ActivityScope, SizeScope
from maillage.store import Closing, Store, known

PARTIAL_REACH = 2
CRAFT_LEGAL = np.array([legal in (LegalClass.UNKNOWN, LegalClass.SOLE, LegalClass.COMPANY) for legal in LegalClass])
"""Public bodies, associations and others (mutual societies, trade unions…) are never craft firms."""

_KEPT = 500_000  # spells: above, a selection is not remembered (France: 8 million spells, 200 MB)


class Fabric:
    """The facts of a selection, and what is derived from them, each computed once and only when asked for."""

    def __init__(self, store: Store, facts: Facts) -> None:
        self.store = store
        self.facts = facts

    @cached_property
    def presences(self) -> Presences:
        """Presences of the firms."""
        return presences(self.facts)

    @cached_property
    def openings(self) -> Edges:
        """How each presence begins."""
        return openings(self.facts, self.presences, self.store.links, len(self.store.establishments))

    @cached_property
    def closings(self) -> Edges:
        """How each presence ends."""
        return closings(self.facts, self.presences, self.store.links, len(self.store.establishments))


@dataclass(frozen=True)
class From:
    """Earlier editions (ranks in the manifest) that NAFA codes and headcount bands are read from; None: the store."""

    nafa: int | None = None
    bands: int | None = None


NOW = From()


def fabric(
    store: Store, communes: frozenset[str], activity: ActivityScope, size: SizeScope | None, source: From = NOW
) -> Fabric:
    """Craft spells of ``communes``; ``size`` None takes every size (past dates).

    Small selections are remembered, because one page asks a dozen questions about one territory.
    """
    runs = _runs(store, communes)
    if sum(end - start for start, end in runs) > _KEPT:
        return _gather(store, runs, activity, size, source)
    return _remembered(store, runs, activity, size, source)


@lru_cache(maxsize=256)
def _runs(store: Store, communes: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Row intervals of the communes, neighbours merged."""
    known = store.commune_numbers
    if len(communes) >= len(known) and all(code in communes for code in known):
        return ((0, len(store.spells)),)
    found = np.array(sorted(known[code] for code in communes if code in known), dtype=np.int64)
    if not len(found):
        return ()
    breaks = np.flatnonzero(np.diff(found) != 1)
    firsts, lasts = found[np.r_[0, breaks + 1]], found[np.r_[breaks, len(found) - 1]]
    return tuple(zip(store.pointers[firsts].tolist(), store.pointers[lasts + 1].tolist(), strict=True))


def _gather(
    store: Store, runs: tuple[tuple[int, int], ...], activity: ActivityScope, size: SizeScope | None, source: From
) -> Fabric:
    def column(name: str) -> NDArray[np.generic]:
        whole = getattr(store.spells, name)
        parts = [whole[start:end] for start, end in runs]
        return np.concatenate(parts) if len(parts) > 1 else np.asarray(parts[0] if parts else whole[:0])

    facts = Facts(*(column(name) for name in COLUMNS))  # type: ignore[arg-type] # each column has its own dtype
    return Fabric(store, facts.take(_in_scope(store, facts, column("reach"), activity, size, source)))


_remembered = lru_cache(maxsize=64)(_gather)


def _in_scope(
    store: Store,
    facts: Facts,
    reach: NDArray[np.generic],
    activity: ActivityScope,
    size: SizeScope | None,
    source: From,
) -> Mask:
    mask: Mask = CRAFT_LEGAL[store.firms.legal[facts.firm]]
    told = known(store, source.bands)
    if size is not None:
        mask &= allowed(size)[told.employer[facts.firm], told.firm_band[facts.firm]]
    if activity is ActivityScope.POSSIBLE:
        return mask
    certain: Mask = told.certain[facts.establishment] == 1
    if activity is ActivityScope.CERTAIN and source.nafa is None:
        mask &= certain & (facts.closing == Closing.OPEN)
        return mask
    mask &= (reach != PARTIAL_REACH) | certain
    if activity is ActivityScope.CERTAIN:  # of an earlier edition; scopes stay nested
        mask &= known(store, source.nafa).certain[facts.establishment] == 1
    return mask


def unknown_size(store: Store, firms: NDArray[np.uint32]) -> Mask:
    """Which firms have no known size (``NN`` of an employer, or nothing at all)."""
    mask: Mask = ~KNOWN[store.firms.employer[firms], store.firms.band[firms]]
    return mask
