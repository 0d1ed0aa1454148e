"""An act is of the theme of its axis; where objectives tell its themes apart, of the one that its author says."""

import pytest

from etabli.acts.models import Act
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
DIARY = "/atelier/carnet/"


@pytest.fixture
def axis(pact):
    """Creation and takeover: an objective for each, that count the same kind."""
    made = ground.axis(pact, "Création et reprise", themes=["creation", "transmission"])
    ground.objective(made, title="Porteurs de projet reçus", kinds=["appointment_held"], themes=["creation"])
    ground.objective(made, title="Cédants reçus", kinds=["appointment_held"], themes=["transmission"])
    return made


@pytest.fixture
def sent(client, cast, typed, axis):
    def send(address=DIARY, **more):
        fields = typed(kind="appointment_held", axis=str(axis.pk), commune="Lens", **more)
        return as_user(client, cast.alice).post(address, fields)

    return send


def test_the_theme_is_asked_and_nothing_is_noted_meanwhile(sent):
    asked = sent()
    assert (asked.status_code, Act.objects.count()) == (422, 0)
    assert "dites lequel\u00a0: création ou transmission et reprise, ou aucun" in asked.content.decode()


@pytest.mark.parametrize(
    ("theme", "kept"), [("creation", "|creation|"), ("transmission", "|transmission|"), ("aucun", "")]
)
def test_the_one_that_is_said_is_kept(sent, theme, kept):
    assert sent(theme=theme).status_code == 302
    assert Act.objects.get().themes == kept


def test_a_theme_that_the_axis_has_not_is_refused(sent):
    asked = sent(theme="energie")
    assert (asked.status_code, Act.objects.count()) == (422, 0)
    assert "n’a pas ce thème" in asked.content.decode()


def test_themes_that_one_objective_counts_together_are_not_asked(sent, axis):
    axis.objectives.filter(title="Cédants reçus").update(themes=["creation", "transmission"])
    assert sent().status_code == 302
    assert Act.objects.get().themes == "|creation|transmission|"


def test_a_correction_may_say_another_theme_and_keeps_the_one_said(sent):
    sent(theme="creation")
    first = Act.objects.get()
    key = "3f2b8a52-0b8e-4b6e-9d3c-0a4f5f0f5a12"
    assert sent(f"/atelier/carnet/{first.pk}/corriger/", theme="transmission", key=key).status_code == 302
    last = Act.objects.order_by("pk").last()
    assert (last.themes, last.reverses_id) == ("|transmission|", None)
