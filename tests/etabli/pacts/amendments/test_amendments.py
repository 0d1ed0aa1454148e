"""Amendments: only what was announced, compared before and after, signed again, the past left as it was."""

from datetime import date
from decimal import Decimal

import pytest

from etabli.accounts.policies import Denied
from etabli.pacts.amendments import actions
from etabli.pacts.changes import difference
from etabli.pacts.documents import versions
from etabli.pacts.models import Amendment, Convention, Subject, Target
from etabli.pacts.workflow import AmendmentState
from maillage.territory import parse
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import party, sign_all

pytestmark = pytest.mark.django_db
ALL = list(Subject)


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective and its targets."""
    made = draft.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    for year, value in ((2018, 100), (2019, 120), (2020, 120)):
        Target.objects.create(objective=made, year=year, value=value, set_by=octave.user)
    return draft


@pytest.fixture
def active(to_sign: Convention, octave) -> Convention:
    """Signed on paper by both parties."""
    return sign_all(to_sign, octave)


def opened(active: Convention, octave, *subjects: Subject, on: date = date(2019, 7, 1)) -> Amendment:
    return actions.open_amendment(
        convention=active, by=octave, subjects=subjects or ALL, reason="Nouvelle année", effective_on=on
    )


def objective_of(convention: Convention):
    return convention.axes.get(number=1).objectives.get()


def test_a_signed_convention_is_amended_and_read_at_its_dates(active, octave):
    amendment = opened(active, octave)
    kept = [code for code in active.perimeter.communes if code != "62498"]
    pk = objective_of(active).pk
    actions.write(amendment=amendment, by=octave, values={
        Subject.DATES: (date(2017, 11, 16), date(2021, 11, 15)),
        Subject.BUDGET: 15_000_000,
        Subject.CLAUSE: "Clause nouvelle.",
        Subject.PERIMETER: {"kept": kept},
        Subject.TARGETS: {(pk, "2019"): "90", (pk, "2020"): "150"},
        Subject.PARTIES: [
            party("000000109", "pilot", "Rose Hubert"), party("246200364", "funder", "Nouvelle présidente"),
            party("245901160", "partner", "Yves"),
        ],
    })  # fmt: skip
    active.refresh_from_db()
    assert (active.budget, active.clauses, active.ends_on) == (14_000_000, "", date(2020, 11, 15)), (
        "nothing before signing"
    )
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    amendment.refresh_from_db()
    assert amendment.state == AmendmentState.IN_FORCE
    assert (active.budget, active.clauses, active.ends_on) == (15_000_000, "Clause nouvelle.", date(2021, 11, 15))
    assert len(active.perimeter.communes) == 35
    assert active.parties.count() == 3
    assert active.parties.get(organisation__siren="246200364").signatory_name == "Nouvelle présidente"
    first, second = (versions.in_force_on(active, day) for day in (date(2019, 6, 30), date(2019, 7, 1)))
    assert [len(one.content["perimeter"]["communes"]) for one in (first, second)] == [36, 35]
    assert versions.in_force_on(active, date(2017, 11, 15)) is None


def test_the_page_of_a_day_leads_to_the_version_that_read_then(active, client, cast):
    as_user(client, cast.basile)
    here = f"/pacte/{active.slug}/convention/versions/"
    assert client.get(f"{here}?le=2018-06-01")["Location"] == f"{here}1/"
    assert client.get(f"{here}?le=2010-06-01").status_code == 403
    assert client.get(f"{here}?le=demain").status_code == 404


def test_a_lowered_target_is_a_new_row_marked_as_such_and_the_old_one_stays(active, octave):
    amendment, pk = opened(active, octave, Subject.TARGETS), objective_of(active).pk
    actions.write(amendment=amendment, by=octave, values={Subject.TARGETS: {(pk, "2019"): "90", (pk, "2020"): "100"}})
    amendment.refresh_from_db()
    table = difference.changes(amendment.base.content, amendment.proposed, amendment.effective_on)
    assert [(one.before, one.after, one.mark) for one in table] == [
        ("120", "90", "cible abaissée après le début de la période"), ("120", "100", ""),
    ]  # fmt: skip
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    rows = Target.objects.filter(objective_id=pk, year=2019).order_by("pk")
    assert [row.value for row in rows] == [Decimal(120), Decimal(90)]
    assert rows.last().reason == "avenant n°\u00a01, cible abaissée après le début de la période"


def test_only_what_was_announced_is_changed(active, octave):
    amendment = opened(active, octave, Subject.DATES)
    with pytest.raises(Denied, match="ne porte pas sur «\u00a0montant"):
        actions.write(amendment=amendment, by=octave, values={Subject.BUDGET: 1})


def test_nothing_to_sign_when_nothing_changes(active, octave):
    with pytest.raises(Denied, match="rien à signer"):
        actions.move(amendment=opened(active, octave), by=octave, to=AmendmentState.TO_SIGN)


def test_one_amendment_at_a_time_within_the_dates_on_a_convention_in_force(active, octave, basile):
    with pytest.raises(Denied, match="entre son début et sa fin"):
        opened(active, octave, on=date(2021, 1, 1))
    with pytest.raises(Denied, match="Seul le pilote"):
        opened(active, basile)
    opened(active, octave)
    with pytest.raises(Denied, match="déjà en préparation"):
        opened(active, octave)
    active.state = "terminated"
    active.save()
    with pytest.raises(Denied, match="en vigueur"):
        opened(active, octave)


def test_an_amendment_taken_back_leaves_its_version_behind_and_makes_another(active, octave):
    amendment = opened(active, octave, Subject.BUDGET)
    for budget in (15_000_000, 16_000_000):
        actions.write(amendment=amendment, by=octave, values={Subject.BUDGET: budget})
        actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
        if budget == 15_000_000:
            actions.move(amendment=amendment, by=octave, to=AmendmentState.DRAFT)
    sign_all(active, octave)
    assert active.budget == 16_000_000
    assert [version.number for version in versions.signed(active)] == [1, 3]


def test_nobody_puts_an_amendment_in_force_by_hand(active, octave):
    with pytest.raises(Denied, match="dernière signature"):
        actions.move(amendment=opened(active, octave), by=octave, to=AmendmentState.IN_FORCE)


def test_a_party_that_leaves_keeps_its_past(active, octave):
    amendment = opened(active, octave, Subject.PARTIES)
    rows = [party("000000109", "pilot", "Rose Hubert"), party("245901160", "funder", "Yves")]
    actions.write(amendment=amendment, by=octave, values={Subject.PARTIES: rows})
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    left = active.parties.get(organisation__siren="246200364")
    assert left.left_on == date(2019, 7, 1)
    assert left.signatures.count() == 1


def test_the_table_compares_whole_contents_naively(active, octave):
    """Twin: two contents are equal exactly when the table is empty."""
    amendment = opened(active, octave)
    assert amendment.base.content == amendment.proposed
    assert difference.changes(amendment.base.content, amendment.proposed, amendment.effective_on) == []
    actions.write(amendment=amendment, by=octave, values={Subject.PERIMETER: {"territory": parse("epci:245901160")}})
    amendment.refresh_from_db()
    table = difference.changes(amendment.base.content, amendment.proposed, amendment.effective_on)
    old, new = (
        {code for code, _ in one["perimeter"]["communes"]} for one in (amendment.base.content, amendment.proposed)
    )
    assert len(table) == 1 + len(old ^ new)


def test_the_pages_open_compare_and_hide(cast, client, visit_as, active, octave):
    as_user(client, cast.octave)
    here = f"/pacte/{active.slug}/avenants/"
    answer = client.post(
        f"{here}nouveau/", {"subjects": ["budget", "targets"], "reason": "x", "effective_on": "2019-07-01"}
    )
    assert answer["Location"] == f"{here}1/"
    pk = objective_of(active).pk
    values = {"budget": "150 000", **{f"target-{pk}-{year}": "90" for year in (2018, 2019, 2020)}}
    assert client.post(f"{here}1/", values).status_code == 302
    page = visit_as(cast.basile, f"{here}1/")
    assert "150\u202f000\u00a0€" in page.text
    assert "cible abaissée après le début de la période" in page.text
    visit_as(cast.octave, f"{here}1/")
    visit_as(cast.octave, here)
    visit_as(cast.etienne, f"{here}1/", status=404)
    as_user(client, cast.octave)
    page = client.post(f"{here}1/", {**values, "budget": "beaucoup"})
    assert page.status_code == 422
    assert 'value="beaucoup"' in page.content.decode()
