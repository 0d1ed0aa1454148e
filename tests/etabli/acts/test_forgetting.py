"""Whatever is recorded, cancelled, joined, separated and forgotten, in any order, the packed counts are the acts'."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from etabli.accounts.models import Organisation, User
from etabli.acts import actions, bundles, queries
from etabli.acts.actions import Entry
from etabli.acts.kinds import ActKind, Measure
from etabli.acts.models import Act, ActNote
from etabli.acts.queries import Selection
from etabli.registry import actions as registry
from etabli.registry.actions import ErasureReason, Identity
from etabli.registry.models import Beneficiary, BeneficiaryIdentity
from tests.etabli.acts import naive

MEASURES = [Measure.ACTS, Measure.BENEFICIARIES, Measure.MINUTES]
STEPS = st.lists(
    st.tuples(st.sampled_from(["record", "reverse", "merge", "undo", "forget"]), st.integers(0, 3), st.integers(0, 3)),
    max_size=16,
)


@pytest.mark.django_db
class AnyHistory(TestCase):
    @settings(max_examples=15)
    @given(STEPS)
    def test_counts_are_those_of_the_acts_and_names_are_gone(self, steps):
        alice = User.objects.create_user("alice@example.org", "long enough for alice")
        chamber = Organisation.objects.create(kind="chamber", name="CMA", short_name="CMA", siren="130020878")
        day = date(2018, 3, 1)
        files = [registry.open_person(by=alice, identity=Identity(f"P{n}"), on=day) for n in range(4)]
        merges, forgotten = [], set()
        for number, (step, one, other) in enumerate(steps):
            before = self.totals()
            try:
                if step == "record":
                    entry = Entry(
                        ActKind.VISIT, day, chamber, f"test:{number}", minutes=10 * other, commune="62498",
                        beneficiary=Beneficiary.objects.get(pk=files[one].pk), note="Secret" if other else "",
                    )  # fmt: skip
                    actions.record(by=alice, entry=entry)
                elif step == "reverse":
                    actions.reverse(by=alice, act=Act.objects.order_by("pk")[one])
                elif step == "merge":
                    merges.append(registry.merge(by=alice, kept=files[one], absorbed=files[other], reason="essai"))
                elif step == "undo":
                    registry.undo_merge(by=alice, merge=merges[one])
                else:
                    group = Beneficiary.objects.get(pk=files[one].pk)
                    actions.forget(by=alice, beneficiary=group, reason=ErasureReason.REQUEST)
                    forgotten |= set(Beneficiary.objects.exclude(anonymised_at=None).values_list("pk", flat=True))
                    assert self.totals() == before, "forgetting changes no count"
                    assert not ActNote.objects.filter(act__beneficiary__in=forgotten)
            except (ValidationError, IndexError):
                continue
            assert bundles.wrong() == []
            rows = list(Act.objects.select_related("beneficiary"))
            assert self.totals() == {measure: naive.count(rows, Selection(), measure) for measure in MEASURES}
        assert not BeneficiaryIdentity.objects.filter(beneficiary__in=forgotten)

    def totals(self):
        return queries.counts(Selection(), MEASURES)
