"""Values kept in memory, bounded by their weight: a list of all communes of France weighs as much as 35 000 figures."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The latest values, whose weights add up to `most` at most; one that is heavier alone is not kept. Thread-safe."""

    def __init__(self, most: int, weigh: Callable[[Value], int]) -> None:
        self.most = most
        self.weight = 0
        self._weigh = weigh
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Value | None:
        """The value kept under `key`, which becomes the last to be forgotten."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Hashable, value: Value) -> None:
        """Keep `value`, and forget those that were not asked for the longest."""
        weight = self._weigh(value)
        with self._lock:
            if weight > self.most or key in self._held:  # another thread may have made it meanwhile
                return
            self._held[key] = value
            self.weight += weight
            while self.weight > self.most:
                self.weight -= self._weigh(self._held.popitem(last=False)[1])
