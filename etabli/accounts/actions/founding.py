"""The first administrator of an organisation that nobody belongs to, named by whoever runs the site."""

from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from etabli.accounts import policies
from etabli.accounts.actions import organisations, people
from etabli.accounts.models import Membership, Organisation, User
from etabli.accounts.policies import Keeper
from etabli.accounts.roles import Role
from etabli.audit import actions as audit
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.territory import Level, parse


@dataclass(frozen=True)
class Founded:
    """Who administers what from now on. `link` chooses the first password; `known`: they have one, it is the door."""

    organisation: Organisation
    user: User
    link: str
    known: bool


@transaction.atomic
def found(*, siren: str, email: str, kind: str, name: str = "", person: str = "", by: Keeper) -> Founded:
    """The organisation, registered unless it is; its administrator, whose account is opened unless there is one.

    Raises ValidationError (a number, a name or an address that is not one) or Denied (members are there already).
    """
    organisation = _organisation(siren, kind, name, by)
    email = User.objects.normalize_email(email).strip().lower()
    user = User.objects.filter(email=email).first()
    policies.check_can_found(organisation, user)
    if user is None:
        User(email=email, name=person).clean_fields(exclude=["password"])
        user = people.open_account(email=email, name=person)
    held = Membership(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
    held.full_clean()
    held.save()
    audit.record(
        by=None, verb="role_given", about=held, organisation_id=organisation.pk, changes={"role": [None, held.role]}
    )
    known = user.has_usable_password() or user.identities.exists()
    return Founded(organisation, user, settings.PUBLIC_URL + (reverse("account_login") if known else _key(user)), known)


def tell(made: Founded) -> None:
    """Write to the new administrator. Raises OSError when no message leaves this machine."""
    text = render_to_string("accounts/mail/founded.txt", {"made": made})
    subject = french.one_line(f"Vous administrez {made.organisation.short_name} sur Établi")
    send_mail(subject, text, None, [made.user.email])


def _organisation(siren: str, kind: str, name: str, by: Keeper) -> Organisation:
    number = organisations.checked_siren(siren)
    known = Organisation.objects.select_for_update().filter(siren=number).first()
    if known:
        return known
    try:
        place = parse(f"{Level.EPCI}:{number}")
    except MaillageError:
        place = None
    if not (name or place):
        raise ValidationError('Ce SIREN n’est pas encore connu d’Établi\u00a0: ajoutez --name "Nom de l’organisation".')
    if place:
        return organisations.register(
            kind="epci", name=name or place.name, short_name=place.short_name[:60], siren=number, by=by
        )
    return organisations.register(kind=kind, name=name, short_name="", siren=number, by=by)


def _key(user: User) -> str:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return reverse("account_reset_password_from_key", args=key.split("-", 1))
