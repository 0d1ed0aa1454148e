"""Who may do what to a convention, and why not."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Convention, Party
from etabli.pacts.workflow import State

WRITABLE = frozenset({State.DRAFT, State.CORRECTIONS})
UNSIGNED = WRITABLE | {State.IN_REVIEW, State.TO_DELIBERATE}
REMARKABLE = frozenset({State.IN_REVIEW, State.CORRECTIONS, State.TO_DELIBERATE, State.TO_SIGN})
NOT_YOURS = "Seul le pilote de la convention écrit le texte. Demandez une correction\u00a0: il la verra dans la page."


def check_can_create(reader: Reader) -> None:
    """Raise Denied unless the reader may write conventions."""
    reader.check(
        Permission.DRAFT_CONVENTION,
        "Préparer une convention demande le rôle «\u00a0chargé du pacte\u00a0». Un administrateur de votre "
        "organisation peut vous le donner.",
    )


def check_can_steer(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader writes for the pilot, whatever the state."""
    check_can_create(reader)
    if not access.is_pilot(reader, convention):
        raise Denied(NOT_YOURS)


def check_can_write(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the text may be changed now, by this reader."""
    check_can_steer(reader, convention)
    if State(convention.state) not in WRITABLE:
        raise Denied(_locked(State(convention.state)))


def _locked(state: State) -> str:
    if state in (State.IN_REVIEW, State.TO_DELIBERATE, State.TO_SIGN):
        return (
            f"Le texte est «\u00a0{state.label}\u00a0»\u00a0: repassez-le en «\u00a0{State.CORRECTIONS.label}\u00a0» "
            "pour le changer."
        )
    return f"Cette convention est «\u00a0{state.label}\u00a0»\u00a0: elle ne change plus que par un avenant."


def check_can_complete(reader: Reader, convention: Convention, party: Party) -> None:
    """Raise Denied unless the reader may write the deliberation and the signatory of a party."""
    if State(convention.state) not in UNSIGNED:
        raise Denied(_locked(State(convention.state)))
    if reader.may(Permission.DRAFT_CONVENTION) and access.is_pilot(reader, convention):
        return
    reader.check(Permission.REVIEW_CONVENTION, "Votre rôle permet de lire la convention, pas de la compléter.")
    if not reader.holds(party.organisation_id):
        raise Denied("Vous complétez la ligne de votre organisation, pas celle d’une autre.")


def check_can_remark(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader may comment, ask for a correction or agree."""
    reader.check(
        Permission.REVIEW_CONVENTION,
        "Votre rôle permet de lire la convention, pas de la commenter. Un élu ou un chargé du pacte le peut.",
    )
    if State(convention.state) not in REMARKABLE:
        raise Denied("Les remarques s’écrivent pendant la relecture, tant que la convention n’est pas signée.")


def check_can_resolve(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader answers remarks for the pilot."""
    check_can_steer(reader, convention)
    if State(convention.state) not in REMARKABLE:
        raise Denied("Les remarques d’une convention signée restent comme elles sont.")


def check_can_move(reader: Reader, convention: Convention, to: State) -> None:
    """Raise Denied unless the reader may take the convention to that state; a partner may only ask for corrections."""
    if to is State.CORRECTIONS and State(convention.state) is State.IN_REVIEW:
        check_can_remark(reader, convention)
        return
    if to is State.ACTIVE and State(convention.state) is State.TO_SIGN:
        raise Denied("La convention devient active d’elle-même, à la dernière signature.")
    check_can_steer(reader, convention)
