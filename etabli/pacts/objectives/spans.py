"""The communes of a convention from one day to another, once an amendment changed them.

What was done in a commune before it came in is no part of the pact; what was done before it left stays one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from etabli.pacts.models import Amendment
from etabli.pacts.workflow import AmendmentState


class Span(NamedTuple):
    """The communes of a convention from a day to another, both inside."""

    first: date
    last: date
    communes: frozenset[str]


Spans = tuple[Span, ...]


def spans_of(conventions: Iterable[int]) -> dict[int, Spans]:
    """Of the conventions whose list was changed, in one query; the others have one list, whatever the day."""
    rows = Amendment.objects.filter(
        convention__in=list(conventions), state=AmendmentState.IN_FORCE, perimeter__isnull=False
    ).order_by("convention", "number")
    changed: dict[int, list[tuple[date, frozenset[str]]]] = {}
    told = rows.values_list(
        "convention_id", "effective_on", "perimeter__communes", "base__content__perimeter__communes"
    )  # fmt: skip
    for pk, on, communes, before in told:
        known = changed.setdefault(pk, [(date.min, frozenset(code for code, _ in before))])
        known.append((on, frozenset(communes)))
    return {pk: _cut(several) for pk, several in changed.items()}


def _cut(several: Sequence[tuple[date, frozenset[str]]]) -> Spans:
    """Each list until the eve of the next one; of two lists of one day, the last."""
    ends = [on - timedelta(1) for on, _ in several[1:]] + [date.max]
    found = (Span(on, end, communes) for (on, communes), end in zip(several, ends, strict=True))
    return tuple(span for span in found if span.first <= span.last)


def during(spans: Spans, first: date, last: date) -> frozenset[str]:
    """The communes of any day between two, both inside."""
    return every(tuple(span for span in spans if span.first <= last and first <= span.last))


def every(spans: Spans) -> frozenset[str]:
    """The communes of any of these days."""
    return frozenset[str]().union(*(span.communes for span in spans))
