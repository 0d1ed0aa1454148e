"""Accounts entered by an identity provider: tied once, by its own identifiers, never by an address alone."""

from contextlib import suppress
from dataclasses import asdict, dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from etabli.accounts import queries
from etabli.accounts.actions import people, roles
from etabli.accounts.models import ExternalIdentity, JoinRequest, Organisation, User
from etabli.accounts.policies import Denied
from etabli.audit import actions as audit


@dataclass(frozen=True)
class Identity:
    """What a provider says of a person. `subject` and `idp` never change; the rest is what it knows today."""

    provider: str
    subject: str
    idp: str
    email: str
    name: str
    siren: str = ""

    def __post_init__(self) -> None:
        """Raises ValidationError when it could not be kept: no address, an identifier that is missing or too long."""
        validate_email(self.email)
        kept = ExternalIdentity(provider=self.provider, subject=self.subject, idp=self.idp)
        kept.clean_fields(exclude=["user"])
        User(email=self.email, name=self.name).clean_fields(exclude=["password"])

    def kept(self) -> dict[str, str]:
        """The same, for a session."""
        return asdict(self)


ORIGINS = {"proconnect": JoinRequest.Origin.PROCONNECT}


@transaction.atomic
def enter(*, identity: Identity) -> User | None:
    """The account of an identity: the one tied to it, or a new one; None when the address has an account already,
    whose owner must log in and tie it themselves.
    """
    user = _owner(identity) or _opened(identity)
    if user is not None:
        propose(user=user, identity=identity)
    return user


def _owner(identity: Identity) -> User | None:
    """Whose account the identity opens already."""
    tied = ExternalIdentity.objects.select_related("user").filter(
        provider=identity.provider, subject=identity.subject, idp=identity.idp
    )
    return tied[0].user if tied else None


def _opened(identity: Identity) -> User | None:
    """A new account; None when the address has one. Two tabs of one person may arrive at once: one opens it."""
    if User.objects.filter(email=identity.email).exists() or EmailAddress.objects.filter(
        email=identity.email, verified=True
    ):
        return _owner(identity)  # the other tab may have just tied it
    try:
        with transaction.atomic():
            user = people.open_account(email=identity.email, name=identity.name)
            _tie(user, identity)
    except IntegrityError:
        return _owner(identity)
    return user


@transaction.atomic
def tie(*, identity: Identity, by: User) -> ExternalIdentity:
    """The owner of the account ties it; once more changes nothing. Raises Denied unless the address is theirs."""
    User.objects.select_for_update().get(pk=by.pk)  # one tab at a time
    if not EmailAddress.objects.filter(user=by, email=identity.email, verified=True).exists():
        raise Denied(
            f"L’identité annoncée est celle de {identity.email}, et vous êtes connecté avec {by.email}. "
            "Connectez-vous avec le compte de cette adresse pour les rattacher."
        )
    held = by.identities.filter(provider=identity.provider, subject=identity.subject, idp=identity.idp)
    tied = held.first() or _tie(by, identity)
    propose(user=by, identity=identity)
    return tied


def propose(*, user: User, identity: Identity) -> None:
    """Working somewhere gives no right: it asks for one, once, and an administrator answers."""
    organisation = Organisation.objects.filter(siren=identity.siren).first() if identity.siren else None
    if organisation is None or user.join_requests.filter(organisation=organisation).exists():
        return
    if queries.current_memberships().filter(user=user, organisation=organisation).exists():
        return
    origin = ORIGINS.get(identity.provider, JoinRequest.Origin.DIRECTORY)
    with suppress(ValidationError):  # another tab has just asked
        roles.ask(organisation=organisation, by=user, origin=origin)


def _tie(user: User, identity: Identity) -> ExternalIdentity:
    if user.identities.filter(provider=identity.provider, idp=identity.idp).exists():
        raise Denied(
            "Ce fournisseur d’identité ouvre déjà ce compte, pour une autre personne que celle qu’il annonce "
            "aujourd’hui. Si votre adresse a changé de titulaire, demandez un compte à votre nom\u00a0; sinon, "
            "prévenez la personne qui tient ce site."
        )
    tied = ExternalIdentity(user=user, provider=identity.provider, subject=identity.subject, idp=identity.idp)
    tied.full_clean()
    tied.save()
    audit.record(by=user, verb="identity_tied", about=tied, changes={"provider": [None, identity.provider]})
    return tied
