"""A menu: where its entries lead, and which one we are under."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    """One entry of a menu; `current` is "page", "true" (we are under it) or empty."""

    label: str
    href: str
    current: str


def entries(menu: Iterable[tuple[str, str]], path: str) -> list[Entry]:
    """`(label, name of the address)` pairs as seen from the page at `path`."""
    found = []
    for label, name in menu:
        href = reverse(name)
        found.append(Entry(label, href, "page" if path == href else "true" if path.startswith(href) else ""))
    return found
