"""What an act that was just noted changes: the objectives that it counts for, and where they stand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from etabli.accounts.policies import Reader
from etabli.acts.models import Act
from etabli.pacts import access
from etabli.pacts.models import Measure, Objective
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives.counting import acts_behind
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of
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
    """The objectives of signed pacts of the reader that count this act, pact by pact."""
    pacts = access.visible(reader).filter(state__in=SIGNED, starts_on__lte=act.day, ends_on__gte=act.day)
    asked = [one for one in objectives_of(*pacts.order_by("-starts_on", "pk")) if one.measure in COUNTED]
    return tuple(_counting(asked, act, today))


def _counting(asked: list[Objective], act: Act, today: date) -> Iterator[Moved]:
    known = register(asked)
    for shown in progress(None, asked, on=today, known=known, detail=False):
        behind = acts_behind(shown.objective, shown.counted_over, known)
        counted = behind.filter(pk=act.pk).values_list(F("unit"), flat=True)[:1]
        for unit in counted:
            alike = {
                Measure.BENEFICIARIES.value: behind.filter(Q(unit=unit)),
                Measure.COMMUNES.value: behind.filter(commune=act.commune),
            }.get(shown.objective.measure, behind.filter(pk=act.pk))
            yield _moved(shown, new=not alike.exclude(pk=act.pk).exists())


def _moved(shown: Progress, *, new: bool) -> Moved:
    pact = shown.objective.axis.convention
    return Moved(shown.title, shown.gauge.sentence, shown.address, str(pact), new)
