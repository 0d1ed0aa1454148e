"""From one state to the next: the table says where one may go, the guards say what must be there first."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.changes import effect
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.actions import locked
from etabli.pacts.documents import versions
from etabli.pacts.models import Convention, PartyRole, Remark, RemarkKind
from etabli.pacts.workflow import IllegalTransition, State, check_move
from etabli.ui import french

NEEDS_A_REASON = frozenset({State.SUSPENDED, State.TERMINATED, State.ABANDONED})


@transaction.atomic
def move(*, convention: Convention, to: State, by: Reader, reason: str = "") -> Convention:
    """Take the convention to a state. Raises Denied, in French, when the table, a guard or a policy refuses.

    What is signed and should apply already does first: once all is over, it never would.
    """
    convention = effect.catch_up(locked(convention))
    policies.check_can_move(by, convention, to)
    if to in NEEDS_A_REASON and not reason.strip():
        raise Denied("Écrivez en une phrase pourquoi\u00a0: les autres parties la liront.")
    if reason.strip():
        said = f"passage à «\u00a0{to.label}\u00a0»"
        Remark.objects.create(
            convention=convention, organisation=by.organisation, author=by.user, part=said, text=reason.strip()
        )
    _change(convention, to)
    record(
        by=by.user, verb="convention.moved", about=convention, organisation_id=by.organisation.pk,
        changes={"state": [convention.state, to.value]},
    )  # fmt: skip
    return _settle(convention, to, by)


def _change(convention: Convention, to: State) -> None:
    """Raise Denied unless the table and the guards allow it."""
    try:
        check_move(State(convention.state), to)
    except IllegalTransition as error:
        raise Denied(str(error)) from error
    missing = lacking(convention, to)
    if missing:
        raise Denied(f"Il manque encore\u00a0: {french.enumeration(missing)}.")


def _settle(convention: Convention, to: State, by: Reader) -> Convention:
    if to is State.TO_SIGN:
        versions.freeze(convention=convention, by=by.user, applies_from=convention.starts_on)
    convention.state = to
    convention.save(update_fields=["state"])
    return convention


@transaction.atomic
def activate(*, convention: Convention, by: Reader) -> Convention:
    """Called by the last signature: the convention becomes active. Raises Denied while one is missing."""
    convention = locked(convention)
    _change(convention, State.ACTIVE)
    record(
        by=by.user, verb="convention.activated", about=convention, organisation_id=by.organisation.pk,
        changes={"state": [convention.state, State.ACTIVE.value]},
    )  # fmt: skip
    return _settle(convention, State.ACTIVE, by)


def lacking(convention: Convention, to: State) -> list[str]:
    """What must still be there, in words: `["la délibération de la CALL", "au moins un axe"]`."""
    return [
        said
        for guard in GUARDS.get((State(convention.state), to), GUARDS_INTO.get(to, ()))
        for said in guard(convention)
    ]


def _axes(convention: Convention) -> list[str]:
    return [] if convention.axes.exists() else ["au moins un axe"]


def _parties(convention: Convention) -> list[str]:
    others = convention.parties.exclude(role=PartyRole.PILOT)
    return [] if others.exists() else ["au moins une autre partie que le pilote"]


def _no_open_correction(convention: Convention) -> list[str]:
    waiting = open_corrections(convention)
    return (
        [f"la réponse à {french.counted(waiting, 'correction demandée', 'corrections demandées')}"] if waiting else []
    )


def open_corrections(convention: Convention) -> int:
    """Corrections that wait for the pilot."""
    return convention.remarks.filter(kind=RemarkKind.CORRECTION, resolved_at__isnull=True).count()


def _deliberations(convention: Convention) -> list[str]:
    parties = convention.parties.select_related("organisation").order_by("pk")
    return [
        f"la délibération {french.elided('de', party.organisation.short_name)} (numéro et date)"
        for party in parties
        if not (party.deliberation_number and party.deliberation_on)
    ]


def _signatories(convention: Convention) -> list[str]:
    parties = convention.parties.select_related("organisation").filter(signatory_name="").order_by("pk")
    return [f"le signataire {french.elided('de', party.organisation.short_name)}" for party in parties]


def _signatures(convention: Convention) -> list[str]:
    version = versions.last(convention)
    if version is None:
        return ["une version arrêtée"]
    signed = set(version.signatures.values_list("party_id", flat=True))
    parties = convention.parties.select_related("organisation").order_by("pk")
    return [
        f"la signature {french.elided('de', party.organisation.short_name)}"
        for party in parties
        if party.pk not in signed
    ]


def _ended(convention: Convention) -> list[str]:
    if convention.ends_on < timezone.localdate():
        return []
    return [f"que sa date de fin soit passée ({french.long_date(convention.ends_on)})"]


Guard = Callable[[Convention], list[str]]
GUARDS: dict[tuple[State, State], tuple[Guard, ...]] = {(State.SUSPENDED, State.ACTIVE): ()}
GUARDS_INTO: dict[State, tuple[Guard, ...]] = {
    State.IN_REVIEW: (_axes, _parties, _no_open_correction),
    State.TO_DELIBERATE: (_axes, _parties, _no_open_correction),
    State.TO_SIGN: (_axes, _parties, _no_open_correction, _deliberations, _signatories),
    State.ACTIVE: (_signatures,),
    State.EXPIRED: (_ended,),
}
