"""What is signed stands before what follows is written: overdue, it applies first; ahead, the next text reads it."""

from datetime import date

import pytest

from etabli.accounts.policies import Denied
from etabli.pacts.conventions import moves, preparing, renewing
from etabli.pacts.models import Convention, Target
from etabli.pacts.reports import actions as reports
from etabli.pacts.workflow import AmendmentState, State
from tests.etabli.cast import as_user
from tests.etabli.pacts.amendments.test_effect import AUTUMN, NEW_YEAR, PARTNER, STRANGER, signed
from tests.etabli.pacts.conftest import parties, party, sign_all

pytestmark = pytest.mark.django_db
LATE = date(2020, 3, 1)


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective and its target."""
    made = draft.axes.get(number=1).objectives.create(
        number=1, title="Entreprises aidées", unit="actes", measure="acts"
    )
    Target.objects.create(objective=made, year=2020, value=120, set_by=octave.user)
    return draft


@pytest.fixture
def active(time_machine, to_sign: Convention, octave) -> Convention:
    made = sign_all(to_sign, octave)
    time_machine.move_to(AUTUMN)
    return made


@pytest.fixture
def changed(active: Convention, octave):
    """Signed in the autumn: other communes, another partner, a lower target, a clause, two more years."""
    objective = active.axes.get(number=1).objectives.get()
    return signed(
        active, octave, CLAUSE="Clause nouvelle.", TARGETS={(objective.pk, "2020"): "90"},
        PERIMETER={"kept": [code for code in active.perimeter.communes if code != "62498"]},
        PARTIES=parties(party(STRANGER, "funder", "Étienne Faure")), DATES=(active.starts_on, date(2022, 12, 31)),
    )  # fmt: skip


def told(made: Convention) -> tuple[int, list[str], str, list[int]]:
    """Communes, parties, clauses, targets."""
    sirens = [one.organisation.siren for one in made.parties.order_by("pk")]
    targets = [int(row.value) for row in Target.objects.filter(objective__axis__convention=made)]
    return len(made.perimeter.communes), sirens, made.clauses, targets


AFTER = (35, ["000000109", STRANGER], "Clause nouvelle.", [90])
BEFORE = (36, ["000000109", PARTNER], "", [120])


def test_a_year_reads_what_is_signed_for_its_first_day(active, octave, changed):
    made = preparing.prepare_year(convention=active, by=octave, year=2020)
    assert told(made) == AFTER
    assert made.ends_on == date(2020, 12, 31), "the framework goes on"
    changed.refresh_from_db()
    active.refresh_from_db()
    assert (changed.state, len(active.perimeter.communes)) == (AmendmentState.SIGNED, 36), "nothing applies before"
    assert preparing.prepare_year(convention=active, by=octave, year=2022).ends_on == date(2022, 12, 31)


def test_a_year_begun_before_the_day_keeps_the_text_of_its_beginning(active, octave):
    kept = [code for code in active.perimeter.communes if code != "62498"]
    signed(active, octave, on=date(2020, 2, 1), PERIMETER={"kept": kept}, CLAUSE="Clause nouvelle.")
    assert told(preparing.prepare_year(convention=active, by=octave, year=2020)) == BEFORE


def test_an_overdue_amendment_applies_before_a_year_is_prepared(active, octave, changed, time_machine):
    time_machine.move_to(LATE)
    assert told(preparing.prepare_year(convention=active, by=octave, year=2020)) == AFTER
    changed.refresh_from_db()
    assert changed.state == AmendmentState.IN_FORCE


def test_a_year_that_follows_another_one_leaves_out_who_leaves_the_framework(active, octave, changed):
    own = preparing.prepare_year(convention=active, by=octave, year=2019)
    assert told(own)[:2] == BEFORE[:2]
    assert told(preparing.prepare_year(convention=active, by=octave, year=2020))[:2] == (35, ["000000109"])


@pytest.mark.parametrize("today", [AUTUMN, LATE])
def test_a_renewal_reads_what_is_signed_due_or_not(active, octave, changed, time_machine, today):
    time_machine.move_to(today)
    assert renewing.dates_after(active)[0] == date(2023, 1, 1)
    with pytest.raises(Denied, match="après la fin"):
        renewing.renew(
            convention=active, by=octave, title="Suite", starts_on=date(2020, 11, 16), ends_on=date(2023, 11, 15)
        )
    made = renewing.renew(
        convention=active, by=octave, title="Suite", starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31)
    )
    assert told(made) == (*AFTER[:3], [])


def test_an_overdue_amendment_applies_before_a_freeze(active, octave, changed, time_machine, no_store, client, cast):
    time_machine.move_to(LATE)
    page = as_user(client, cast.octave).get(f"/pacte/{active.slug}/bilan/2020/").content.decode()
    assert "Le gel commence par là" in page
    report = reports.freeze(convention=active, year=2020, cut_off=LATE, by=octave)
    assert (report.figures.get().target, len(report.head["perimeter"]["communes"])) == (90, 35)
    changed.refresh_from_db()
    assert changed.state == AmendmentState.IN_FORCE


def test_an_overdue_amendment_applies_before_a_second_freeze(active, octave, time_machine, no_store):
    report = reports.freeze(convention=active, year=2019, cut_off=AUTUMN, by=octave)
    made = signed(active, octave, on=date(2019, 12, 1), BUDGET=15_000_000)
    time_machine.move_to(LATE)
    reports.freeze_again(report=report, cut_off=date(2019, 12, 31), reason="Actes tardifs", by=octave)
    made.refresh_from_db()
    assert made.state == AmendmentState.IN_FORCE


def test_an_amendment_that_applies_during_the_count_refuses_the_freeze(
    active, octave, changed, time_machine, no_store, monkeypatch
):
    time_machine.move_to(date(2019, 12, 31))
    counted = reports.freezing.counted

    def slow(*asked):
        found = counted(*asked)
        changed.state = AmendmentState.IN_FORCE
        changed.save(update_fields=["state"])
        return found

    monkeypatch.setattr(reports.freezing, "counted", slow)
    with pytest.raises(Denied, match="pendant le calcul"):
        reports.freeze(convention=active, year=2019, cut_off=date(2019, 12, 31), by=octave)


def test_what_should_apply_does_before_all_is_over(active, octave, changed, time_machine):
    time_machine.move_to(LATE)
    over = moves.move(convention=active, to=State.TERMINATED, by=octave, reason="Fin décidée.")
    assert (over.state, over.clauses) == ("terminated", "Clause nouvelle.")


def test_the_officer_is_told_before_preparing_or_renewing(active, octave, client, cast):
    as_user(client, cast.octave)
    year, renewal = (f"/pacte/{active.slug}/convention/{name}/" for name in ("annee", "renouveler"))
    assert "pas encore en vigueur" not in client.get(year).content.decode()
    signed(active, octave, on=NEW_YEAR, CLAUSE="Clause nouvelle.")
    told = "applicable à compter du 1<sup>er</sup>\u00a0janvier 2020, est signé et pas encore en vigueur"
    for page in (year, renewal):
        assert told in client.get(page).content.decode()
