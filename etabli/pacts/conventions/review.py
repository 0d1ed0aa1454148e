"""Writes of the review: comments, corrections asked for, agreements; and the answers to them."""

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts import access
from etabli.pacts.conventions import moves, policies
from etabli.pacts.conventions.actions import locked
from etabli.pacts.models import Convention, Remark, RemarkKind
from etabli.pacts.workflow import State


@transaction.atomic
def remark(*, convention: Convention, by: Reader, kind: RemarkKind, text: str = "", part: str = "") -> Remark:
    """Say something of the draft. A correction asked for during the review gives the text back to its pilot."""
    convention = locked(convention)
    policies.check_can_remark(by, convention)
    if kind is not RemarkKind.AGREEMENT and not text.strip():
        raise Denied("Écrivez votre remarque\u00a0: elle est vide.")
    made = Remark.objects.create(
        convention=convention, organisation=by.organisation, author=by.user, kind=kind, text=text.strip(),
        part=part.strip()[:120],
    )  # fmt: skip
    record(by=by.user, verb=f"convention.{kind.value}", about=convention, organisation_id=by.organisation.pk)
    if kind is RemarkKind.CORRECTION and State(convention.state) is State.IN_REVIEW:
        moves.move(convention=convention, to=State.CORRECTIONS, by=by)
    return made


@transaction.atomic
def resolve(*, remark: Remark, by: Reader, answer: str = "") -> Remark:
    """The pilot says what was done of a remark; who asked for it may also take it back."""
    own = by.holds(remark.organisation_id) and bool(access.own_parties(by, remark.convention))
    if own:
        policies.check_can_remark(by, remark.convention)
    else:
        policies.check_can_resolve(by, remark.convention)
    if remark.resolved_at:
        raise Denied("Cette remarque est déjà traitée.")
    remark.answer, remark.resolved_at, remark.resolved_by = answer.strip(), timezone.now(), by.user
    remark.save(update_fields=["answer", "resolved_at", "resolved_by"])
    record(by=by.user, verb="remark.resolved", about=remark, organisation_id=by.organisation.pk)
    return remark
