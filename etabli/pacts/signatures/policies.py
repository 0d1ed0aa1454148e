"""Who may sign a version for a party, and who may bring back its paper."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Party, Version
from etabli.pacts.workflow import AmendmentState, State

OVER = frozenset({State.CLOSED, State.TERMINATED})


def check_open(version: Version) -> None:
    """Raise Denied unless this very version waits for signatures."""
    last = version.convention.versions.order_by("-number").values_list("pk", flat=True).first()
    if last != version.pk:
        raise Denied(f"La version {version.number} n’est plus à signer\u00a0: une autre l’a remplacée.")
    waiting = (
        version.amendment.state == AmendmentState.TO_SIGN and version.convention.state not in OVER
        if version.amendment
        else version.convention.state == State.TO_SIGN
    )
    if not waiting:
        raise Denied("Cette version n’est pas, ou n’est plus, à signer.")


def check_unsigned(version: Version, party: Party) -> None:
    """Raise Denied when the party has signed this version, or is not named in it."""
    named = {row["siren"] for row in version.content["parties"]}
    if party.organisation.siren not in named:
        raise Denied(f"{party.organisation} n’est pas partie à cette version.")
    if version.signatures.filter(party=party).exists():
        raise Denied(f"{party.organisation} a déjà signé cette version.")


def check_can_sign(reader: Reader, version: Version, party: Party) -> None:
    """Raise Denied unless the reader may sign in this party's name."""
    reader.check(
        Permission.SIGN_CONVENTION,
        "Signer demande le rôle «\u00a0élu\u00a0» dans votre organisation. Un administrateur peut le donner au "
        "signataire.",
    )
    if not reader.holds(party.organisation_id):
        raise Denied("On signe pour son organisation, jamais pour une autre.")
    check_open(version)
    check_unsigned(version, party)


def check_has_proof(reader: Reader) -> None:
    """Raise Denied when the reader, who enters by an identity provider alone, has nothing to type again."""
    if not reader.user.has_usable_password():
        raise Denied(
            "Votre compte n’a pas de mot de passe à taper de nouveau\u00a0: vous y entrez par un fournisseur "
            "d’identité. Choisissez-en un, puis revenez signer\u202f; ou signez sur papier."
        )


def check_can_bring_paper(reader: Reader, version: Version, party: Party) -> None:
    """Raise Denied unless the reader may upload the copy that this party signed: the pilot, or the party."""
    pilot = reader.may(Permission.DRAFT_CONVENTION) and access.is_pilot(reader, version.convention)
    own = reader.may(Permission.REVIEW_CONVENTION) and reader.holds(party.organisation_id)
    if not (pilot or own):
        raise Denied(f"L’exemplaire signé par {party.organisation} est déposé par elle, ou par le pilote.")
    check_open(version)
    check_unsigned(version, party)
