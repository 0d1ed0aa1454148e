"""Reads of mission letters: those that a reader may open, and the people one may be written for."""

from django.db.models import Q, QuerySet
from django.http import Http404

from etabli.accounts import queries as accounts
from etabli.accounts.models import User
from etabli.accounts.policies import Reader
from etabli.accounts.roles import PERMISSIONS, Permission
from etabli.pacts import access
from etabli.pacts.models import Axis, Convention, MissionLetter

WRITERS = sorted(role.value for role, may in PERMISSIONS.items() if Permission.RECORD_ACT in may)


def developers(reader: Reader) -> QuerySet[User]:
    """Members of the reader's organisation who write acts there today, by name."""
    held = accounts.current_memberships().filter(organisation=reader.organisation.pk, role__in=WRITERS)
    return User.objects.filter(pk__in=held.values("user")).order_by("name", "email")


def letters(reader: Reader, convention: Convention) -> QuerySet[MissionLetter]:
    """Signed letters for every party; one being written for who writes it and for the person it is about."""
    writes = Q(developer__in=developers(reader)) if reader.may(Permission.MANAGE_MISSION) else Q(pk__in=[])
    left = access.left_on(reader, convention)
    seen = Q(signed_on__lte=left) if left else Q(signed_on__isnull=False)
    seen |= Q(developer=reader.user.pk) | writes
    found = MissionLetter.objects.filter(seen, convention=convention).select_related("developer", "document")
    return found.prefetch_related("shares__axis").order_by("-year", "developer__name", "pk")


def letter_or_404(reader: Reader, convention: Convention, pk: int) -> MissionLetter:
    """One of those. Hidden and absent are the same."""
    found = letters(reader, convention).filter(pk=pk).first()
    if found is None:
        raise Http404
    found.convention = convention
    return found


def axes(convention: Convention) -> list[Axis]:
    """The axes that time is given to; a « volet » gives way to its axes."""
    return list(convention.axes.filter(axes__isnull=True).order_by("number", "pk"))
