from dataclasses import replace

from etabli.demo.recipe import HOME, METROPOLIS, whole
from tests.etabli.demo.conftest import SMALL


def test_whole_demonstration_holds_lens_lievin_lille_and_eight_peers():
    recipe = whole()
    assert recipe.territories[:2] == (f"epci:{HOME}", f"epci:{METROPOLIS}")
    assert len(recipe.territories) == 10
    assert len(recipe.places[0].communes) == 36


def test_months_follow_one_another_so_that_the_watch_has_something_to_show():
    first, second = whole().months
    assert (second - first).days == 31


def test_mark_changes_with_the_recipe_only():
    assert SMALL.mark == replace(SMALL).mark
    assert SMALL.mark != replace(SMALL, seed=1).mark
