"""The one way to ask whether somebody may, and the refusal that reaches the screen."""

from dataclasses import dataclass

from django.utils import timezone

from etabli.accounts import queries
from etabli.accounts.models import Invitation, Membership, Organisation, User
from etabli.accounts.roles import PERMISSIONS, Permission, Role
from etabli.ui import french


class Denied(Exception):
    """Somebody may not do this; the message says why and who can lift it, in French."""

    @property
    def reason(self) -> str:
        """The sentence to show."""
        return str(self.args[0])


class WithoutOrganisation(Denied):
    """A person with an account and no role anywhere today."""


@dataclass(frozen=True)
class Reader:
    """Who asks: a person, the organisation they act for now, and the roles they hold there today.

    `inherited` are the organisations that this one succeeded: what was theirs is its own to see and to continue.
    """

    user: User
    organisation: Organisation
    roles: frozenset[Role]
    inherited: frozenset[int] = frozenset()

    @property
    def organisation_ids(self) -> frozenset[int]:
        """The organisation and those it took over from: what lists are scoped by."""
        return self.inherited | {self.organisation.pk}

    def holds(self, organisation_id: int | None) -> bool:
        """Whether what belongs to that organisation is the reader's own organisation's today."""
        return organisation_id in self.organisation_ids

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles gives it."""
        return any(permission in PERMISSIONS[role] for role in self.roles)

    def check(self, permission: Permission, refusal: str) -> None:
        """Raise Denied with the French sentence unless one of the roles gives it."""
        if not self.may(permission):
            raise Denied(refusal)


@dataclass(frozen=True)
class Keeper:
    """Whoever runs the site, at the console of its machine: no account, and the last word about organisations."""


def author(by: Reader | User | Keeper) -> User | None:
    """Whose name the journal keeps; nobody's for the console."""
    if isinstance(by, Keeper):
        return None
    return by.user if isinstance(by, Reader) else by


def check_may_enter(reader: Reader, permissions: tuple[Permission, ...]) -> None:
    """Raise Denied unless the reader has one of the permissions; none asked: every member enters."""
    if not permissions or any(reader.may(permission) for permission in permissions):
        return
    givers = [role.label for role in Role if PERMISSIONS[role] & set(permissions)]
    raise Denied(
        f"Pour cette page, il faut pouvoir {permissions[0].label}. Dans {reader.organisation}, vous êtes\u00a0: "
        f"{french.enumeration(sorted(role.label for role in reader.roles))}. "
        f"Ce droit vient avec un de ces rôles\u00a0: "
        f"{french.enumeration(givers)}. Un administrateur de l’organisation peut vous le donner."
    )


def check_can_register(by: Reader | User | Keeper) -> None:
    """Raise Denied unless the person runs the site, or writes conventions or manages members somewhere."""
    if isinstance(by, Keeper):
        return
    if isinstance(by, User):
        if not by.is_superuser:
            raise Denied(
                "Seule une organisation déjà inscrite, ou la personne qui tient ce site, en inscrit une autre."
            )
    elif not (by.may(Permission.DRAFT_CONVENTION) or by.may(Permission.MANAGE_MEMBERS) or by.user.is_superuser):
        raise Denied("Inscrire une organisation revient au chargé du pacte ou à un administrateur.")


def check_can_manage(by: Reader, organisation: Organisation) -> None:
    """Raise Denied unless the reader manages the members of that organisation, or of the one that succeeded it."""
    if not (by.holds(organisation.pk) and by.may(Permission.MANAGE_MEMBERS)):
        raise Denied(f"Gérer les membres de {organisation} revient à ses administrateurs.")


def check_can_found(organisation: Organisation, founder: User | None) -> None:
    """Raise Denied unless the console may name that first administrator: nobody is there, and the address is theirs."""
    if organisation.closed_on and organisation.closed_on <= timezone.localdate():
        raise Denied(f"{organisation.name} n’existe plus\u00a0: c’est son successeur qui invite.")
    if queries.current_memberships().filter(organisation=organisation).exists():
        raise Denied(f"{organisation.name} a déjà des membres\u00a0: un de ses administrateurs invite les autres.")
    if founder and not founder.is_active:
        raise Denied(f"Le compte de {founder.email} est fermé\u00a0: donnez une autre adresse.")
    if founder and not queries.has_confirmed(founder):
        raise Denied(
            f"Le compte de {founder.email} n’a pas confirmé son adresse\u00a0: il peut être à quelqu’un d’autre. "
            "Son titulaire ouvre d’abord le lien de confirmation qu’il a reçu."
        )


def check_can_invite(by: Reader | User, organisation: Organisation, role: Role) -> None:
    """Raise Denied unless a manager invites, or whoever registered it invites the first administrator."""
    if organisation.closed_on and organisation.closed_on <= timezone.localdate():
        raise Denied(f"{organisation} n’existe plus\u00a0: c’est son successeur qui invite.")
    founding = role == Role.ADMINISTRATOR and not queries.current_memberships().filter(organisation=organisation)
    if founding and (by.user if isinstance(by, Reader) else by).is_superuser:
        return
    if isinstance(by, User):
        raise Denied(f"Gérer les membres de {organisation} revient à ses administrateurs.")
    if founding and by.holds(organisation.registered_by_id):
        check_can_register(by)
        return
    check_can_manage(by, organisation)


def check_can_end(by: Reader, membership: Membership) -> None:
    """Raise Denied unless it is one's own role or one manages; the last administrator stays."""
    if membership.user_id != by.user.pk:
        check_can_manage(by, membership.organisation)
    if membership.ends_on is not None and membership.ends_on <= timezone.localdate():
        raise Denied("Ce rôle a déjà pris fin.")
    others = queries.current_memberships().filter(
        organisation=membership.organisation_id, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if membership.role == Role.ADMINISTRATOR and not others.exclude(pk=membership.pk).exists():
        raise Denied(
            f"C’est le dernier administrateur de {membership.organisation}\u00a0: plus personne ne pourrait inviter. "
            "Donnez d’abord ce rôle à quelqu’un d’autre."
        )


def check_can_hand_over(by: Reader, of: User, to: User, organisation: Organisation) -> None:
    """Raise Denied unless one hands over one's own, or manages; both are members, and two."""
    if by.user.pk != of.pk:
        check_can_manage(by, organisation)
    if of.pk == to.pk:
        raise Denied("On passe la main à quelqu’un d’autre que soi.")
    members = queries.current_memberships().filter(organisation=organisation)
    if not members.filter(user=to, user__is_active=True).exists():
        raise Denied("La main se passe à un membre de l’organisation\u00a0: invitez d’abord cette personne.")
    if not members.filter(user=of).exists():
        raise Denied("Cette personne ne tient plus de rôle dans l’organisation.")


def check_can_hand_on(by: Reader | Keeper, predecessor: Organisation, successor: Organisation) -> None:
    """Raise Denied unless the predecessor's own administrators, or whoever runs the site, say who succeeds it.

    Never the successor's: whoever has no member yet would have its pacts taken by the first who asks.
    """
    if predecessor.pk == successor.pk:
        raise Denied("Une organisation ne se succède pas à elle-même.")
    if isinstance(by, Keeper) or by.user.is_superuser:
        return
    if not (by.organisation.pk == predecessor.pk and by.may(Permission.MANAGE_MEMBERS)):
        raise Denied(
            f"Seuls les administrateurs de {predecessor} disent qui lui succède. S’il n’en reste aucun, la personne "
            "qui tient ce site le dit par la commande\u00a0: ./run manage succession."
        )


def check_can_be_accepted(invitation: Invitation) -> None:
    """Raise Denied when the link has been used, withdrawn, or is too old."""
    if invitation.accepted_at:
        raise Denied("Cette invitation a déjà servi. Connectez-vous\u00a0: votre rôle vous attend.")
    if invitation.revoked_at:
        raise Denied("Cette invitation a été retirée, ou remplacée par une plus récente. Demandez-en une autre.")
    closed_on = invitation.organisation.closed_on
    if closed_on and closed_on <= timezone.localdate():
        raise Denied(f"{invitation.organisation.name} n’existe plus\u00a0: c’est son successeur qui invite.")
    if invitation.expires_at <= timezone.now():
        raise Denied(f"Cette invitation a expiré. Demandez-en une autre à {invitation.invited_by}.")


def check_can_be_revoked(invitation: Invitation) -> None:
    """Raise Denied when there is nothing left to withdraw."""
    if invitation.accepted_at:
        raise Denied("Cette invitation a été acceptée\u00a0: mettez plutôt fin au rôle.")
    if invitation.revoked_at:
        raise Denied("Cette invitation est déjà retirée.")
