"""Who freezes, writes, reads across, validates, publishes a report; and why not."""

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.pacts import access
from etabli.pacts.awaited import waiting_parties
from etabli.pacts.models import Convention, Party, Report
from etabli.pacts.objectives.standing import SIGNED
from etabli.pacts.report_names import is_over, unpublished
from etabli.pacts.workflow import ReportState, State

P = Permission
NOT_READ = "Le bilan n’est pas en relecture\u00a0: le pilote le soumettra."
WRITABLE = frozenset({ReportState.DRAFTING, ReportState.TO_CORRECT})


def state_of(report: Report) -> ReportState:
    """Its last move."""
    last = report.moves.order_by("-pk").first()
    return ReportState(last.state) if last else ReportState.FROZEN


def check_can_prepare(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader prepares reports for the pilot of a signed convention."""
    reader.check(
        P.PREPARE_REPORT,
        "Préparer le bilan demande le rôle «\u00a0chargé du pacte\u00a0». Un administrateur de votre organisation "
        "peut vous le donner.",
    )
    if not access.is_pilot(reader, convention):
        raise Denied("Seul le pilote de la convention prépare le bilan. Vous le relisez quand il vous le soumet.")
    if State(convention.state) not in SIGNED:
        raise Denied("Un bilan porte sur une convention signée\u00a0: celle-ci ne l’est pas encore.")


def check_is_current(report: Report) -> None:
    """Raise Denied when the figures of the year were frozen again since: what was before is only read."""
    later = Report.objects.filter(convention=report.convention_id, year=report.year, number__gt=report.number)
    if later.exists():
        raise Denied("Ce gel a été refait\u00a0: le bilan de l’année est le gel suivant.")


def check_can_freeze_again(reader: Reader, report: Report) -> None:
    """Raise Denied once the report of a year that is over is public: it is corrected by lines beside its figures."""
    check_can_correct(reader, report)
    if state_of(report) is ReportState.PUBLISHED and is_over(report):
        raise Denied("Ce bilan est publié\u00a0: il ne se fige plus. Une erreur se corrige à côté du chiffre.")


def check_can_write(reader: Reader, report: Report) -> None:
    """Raise Denied unless the text may be changed now, by this reader."""
    check_can_correct(reader, report)
    state = state_of(report)
    if state not in WRITABLE:
        raise Denied(f"Le bilan est «\u00a0{state.label}\u00a0»\u00a0: son texte ne change pas.")


def check_can_correct(reader: Reader, report: Report) -> None:
    """Raise Denied unless the reader may add a line beside a frozen figure, whatever the state."""
    check_can_prepare(reader, report.convention)
    check_is_current(report)


def check_can_read_across(reader: Reader, report: Report) -> list[Party]:
    """The parties that the reader speaks for in a cross-reading. Raises Denied."""
    reader.check(P.VALIDATE_REPORT, "Relire et valider le bilan demande le rôle «\u00a0élu\u00a0» ou «\u00a0chargé du "
                                    "pacte\u00a0» dans une des parties.")  # fmt: skip
    own = access.own_parties(reader, report.convention)
    parties = [one for one in own if one.left_on is None and not one.called]
    if not parties:
        raise Denied("Seule une partie à la convention relit son bilan.")
    if state_of(report) is not ReportState.CROSS_READING:
        raise Denied(NOT_READ)
    return parties


def agreements_to_note(reader: Reader, report: Report) -> list[Party]:
    """The other parties whose agreement the pilot may note: their own they give themselves. Raises Denied."""
    check_can_correct(reader, report)
    if state_of(report) is not ReportState.CROSS_READING:
        raise Denied(NOT_READ)
    waiting = [one for one in waiting_parties(report) if not reader.holds(one.organisation_id)]
    if not waiting:
        raise Denied("Toutes les autres parties ont donné leur accord à ce bilan.")
    return waiting


def check_can_note_agreement(reader: Reader, report: Report, party: Party) -> None:
    """Raise Denied unless this party's agreement to the present reading may be noted by the reader."""
    if party not in agreements_to_note(reader, report):
        raise Denied(
            f"L’accord de {party.organisation} ne se note pas ici\u00a0: elle l’a déjà donné, elle n’est pas partie "
            "à la convention, ou c’est votre organisation, qui valide elle-même."
        )


def check_can_publish(reader: Reader, report: Report) -> None:
    """Raise Denied unless the reader publishes for the pilot, and the figures go to the last day of the year."""
    reader.check(P.PUBLISH_REPORT, "Publier le bilan demande le rôle «\u00a0chargé du pacte\u00a0».")
    if not access.is_pilot(reader, report.convention):
        raise Denied("Seul le pilote de la convention publie le bilan.")
    if not is_over(report):
        raise Denied(unpublished(report))
