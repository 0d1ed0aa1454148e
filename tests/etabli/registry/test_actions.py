"""Files of beneficiaries: opened once, dated, joined and separated, erased without changing a count."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from etabli.accounts.models import User
from etabli.audit.models import Event
from etabli.registry import actions, queries
from etabli.registry.actions import ErasureReason, Identity
from etabli.registry.models import Beneficiary, BeneficiaryIdentity

DAY = date(2018, 3, 1)
SIRET, OTHER = "73282932000074", "44306184100047"

pytestmark = pytest.mark.django_db


def person(by, name="Zoé Martin"):
    return actions.open_person(by=by, identity=Identity(name, commune="62498"), on=DAY)


def test_a_firm_is_opened_once(alice):
    first = actions.open_firm(by=alice, siret="732 829 320 00074", name="Garage Dupont", commune="62498", on=DAY)
    again = actions.open_firm(by=alice, siret=SIRET, name="Autre nom", on=DAY)
    assert first == again
    assert first.identities.get().siren == "732829320"
    assert list(queries.by_siren("732829320")) == [first]


def test_a_firm_known_by_sirene_needs_no_name(alice, demo):
    row = demo.describe([0])[0]
    opened = actions.open_firm(by=alice, siret=row.siret, on=DAY).identities.get()
    assert (opened.name, opened.commune, opened.source) == (row.name or row.sign, row.commune, "Sirene")


@pytest.mark.parametrize("typed", ["", "73282932000075", "7328293200007", "²²²", "x" * 500])
def test_a_false_siret_is_refused(alice, typed):
    with pytest.raises(queries.BadNumber, match="Ce SIRET n’existe pas"):
        actions.open_firm(by=alice, siret=typed, name="Garage", on=DAY)


def test_a_false_siren_is_refused():
    assert queries.siren_of("732\u202f829\u202f320") == "732829320"
    with pytest.raises(queries.BadNumber, match="9 chiffres"):
        queries.siren_of("732829321")


def test_a_firm_unknown_of_sirene_needs_a_name(alice, no_store):
    with pytest.raises(ValidationError, match="donnez aussi le nom"):
        actions.open_firm(by=alice, siret=SIRET, on=DAY)


def test_two_persons_of_one_name_have_two_files(alice):
    assert person(alice) != person(alice)


def test_a_person_who_gets_a_siret_keeps_the_file_and_its_past(alice):
    holder = person(alice)
    became = Identity("Martin Menuiserie", siret=SIRET)
    actions.change_identity(by=alice, beneficiary=holder, identity=became, on=date(2019, 1, 1))
    assert queries.identity_on(holder, date(2018, 12, 31)).name == "Zoé Martin"
    assert queries.identity_on(holder, date(2019, 1, 1)).siret == SIRET
    assert queries.by_siret(SIRET) == holder
    assert Beneficiary.objects.get(pk=holder.pk).kind == "firm"


def test_an_identity_starts_after_the_one_it_replaces(alice):
    with pytest.raises(ValidationError, match="01/03/2018"):
        actions.change_identity(by=alice, beneficiary=person(alice), identity=Identity("Zoé Durand"), on=DAY)


def test_a_siret_held_by_another_file_is_refused(alice):
    actions.open_firm(by=alice, siret=SIRET, name="Garage", on=DAY)
    with pytest.raises(ValidationError, match="rattachez les deux dossiers"):
        actions.change_identity(
            by=alice, beneficiary=person(alice), identity=Identity("Z", siret=SIRET), on=date(2019, 1, 1)
        )


def test_an_unknown_commune_is_refused(alice):
    with pytest.raises(ValidationError, match="Aucune commune ne porte le code 99999"):
        actions.open_person(by=alice, identity=Identity("Zoé", commune="99999"), on=DAY)


def test_merges_are_flattened_and_undone(alice):
    a, b, c = person(alice), person(alice), person(alice)
    actions.merge(by=alice, kept=b, absorbed=a, reason="même personne")
    second = actions.merge(by=alice, kept=c, absorbed=b, reason="même personne")
    assert canonical(a, b, c) == [c.pk, c.pk, None]
    assert second.moved == [a.pk, b.pk]
    actions.undo_merge(by=alice, merge=second)
    assert canonical(a, b, c) == [b.pk, None, None]


@pytest.mark.parametrize("order", [(0, 0), (0, 1), (1, 0)])
def test_a_merge_that_joins_nothing_is_refused(alice, order):
    files = [person(alice), person(alice)]
    actions.merge(by=alice, kept=files[0], absorbed=files[1], reason="même personne")
    with pytest.raises(ValidationError, match="n’en font déjà qu’un"):
        actions.merge(by=alice, kept=files[order[0]], absorbed=files[order[1]], reason="encore")


def test_a_merge_is_undone_once(alice):
    made = actions.merge(by=alice, kept=person(alice), absorbed=person(alice), reason="même personne")
    actions.undo_merge(by=alice, merge=made)
    with pytest.raises(ValidationError, match="déjà défait"):
        actions.undo_merge(by=alice, merge=made)


def test_anonymising_erases_every_joined_identity_and_keeps_the_files(alice):
    a, b = person(alice, "Secrète Martin"), person(alice, "Secrète Durand")
    actions.merge(by=alice, kept=b, absorbed=a, reason="même personne")
    assert actions.anonymise(by=alice, beneficiary=a, reason=ErasureReason.REQUEST) == [a.pk, b.pk]
    assert BeneficiaryIdentity.objects.count() == 0
    assert Beneficiary.objects.exclude(anonymised_at=None).count() == 2
    with pytest.raises(ValidationError, match="anonymisé"):
        actions.change_identity(by=alice, beneficiary=a, identity=Identity("Retour"), on=date(2020, 1, 1))


def test_a_file_without_a_name_is_joined_to_nobody(alice):
    """The acts of somebody who was forgotten would be those of the other file, under its name."""
    forgotten, other = person(alice, "Secrète Martin"), person(alice)
    actions.anonymise(by=alice, beneficiary=forgotten, reason=ErasureReason.REQUEST)
    for kept, absorbed in ((forgotten, other), (other, forgotten)):
        with pytest.raises(ValidationError, match="anonymisé"):
            actions.merge(by=alice, kept=kept, absorbed=absorbed, reason="même personne")


def test_the_journal_names_nobody(alice):
    holder = person(alice, "Secrète Martin")
    actions.change_identity(by=alice, beneficiary=holder, identity=Identity("Secrète Durand"), on=date(2019, 1, 1))
    actions.anonymise(by=alice, beneficiary=holder, reason=ErasureReason.REQUEST)
    assert "Secr" not in " ".join(str(event.changes) for event in Event.objects.all())


def canonical(*files):
    return [Beneficiary.objects.get(pk=one.pk).canonical_id for one in files]


@pytest.mark.django_db
class AnyMerges(TestCase):
    """Whatever is joined and separated, files are one exactly when a path of standing merges links them."""

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=14))
    def test_canonical_is_the_group(self, moves):
        alice = User.objects.create_user("alice@example.org", "long enough for alice")
        files = [Beneficiary.objects.create(kind="person") for _ in range(5)]
        standing = []
        for kept, absorbed, undo in moves:
            if undo and standing:
                actions.undo_merge(by=alice, merge=standing.pop(kept % len(standing)))
                continue
            try:
                made = actions.merge(by=alice, kept=files[kept], absorbed=files[absorbed], reason="essai")
            except ValidationError:
                continue
            standing.append(made)
        group = {one.pk: {one.pk} for one in files}
        for made in standing:
            joined = group[made.kept_id] | group[made.absorbed_id]
            for pk in joined:
                group[pk] = joined
        ends = {one.pk: one.canonical_id or one.pk for one in Beneficiary.objects.all()}
        for one, end in ends.items():
            assert ends[end] == end
            assert {other for other, its in ends.items() if its == end} == group[one]
