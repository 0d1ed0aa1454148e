"""What an act that was just noted changes: the objectives that it counts for, and where they stand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etabli.accounts.policies import Reader
from etabli.acts.models import Act
from etabli.pacts import access
from etabli.pacts.models import Convention, Measure
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives.counting import acts_behind
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of, register_for
from etabli.pacts.objectives.standing import SIGNED


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
    return tuple(one for pact in pacts.order_by("-starts_on", "pk") for one in _in(reader, pact, act, today))


def _in(reader: Reader, pact: Convention, act: Act, today: date) -> Iterator[Moved]:
    asked = [one for one in objectives_of(pact) if one.measure in COUNTED]
    known = register_for(reader, pact, asked)
    for shown in progress(pact, asked, on=today, known=known, detail=False):
        behind = acts_behind(shown.objective, shown.counted_over, known)
        counted = behind.filter(pk=act.pk).values_list("unit", flat=True)[:1]
        for unit in counted:
            alike = {
                Measure.BENEFICIARIES: behind.filter(unit=unit), Measure.COMMUNES: behind.filter(commune=act.commune),
            }.get(Measure(shown.objective.measure), behind.filter(pk=act.pk))  # fmt: skip
            yield _moved(shown, pact, new=not alike.exclude(pk=act.pk).exists())


def _moved(shown: Progress, pact: Convention, *, new: bool) -> Moved:
    return Moved(shown.title, shown.gauge.sentence, shown.address, str(pact), new)
