"""The daily round: what has ended expires, each duty is told once to whom it concerns, the digest leaves."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from etabli.audit.actions import record
from etabli.notices import actions as notices
from etabli.pacts import access
from etabli.pacts.duties.queries import concerned
from etabli.pacts.duties.rules import duties
from etabli.pacts.models import Convention
from etabli.pacts.workflow import IN_FORCE, State

UNSIGNED = (State.DRAFT, State.ABANDONED)


@dataclass(frozen=True)
class Round:
    """What one passage did."""

    expired: int
    told: int
    sent: int


def make_round(*, on: date) -> Round:
    """Run as often as one likes: twice on a day does nothing the second time."""
    expired = expire_all(on=on)
    told = 0
    for convention in Convention.objects.exclude(state__in=UNSIGNED).select_related("framework").order_by("pk"):
        for duty in duties(convention, on):
            told += notices.announce(
                recipients=concerned(duty, on), kind=duty.kind, key=duty.key, subject=duty.subject, text=duty.text,
                address=duty.address,
            )  # fmt: skip
    return Round(expired, told, notices.send_digests())


@transaction.atomic
def expire_all(*, on: date) -> int:
    """The machine's move: what ended before a day is no longer in force. Returns how many conventions expired."""
    ended = Convention.objects.select_for_update().filter(
        state__in=IN_FORCE, ends_on__lt=on
    )  # fmt: skip
    count = 0
    for convention in ended.order_by("pk"):
        record(
            by=None, verb="convention.expired", about=convention, organisation_id=access.pilot_of(convention),
            changes={"state": [convention.state, State.EXPIRED.value]},
        )  # fmt: skip
        convention.state = State.EXPIRED
        convention.save(update_fields=["state"])
        count += 1
    return count
