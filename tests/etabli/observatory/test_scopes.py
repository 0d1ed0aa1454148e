"""The craft scope in the query string."""

from datetime import date

import pytest
from django.http import QueryDict

from etabli.observatory.scopes import ACTIVITIES, SIZES, Reading, reading_from
from maillage.errors import BadQuestion
from maillage.scope import ActivityScope, Scope, SizeScope


def test_nothing_asked_is_the_default():
    assert reading_from(QueryDict("")) == Reading(Scope(ActivityScope.ACTIVITY, SizeScope.UPTO10), None)
    assert reading_from(QueryDict("perimetre=&taille=&le=")) == Reading()


@pytest.mark.parametrize("perimetre", ACTIVITIES)
@pytest.mark.parametrize("taille", SIZES)
@pytest.mark.parametrize("le", ["", "2021-01-01"])
def test_what_is_written_is_read_back(demo, perimetre, taille, le):
    reading = reading_from(QueryDict(f"perimetre={perimetre}&taille={taille}&le={le}"))
    assert reading_from(QueryDict(reading.query().removeprefix("?"))) == reading


def test_the_default_writes_nothing():
    assert Reading().query() == ""
    assert Reading(on=date(2021, 1, 1)).query(page="2") == "?le=2021-01-01&page=2"


@pytest.mark.parametrize(
    ("query", "said"), [("perimetre=x", "certain, activite, possible"), ("taille=x", "10, 49, 249"), ("le=x", "date")]
)
def test_a_wrong_word_is_refused_with_those_that_may_be_written(query, said):
    with pytest.raises(BadQuestion) as refused:
        reading_from(QueryDict(query))
    assert said in refused.value.message
