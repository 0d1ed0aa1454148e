"""Who may change a signed convention, and when."""

from etabli.accounts.policies import Denied, Reader
from etabli.pacts import access
from etabli.pacts.conventions.policies import check_can_steer
from etabli.pacts.models import Amendment, Convention, Subject
from etabli.pacts.workflow import AmendmentState, State

AMENDABLE = frozenset({State.ACTIVE, State.SUSPENDED})


def check_can_amend(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the pilot's officer may open an amendment now."""
    check_can_steer(reader, convention)
    if State(convention.state) not in AMENDABLE:
        raise Denied("Un avenant change une convention en vigueur\u00a0: celle-ci ne l’est pas.")
    if convention.amendments.filter(state__in=[AmendmentState.DRAFT, AmendmentState.TO_SIGN]).exists():
        raise Denied("Un avenant est déjà en préparation\u00a0: terminez-le ou abandonnez-le.")


def check_can_write(reader: Reader, amendment: Amendment) -> None:
    """Raise Denied unless the proposal may be changed now."""
    check_can_steer(reader, amendment.convention)
    if amendment.state != AmendmentState.DRAFT:
        raise Denied(
            f"Cet avenant est «\u00a0{amendment.get_state_display()}\u00a0»\u00a0: reprenez-le en projet pour "
            "le changer."
        )


def check_waits(reader: Reader, amendment: Amendment) -> None:
    """Raise Denied unless the amendment, as the reader knows it, waits for signatures, and is still their business."""
    if amendment.state != AmendmentState.TO_SIGN:
        raise Denied("Cet avenant n’est pas, ou n’est plus, à signer.")
    if access.left_on(reader, amendment.convention):
        raise Denied("Votre organisation n’est plus partie à cette convention.")


def check_subject(amendment: Amendment, subject: Subject) -> None:
    """Raise Denied unless the amendment said that it would change this; other dates bring targets with them."""
    if subject is Subject.TARGETS and Subject.DATES in amendment.subjects:
        return
    if subject.value not in amendment.subjects:
        raise Denied(
            f"Cet avenant ne porte pas sur «\u00a0{subject.label}\u00a0»\u00a0: ses objets ont été annoncés à "
            "sa création."
        )
