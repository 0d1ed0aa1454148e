"""Who may add an objective, set its targets, type a figure or say it otherwise, and why not; who opens a piece."""

from collections.abc import Collection, Iterable

from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Permission
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.models import Convention, Evidence, Objective
from etabli.pacts.models.objective import ADDITIVE
from etabli.pacts.objectives import sharing
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import Standing
from etabli.pacts.workflow import State

WRITABLE = frozenset({State.DRAFT, State.CORRECTIONS})
ANYBODY = 0  # the number of no organisation: nobody reads every act of anybody
BEING_AGREED = frozenset({State.IN_REVIEW, State.TO_DELIBERATE, State.TO_SIGN})


def check_can_write(reader: Reader, convention: Convention) -> None:
    """Raise Denied unless the reader writes the convention for its pilot, and it is being written."""
    reader.check(
        Permission.DRAFT_CONVENTION,
        "Définir un objectif demande le rôle «\u00a0chargé du pacte\u00a0». Un administrateur de votre organisation "
        "peut vous le donner.",
    )
    if not access.is_pilot(reader, convention):
        raise Denied("Seul le pilote de la convention définit ses objectifs. Demandez-le-lui par une remarque.")
    state = State(convention.state)
    if state in BEING_AGREED:
        raise Denied(
            f"La convention est «\u00a0{state.label}\u00a0»\u00a0: repassez-la en "
            f"«\u00a0{State.CORRECTIONS.label}\u00a0» pour changer ses objectifs."
        )
    if state not in WRITABLE:
        raise Denied(
            f"La convention est «\u00a0{state.label}\u00a0»\u00a0: un objectif ne change plus que par un avenant."
        )


def check_can_type_evidence(reader: Reader, objective: Objective) -> None:
    """Raise Denied unless the reader may type a figure for a party of the convention."""
    reader.check(Permission.TYPE_EVIDENCE, "Votre rôle permet de lire les chiffres, pas d’en saisir.")
    if not access.acting_parties(reader, objective.axis.convention):
        raise Denied("Seule une partie à la convention y saisit un chiffre.")


def check_can_change_evidence(reader: Reader, evidence: Evidence) -> None:
    """Raise Denied unless the figure stands and the reader's organisation typed it, or took over from who did."""
    check_can_type_evidence(reader, evidence.objective)
    if evidence.withdrawn:
        raise Denied("Cette ligne dit un retrait\u00a0: saisissez plutôt le chiffre de nouveau.")
    if Evidence.objects.filter(replaces=evidence).exists():
        raise Denied(
            "Ce chiffre a déjà été corrigé ou retiré\u00a0: revenez à l’objectif, et reprenez celui qui vaut "
            "aujourd’hui."
        )
    if not reader.holds(evidence.document.organisation_id):
        raise Denied("Ce chiffre a été saisi par une autre partie\u00a0: demandez-lui de le corriger ou de le retirer.")


def may_tell_units_apart(reader: Reader, others: Iterable[Standing]) -> bool:
    """Whether a reader opens those of their acts whose firm, or commune, these other pacts count too.

    Only when every act of these pacts is theirs to read: else the rows kept would tell whom somebody else helped.
    """
    own = reader.organisation_ids
    return reader.may(Permission.SEE_RESERVED) and all(
        one.organisations is not None and one.organisations <= own for one in others
    )


def needed_to_open(selector: Selector) -> frozenset[int]:
    """The organisations, all of whose acts a reader must read to open what an objective shares; nobody's: it is open.

    Act by act, what is shared is told by the acts themselves; unless an absence or acts that follow one another are
    looked for among the acts of anybody (`ANYBODY`).
    """
    rivals = sharing.rivals(selector)
    if any(one.looks_around and not one.alone for one in (selector, *rivals)):
        return frozenset({ANYBODY})
    if selector.measure in ADDITIVE:
        return frozenset()
    return frozenset[int]().union(*(one.standing.organisations or {ANYBODY} for one in rivals))


def kept_from(selector: Selector, period: Period) -> frozenset[int]:
    """The same for what an objective counts: nobody's unless that depends on the acts of others.

    Rows, parts and files of what it counts would tell, by what is missing there, whom somebody else helps.
    """
    depends = selector.looks_around or bool(sharing.kept(selector, period))
    return needed_to_open(selector) if depends else frozenset()


def reads_all_of(reader: Reader, organisations: Collection[int]) -> bool:
    """Whether every act of some organisations is the reader's to read; of nobody, it always is."""
    return not organisations or (
        reader.may(Permission.SEE_RESERVED) and reader.organisation_ids.issuperset(organisations)
    )


def may_open_pieces(reader: Reader, selector: Selector) -> bool:
    """Whether a reader opens the rows of what an objective shares."""
    return reads_all_of(reader, needed_to_open(selector))


def leaves_in(reader: Reader, selector: Selector, period: Period) -> bool:
    """Whether a reader opens of an objective what their own acts tell (`Selector.by_oneself`), not what it counts."""
    return not reads_all_of(reader, kept_from(selector, period))
