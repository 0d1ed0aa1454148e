"""For any set of acts, merges and reversals, each count is the one made by hand, act by act."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from etabli.accounts import queries as queries_of_accounts
from etabli.accounts.models import Organisation, User
from etabli.accounts.policies import Denied, Reader
from etabli.accounts.roles import Role
from etabli.acts import actions, bundles, policies, queries
from etabli.acts.actions import Entry
from etabli.acts.kinds import ADDITIVE, ActKind, Confidentiality, Measure, Theme
from etabli.acts.models import Act
from etabli.acts.queries import Dimension, Selection
from etabli.registry.models import Beneficiary
from tests.etabli.acts import naive

KINDS = [ActKind.VISIT, ActKind.DIAGNOSTIC]
COMMUNES = ["", "62498", "62510", "59350"]
THEMES = [(), (Theme.ENERGY,), (Theme.ENERGY, Theme.DIGITAL)]
DAYS = [date(2017, 6, 1), date(2017, 12, 31), date(2018, 1, 1), date(2018, 7, 15)]
ACTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "day": st.sampled_from(DAYS),
        "who": st.integers(-1, 3),
        "for_whom": st.integers(0, 1),
        "commune": st.sampled_from(COMMUNES),
        "themes": st.sampled_from(THEMES),
        "trade": st.sampled_from(["", "boulangerie"]),
        "qpv": st.sampled_from(["", "QP062001"]),
        "band": st.sampled_from(["", "01"]),
        "minutes": st.integers(0, 60),
        "amount": st.integers(0, 10_000),
        "quantity": st.integers(0, 5),
        "reversed": st.booleans(),
    }
)
SELECTIONS = st.fixed_dictionaries(
    {
        "kinds": st.frozensets(st.sampled_from(KINDS)),
        "themes": st.frozensets(st.sampled_from([Theme.ENERGY, Theme.DIGITAL, Theme.CLAY])),
        "since": st.sampled_from([None, *DAYS]),
        "until": st.sampled_from([None, *DAYS]),
        "communes": st.none() | st.frozensets(st.sampled_from(COMMUNES)),
        "trades": st.frozensets(st.just("boulangerie")),
        "bands": st.frozensets(st.just("01")),
        "only_qpv": st.booleans(),
    }
)


@pytest.mark.django_db
class AnyLedger(TestCase):
    def ledger(self, acts, merged):
        alice = User.objects.create_user("alice@example.org", "long enough for alice")
        bodies = [
            Organisation.objects.create(kind="chamber", name=str(n), short_name=str(n), siren=f"13002087{n}")
            for n in range(2)
        ]
        files = [Beneficiary.objects.create(kind="firm") for _ in range(4)]
        if merged:
            Beneficiary.objects.filter(pk=files[1].pk).update(canonical=files[0])
        for number, asked in enumerate(acts):
            given_act = dict(asked)
            who, undone, body = given_act.pop("who"), given_act.pop("reversed"), given_act.pop("for_whom")
            beneficiary = files[who] if who >= 0 else None
            entry = Entry(organisation=bodies[body], source=f"t:{number}", beneficiary=beneficiary, **given_act)
            act = actions.record(by=alice, entry=entry)
            if undone:
                actions.reverse(by=alice, act=act)
        return list(Act.objects.select_related("beneficiary")), bodies

    @settings(max_examples=25)
    @given(st.lists(ACTS, max_size=10), SELECTIONS, st.booleans(), st.sampled_from([None, 0, 1]))
    def test_counts_are_those_made_by_hand(self, acts, conditions, merged, body):
        rows, bodies = self.ledger(acts, merged)
        some = frozenset() if body is None else frozenset({bodies[body].pk})
        wanted = Selection(organisations=some, **conditions)
        counted = {measure: queries.count(wanted, measure) for measure in Measure}
        assert counted == {measure: naive.count(rows, wanted, measure) for measure in Measure}
        assert counted == {measure: queries.count_directly(wanted, measure) for measure in Measure}
        assert counted[Measure.BENEFICIARIES] <= counted[Measure.ACTS]
        assert counted[Measure.COMMUNES] <= counted[Measure.ACTS]
        assert queries.standing(wanted).count() == counted[Measure.ACTS]

    @settings(max_examples=10)
    @given(st.lists(ACTS, max_size=10), st.booleans())
    def test_parts_are_those_made_by_hand(self, acts, merged):
        rows, _ = self.ledger(acts, merged)
        for dimension in Dimension:
            for measure in Measure:
                made = queries.count_by(Selection(), measure, dimension)
                assert made == naive.count_by(rows, Selection(), measure, dimension), (dimension, measure)
                if measure in ADDITIVE:
                    assert sum(made.values()) == queries.count(Selection(), measure)

    @settings(max_examples=10)
    @given(st.lists(ACTS, max_size=10))
    def test_bundles_are_the_acts_before_and_after_a_rebuild(self, acts):
        self.ledger(acts, merged=False)
        assert bundles.wrong() == []
        assert bundles.rebuild() == Act.objects.count()
        assert bundles.wrong() == []


@pytest.mark.django_db
def test_what_was_reversed_later_still_stood_before(record, alice):
    act = record("1")
    moment = timezone.now()
    actions.reverse(by=alice, act=act)
    assert queries.count(Selection(recorded_until=moment), Measure.ACTS) == 1
    assert list(queries.standing(Selection(recorded_until=moment))) == [act]
    assert queries.count(Selection(), Measure.ACTS) == 0


@pytest.mark.django_db
def test_acts_of_joined_files_are_those_of_one_beneficiary(record, firm):
    joined = Beneficiary.objects.create(kind="person", canonical=firm)
    record("1", beneficiary=firm)
    record("2", beneficiary=joined)
    assert queries.count(Selection(beneficiary=firm.pk), Measure.ACTS) == 2
    assert queries.count(Selection(beneficiary=firm.pk), Measure.BENEFICIARIES) == 1


@pytest.mark.django_db
def test_any_number_of_communes_may_be_asked(record):
    record("1", commune="62498")
    many = frozenset(f"{number:05d}" for number in range(40_000, 90_000))
    assert queries.count(Selection(communes=many), Measure.ACTS) == 1


@pytest.fixture
def reader(cast):
    """What somebody of the cast sees: `reader("alice")`."""

    def of(name):
        held = queries_of_accounts.memberships_of(cast.people[name])
        roles = frozenset(Role(one.role) for one in held)
        return Reader(cast.people[name], held[0].organisation, roles, frozenset())

    return of


@pytest.fixture
def two_acts(cast):
    """One of the chamber, one that it keeps reserved."""
    for number, kept in enumerate(Confidentiality):
        entry = Entry(KINDS[0], DAYS[0], cast.chamber, f"t:{number}", adviser=cast.alice, confidentiality=kept)
        actions.record(by=cast.alice, entry=entry)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "rows", "reserved"),
    [("alice", 2, 0), ("octave", 2, 0), ("diane", 1, 1), ("basile", 0, 0), ("luc", 0, 0), ("etienne", 0, 0)],
)
def test_each_reader_sees_the_rows_of_their_organisation_and_how_many_are_reserved(
    two_acts, reader, name, rows, reserved
):
    seen = queries.visible(reader(name), Selection())
    assert (seen.rows.count(), seen.reserved) == (rows, reserved)


@pytest.mark.django_db
def test_another_organisation_is_not_seen_by_asking_for_it(two_acts, reader, cast):
    asked = Selection(organisations=frozenset({cast.chamber.pk}))
    assert queries.visible(reader("etienne"), asked).rows.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "refusal"),
    [("alice", None), ("octave", None), ("diane", "Seuls l’auteur"), ("luc", "autre organisation")],
)
def test_an_act_is_corrected_by_its_author_or_the_pact_officer(two_acts, reader, name, refusal):
    act = Act.objects.order_by("pk").first()
    if refusal is None:
        policies.check_can_reverse(reader(name), act)
    else:
        with pytest.raises(Denied, match=refusal):
            policies.check_can_reverse(reader(name), act)
