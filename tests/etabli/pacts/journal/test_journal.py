"""The journal: one's own organisation alone, every verb in words, the same number of queries for one line and fifty."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

import etabli
from etabli.accounts.models import Membership
from etabli.accounts.policies import Reader
from etabli.accounts.roles import Role
from etabli.audit import actions as audit
from etabli.audit.models import Event, Reading
from etabli.pacts.diary import firms
from etabli.pacts.duties.actions import expire_all
from etabli.pacts.journal import values
from etabli.pacts.journal.values import told
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
    for words in (
        "Octave Petit",
        "a écrit la convention",
        "convention : Pacte de Lens",
        "31 décembre 2026 → 31 décembre 2027",
    ):
        assert words in told
    assert "ends_on" not in told


@pytest.mark.parametrize(
    ("verb", "kind", "changes", "words"),
    [
        ("amendment.moved", "pacts.amendment", {"state": ["to_sign", "draft"]}, "état : à signer → projet"),
        ("amendment.opened", "pacts.amendment", {"subjects": [[], ["budget", "dates"]]},
         "objets : rien → montant, dates"),
        ("report.frozen", "pacts.report", {"state": [None, "frozen"]}, "état : rien → figé"),
        ("role_given", "accounts.membership", {"role": [None, "pact_officer"]}, "rôle : rien → chargé du pacte"),
        ("report.agreement_noted", "pacts.report", {"agreed_on": [None, "2026-02-01"]},
         "accord donné le : rien → 1er février 2026"),
        ("convention.written", "pacts.convention", {"budget": [14_000_000, None]}, "montant : 140\u202f000 € → rien"),
        ("objective.changed", "pacts.objective", {"themes": [[], ["numerique", "energie"]]},
         "thèmes : rien → numérique, énergie et rénovation"),
        ("organisation_registered", "accounts.organisation", {"territory": [None, "region:32"]},
         "territoire : rien → Hauts-de-France"),
        ("convention.parties", "pacts.convention", {"sirens": [["1", "2"], ["1"]]}, "SIREN des parties : 1, 2 → 1"),
    ],
)  # fmt: skip
def test_codes_names_and_days_are_told_in_french(verb, kind, changes, words):
    row = Event(verb=verb, object_kind=kind, object_id="1", changes=changes)
    assert [one.replace("\u00a0", " ") for one in told(row)] == [words]


def test_numbers_of_what_has_a_name_are_told_with_it(visit_as, cast, changed):
    axis, chamber = ground.axis(changed, "Transition numérique"), cast.chamber
    several = {
        "model": [None, changed.pk], "shares": [None, {str(axis.pk): 60}], "responsible": [cast.alice.pk, None],
        "sirens": [[chamber.siren], [chamber.siren, "999999999"]], "year": [None, axis.pk],
    }  # fmt: skip
    audit.record(by=cast.octave, verb="convention.prepared", about=axis, organisation_id=chamber.pk, changes=several)
    made = text(visit_as(cast.adele, HERE))
    assert f"convention : Pacte de Lens (n° {changed.pk})" in made
    assert f"axe : Transition numérique (n° {axis.pk})" in made
    for words in (
        f"modèle : rien → Pacte de Lens (n° {changed.pk})",
        f"parts : rien → Transition numérique (n° {axis.pk}) : 60",
        f"responsable : Alice Martin (n° {cast.alice.pk}) → rien",
        f"{chamber.short_name} (SIREN {chamber.siren}), 999999999",
        f"année : rien → {axis.pk}",
    ):
        assert words in made


def test_who_is_helped_is_a_number(visit_as, cast):
    firm = ground.firm()
    audit.record(by=cast.octave, verb="beneficiary_opened", about=firm, organisation_id=cast.chamber.pk)
    assert f"bénéficiaire n° {firm.pk}" in text(visit_as(cast.adele, HERE))


def test_every_change_of_the_code_has_a_name_in_french():
    """A field of the object is told by its own name; the others need a word."""
    source = "\n".join(path.read_text() for path in Path(etabli.__file__).parent.rglob("*.py"))
    spelled = re.findall(r"changes=\{(.+?)\}[,)]", source, re.DOTALL)
    keys = {key for one in spelled for key in re.findall(r'"([a-z_0-9]+)": \[', one)}
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    assert len(keys) > 20
    assert keys - set(values.WORDS) <= fields


def test_who_signed_an_agreement_is_not_told_even_of_former_times():
    changes = {"by": [None, "Luc Bernard, président"], "party": [None, "246200364"]}
    row = Event(verb="report.agreement_noted", object_kind="pacts.report", object_id="1", changes=changes)
    assert "Luc" not in "".join(told(row))


def test_what_the_machine_does_is_in_the_journal_of_the_pilot(cast):
    ground.convention(cast.chamber, ground.LENS, years=(2020, 2020))
    expire_all(on=date(2021, 1, 1))
    assert Event.objects.get(verb="convention.expired").organisation_id == cast.chamber.pk


def test_a_file_opened_is_in_the_journal_of_whose_member_opened_it(cast):
    who = Reader(cast.alice, cast.chamber, frozenset())
    firms.open_chosen(who, firms.PERSON, name="Zoé Martin", commune="62498", on=date(2026, 1, 5))
    assert Event.objects.get(verb="beneficiary_opened").organisation_id == cast.chamber.pk


def test_the_first_of_a_month_is_written_as_such(visit_as, cast, changed):
    first = datetime(2026, 3, 1, 9, tzinfo=UTC)
    Event.objects.create(at=first, organisation_id=cast.chamber.pk, verb="convention.moved",
                         object_kind="pacts.convention", object_id=str(changed.pk))  # fmt: skip
    assert "1er mars 2026, 10:00" in text(visit_as(cast.adele, HERE)).replace("<sup>er</sup>", "er")


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
