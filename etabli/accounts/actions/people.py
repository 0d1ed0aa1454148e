"""Accounts opened by something else than the sign-up page."""

from allauth.account.models import EmailAddress
from django.db import transaction

from etabli.accounts.models import User
from etabli.audit import actions as audit


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None = None, by: User | None = None) -> User:
    """An account whose address needs no confirmation: a provider vouches for it, or the demonstration invents it."""
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    audit.record(by=by or user, verb="account_opened", about=user)
    return user
