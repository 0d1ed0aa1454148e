"""A signed list of communes stays; what became of its communes is inside, or to decide."""

from datetime import date

import pytest

from etabli.registry import queries
from etabli.registry.models import Perimeter
from maillage.reference.places.tables import Former

SIGNED_ON = date(2015, 1, 1)


def reach(signed, *rows):
    return queries.reach_of(signed, SIGNED_ON, [Former(code, "", kind, commune) for code, kind, commune in rows])


def test_without_merger_the_reach_is_the_list():
    assert reach(["62498", "62510"]) == queries.Reach(frozenset({"62498", "62510"}), ())


def test_a_new_commune_whose_parents_were_all_signed_is_inside():
    merged = reach(["62498", "62510"], ("62498", "deleguee", "62498"), ("62510", "deleguee", "62498"))
    assert merged.codes == {"62498", "62510"}
    assert merged.to_decide == ()


def test_a_new_commune_with_a_parent_outside_is_to_decide_and_keeps_its_past_figures():
    rows = [("62510", "deleguee", "62498"), ("62001", "deleguee", "62498")]
    merged = reach(["62498", "62510"], *rows)
    assert merged.codes == {"62498", "62510"}
    (one,) = merged.to_decide
    assert (one.commune, one.signed, one.outside) == ("62498", ("62510",), ("62001",))
    assert one.alert.startswith("À trancher\u00a0: Lens (62498) réunit aujourd’hui Liévin (62510)")


def test_a_commune_swallowed_by_one_that_was_not_signed_is_to_decide():
    merged = reach(["62510"], ("62510", "ancienne", "62498"))
    assert merged.codes == {"62510"}
    assert [one.outside for one in merged.to_decide] == [("62498",)]


def test_communes_associated_long_before_the_signature_change_nothing():
    assert reach(["62498", "62510"], ("62510", "ancienne", "62498"), ("62777", "associee", "62498")).to_decide == ()


@pytest.mark.django_db
def test_the_signed_list_is_never_written_again():
    signed = Perimeter.objects.create(name="Essai", communes=["62510", "62498"], as_of=SIGNED_ON)
    assert queries.reach(signed).codes == {"62498", "62510"}
    assert Perimeter.objects.get().communes == ["62498", "62510"]
