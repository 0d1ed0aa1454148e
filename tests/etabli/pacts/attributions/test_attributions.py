"""An act is given to an axis: proposed by rule, never paid twice, never overwritten."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from etabli.acts.kinds import ActKind
from etabli.pacts.attributions import actions, queries
from etabli.pacts.models import Attribution
from etabli.pacts.workflow import State
from tests.etabli.pacts import ground

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)


@pytest.fixture
def chamber():
    return ground.organisation()


@pytest.fixture
def diane():
    return ground.person("Diane")


@pytest.fixture
def axes(chamber):
    """Two axes of one signed convention."""
    pact = ground.convention(chamber, ground.LENS)
    return [ground.axis(pact, "Numérique", themes=["numerique"]), ground.axis(pact, "Énergie", themes=["energie"])]


def proposed(chamber, diane, **more):
    asked = {"kind": ActKind.VISIT, "day": DAY, "developer": diane, "commune": ground.LENS} | more
    found = queries.proposals(queries.open_axes([chamber.pk], DAY), **asked)
    return [(one.axis.title, one.reason) for one in found]


def test_only_axes_of_signed_conventions_that_run_are_proposed(chamber, diane, axes):
    ground.axis(ground.convention(chamber, ground.LENS, state=State.DRAFT), "Projet")
    ground.axis(ground.convention(chamber, ground.LENS, years=(2020, 2024)), "Passé")
    ground.axis(ground.convention(ground.organisation(), ground.LENS), "D’une autre")
    assert [title for title, _ in proposed(chamber, diane)] == ["Numérique", "Énergie"]


def test_an_act_outside_the_perimeter_has_no_axis(chamber, diane, axes):
    assert proposed(chamber, diane, commune=ground.ARRAS) == []


def test_a_volet_gives_way_to_its_axes(chamber, diane, axes):
    ground.axis(axes[0].convention, "Sous-axe", volet=axes[0])
    assert [title for title, _ in proposed(chamber, diane)] == ["Énergie", "Sous-axe"]


def test_themes_come_before_kinds_and_kinds_before_the_mission_letter(chamber, diane, axes):
    letter = actions.draw_up_mission(
        by=diane, developer=diane, convention=axes[0].convention, year=2025, shares={axes[1]: 60}
    )
    assert proposed(chamber, diane)[0] == ("Numérique", "périmètre de la convention")  # not signed yet
    actions.sign_mission(by=diane, letter=letter, on=date(2025, 1, 5))
    assert proposed(chamber, diane)[0] == ("Énergie", "lettre de mission, 60\u00a0% du temps")
    ground.objective(axes[0], kinds=[ActKind.VISIT])
    assert proposed(chamber, diane)[0] == ("Numérique", "un objectif compte ces actes")
    assert proposed(chamber, diane, themes=["energie"])[0] == ("Énergie", "mêmes thèmes")


def test_the_time_of_an_act_is_shared_up_to_the_whole(chamber, diane, axes):
    act = ground.act(chamber, minutes=60)
    actions.attribute(by=diane, act=act, axis=axes[0], share=60)
    with pytest.raises(ValidationError, match=r"déjà réparti à 60.*il reste 40"):
        actions.attribute(by=diane, act=act, axis=axes[1], share=41)
    actions.attribute(by=diane, act=act, axis=axes[1], share=40)
    actions.attribute(by=diane, act=act, axis=axes[0], share=10)
    assert queries.standing(act) == {axes[0].pk: 10, axes[1].pk: 40}


def test_an_act_without_time_may_serve_two_axes_whole(chamber, diane, axes):
    act = ground.act(chamber)
    for axis in axes:
        actions.attribute(by=diane, act=act, axis=axis)
    assert queries.standing(act) == {axes[0].pk: 100, axes[1].pk: 100}


def test_moving_an_act_takes_it_back_and_keeps_what_was_said(chamber, diane, axes):
    act = ground.act(chamber, minutes=60)
    actions.attribute(by=diane, act=act, axis=axes[0])
    actions.move(by=diane, act=act, axis=axes[1])
    assert queries.standing(act) == {axes[1].pk: 100}
    assert Attribution.objects.filter(act=act).count() == 3


def test_an_attribution_is_never_overwritten(chamber, diane, axes):
    made = actions.attribute(by=diane, act=ground.act(chamber), axis=axes[0])
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Attribution.objects.filter(pk=made.pk).update(share=1)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"year": 2030}, "ne court pas"), ({"percents": (60, 41)}, "101"), ({"percents": (0, 1)}, "1 à 100")],
)
def test_a_mission_letter_that_makes_no_sense_is_refused(diane, axes, change, said):
    percents = change.get("percents", (50, 50))
    with pytest.raises(ValidationError, match=said):
        actions.draw_up_mission(
            by=diane, developer=diane, convention=axes[0].convention, year=change.get("year", 2025),
            shares=dict(zip(axes, percents, strict=True)),
        )  # fmt: skip


def test_a_signed_mission_letter_changes_no_more(diane, axes):
    given = {"by": diane, "developer": diane, "convention": axes[0].convention, "year": 2025}
    first = actions.draw_up_mission(**given, shares={axes[0]: 100})
    letter = actions.draw_up_mission(**given, shares={axes[1]: 100})
    assert letter == first
    assert [share.axis for share in letter.shares.all()] == [axes[1]]
    actions.sign_mission(by=diane, letter=letter, on=DAY)
    with pytest.raises(ValidationError, match="ne change plus"):
        actions.draw_up_mission(**given, shares={axes[0]: 100})
    with pytest.raises(ValidationError, match="déjà signée"):
        actions.sign_mission(by=diane, letter=letter, on=DAY)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_funders_who_take_the_same_hour_at_once_do_not_pay_it_twice(chamber, diane, axes):
    act, started, refused = ground.act(chamber, minutes=60), threading.Barrier(2), []

    def take(axis):
        try:
            started.wait()
            actions.attribute(by=diane, act=act, axis=axis, share=60)
        except ValidationError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(axis,)) for axis in axes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert sum(queries.standing(act).values()) == 60


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_act_moved_to_two_axes_at_once_stands_whole_on_one(chamber, diane, axes):
    act, started = ground.act(chamber), threading.Barrier(2)  # no minutes: nothing else keeps its shares within a whole

    def take(axis):
        started.wait()
        try:
            actions.move(by=diane, act=act, axis=axis)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(axis,)) for axis in axes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(queries.standing(act).values()) == [100]
