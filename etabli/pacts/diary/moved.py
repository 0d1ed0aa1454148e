"""What an act that was just noted changes: the objectives that it counts for, and where they stand now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from etabli.accounts.policies import Reader
from etabli.acts.models import Act
from etabli.pacts import access
from etabli.pacts.former import all_as_read
from etabli.pacts.models import Objective
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import columns, policies
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import SIGNED, register


@dataclass(frozen=True)
class Moved:
    """« Entreprises visitées », « 73 entreprises sur 130 », its page. Not `new`: the firm or commune counted before."""

    title: str
    words: str
    href: str
    pact: str
    new: bool


def just_noted(reader: Reader, key: str) -> Act | None:
    """The standing act that the reader noted under a key of the form."""
    mine = {"organisation__in": reader.organisation_ids, "adviser": reader.user.pk}
    return Act.objects.filter(source=f"diary:{key}", reverses=None, reversed_by=None, **mine).first()


def moved_by(reader: Reader, act: Act, today: date) -> tuple[Moved, ...]:
    """The objectives of signed pacts of the reader that count this act, pact by pact; of those it left, as of then."""
    rows = access.visible(reader).filter(state__in=SIGNED, starts_on__lte=act.day, ends_on__gte=act.day)
    pacts = rows.prefetch_related("parties__organisation").order_by("-starts_on", "pk")
    left = access.last_days(reader, pacts)
    asked = objectives_of(*all_as_read(pacts, left).values(), until=left)
    return tuple(_counting(reader, [one for one in asked if one.measure in COUNTED], act, today, left))


def _counting(
    reader: Reader, asked: list[Objective], act: Act, today: date, left: Mapping[int, date]
) -> Iterator[Moved]:
    """Counted in memory, from what the gauges read: no query more for an objective more.

    What somebody else did is not told: it neither makes a firm an old one, nor takes it away for another pact.
    """
    if not asked:
        return
    known = register(asked)
    gauges = progress(None, asked, on=today, known=known, detail=False, days=left)
    counting = columns.read({shown.objective: [shown.counted_over] for shown in gauges}, known)
    acts = counting.acts
    ours = np.isin(acts.organisation, sorted(reader.organisation_ids))
    for shown in gauges:
        selector = Selector.of(shown.objective, known)
        told = policies.may_open_pieces(reader, selector)
        own = replace(selector, alone=True)
        rows = counting.kept(selector, shown.counted_over) if told else counting.selected(own, shown.counted_over)
        here = rows[acts.act[rows] == act.pk]
        if len(here):
            unit = acts.unit(selector.measure)
            yield _moved(shown, new=np.count_nonzero(ours[rows] & (unit[rows] == unit[here[0]])) == 1)


def _moved(shown: Progress, *, new: bool) -> Moved:
    pact = shown.objective.axis.convention
    return Moved(shown.title, shown.gauge.sentence, shown.address, str(pact), new)
