"""A comparison names everyone it draws, gives units, and computes nothing the scope cannot have."""

from etabli.observatory.comparison.chosen import chosen_from
from etabli.observatory.comparison.queries import comparison
from etabli.observatory.scopes import Reading
from etabli.ui import french
from maillage.scope import ActivityScope, Scope

KEYS = ("epci:246200364", "epci:200093201")


def compared(reading=Reading()):  # noqa: B008 - frozen
    return comparison(chosen_from(KEYS, reading))


def test_titles_of_charts_name_every_territory(demo):
    for drawing in compared().drawings:
        assert "Lens-Liévin" in drawing.picture.title
        assert "Métropole Européenne de Lille" in drawing.picture.title


def test_density_and_age_carry_their_unit(demo):
    units = {measure.id: measure.unit for measure in compared().measures}
    assert units["density"] == "pour 10\u202f000\u00a0habitants"
    assert units["age"] == "en années"


def test_under_the_craft_code_nothing_that_moves_is_compared(demo):
    screen = compared(Reading(Scope(ActivityScope.CERTAIN)))
    moving = [measure for measure in screen.measures if measure.card.moment == "during"]
    assert len(moving) == 7
    for measure in moving:
        assert {cell.value for cell in measure.cells} == {french.ABSENT}
        assert {cell.note for cell in measure.cells} == {"non calculable"}
    assert [drawing.picture.drawn for drawing in screen.drawings] == [True, False, False, False]
    assert "pas d’historique" in screen.apart
