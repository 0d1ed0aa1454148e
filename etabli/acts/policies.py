"""Who may write in the ledger and correct it, with the reason of a refusal."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.acts.models import Act


def check_can_record(reader: Reader) -> None:
    """Raise Denied unless one of the roles records acts."""
    reader.check(Permission.RECORD_ACT, "Votre rôle ne permet pas de noter des actes. Demandez-le à l’administrateur.")


def check_can_reverse(reader: Reader, act: Act) -> None:
    """One’s own acts; those of a colleague with the right to correct them."""
    if not reader.holds(act.organisation_id):
        raise Denied("Cet acte est celui d’une autre organisation\u00a0: elle seule peut le corriger.")
    check_can_record(reader)
    if act.adviser_id != reader.user.pk:
        reader.check(Permission.REVERSE_ACT, "Seuls l’auteur de l’acte et le chargé du pacte peuvent le corriger.")
