"""What an amendment must not let happen: a party that never signed, a pilot lost, an order of effect undone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from etabli.accounts.policies import Denied
from etabli.accounts.roles import Role
from etabli.pacts import access
from etabli.pacts.amendments import actions
from etabli.pacts.conventions import moves, preparing
from etabli.pacts.documents import versions
from etabli.pacts.documents.snapshot import content_of
from etabli.pacts.meetings.policies import check_can_manage
from etabli.pacts.models import Amendment, Convention, Report, Subject
from etabli.pacts.objectives.standing import standings_of
from etabli.pacts.reports.actions import waiting_for
from etabli.pacts.signatures import actions as signatures
from etabli.pacts.workflow import AmendmentState, State
from tests.etabli.cast import as_user, person
from tests.etabli.pacts.conftest import parties, party, reader, sign_all

pytestmark = pytest.mark.django_db
STRANGER, PARTNER = "000000208", "246200364"


@pytest.fixture
def active(to_sign: Convention, octave) -> Convention:
    return sign_all(to_sign, octave)


def opened(active: Convention, octave, *subjects: Subject, on: date = date(2019, 7, 1)) -> Amendment:
    return actions.open_amendment(
        convention=active, by=octave, subjects=subjects, reason="Nouvelle année", effective_on=on
    )


def put_to_sign(active: Convention, octave, amendment: Amendment, **values: object) -> Amendment:
    actions.write(amendment=amendment, by=octave, values={Subject[name]: value for name, value in values.items()})
    return actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)


def with_a_third(active: Convention, octave) -> Amendment:
    """The other chamber is to come in; nobody has signed yet."""
    rows = parties(party(PARTNER, "funder", "Luc Bernard"), party(STRANGER, "partner", "Étienne Faure"))
    return put_to_sign(active, octave, opened(active, octave, Subject.PARTIES), PARTIES=rows)


def sees(etienne, active: Convention) -> bool:
    return access.visible(etienne).filter(pk=active.pk).exists()


def test_who_has_not_signed_the_amendment_is_no_party_yet(active, octave, etienne, cast):
    with_a_third(active, octave)
    assert sees(etienne, active), "to read what there is to sign"
    assert [row["siren"] for row in content_of(active)["parties"]] == ["000000109", PARTNER]
    counted = standings_of([active])[active.pk].organisations
    assert cast.other_chamber.pk not in counted, "none of its acts counts"
    with pytest.raises(Denied, match="n’est pas partie"):
        check_can_manage(etienne, active)
    sign_all(active, octave)
    assert cast.other_chamber.pk in standings_of([active])[active.pk].organisations
    check_can_manage(etienne, active)


@pytest.mark.parametrize("to", [AmendmentState.ABANDONED, AmendmentState.DRAFT])
def test_an_amendment_that_is_not_signed_leaves_no_party_behind(active, octave, etienne, to):
    amendment = with_a_third(active, octave)
    actions.move(amendment=amendment, by=octave, to=to)
    assert active.parties.count() == 2
    assert not sees(etienne, active)


def test_the_signature_of_an_amendment_abandoned_since_opens_nothing(active, octave, etienne, cast):
    amendment = with_a_third(active, octave)
    version = versions.last(active)
    signer = reader(person("Sara Élue", cast.other_chamber, Role.ELECTED))
    version.signatures.create(
        party=active.parties.get(organisation=cast.other_chamber), organisation=cast.other_chamber,
        method="electronic", signed_on=timezone.localdate(), recorded_by=signer.user, name="Sara",
        version_sha256=version.sha256, seal="x",
    )  # fmt: skip
    assert signatures.seal_holds(version.signatures.get()) is False
    actions.move(amendment=amendment, by=octave, to=AmendmentState.ABANDONED)
    assert not sees(etienne, active)
    assert len(content_of(active)["parties"]) == 2
    put_to_sign(active, octave, opened(active, octave, Subject.BUDGET), BUDGET=15_000_000)
    assert not sees(etienne, active), "what others sign later is none of its business"
    actions.move(amendment=Amendment.objects.get(number=2), by=octave, to=AmendmentState.ABANDONED)
    with_a_third(active, octave)
    assert sees(etienne, active), "named again"


def test_who_left_does_nothing_in_the_pact_any_more(active, octave, basile):
    check_can_manage(basile, active)
    active.parties.filter(organisation__siren=PARTNER).update(left_on=timezone.localdate())
    with pytest.raises(Denied, match="n’est pas partie"):
        check_can_manage(basile, active)
    active.parties.filter(organisation__siren=PARTNER).update(left_on=timezone.localdate() + timedelta(1))
    check_can_manage(basile, active)


def test_who_left_is_no_party_of_the_next_year(active, octave):
    active.parties.filter(organisation__siren=PARTNER).update(left_on=date(2018, 6, 30))
    made = {
        year: preparing.prepare_year(convention=active, by=octave, year=year) for year in (2018, 2019)
    }  # fmt: skip
    assert made[2018].parties.get(organisation__siren=PARTNER).left_on == date(2018, 6, 30)
    assert not made[2019].parties.filter(organisation__siren=PARTNER).exists()


@pytest.mark.parametrize("siren", ["000000109", PARTNER])
def test_an_organisation_is_a_party_once(active, octave, siren):
    """A second line for the pilot, as a partner, would leave the convention without anybody to write it."""
    rows = parties(party(PARTNER, "funder"), party(siren, "partner"))
    with pytest.raises(Denied, match="qu’une fois"):
        actions.write(amendment=opened(active, octave, Subject.PARTIES), by=octave, values={Subject.PARTIES: rows})


@pytest.mark.parametrize("siren", ["000000109", PARTNER, STRANGER])
def test_an_organisation_is_a_party_of_a_draft_once(draft, octave, client, cast, siren):
    typed = {"parties-TOTAL_FORMS": "3", "parties-INITIAL_FORMS": "1"}
    for number, row in enumerate([("000000109", "pilot"), (STRANGER, "funder"), (siren, "partner")]):
        typed |= {f"parties-{number}-siren": row[0], f"parties-{number}-role": row[1]}
    answer = as_user(client, cast.octave).post(f"/pacte/{draft.slug}/convention/parties/", typed)
    assert answer.status_code == (302 if siren == PARTNER else 422)
    assert access.is_pilot(octave, Convention.objects.get(pk=draft.pk))


def test_a_new_party_has_a_true_number_and_a_name(active, octave, client, cast):
    amendment = opened(active, octave, Subject.PARTIES)
    here = f"/pacte/{active.slug}/avenants/{amendment.number}/"
    as_user(client, cast.octave)
    for typed, told in (
        ({"new_siren": "123456789", "new_name": "X"}, "Ce SIREN n’existe pas"),
        ({"new_siren": "552100554"}, "écrivez le nom de l’organisation"),
        ({"new_siren": "552 100 554", "new_name": "EDF", f"signatory-{PARTNER}": "x" * 121}, "120 caractères"),
        ({"new_siren": PARTNER, f"keep-{PARTNER}": "on"}, "qu’une fois"),
    ):
        answer = client.post(here, typed)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert client.post(here, {"new_siren": "552 100 554", "new_name": "EDF"}).status_code == 302


def test_a_commune_taken_out_of_the_proposal_is_put_back(active, octave, client, cast):
    amendment = opened(active, octave, Subject.PERIMETER)
    here = f"/pacte/{active.slug}/avenants/{amendment.number}/"
    signed = active.perimeter.communes
    as_user(client, cast.octave)
    for kept in (signed[1:], signed):
        assert client.post(here, {"communes": kept}).status_code == 302
        amendment.refresh_from_db()
        assert sorted(code for code, _ in amendment.proposed["perimeter"]["communes"]) == sorted(kept)


def test_an_amendment_takes_no_effect_before_the_one_it_completes(active, octave):
    """The text of a day is that of the latest effect: the second amendment would never have been read."""
    put_to_sign(active, octave, opened(active, octave, Subject.BUDGET), BUDGET=15_000_000)
    sign_all(active, octave)
    with pytest.raises(Denied, match="au plus tôt le 1er\u00a0juillet 2019"):
        opened(active, octave, Subject.BUDGET, on=date(2019, 6, 30))
    put_to_sign(active, octave, opened(active, octave, Subject.BUDGET), BUDGET=16_000_000)
    sign_all(active, octave)
    assert versions.in_force_on(active, date(2020, 1, 1)).content["convention"]["budget"] == 16_000_000


def test_a_convention_that_was_ended_is_not_amended_by_a_late_signature(active, octave):
    put_to_sign(active, octave, opened(active, octave, Subject.BUDGET), BUDGET=15_000_000)
    moves.move(convention=active, to=State.TERMINATED, by=octave, reason="Fin")
    with pytest.raises(Denied, match="n’est plus, à signer"):
        sign_all(active, octave)
    active.refresh_from_db()
    assert active.budget == 14_000_000


def test_a_report_waits_for_nobody_who_has_not_signed(active, octave):
    with_a_third(active, octave)
    report = Report(convention=active, year=2019)
    report.pk = 0
    assert waiting_for(report) == ["CMA Hauts-de-France", "CALL"]
