"""A dashboard that says another figure than the published report says the report's too, and what its figures are of."""

from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Aggregation, Measure, Nature, ReportMove, Target
from etabli.pacts.reports import actions
from etabli.pacts.workflow import ReportState
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS

pytestmark = pytest.mark.django_db
HERE = "/pacte/lens-lievin/"
YEARS = (2024, 2025, 2026)


def shown(client, user, address):
    response = as_user(client, user).get(f"{HERE}{address}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def publish(told, by):
    ReportMove.objects.create(report=told, state=ReportState.PUBLISHED, by=by.user, organisation=by.organisation)


@pytest.fixture
def late(cast, told):
    """A visit of the frozen year that was noted after the freeze."""
    return ground.act(cast.chamber, "2025-04-01", ground.firm(), commune=LENS)


@pytest.fixture
def places(told):
    """Every page where the figure of 2025 stands."""
    one = told.convention.axes.get(number=1).objectives.get()
    return ["?annee=2025", "copil/?annee=2025&vue=2", f"objectifs/{one.pk}/?annee=2025", "annees/"]


def test_the_published_figure_stands_beside_another_one(client, cast, told, octave, late, places):
    for place in places:
        assert "bilan publié" not in shown(client, cast.octave, place)
    publish(told, octave)
    for place in places:
        for person in (cast.octave, cast.basile, cast.luc):
            seen = shown(client, person, place)
            assert seen.count("bilan publié : 10<") == 1, place
            assert '<a href="/pacte/lens-lievin/bilan/2025/">bilan publié' in seen
    assert "bilan publié" not in shown(client, cast.octave, "")
    assert "bilan publié" not in shown(client, cast.octave, "?annee=2026")


def test_nothing_is_said_of_a_figure_that_is_still_the_same(client, cast, told, octave, places):
    publish(told, octave)
    for place in places:
        assert "bilan publié" not in shown(client, cast.octave, place)


def test_a_correction_is_told_with_the_frozen_figure(client, cast, told, octave, late, places):
    publish(told, octave)
    actions.correct(figure=told.figures.get(measure=Measure.BENEFICIARIES, value=10), by=octave, value=Decimal(11),
                    reason="Visite notée tard")  # fmt: skip
    assert "bilan publié : 10, corrigé depuis : 11<" in shown(client, cast.octave, places[0])


def test_as_many_queries_with_one_published_figure_as_with_twenty(client, cast, told, octave, late):
    publish(told, octave)

    def queries():
        with CaptureQueriesContext(connection) as told_ones:
            seen = shown(client, cast.octave, "?annee=2025")
        return len(told_ones), seen.count("bilan publié")

    queries()
    few = queries()
    axis = told.convention.axes.get(number=1)
    for _ in range(19):
        ground.objective(axis, kinds=[ActKind.VISIT])
    told.figures.model.objects.bulk_create(_copies(told, axis))
    assert queries() == (few[0], few[1] + 19)


def _copies(told, axis):
    first = told.figures.order_by("pk").first()
    for one in axis.objectives.exclude(pk=first.objective_id):
        yield first.__class__(**{
            field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields
            if field.attname not in ("id", "objective_id", "number")
        }, objective=one, number=one.number)  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "targets", "whole", "year"),
    [
        ({}, YEARS, "Chiffre et cible : sommes des années 2024 à 2026", ""),
        ({}, (2025,), "Chiffre de toutes les années, cible de 2025 seulement", ""),
        ({}, (2025, 2026), "Chiffre de toutes les années, cibles de 2025 et 2026 seulement", ""),
        ({"aggregation": Aggregation.MEAN}, YEARS, "Chiffre et cible : moyennes des années 2024 à 2026", ""),
        ({"aggregation": Aggregation.LAST}, YEARS, "Cible de 2026, chiffre de 2026", ""),
        ({"nature": Nature.STOCK}, (2024, 2025), "Cible de 2025, chiffre de 2026",
         "Chiffre depuis le début de la convention, cible de 2025"),
    ],
)  # fmt: skip
def test_a_gauge_says_of_which_years_its_figure_and_its_target_are(client, cast, told, fields, targets, whole, year):
    told.convention.axes.get(number=2).objectives.all().update(withdrawn_at="2025-01-01T00:00Z")
    told.convention.axes.get(number=1).objectives.all().update(withdrawn_at="2025-01-01T00:00Z")
    one = ground.objective(ground.axis(told.convention, "Autre"), kinds=[ActKind.VISIT], **fields)
    for target in targets:
        Target.objects.create(objective=one, year=target, value=4, set_by=cast.octave)
    assert f">{whole}<" in shown(client, cast.octave, "")
    seen = shown(client, cast.octave, "?annee=2025")
    assert (f">{year}<" in seen) if year else ("Chiffre" not in seen.replace("Chiffres", ""))
