"""Organisations: registered, described, succeeded by another."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from stdnum.fr import siren as official

from etabli.accounts import policies, queries
from etabli.accounts.models import Membership, Organisation, OrganisationKind, OrganisationSuccession, User
from etabli.accounts.policies import Keeper, Reader
from etabli.audit import actions as audit
from etabli.ui.seen import Still, whatever
from maillage.errors import MaillageError
from maillage.territory import Level, parse


class AlreadyRegistered(ValidationError):
    """That SIREN is an organisation's already, perhaps for an instant only; `known` is that organisation."""

    def __init__(self, known: Organisation) -> None:
        super().__init__({"siren": f"Elle est déjà inscrite\u00a0: {known.name}."})
        self.known = known


def checked_siren(text: str) -> str:
    """Nine digits whose key is right, from « 246 200 364 » or a SIRET. Raises ValidationError in French."""
    digits = "".join(character for character in text if character.isdigit())
    siren = digits[:9] if len(digits) == 14 else digits
    if not official.is_valid(siren):
        raise ValidationError(
            "Ce n’est pas un SIREN\u00a0: neuf chiffres, dont le dernier vérifie les autres. Recopiez-le depuis "
            "l’annuaire des entreprises ou un avis de situation."
        )
    return siren


def proposed_territory(kind: str, siren: str) -> str:
    """What an organisation administers, when its number says it: an intercommunality has its own."""
    if kind != OrganisationKind.EPCI:
        return ""
    try:
        return parse(f"{Level.EPCI}:{siren}").key
    except MaillageError:
        return ""


@transaction.atomic
def register(
    *, kind: str, name: str, short_name: str, siren: str, territory: str = "", by: Reader | User | Keeper
) -> Organisation:
    """A new organisation, without members: whoever registered it may invite its first administrator.

    Raises Denied, ValidationError; AlreadyRegistered, also when somebody else registers it at the same moment.
    """
    policies.check_can_register(by)
    organisation = Organisation(
        kind=kind,
        name=name,
        short_name=short_name or name[:60],
        siren=checked_siren(siren),
        territory=territory or proposed_territory(kind, checked_siren(siren)),
        registered_by=by.organisation if isinstance(by, Reader) else None,
    )
    organisation.full_clean(validate_unique=False)
    _insert(organisation)
    changes = {"kind": [None, kind], "siren": [None, organisation.siren], "territory": [None, organisation.territory]}
    audit.record(
        by=policies.author(by),
        verb="organisation_registered",
        about=organisation,
        organisation_id=organisation.pk,
        changes=changes,
    )
    return organisation


def _insert(organisation: Organisation) -> None:
    """The database alone knows whether the number is free: between a question and the answer, it may be taken."""
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        known = Organisation.objects.filter(siren=organisation.siren).first()
        if known is None:
            raise
        raise AlreadyRegistered(known) from error


@transaction.atomic
def foster(*, organisation: Organisation, by: Reader) -> None:
    """An organisation that was left to nobody is the reader's to open: its first administrator can be invited.

    Does nothing when somebody is there, was there, was asked, or answers for it already.
    """
    policies.check_can_register(by)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.pk == by.organisation.pk or not queries.is_waiting_for_nobody(organisation):
        return
    organisation.registered_by = by.organisation
    organisation.save(update_fields=["registered_by"])
    audit.record(
        by=by.user,
        verb="organisation_fostered",
        about=organisation,
        organisation_id=organisation.pk,
        changes={"registered_by": [None, by.organisation.pk]},
    )


@transaction.atomic
def describe(
    *, organisation: Organisation, name: str, short_name: str, territory: str, by: Reader, still: Still = whatever
) -> Organisation:
    """Other names, another territory. The SIREN never changes: another SIREN is another organisation.

    Raises Denied, ValidationError.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    policies.check_can_manage(by, organisation)
    still(organisation)
    wanted = {"name": name, "short_name": short_name, "territory": territory}
    changes = {field: [getattr(organisation, field), value] for field, value in wanted.items()}
    changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    for field, pair in changes.items():
        setattr(organisation, field, pair[1])
    organisation.full_clean()
    organisation.save(update_fields=list(wanted))
    audit.record(
        by=by.user,
        verb="organisation_described",
        about=organisation,
        organisation_id=organisation.pk,
        changes=changes,
    )
    return organisation


@transaction.atomic
def succeed(
    *, predecessor: Organisation, successor: Organisation, on: date, legal_basis: str, by: Reader | Keeper
) -> OrganisationSuccession:
    """From `on`, the successor sees and continues what was the predecessor's; the past stays in its name.

    Roles held in the predecessor end that day, and its invitations are withdrawn.
    """
    policies.check_can_hand_on(by, predecessor, successor)
    predecessor = Organisation.objects.select_for_update().get(pk=predecessor.pk)
    if OrganisationSuccession.objects.filter(predecessor=predecessor).exists():
        raise policies.Denied(f"{predecessor} a déjà un successeur.")
    if successor.pk in queries.inherited_by(predecessor, date.max):
        raise policies.Denied(f"{predecessor} a elle-même succédé à {successor}\u00a0: l’inverse n’est pas possible.")
    if predecessor.opened_on and on < predecessor.opened_on:
        raise policies.Denied(
            f"{predecessor} n’existait pas encore\u00a0: le {predecessor.opened_on:%d/%m/%Y} au plus tôt."
        )
    succession = OrganisationSuccession(
        predecessor=predecessor, successor=successor, on=on, legal_basis=legal_basis.strip()
    )
    succession.full_clean()
    succession.save()
    predecessor.closed_on = on
    predecessor.full_clean()
    predecessor.save(update_fields=["closed_on"])
    for held in Membership.objects.filter(organisation=predecessor, ends_on__isnull=True):
        held.ends_on = max(on, held.starts_on)
        held.save(update_fields=["ends_on"])
    predecessor.invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())
    audit.record(
        by=policies.author(by),
        verb="organisation_succeeded",
        about=succession,
        organisation_id=predecessor.pk,
        changes={"successor": [None, successor.pk], "on": [None, on.isoformat()]},
    )
    return succession
