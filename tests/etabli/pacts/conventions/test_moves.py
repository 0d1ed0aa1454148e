"""States: the table, what must be there first, who may, and what is left of it in the journal."""

from datetime import date

import pytest

from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts.conventions import actions, moves, review
from etabli.pacts.duties import actions as duties
from etabli.pacts.models import RemarkKind
from etabli.pacts.workflow import TRANSITIONS, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after"), [(one, two) for one in State for two in State if two not in TRANSITIONS[one]]
)
def test_what_the_table_lacks_is_refused_in_french(draft, octave, before, after):
    draft.state = before
    draft.save()
    with pytest.raises(Denied, match=r"ne peut pas devenir|Écrivez en une phrase"):
        moves.move(convention=draft, to=after, by=octave)
    draft.refresh_from_db()
    assert draft.state == before


def test_nothing_is_reviewed_without_partner_nor_axis(draft, octave):
    draft.axes.all().delete()
    with pytest.raises(Denied, match="au moins un axe et au moins une autre partie"):
        moves.move(convention=draft, to=State.IN_REVIEW, by=octave)


def test_every_party_deliberates_before_signing(in_review, octave):
    moves.move(convention=in_review, to=State.TO_DELIBERATE, by=octave)
    with pytest.raises(Denied, match=r"la délibération de CMA Hauts-de-France.* et la délibération de CALL"):
        moves.move(convention=in_review, to=State.TO_SIGN, by=octave)
    for party in in_review.parties.all():
        actions.complete_party(
            party=party, by=octave, deliberation_number="1", deliberation_on=date(2017, 10, 1), signatory_name=""
        )
    with pytest.raises(Denied, match="le signataire de CMA Hauts-de-France"):
        moves.move(convention=in_review, to=State.TO_SIGN, by=octave)
    assert not in_review.versions.exists()


def test_putting_to_sign_freezes_a_version(to_sign):
    (version,) = to_sign.versions.all()
    assert version.content["convention"]["title"] == to_sign.title
    assert version.applies_from == date(2017, 11, 16)
    assert len(version.sha256) == len(version.document.sha256) == 64


def test_nobody_makes_a_convention_active_but_the_last_signature(to_sign, octave):
    with pytest.raises(Denied, match="dernière signature"):
        moves.move(convention=to_sign, to=State.ACTIVE, by=octave)
    with pytest.raises(Denied, match="la signature de CMA Hauts-de-France"):
        moves.activate(convention=to_sign, by=octave)


def test_corrections_after_a_version_make_a_second_one(to_sign, octave):
    moves.move(convention=to_sign, to=State.CORRECTIONS, by=octave)
    actions.write(convention=to_sign, by=octave, budget=15_000_000)
    for state in (State.IN_REVIEW, State.TO_DELIBERATE, State.TO_SIGN):
        moves.move(convention=to_sign, to=state, by=octave)
    first, second = to_sign.versions.order_by("number")
    assert [first.content["convention"]["budget"], second.content["convention"]["budget"]] == [14_000_000, 15_000_000]
    assert first.sha256 != second.sha256


def test_a_correction_gives_the_text_back_and_waits_for_its_answer(in_review, octave, basile):
    asked = review.remark(
        convention=in_review, by=basile, kind=RemarkKind.CORRECTION, part="Axe 2", text="Le montant manque."
    )
    in_review.refresh_from_db()
    assert in_review.state == State.CORRECTIONS
    with pytest.raises(Denied, match="la réponse à 1\u00a0correction demandée"):
        moves.move(convention=in_review, to=State.IN_REVIEW, by=octave)
    review.resolve(remark=asked, by=octave, answer="Ajouté.")
    assert moves.move(convention=in_review, to=State.IN_REVIEW, by=octave).state == State.IN_REVIEW


def test_a_partner_steers_nothing_else(in_review, basile):
    for state in (State.TO_DELIBERATE, State.ABANDONED):
        with pytest.raises(Denied, match="Seul le pilote"):
            moves.move(convention=in_review, to=state, by=basile, reason="x")


def test_a_partner_agrees_comments_and_takes_back_its_own_remark(in_review, basile, luc, octave):
    review.remark(convention=in_review, by=luc, kind=RemarkKind.AGREEMENT)
    said = review.remark(convention=in_review, by=basile, kind=RemarkKind.COMMENT, text="Bien.")
    review.resolve(remark=said, by=basile)
    with pytest.raises(Denied, match="déjà traitée"):
        review.resolve(remark=said, by=octave)
    with pytest.raises(Denied, match="vide"):
        review.remark(convention=in_review, by=basile, kind=RemarkKind.COMMENT, text="  ")


def test_a_partner_does_not_answer_for_the_pilot(in_review, basile, octave):
    said = review.remark(convention=in_review, by=octave, kind=RemarkKind.COMMENT, text="À voir.")
    with pytest.raises(Denied, match="Seul le pilote"):
        review.resolve(remark=said, by=basile)


def test_nobody_remarks_on_a_draft(two_parties, octave):
    with pytest.raises(Denied, match="pendant la relecture"):
        review.remark(convention=two_parties, by=octave, kind=RemarkKind.COMMENT, text="x")


def test_abandoning_says_why(two_parties, octave):
    with pytest.raises(Denied, match="pourquoi"):
        moves.move(convention=two_parties, to=State.ABANDONED, by=octave, reason=" ")
    moves.move(convention=two_parties, to=State.ABANDONED, by=octave, reason="L’agglomération renonce.")
    assert two_parties.remarks.get().text == "L’agglomération renonce."


def test_every_move_is_in_the_journal_with_both_states(to_sign):
    told = Event.objects.filter(verb="convention.moved", object_id=str(to_sign.pk)).order_by("pk")
    assert [event.changes["state"] for event in told] == [
        ["draft", "in_review"], ["in_review", "to_deliberate"], ["to_deliberate", "to_sign"],
    ]  # fmt: skip


def test_what_has_ended_expires_by_itself_once(to_sign, draft):
    to_sign.state = State.ACTIVE
    to_sign.save()
    assert duties.expire_all(on=date(2020, 11, 15)) == 0
    assert duties.expire_all(on=date(2020, 11, 16)) == 1
    assert duties.expire_all(on=date(2020, 11, 16)) == 0
    to_sign.refresh_from_db()
    assert to_sign.state == State.EXPIRED
    assert Event.objects.get(verb="convention.expired").actor_id is None
