"""The ledger: recorded once, reversed whole, refused in French when senseless, forgotten without a count lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from etabli.acts import actions, queries
from etabli.acts.kinds import ActKind, Measure, Theme
from etabli.acts.models import Act, ActNote
from etabli.acts.queries import Selection
from etabli.audit.models import Event
from etabli.papers.models import Document
from etabli.registry.actions import ErasureReason
from etabli.registry.models import Beneficiary

pytestmark = pytest.mark.django_db


def test_the_same_source_counts_once(record):
    first = record("1", minutes=30)
    assert record("1", minutes=45) == first
    assert Act.objects.get().minutes == 30
    assert queries.count(Selection(), Measure.ACTS) == 1
    assert Event.objects.filter(verb="act_recorded").count() == 1


def test_a_source_may_record_acts_of_two_kinds(record):
    record("1")
    record("1", kind=ActKind.DIAGNOSTIC)
    assert Act.objects.count() == 2


def test_a_reversal_has_the_day_and_the_opposite_measures(record, alice, firm):
    act = record("1", minutes=30, amount=5000, commune="62498", beneficiary=firm, themes=(Theme.ENERGY, Theme.CLAY))
    opposite = actions.reverse(by=alice, act=act)
    assert (opposite.day, opposite.commune, opposite.beneficiary) == (act.day, act.commune, firm)
    assert (opposite.minutes, opposite.amount, opposite.quantity) == (-30, -5000, -1)
    assert act.themes == opposite.themes == "|argile|energie|"
    assert [queries.count(Selection(), measure) for measure in Measure] == [0] * len(Measure)
    assert list(queries.standing(Selection())) == []


def test_an_act_is_reversed_once(record, alice):
    act = record("1")
    opposite = actions.reverse(by=alice, act=act)
    with pytest.raises(ValidationError, match="déjà annulé"):
        actions.reverse(by=alice, act=act)
    with pytest.raises(ValidationError, match="en annule déjà un autre"):
        actions.reverse(by=alice, act=opposite)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": date(1900, 1, 1)}, "Le jour va du 01/01/2000"),
        ({"commune": "99999"}, "Aucune commune ne porte le code 99999"),
        ({"trade": "magie"}, "« magie » n’existe pas"),
        ({"band": "77"}, "« 77 » n’existe pas"),
        ({"minutes": 1441}, "1440 minutes au plus"),
        ({"minutes": -1}, "mesures positives"),
        ({"amount": -1}, "mesures positives"),
        ({"themes": ("magie",)}, "Thème inconnu"),
        ({"kind": "magie"}, "n’est pas un choix valide"),
        ({"note": "x" * 301}, "Une phrase de 300 caractères"),
        ({"kind": ActKind.ATTENDANCE, "minutes": 30}, "se compte une fois, sur l’atelier"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(record, wrong, said):
    with pytest.raises(ValidationError) as refusal:
        record("1", **wrong)
    assert said in " ".join(refusal.value.messages).replace("\u00a0", " ")
    assert Act.objects.count() == 0


def test_tomorrow_is_not_done_yet(record):
    with pytest.raises(ValidationError, match="aujourd’hui"):
        record("1", day=timezone.localdate() + timedelta(days=1))


def test_a_former_commune_keeps_the_code_of_its_day(record):
    assert record("1", commune="14513").commune == "14513"  # Pont-Farcy, in another commune since 2018


def test_the_proof_is_sealed(record):
    proof = Document.objects.create(name="photo.png", media_type="image/png", size=3, sha256="a" * 64, path="aa/a")
    assert record("1", proof=proof).proof_sha256 == "a" * 64


def test_forgetting_somebody_changes_no_count(record, alice, firm):
    joined = Beneficiary.objects.create(kind="person", canonical=firm)
    record("1", beneficiary=firm, note="Vu madame Secrète", minutes=30)
    record("2", beneficiary=joined, minutes=10)
    record("3", note="Réunion publique")
    before = [queries.count(Selection(), measure) for measure in Measure]
    actions.forget(by=alice, beneficiary=firm, reason=ErasureReason.REQUEST)
    assert [queries.count(Selection(), measure) for measure in Measure] == before
    assert [note.text for note in ActNote.objects.all()] == ["Réunion publique"]
    assert Beneficiary.objects.get(pk=firm.pk).anonymised_at
