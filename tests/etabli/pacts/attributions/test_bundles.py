"""Attributions packed by axis: the last word stands, whoever writes at once; a difference is said and made right."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from etabli.acts.models import Bundle
from etabli.pacts.attributions import actions, bundles
from etabli.pacts.models import AttributionBundle
from tests.etabli.acts.test_concurrency import at_once
from tests.etabli.pacts import ground


def written():
    """Two axes of one pact, an act, and who attributes it."""
    chamber = ground.organisation()
    pact = ground.convention(chamber, ground.LENS)
    return pact, [ground.axis(pact), ground.axis(pact, "Énergie")], ground.act(chamber), ground.person("Diane")


def standing(pact):
    return {axis: (given.acts.tolist(), given.shares.tolist()) for axis, given in bundles.read([pact.pk]).items()}


@pytest.mark.django_db
def test_the_last_word_stands_and_a_withdrawn_act_is_out():
    pact, (one, other), act, diane = written()
    for axis, share in ((one, 30), (other, 100), (one, 60), (other, 0)):
        actions.attribute(by=diane, act=act, axis=axis, share=share)
    assert standing(pact) == {one.pk: ([act.pk], [60]), other.pk: ([], [])}
    assert bundles.wrong() == []


@pytest.mark.parametrize("longest_table", [50_000_000, 5])
def test_words_written_out_of_order_and_numbers_beyond_any_table(monkeypatch, longest_table):
    monkeypatch.setattr(bundles, "SPARSE", longest_table)
    records = [(1, 9, 30), (4, 9, 70), (2, 8, 100), (5, 8, 0), (3, 7, 10)]
    given = bundles._standing(1, np.array(records, dtype=bundles.RECORD).tobytes())
    assert (given.acts.tolist(), given.shares.tolist()) == ([7, 9], [10, 70])
    assert given.to(np.array([9, 6, 8, 10, 7], dtype=np.uint32)).tolist() == [70, 0, 0, 0, 10]


@pytest.mark.django_db
def test_the_axes_of_the_years_of_a_framework_are_read_with_it():
    pact, _, act, diane = written()
    year = ground.axis(ground.convention(ground.organisation(), ground.LENS, framework=pact, kind="annual"))
    actions.attribute(by=diane, act=act, axis=year)
    assert bundles.read([pact.pk])[year.pk].pact == pact.pk
    assert bundles.read([]) == {}


@pytest.mark.django_db
def test_a_full_bundle_is_followed_by_another_one(monkeypatch):
    monkeypatch.setattr(bundles, "CAPACITY", 2)
    pact, (axis, _), act, diane = written()
    for share in (10, 20, 30, 40, 50):
        actions.attribute(by=diane, act=act, axis=axis, share=share)
    assert list(AttributionBundle.objects.order_by("pk").values_list("size", flat=True)) == [2, 2, 1]
    assert bundles.rebuild() == 5
    assert standing(pact) == {axis.pk: ([act.pk], [50])}


@pytest.mark.django_db
def test_the_command_says_what_differs_and_makes_it_again(capsys):
    _, (axis, _), act, diane = written()
    actions.attribute(by=diane, act=act, axis=axis)
    call_command("bundles", "--check")
    Bundle.objects.update(packed=b"", size=0)
    AttributionBundle.objects.update(packed=b"", size=0)
    with pytest.raises(CommandError, match=r"visit_made 2025 \(organisation \d+\), axe Numérique"):
        call_command("bundles", "--check")
    call_command("bundles")
    call_command("bundles", "--check")
    said = "Les paquets sont égaux aux actes et à leurs rattachements."
    assert capsys.readouterr().out.splitlines() == [said, "1\u00a0acte et 1\u00a0rattachement en paquets.", said]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_hands_attribute_at_once_and_nothing_is_lost():
    pact, (axis, other), first, diane = written()
    acts = [first, *(ground.act(first.organisation) for _ in range(5))]
    works = [lambda act=act: actions.attribute(by=diane, act=act, axis=axis) for act in acts]
    assert at_once(*works, lambda: actions.move(by=diane, act=first, axis=other), bundles.rebuild) == 0
    assert bundles.wrong() == []
    given = standing(pact)
    assert {*given[axis.pk][0], *given[other.pk][0]} == {act.pk for act in acts}
