"""The reports that everybody may read, by convention."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from etabli.pacts.documents.printed import day
from etabli.pacts.frozen import published_reports
from etabli.ui import french


@dataclass(frozen=True)
class PublishedPact:
    """A convention as its latest report names it, with a way to the report of each year, the latest first."""

    title: str
    lead: str
    parties: str
    years: tuple[tuple[int, str], ...]


def published_pacts(communes: Collection[str] | None = None) -> Iterator[PublishedPact]:
    """One line a convention, the most recent first; those that reach one of the communes, when some are given."""
    rows = published_reports().order_by("-convention__starts_on", "convention", "-year")
    for convention, several in groupby(rows, key=lambda one: one.convention):
        reports = list(several)
        head = reports[0].head
        reached = [code for code, _ in head["perimeter"]["communes"]]
        if communes is not None and set(communes).isdisjoint(reached):
            continue
        yield PublishedPact(
            head["title"],
            f"{head['perimeter']['name']}, {french.counted(len(reached), 'commune')}, "
            f"du {day(head['starts_on'])} au {day(head['ends_on'])}",
            french.enumeration([one["name"] for one in head["parties"]]),
            tuple((one.year, reverse("pacts:public_report", args=[convention.slug, one.year])) for one in reports),
        )
