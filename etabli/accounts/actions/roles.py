"""Roles: given, ended, left, handed over; and the requests of those who would like one."""

from typing import Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from etabli.accounts import policies, queries
from etabli.accounts.actions import invitations
from etabli.accounts.models import JoinRequest, Membership, Organisation, User
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Role
from etabli.audit import actions as audit
from etabli.ui import french


class HandOver(Protocol):
    """What an application does with what one person holds; returns how many things went to the other."""

    def __call__(self, *, of: User, to: User, organisation: Organisation, by: User) -> int: ...


def _open(user: User, organisation: Organisation, role: str, by: User) -> Membership:
    held = Membership(user=user, organisation=organisation, role=role, ends_on=organisation.closed_on)
    held.full_clean()
    held.save()
    audit.record(
        by=by, verb="role_given", about=held, organisation_id=organisation.pk, changes={"role": [None, held.role]}
    )
    return held


def _close(held: Membership, by: User) -> None:
    held.ends_on = max(timezone.localdate(), held.starts_on)
    held.save(update_fields=["ends_on"])
    audit.record(
        by=by, verb="role_ended", about=held, organisation_id=held.organisation_id, changes={"role": [held.role, None]}
    )


@transaction.atomic
def give(*, user: User, organisation: Organisation, role: Role, by: Reader) -> Membership:
    """One more role for a person who is already a member; the one held when it is theirs already."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    policies.check_can_manage(by, organisation)
    held = queries.current_memberships().filter(user=user, organisation=organisation)
    if not held.exists():
        raise Denied("Cette personne n’est pas membre\u00a0: envoyez-lui une invitation.")
    return held.filter(role=role).first() or _open(user, organisation, role, by.user)


@transaction.atomic
def end(*, membership: Membership, by: Reader) -> Membership:
    """From today, the role is no longer held. Everybody may leave their own.

    The invitations that would bring it back, or that its holder can no longer answer for, are withdrawn.
    """
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership.refresh_from_db(fields=["ends_on"])
    policies.check_can_end(by, membership)
    lost = list(queries.invitations_lost_with(membership))
    _close(membership, by.user)
    for invitation in lost:
        invitations.withdraw(invitation=invitation, by=by.user)
    return membership


@transaction.atomic
def hand_over(*, of: User, to: User, organisation: Organisation, by: Reader) -> int:
    """Everything that one member holds in the organisation goes to another: roles, and what each application keeps."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    policies.check_can_hand_over(by, of, to, organisation)
    mine = list(queries.current_memberships().filter(user=of, organisation=organisation))
    theirs = {held.role for held in queries.current_memberships().filter(user=to, organisation=organisation)}
    for held in mine:
        if held.role not in theirs:
            _open(to, organisation, held.role, by.user)
        _close(held, by.user)
    moved = 0
    for path in settings.HANDOVERS:
        application: HandOver = import_string(path)
        moved += application(of=of, to=to, organisation=organisation, by=by.user)
    audit.record(
        by=by.user,
        verb="handed_over",
        about=of,
        organisation_id=organisation.pk,
        changes={"to": [of.pk, to.pk], "roles": [len(mine), 0], "things": [moved, 0]},
    )
    return len(mine) + moved


@transaction.atomic
def ask(*, organisation: Organisation, by: User, origin: JoinRequest.Origin = JoinRequest.Origin.ASKED) -> JoinRequest:
    """Ask for a role. Raises ValidationError when it is already held or asked for."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one hand at a time on who joins it
    if queries.current_memberships().filter(user=by, organisation=organisation).exists():
        raise ValidationError("Vous êtes déjà membre de cette organisation.")
    request = JoinRequest(user=by, organisation=organisation, origin=origin)
    request.full_clean()
    request.save()
    audit.record(by=by, verb="role_asked", about=request, organisation_id=organisation.pk)
    return request


@transaction.atomic
def answer(*, request: JoinRequest, role: Role | None, by: Reader) -> JoinRequest:
    """Give a role, or decline (None); the person is told by mail."""
    Organisation.objects.select_for_update().get(pk=request.organisation_id)
    policies.check_can_manage(by, request.organisation)
    request = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at:
        raise Denied("Cette demande a déjà été tranchée.")
    held = queries.current_memberships().filter(user=request.user, organisation=request.organisation, role=role or "")
    if role and not held:
        _open(request.user, request.organisation, role, by.user)
    request.decided_at, request.decided_by, request.role = timezone.now(), by.user, role or ""
    request.save(update_fields=["decided_at", "decided_by", "role"])
    audit.record(
        by=by.user,
        verb="role_request_answered",
        about=request,
        organisation_id=request.organisation_id,
        changes={"role": [None, request.role or None]},
    )
    text = render_to_string("accounts/mail/answer.txt", {"request": request, "address": settings.PUBLIC_URL})
    subject = french.one_line(f"Votre demande à {request.organisation.short_name}")
    transaction.on_commit(lambda: send_mail(subject, text, None, [request.user.email]))
    return request
