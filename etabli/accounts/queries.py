"""Reads: who is a member of what today, and what an organisation took over."""

from collections.abc import Collection
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from etabli.accounts.models import Invitation, JoinRequest, Membership, Organisation, OrganisationSuccession, User
from etabli.accounts.roles import PERMISSIONS, Permission

MANAGERS = [role for role, may in PERMISSIONS.items() if Permission.MANAGE_MEMBERS in may]


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


def has_confirmed(user: User) -> bool:
    """Whether the person proved that the address of the account is theirs."""
    return bool(EmailAddress.objects.filter(user=user, email=user.email, verified=True))


def members_of(organisation: Organisation) -> QuerySet[User]:
    """People who hold a role there today, by name."""
    held = current_memberships().filter(organisation=organisation)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("name", "email")


def roles_in(organisation: Organisation) -> QuerySet[Membership]:
    """Roles held there today, person by person."""
    held = current_memberships().filter(organisation=organisation).select_related("user", "organisation")
    return held.order_by("user__name", "user__email", "role")


def pending_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn; some may have expired."""
    return organisation.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def invitations_lost_with(held: Membership) -> QuerySet[Invitation]:
    """Those waiting that end with a role: sent by who manages no more, or to an address of who belongs no more."""
    kept = current_memberships().filter(user=held.user_id, organisation=held.organisation_id).exclude(pk=held.pk)
    lost = Q(pk__in=[])
    if not kept.filter(role__in=MANAGERS):
        lost |= Q(invited_by=held.user_id)
    if not kept:
        lost |= Q(email__in=EmailAddress.objects.filter(user=held.user_id).values("email"))
    return pending_invitations(held.organisation).filter(lost)


def pending_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    """People who wait for an answer."""
    return organisation.join_requests.filter(decided_at__isnull=True).select_related("user")


def fostered_by(organisation_ids: Collection[int]) -> QuerySet[Organisation]:
    """Organisations that these registered (a reader's own, and those it took over) and that nobody has joined yet."""
    joined = current_memberships().values("organisation_id")
    return Organisation.objects.filter(registered_by__in=organisation_ids).exclude(pk__in=joined)


def is_waiting_for_nobody(organisation: Organisation) -> bool:
    """Whether nobody registered it, belongs or belonged to it, nor was asked to: nobody at all could invite there."""
    known = organisation.registered_by_id or organisation.memberships.exists() or pending_invitations(organisation)
    return not known
