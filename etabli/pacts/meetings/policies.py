"""Who runs the committees: officers of any party, since either side may call a meeting."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.models import Convention, Meeting, MeetingState


def check_can_manage(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader is an officer of a party."""
    reader.check(
        Permission.MANAGE_MEETINGS,
        "Préparer une réunion demande le rôle «\u00a0chargé du pacte\u00a0» dans une des parties.",
    )
    if not access.acting_parties(reader, convention):
        raise Denied("Votre organisation n’est pas partie à cette convention.")


def check_can_be_called(meeting: Meeting) -> None:
    """Raise Denied when nobody can be written to, or there is nothing to write."""
    if not any(one.email for one in meeting.attendees.all()):
        raise Denied(
            "Aucun participant n’a d’adresse électronique\u00a0: écrivez-en une, ou remettez vous-même le fichier "
            "d’agenda."
        )
    if not meeting.agenda.strip():
        raise Denied("Une convocation a un ordre du jour\u00a0: écrivez-le d’abord.")


def check_not_over(meeting: Meeting) -> None:
    """Raise Denied when the meeting was held or cancelled."""
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise Denied(f"Cette réunion est {meeting.get_state_display()}\u00a0: son invitation ne change plus.")
