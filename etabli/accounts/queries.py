"""Reads: who is a member of what today, and what an organisation took over."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from etabli.accounts.models import Membership, Organisation, OrganisationSuccession, User


def current_memberships(on: date | None = None) -> QuerySet[Membership]:
    """Roles held on a day (today): begun, and not ended before or on that day."""
    day = on or timezone.localdate()
    return Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def memberships_of(user: User, on: date | None = None) -> list[Membership]:
    """Roles of a person on a day, the organisation they joined first coming first."""
    held = current_memberships(on).filter(user=user).select_related("organisation")
    return list(held.order_by("starts_on", "organisation__name", "organisation_id", "pk"))


def inherited_by(organisation: Organisation, on: date | None = None) -> frozenset[int]:
    """Every organisation that this one succeeded, directly or not, on a day."""
    day = on or timezone.localdate()
    pairs = OrganisationSuccession.objects.filter(on__lte=day).values_list("successor_id", "predecessor_id")
    taken_over: dict[int, set[int]] = {}
    for successor, predecessor in pairs:
        taken_over.setdefault(successor, set()).add(predecessor)
    found: set[int] = set()
    waiting = [organisation.pk]
    while waiting:
        fresh = taken_over.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return frozenset(found - {organisation.pk})
