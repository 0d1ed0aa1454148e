"""A comparison names everyone it draws, gives units, and computes nothing the scope cannot have."""

from etabli.observatory.comparison.queries import comparison
from etabli.observatory.scopes import Reading
from etabli.ui import french
from maillage.scope import ActivityScope, Scope

KEYS = ("epci:246200364", "epci:200093201")


def test_titles_of_charts_name_every_territory(demo):
    screen = comparison(KEYS, "", Reading())
    for drawing in screen.drawings:
        assert "Lens-Liévin" in drawing.picture.title
        assert "Métropole Européenne de Lille" in drawing.picture.title


def test_density_and_age_carry_their_unit(demo):
    labels = [measure.label for measure in comparison(KEYS, "", Reading()).measures]
    assert any(label.startswith("Densité") and label.endswith("habitants") for label in labels)
    assert any(label.startswith("Âge") and label.endswith("en ans") for label in labels)


def test_under_the_craft_code_nothing_that_moves_is_compared(demo):
    screen = comparison(KEYS, "", Reading(Scope(ActivityScope.CERTAIN)))
    moving = [measure for measure in screen.measures if measure.card.moment == "during"]
    assert len(moving) == 5
    for measure in moving:
        assert {cell.value for cell in measure.cells} == {french.ABSENT}
        assert all("pas d’historique" in cell.note for cell in measure.cells)
    assert not any(drawing.picture.drawn for drawing in screen.drawings)
