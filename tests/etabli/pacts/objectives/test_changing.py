"""An objective is said otherwise, or taken away, while the text is written; what was set of it stays for ever."""

from decimal import Decimal

import pytest

from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts.conventions import contents
from etabli.pacts.documents.snapshot import axes_content
from etabli.pacts.models import Action, Axis, Convention, Measure, Objective, Sharing, Target
from etabli.pacts.objectives import actions
from etabli.pacts.workflow import State
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import axis, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store", "june")]


@pytest.fixture
def pact(project):
    """A convention that is being written, with two axes."""
    for title in ("Numérique", "Énergie"):
        ground.axis(project, title)
    return project


def test_a_text_given_to_read_since_the_page_was_opened_takes_no_objective(cast, pact):
    axes = list(pact.axes.select_related("convention"))
    Convention.objects.filter(pk=pact.pk).update(state=State.IN_REVIEW)
    with pytest.raises(Denied, match="corrections demandées"):
        actions.add(axis=axes[0], by=reader(cast.octave), fields={"title": "Tard venu"}, targets={})
    assert not Objective.objects.exists()


@pytest.fixture
def promised(cast, pact):
    """An objective with a target."""
    fields = {"title": "Visites", "unit": "entreprises"}
    return actions.add(axis=pact.axes.first(), by=reader(cast.octave), fields=fields, targets={2025: Decimal(300)})


def here(one, step="changer/"):
    return f"/pacte/projet/objectifs/{one.pk}/{step}"


def said(one, **more):
    """What the form sends for it."""
    return {"axis": one.axis_id, "title": one.title, "measure": one.measure, "unit": one.unit} | more


def test_everything_of_an_objective_but_its_targets_is_said_otherwise(client, cast, promised):
    shown = as_user(client, cast.octave).get(here(promised)).content.decode()
    assert 'value="Visites"' in shown
    assert "target_2025" not in shown
    other = promised.axis.convention.axes.last()
    ground.objective(other)
    sent = said(promised, axis=other.pk, title="Ateliers", measure=Measure.ACTS, sharing=Sharing.BOTH,
                themes=["numerique"], kinds=["session_held"], responsible=cast.octave.pk, unit="")  # fmt: skip
    answer = client.post(here(promised), sent)
    assert answer.status_code == 302, answer.content.decode()
    kept = Objective.objects.get(pk=promised.pk)
    assert (kept.axis, kept.number, kept.title, kept.unit) == (other, 2, "Ateliers", "actes")
    assert (kept.sharing, kept.themes, kept.kinds) == (Sharing.BOTH, ["numerique"], ["session_held"])
    assert kept.responsible == cast.octave
    assert [row.value for row in kept.targets.all()] == [300]
    told = Event.objects.get(verb="objective.changed").changes
    assert told["title"] == ["Visites", "Ateliers"]
    assert "nature" not in told
    assert "responsable&nbsp;: Octave" in client.get(here(kept, "")).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(client, cast, promised):
    answer = as_user(client, cast.octave).post(here(promised), said(promised, title="", unit="ateliers"))
    assert answer.status_code == 422
    assert 'value="ateliers"' in answer.content.decode()
    assert Objective.objects.get().title == "Visites"


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.TO_SIGN, State.ACTIVE, State.CLOSED])
def test_nothing_changes_outside_the_writing(client, cast, pact, promised, state):
    type(pact).objects.filter(pk=pact.pk).update(state=state)
    assert as_user(client, cast.octave).post(here(promised), said(promised, title="X")).status_code == 403
    assert client.post(here(promised, "retirer/")).status_code == 403
    assert Objective.objects.get().title == "Visites"


def test_the_responsible_is_somebody_of_the_pilot(client, cast, promised):
    answer = as_user(client, cast.octave).post(here(promised), said(promised, responsible=cast.etienne.pk))
    assert answer.status_code == 422
    assert "Étienne" not in answer.content.decode()


def test_an_objective_measures_an_action_of_its_own_axis(client, cast, promised):
    first, second = promised.axis.convention.axes.order_by("number")
    mine = Action.objects.create(axis=first, number=1, title="Diagnostics")
    other = Action.objects.create(axis=second, number=1, title="Audits")
    as_user(client, cast.octave)
    refused = client.post(here(promised), said(promised, action=other.pk))
    assert (refused.status_code, "est de l’axe" in refused.content.decode()) == (422, True)
    assert client.post(here(promised), said(promised, action=mine.pk)).status_code == 302
    assert "1.1 Diagnostics" in client.get(here(promised, "")).content.decode()
    shown = client.get(f"/pacte/projet/convention/actions/{mine.pk}/").content.decode()
    assert here(promised, "") in shown
    mine.delete()
    assert Objective.objects.get().action is None


def test_an_objective_with_targets_is_withdrawn_hidden_and_its_number_stays_taken(client, cast, pact, promised):
    assert as_user(client, cast.octave).post(here(promised, "retirer/")).status_code == 302
    assert "Visites" not in client.get("/pacte/projet/objectifs/").content.decode()
    assert client.get(here(promised, "")).status_code == 404
    assert not Objective.objects.exists()
    assert Target.objects.count() == 1
    assert axes_content(pact)[0]["objectives"] == []
    fields = {"title": "Autres", "unit": "actes"}
    assert actions.add(axis=promised.axis, by=reader(cast.octave), fields=fields, targets={}).number == 2


def test_an_axis_whose_objectives_are_withdrawn_is_removed_and_not_before(cast, pact, promised):
    octave, rows = reader(cast.octave), [axis("Énergie", pact.axes.last().pk)]
    ground.objective(promised.axis)
    actions.remove(objective=promised, by=octave)
    with pytest.raises(Denied, match="Retirez d’abord ses objectifs"):
        contents.set_axes(convention=pact, by=octave, rows=rows)
    actions.remove(objective=Objective.objects.get(), by=octave)
    contents.set_axes(convention=pact, by=octave, rows=rows)
    assert [(one.number, one.title) for one in pact.axes.all()] == [(1, "Énergie")]
    assert Axis.everything.count() == 2
    contents.set_axes(convention=pact, by=octave, rows=[*rows, axis("Jeunes")])
    assert pact.axes.count() == 2


def test_a_wide_pact_takes_communes_by_their_name_within_its_perimeter(client, cast, draft):
    octave = reader(cast.octave)
    many = sorted({*draft.perimeter.communes, *(f"62{number:03d}" for number in range(1, 40)), "62498", "62510"})
    type(draft).objects.filter(pk=draft.pk).update(perimeter=ground.perimeter(*many))
    draft.refresh_from_db()
    fields = {"title": "Visites", "unit": "entreprises"}
    one = actions.add(axis=draft.axes.first(), by=octave, fields=fields, targets={})
    address = f"/pacte/{draft.slug}/objectifs/{one.pk}/changer/"
    as_user(client, cast.octave)
    refused = client.post(address, said(one, places="Lens, 75056"))
    assert (refused.status_code, "Hors du périmètre" in refused.content.decode()) == (422, True)
    assert client.post(address, said(one, places="Lens, 62510")).status_code == 302
    kept = Objective.objects.get()
    assert sorted(kept.perimeter.communes) == ["62498", "62510"]
    assert 'value="62498, 62510"' in client.get(address).content.decode()
    assert client.post(address, said(one, places="62498, 62510", title="Autre")).status_code == 302
    assert Objective.objects.get().perimeter == kept.perimeter
    assert client.post(address, said(one)).status_code == 302
    assert Objective.objects.get().perimeter is None
