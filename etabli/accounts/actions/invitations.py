"""Invitations by e-mail. The link is in the message alone: we keep its hash."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from etabli.accounts import policies, queries
from etabli.accounts.models import Invitation, Membership, Organisation, User
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Role
from etabli.audit import actions as audit
from etabli.ui import french

VALID_FOR = timedelta(days=14)


def fingerprint(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: Role, link: Callable[[str], str], by: Reader | User
) -> Invitation:
    """Ask an address to join. `link` makes the address of the page from the token; the message leaves after commit."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    policies.check_can_invite(by, organisation, role)
    email = email.strip().lower()
    inviter = by.user if isinstance(by, Reader) else by
    if queries.current_memberships().filter(user__email=email, organisation=organisation, role=role).exists():
        raise Denied("Cette personne tient déjà ce rôle.")
    now, token = timezone.now(), secrets.token_urlsafe(32)
    organisation.invitations.filter(email=email, role=role, accepted_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )  # the newest link is the one that works
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        token_sha256=fingerprint(token),
        invited_by=inviter,
        invited_at=now,
        expires_at=now + VALID_FOR,
    )
    invitation.full_clean()
    invitation.save()
    audit.record(
        by=inviter,
        verb="invited",
        about=invitation,
        organisation_id=organisation.pk,
        changes={"role": [None, invitation.role]},
    )
    context = {"invitation": invitation, "link": link(token), "until": invitation.expires_at}
    text = render_to_string("accounts/mail/invitation.txt", context)
    subject = french.one_line(f"{organisation.short_name} vous invite sur Établi")
    transaction.on_commit(lambda: send_mail(subject, text, None, [email]))
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """The invited person takes the role. Raises Denied with what to do for anybody else, or too late."""
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    policies.check_can_be_accepted(invitation)
    if not EmailAddress.objects.filter(user=by, email__iexact=invitation.email, verified=True).exists():
        raise Denied(
            f"L’invitation est pour {invitation.email}, et vous êtes connecté avec {by.email}. Déconnectez-vous, puis "
            "rouvrez le lien avec le bon compte\u202f; ou demandez une invitation à votre adresse."
        )
    held = queries.current_memberships().filter(user=by, organisation=invitation.organisation, role=invitation.role)
    membership = held.first() or Membership.objects.create(
        user=by, organisation=invitation.organisation, role=invitation.role, ends_on=invitation.organisation.closed_on
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record(
        by=by,
        verb="invitation_accepted",
        about=invitation,
        organisation_id=invitation.organisation_id,
        changes={"role": [None, invitation.role]},
    )
    return membership


@transaction.atomic
def revoke(*, invitation: Invitation, by: Reader) -> Invitation:
    """The link stops working."""
    policies.check_can_manage(by, invitation.organisation)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    policies.check_can_be_revoked(invitation)
    withdraw(invitation=invitation, by=by.user)
    return invitation


def withdraw(*, invitation: Invitation, by: User) -> None:
    """The same, decided by another action."""
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit.record(by=by, verb="invitation_revoked", about=invitation, organisation_id=invitation.organisation_id)
