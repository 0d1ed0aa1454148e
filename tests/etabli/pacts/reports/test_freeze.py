"""Frozen = frozen: whatever happens in the ledger, the pact or the territory after a freeze."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etabli.accounts.models import OrganisationSuccession
from etabli.accounts.policies import Denied
from etabli.acts.kinds import ActKind
from etabli.acts.models import Act
from etabli.pacts.models import (
    Evidence,
    FrozenFigure,
    FrozenRow,
    Measure,
    Objective,
    Party,
    PartyRole,
    Report,
    Target,
)
from etabli.pacts.reports import actions
from etabli.pacts.reports.differences import differences
from etabli.pacts.reports.seal import broken
from etabli.pacts.workflow import State
from etabli.papers.models import Document
from etabli.registry.models import Beneficiary, BeneficiaryIdentity
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
CUT_OFF = date(2025, 12, 31)


@pytest.fixture(autouse=True)
def january(time_machine):
    time_machine.move_to(date(2026, 1, 20))


@pytest.fixture
def pact(cast):
    """A running pact of the chamber and the agglomération."""
    made = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="lens-lievin", years=(2024, 2026))
    Party.objects.create(convention=made, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    return made


@pytest.fixture
def visited(cast, pact):
    """Firms visited, thirty wanted in 2025; six of them were, one twice."""
    one = ground.objective(ground.axis(pact), title="Entreprises visitées", kinds=[ActKind.VISIT])
    Target.objects.create(objective=one, year=2025, value=30, set_by=cast.octave)
    for number in range(6):
        who = ground.firm()
        ground.act(cast.chamber, "2025-03-10", who, commune=LIEVIN if number == 0 else LENS, minutes=30)
    ground.act(cast.chamber, "2025-04-10", who, minutes=45)
    ground.act(cast.chamber, "2024-04-10", ground.firm())
    ground.act(cast.chamber, "2026-01-10", ground.firm())
    return one


def freeze(pact, by, **more) -> Report:
    return actions.freeze(**{"convention": pact, "year": 2025, "cut_off": CUT_OFF, "by": by} | more)


def kept(report: Report) -> list[tuple]:
    """Everything that was frozen, read from the tables."""
    figures = FrozenFigure.objects.filter(report=report).order_by("pk").values_list()
    rows = FrozenRow.objects.filter(figure__report=report).order_by("pk").values_list()
    return [*figures, *rows, Report.objects.filter(pk=report.pk).values_list().get()]


def test_the_frozen_figure_is_what_a_naive_count_finds_and_its_rows_are_the_acts_counted(pact, visited, octave):
    report = freeze(pact, octave)
    figure = report.figures.get()
    rows = [act for act in Act.objects.all() if act.day.year == 2025]
    assert figure.value == len({act.beneficiary_id for act in rows}) == 6
    assert set(figure.rows.values_list("act", flat=True)) == {act.pk for act in rows}
    assert (figure.target, figure.firms, figure.counted_from, figure.counted_to) == (
        Decimal(30), 6, date(2025, 1, 1), CUT_OFF,
    )  # fmt: skip
    assert {part[1]: part[2] for part in figure.parts} == {"Lens": 5, "Liévin": 1}
    assert dict(figure.definition)["On compte"].startswith("chaque entreprise ou personne une seule fois")
    assert broken(report) == []


def test_acts_after_the_cut_off_are_not_counted(pact, visited, octave):
    report = freeze(pact, octave, cut_off=date(2025, 3, 31))
    assert report.figures.get().rows.count() == 6


def test_a_late_act_and_a_reversal_are_listed_and_change_nothing_frozen(pact, visited, octave, cast):
    report = freeze(pact, octave)
    before = kept(report)
    assert differences(report) == []
    ground.act(cast.chamber, "2025-05-05", ground.firm())
    ground.act(cast.chamber, "2025-05-06", ground.firm())
    ground.reverse(Act.objects.get(commune=LIEVIN))
    [moved] = differences(report)
    assert (moved.figure.value, moved.today, moved.late, moved.gone) == (6, 7, 2, 1)
    assert moved.sentence == (
        "figé à 6, serait 7 aujourd’hui\u00a0: 2\u00a0lignes arrivées depuis et 1\u00a0ligne qui ne compte plus"
    )
    assert kept(report) == before


def test_a_correction_is_a_line_with_author_and_reason_beside_the_frozen_figure(pact, visited, octave, basile):
    report = freeze(pact, octave)
    figure, before = report.figures.get(), kept(report)
    line = actions.correct(figure=figure, by=octave, value=Decimal(7), reason="Visite du 5 mai saisie en janvier")
    assert (line.author, line.value, kept(report)) == (octave.user, 7, before)
    with pytest.raises(Denied, match="pilote"):
        actions.correct(figure=figure, by=basile, value=Decimal(1), reason="Non")


EVENTS = ("late", "reversal", "merge", "rename", "target", "title", "anonymous", "succession", "perimeter", "left")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=6))
def test_whatever_happens_after_the_freeze_what_is_frozen_stays(pact, visited, octave, cast, happened):
    with transaction.atomic():
        report = freeze(pact, octave)
        before = kept(report)
        for event in happened:
            happens(event, cast, visited)
        assert kept(report) == before
        assert broken(report) == []
        transaction.set_rollback(True)


def happens(event: str, cast, objective: Objective) -> None:  # noqa: C901 - one case an event
    """One thing that may befall a pact after its report."""
    convention = objective.axis.convention
    standing = Act.objects.filter(reverses__isnull=True, reversed_by__isnull=True).order_by("pk").first()
    match event:
        case "late":
            ground.act(cast.chamber, "2025-05-05", ground.firm())
        case "reversal" if standing:
            ground.reverse(standing)
        case "merge":
            firms = list(Beneficiary.objects.order_by("pk")[:2])
            firms[0].canonical = None if firms[0].canonical else firms[1]
            firms[0].save()
        case "rename":
            convention.title = f"{convention.title} bis"
            convention.save()
        case "target":
            Target.objects.create(objective=objective, year=2025, value=3, set_by=cast.octave)
        case "title":
            Objective.objects.filter(pk=objective.pk).update(title="Autre", kinds=[ActKind.TRAINING])
        case "anonymous":
            BeneficiaryIdentity.objects.all().delete()
        case "succession":
            OrganisationSuccession.objects.get_or_create(
                predecessor=cast.agglomeration, successor=cast.other_chamber, defaults={"on": date(2026, 1, 1)}
            )
        case "perimeter":
            convention.perimeter = ground.perimeter(AVION)
            convention.save()
        case "left":
            convention.parties.filter(organisation=cast.agglomeration).update(left_on=date(2026, 1, 1))


@pytest.mark.parametrize("model", [Report, FrozenFigure, FrozenRow])
def test_the_database_refuses_to_change_or_delete_what_is_frozen(pact, visited, octave, model):
    freeze(pact, octave)
    table = model._meta.db_table
    for statement in (f'UPDATE "{table}" SET id = id', f'DELETE FROM "{table}"'):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_seal_sees_a_changed_figure_and_a_changed_row(pact, visited, octave):
    report = freeze(pact, octave)
    report.head["title"] = "Autre titre"
    assert broken(report) == ["Les chiffres ne sont plus ceux du gel."]
    late = ground.act(octave.organisation)
    FrozenRow.objects.create(figure=report.figures.get(), act=late)
    assert len(broken(Report.objects.get())) == 1


def test_typed_evidence_is_frozen_with_its_piece(pact, octave, cast):
    one = ground.objective(ground.axis(pact), measure=Measure.EVIDENCE, title="Affiches", unit="affiches")
    piece = Document.objects.create(name="bon.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x")
    for day, value in ((date(2025, 2, 1), 900), (date(2025, 3, 1), 14), (date(2024, 3, 1), 50)):
        Evidence.objects.create(
            objective=one, day=day, value=value, label="Bon", document=piece, typed_by=cast.octave
        )  # fmt: skip
    figure = freeze(pact, octave).figures.get()
    assert (figure.value, figure.rows.count(), figure.firms) == (914, 2, 0)


def test_a_year_freezes_once_on_a_day_of_the_year_or_after_and_never_ahead(pact, visited, octave, basile):
    for more, why in (
        ({"cut_off": date(2026, 2, 1)}, "à venir"), ({"cut_off": date(2024, 12, 31)}, "précède"),
        ({"year": 2031}, "ne court pas"), ({"by": basile}, "pilote"),
    ):  # fmt: skip
        with pytest.raises(Denied, match=why):
            freeze(pact, octave, **more) if "by" not in more else freeze(pact, more["by"])
    freeze(pact, octave)
    with pytest.raises(Denied, match="déjà figé"):
        freeze(pact, octave)


def test_a_convention_not_signed_has_no_report(pact, visited, octave):
    pact.state = State.DRAFT
    pact.save()
    with pytest.raises(Denied, match="signée"):
        freeze(pact, octave)
