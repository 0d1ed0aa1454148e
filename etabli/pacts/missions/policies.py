"""Who draws up and signs the mission letters of a convention; and why not."""

from etabli.accounts.models import User
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.attributions.queries import RUNNING
from etabli.pacts.missions import queries
from etabli.pacts.models import Convention, MissionLetter
from etabli.pacts.workflow import State


def check_can_manage(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader manages missions for a party of a signed convention."""
    reader.check(
        Permission.MANAGE_MISSION,
        "Écrire ou signer une lettre de mission demande le rôle «\u00a0chargé du pacte\u00a0». Un administrateur de "
        "votre organisation peut vous le donner.",
    )
    if not access.acting_parties(reader, convention):
        raise Denied("Seule une partie à la convention y écrit des lettres de mission.")
    if convention.state not in RUNNING:
        raise Denied(
            f"La convention est «\u00a0{State(convention.state).label}\u00a0»\u00a0: une lettre de mission s’écrit "
            "une fois qu’elle est signée."
        )


def check_is_ours(reader: Reader, developer: User) -> None:
    """Raise Denied unless the person writes acts for the reader's organisation today."""
    if not queries.developers(reader).filter(pk=developer.pk).exists():
        raise Denied(
            f"{developer} ne note pas d’actes pour {reader.organisation}\u00a0: une lettre de mission est écrite par "
            "l’organisation qui emploie."
        )


def check_can_change(reader: Reader, letter: MissionLetter) -> None:
    """Raise Denied unless the reader's organisation employs the developer, and the letter is not signed."""
    check_can_manage(reader, letter.convention)
    check_is_ours(reader, letter.developer)
    if letter.signed_on:
        raise Denied(
            "Cette lettre de mission est signée\u00a0: elle ne change plus. Celle de l’année suivante le peut."
        )
