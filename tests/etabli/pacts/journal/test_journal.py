"""The journal: one's own organisation alone, every verb in words, the same number of queries for one line and fifty."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import etabli
from etabli.accounts.models import Membership
from etabli.accounts.roles import Role
from etabli.audit import actions as audit
from etabli.audit.models import Event, Reading
from etabli.pacts.journal.wording import WORDS, said
from etabli.pacts.models import RemarkKind
from etabli.pacts.workflow import ReportState
from tests.etabli.cast import Cast, as_user
from tests.etabli.pacts import ground

HERE = "/journal/"


@pytest.fixture
def changed(cast: Cast):
    """The chamber lengthened a pact; the other chamber made one."""
    pact = ground.convention(cast.chamber, ground.LENS, title="Pacte de Lens", short_title="Pacte de Lens")
    changes = {"ends_on": ["2026-12-31", "2027-12-31"], "title": ["10 signes", "12 signes"]}
    audit.record(
        by=cast.octave, verb="convention.written", about=pact, organisation_id=cast.chamber.pk, changes=changes
    )
    other = ground.convention(cast.other_chamber, ground.LENS, title="Pacte étranger", short_title="Pacte étranger")
    audit.record(by=cast.etienne, verb="convention.created", about=other, organisation_id=cast.other_chamber.pk)
    return pact


def text(page) -> str:
    return page.text.replace("\u00a0", " ")


def test_who_changed_what_is_told_in_french(visit_as, cast, changed):
    told = text(visit_as(cast.adele, HERE))
    for words in ("Octave Petit", "a écrit la convention", "convention : Pacte de Lens", "2026-12-31 → 2027-12-31"):
        assert words in told
    assert "ends_on" not in told


def test_another_organisation_is_never_there(visit_as, client, cast, changed):
    assert "Pacte étranger" not in text(visit_as(cast.adele, HERE))
    assert "étranger" not in as_user(client, cast.adele).get("/journal.csv").content.decode()


def test_who_read_what_names_somebody_is_told_without_a_name(visit_as, cast):
    audit.record_reading(
        by=cast.alice, kind="acts.act", purpose="liste des actes", rows=7, organisation_id=cast.chamber.pk
    )
    told = text(visit_as(cast.adele, f"{HERE}?quoi=lectures"))
    assert "Alice Martin" in told
    assert "a lu 7 lignes nominatives" in told
    assert "liste des actes" in told


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?qui={octave}", True), ("?qui={alice}", False), ("?sur=conventions", True), ("?sur=bilans", False),
        ("?du=2026-03-10&au=2026-03-10", True), ("?du=2026-03-11", False), ("?au=2026-03-09", False),
    ],
)  # fmt: skip
def test_filters_are_in_the_address_and_days_are_those_of_paris(visit_as, cast, changed, query, shown):
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # the 10th in Paris
    Event.objects.create(
        at=late, actor_id=cast.octave.pk, organisation_id=cast.chamber.pk, verb="convention.moved",
        object_kind="pacts.convention", object_id=str(changed.pk),
    )  # fmt: skip
    asked = query.format(octave=cast.octave.pk, alice=cast.alice.pk)
    assert ("a changé l’état de la convention" in text(visit_as(cast.adele, f"{HERE}{asked}"))) is shown


def test_a_wrong_day_is_said_and_sets_no_condition(visit_as, cast, changed):
    told = text(visit_as(cast.adele, f"{HERE}?du=2026-05-02&au=2026-05-01"))
    assert "échangez les deux jours" in told


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("read", ["", "?quoi=lectures"])
def test_files_hold_what_is_shown(client, cast, changed, kind, read):
    answer = as_user(client, cast.adele).get(f"/journal.{kind}{read}")
    assert answer.status_code == 200
    if kind == "csv":
        assert ("a écrit la convention" in answer.content.decode()) is (not read)
    assert client.get("/journal.pdf").status_code == 404


def test_only_the_dpo_and_administrators_of_the_organisation_read_it(visit_as, cast, changed):
    visit_as(cast.alice, HERE, status=403)
    visit_as(cast.octave, HERE, status=403)
    Membership.objects.create(user=cast.zoe, organisation=cast.other_chamber, role=Role.DPO)
    assert "Pacte de Lens" not in text(visit_as(cast.zoe, HERE))


def test_fifty_lines_ask_no_more_than_one(visit_as, cast, changed):
    asked = []
    visit_as(cast.adele, HERE)
    for more in (0, 49):
        for _ in range(more):
            audit.record(by=cast.octave, verb="convention.moved", about=changed, organisation_id=cast.chamber.pk)
        with CaptureQueriesContext(connection) as queries:
            visit_as(cast.adele, HERE)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_every_verb_of_the_code_has_words():
    source = "\n".join(path.read_text() for path in Path(etabli.__file__).parent.rglob("*.py"))
    spelled = set(re.findall(r'verb="([^"]+)"', source)) | set(re.findall(r'"(objective\.[a-z_]+)"', source))
    built = {f"convention.{kind.value}" for kind in RemarkKind} | {f"report.{state.value}" for state in ReportState}
    assert spelled | built <= set(WORDS)
    assert said("inconnu") == "inconnu"


def test_what_the_machine_did_is_its_own(visit_as, cast, changed):
    audit.record(by=None, verb="convention.expired", about=changed, organisation_id=cast.chamber.pk)
    assert "l’application" in text(visit_as(cast.adele, HERE))
    assert Reading.objects.count() == 0
