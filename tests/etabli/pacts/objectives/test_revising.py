"""Targets are changed while the text is written, and every one that was set stays readable."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from etabli.accounts.policies import Denied
from etabli.audit.models import Event
from etabli.pacts.models import Party, PartyRole, Target
from etabli.pacts.objectives import actions, history
from etabli.pacts.workflow import State
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store", "june")]


@pytest.fixture
def pact(cast, project):
    """A convention that is being written, of the chamber and the agglomération."""
    Party.objects.create(convention=project, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    return project


@pytest.fixture
def promised(cast, pact):
    """An objective with a target for two of its three years."""
    fields = {"title": "Visites", "unit": "entreprises"}
    targets = {2025: Decimal(300), 2026: Decimal(310)}
    return actions.add(axis=ground.axis(pact), by=reader(cast.octave), fields=fields, targets=targets)


def address(one):
    return f"/pacte/projet/objectifs/{one.pk}/cibles/"


def filled(**more):
    return {"target_2025": "300", "target_2026": "310", "target_2027": "", "reason": ""} | more


def test_only_targets_that_changed_are_set_again(client, cast, promised):
    answer = as_user(client, cast.octave).post(address(promised), filled(target_2026="312,5", target_2027="1 200"))
    assert answer.status_code == 302, answer.content.decode()
    rows = [(row.year, row.value) for row in Target.objects.order_by("pk")]
    assert rows == [(2025, 300), (2026, 310), (2026, Decimal("312.5")), (2027, 1200)]
    told = Event.objects.get(verb="objective.targets").changes
    assert told == {"2026": ["310.00", "312.5"], "2027": [None, "1200"]}


def test_what_did_not_change_is_neither_written_nor_told(client, cast, promised):
    assert as_user(client, cast.octave).post(address(promised), filled()).status_code == 302
    assert Target.objects.count() == 2
    assert not Event.objects.filter(verb="objective.targets").exists()


def test_a_lowered_target_says_why_and_is_marked(client, cast, promised):
    asked = as_user(client, cast.octave).post(address(promised), filled(target_2025="250", target_2026="400"))
    seen = asked.content.decode()
    assert asked.status_code == 422
    assert "Dites pourquoi une cible est abaissée" in seen
    assert 'value="250"' in seen
    assert 'value="400"' in seen
    assert Target.objects.count() == 2
    wanted = filled(target_2025="250", target_2026="305", reason="un agent de moins")
    assert client.post(address(promised), wanted).status_code == 302
    page = client.get(address(promised)).content.decode()
    assert "<s>300</s>" in page
    assert "abaissée de 300 à 250 après le début de son année" in page
    assert [(line.value, line.stands, line.mark) for line in history.targets_of(promised)] == [
        (300, False, ""), (250, True, "abaissée de 300 à 250 après le début de son année"),
        (310, False, ""), (305, True, "abaissée de 310 à 305"),
    ]  # fmt: skip
    shown = client.get(f"/pacte/projet/objectifs/{promised.pk}/").content.decode()
    assert "Cible 2025 abaissée de 300 à 250 le 3\u00a0juin 2025\u00a0: un agent de moins" in shown


def test_a_target_is_never_erased(client, cast, promised):
    asked = as_user(client, cast.octave).post(address(promised), filled(target_2025="", target_2026="beaucoup"))
    seen = asked.content.decode()
    assert asked.status_code == 422
    assert "Une cible fixée ne s’efface pas" in seen
    assert "Écrivez un nombre" in seen
    assert 'value="beaucoup"' in seen


def test_once_signed_the_page_leads_to_an_amendment(client, cast, pact, promised):
    pact.state = State.ACTIVE
    pact.save()
    for page in (address(promised), "/pacte/projet/objectifs/"):
        seen = as_user(client, cast.octave).get(page).content.decode()
        assert "un objectif ne change plus que par un avenant" in seen
        assert 'href="/pacte/projet/avenants/"' in seen
        assert "Enregistrer les cibles" not in seen
    refused = client.post(address(promised), filled(target_2025="400"))
    assert refused.status_code == 403
    assert Target.objects.count() == 2


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.TO_DELIBERATE, State.TO_SIGN])
def test_before_the_signature_corrections_are_the_way(client, cast, pact, promised, state):
    pact.state = state
    pact.save()
    seen = as_user(client, cast.octave).get(address(promised)).content.decode()
    assert "repassez-la en «\u00a0corrections demandées\u00a0»" in seen
    assert "/avenants/" not in seen


def test_a_partner_reads_the_targets_and_changes_none(client, cast, pact, promised):
    pact.state = State.CORRECTIONS
    pact.save()
    seen = as_user(client, cast.basile).get(address(promised)).content.decode()
    assert "Seul le pilote de la convention définit ses objectifs" in seen
    assert "300" in seen
    assert client.post(address(promised), filled()).status_code == 403
    assert as_user(client, cast.etienne).get(address(promised)).status_code == 404
    with pytest.raises(Denied, match="chargé du pacte"):
        actions.set_targets(objective=promised, by=reader(cast.diane), targets={2025: Decimal(1)})


def test_the_rule_holds_below_the_page(cast, promised):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        actions.set_targets(objective=promised, by=reader(cast.octave), targets={2026: Decimal(1)})
    assert history.targets_of(promised)[-1].set_on == date(2025, 6, 3)
