"""The figures of the published report beside those of today, where they differ."""

from collections.abc import Sequence
from dataclasses import replace

from etabli.pacts.frozen import published_figures
from etabli.pacts.models import Convention
from etabli.pacts.objectives.progress import Progress


def with_published(convention: Convention, shown: Sequence[Progress]) -> list[Progress]:
    """Figures of one year, each with what its published report says when it says something else."""
    if not any(one.year for one in shown):
        return list(shown)
    known = published_figures(convention)
    found = []
    for one in shown:
        said = known.get((one.objective.pk, one.year)) if one.year else None
        found.append(replace(one, published=said) if said and said.differs(one.course.realised) else one)
    return found
