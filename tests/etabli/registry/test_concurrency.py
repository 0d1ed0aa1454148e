"""Two people joining the same files at once."""

import threading
import time
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from etabli.accounts.models import User
from etabli.registry import actions
from etabli.registry.actions import ErasureReason, Identity
from etabli.registry.models import Beneficiary, BeneficiaryIdentity, BeneficiaryMerge
from tests.etabli.acts.test_concurrency import at_once

DAY = date(2019, 1, 1)
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_files_joined_both_ways_at_once_make_no_ring():
    alice = User.objects.create_user("alice@example.org", "long enough for alice")
    a, b = (Beneficiary.objects.create(kind="firm") for _ in range(2))
    started, outcomes = threading.Barrier(2), []

    def join(kept, absorbed):
        try:
            with transaction.atomic():
                started.wait()
                actions.merge(by=alice, kept=kept, absorbed=absorbed, reason="essai")
                outcomes.append("joined")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=pair) for pair in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["joined", "refused"]
    assert BeneficiaryMerge.objects.count() == 1


def test_a_name_given_while_the_file_is_erased_is_erased_too():
    """The file was absorbed: erasing holds the one that stands for it, naming holds the file itself."""
    alice = User.objects.create_user("alice@example.org", "long enough for alice")
    kept, absorbed = (actions.open_person(by=alice, identity=Identity(name), on=DAY) for name in ("Zoé", "Ana"))
    actions.merge(by=alice, kept=kept, absorbed=absorbed, reason="même personne")
    named = threading.Event()

    def name():
        try:
            with transaction.atomic():
                actions.change_identity(by=alice, beneficiary=absorbed, identity=Identity("Léa"), on=date(2020, 1, 1))
                named.set()
                time.sleep(0.3)
        finally:
            connection.close()

    thread = threading.Thread(target=name)
    thread.start()
    named.wait()
    actions.anonymise(by=alice, beneficiary=kept, reason=ErasureReason.REQUEST)
    thread.join()
    assert not BeneficiaryIdentity.objects.exists()


def test_one_siret_opened_at_once_has_one_file():
    alice = User.objects.create_user("alice@example.org", "long enough for alice")
    opened, started = [], threading.Barrier(4)

    def open_it():
        try:
            started.wait()
            opened.append(actions.open_firm(by=alice, siret="73282932000074", name="Garage", on=DAY).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    assert len(set(opened)) == Beneficiary.objects.count() == 1


def test_a_siret_taken_by_two_files_at_once_is_of_one_and_the_other_is_told():
    alice = User.objects.create_user("alice@example.org", "long enough for alice")
    people = [actions.open_person(by=alice, identity=Identity(name), on=DAY) for name in ("Léa", "Zoé", "Ana")]
    became = Identity("Garage", siret="73282932000074")

    def change(person):
        actions.change_identity(by=alice, beneficiary=person, identity=became, on=date(2024, 1, 1))

    assert at_once(*[lambda person=person: change(person) for person in people]) == 2
    assert BeneficiaryIdentity.objects.filter(siret="73282932000074").count() == 1
