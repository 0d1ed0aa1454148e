"""Whom a pact that one may not read helps is found by no subtraction: each test attacks as an insider would.

The attacker knows each act of their own organisation, and reads all that a page or a file says.
"""

import re
from collections import Counter
from datetime import date
from html import unescape

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.diary import moved
from etabli.pacts.objectives import pages
from tests.etabli.cast import as_user
from tests.etabli.pacts import attacks, ground
from tests.etabli.pacts.attacks import DIMENSIONS, by_own_acts
from tests.etabli.pacts.ground import LENS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(date(2025, 7, 1))


def told(table):
    return {part.key: part.value for part in table.parts if not part.hidden}


def test_no_part_less_our_own_rows_leaves_the_firm_that_another_pact_counts(cast, octave):
    mine, acts = attacks.left(cast)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised == 9
    assert {table.dimension for table in found.parts} >= {*DIMENSIONS, "month"}
    for table in found.parts:
        key = table.dimension if table.dimension in DIMENSIONS else ""
        own = Counter(getattr(act, key) if key else f"{act.day:%Y-%m}" for act in acts)
        assert told(table) == {part: own[part] for part in told(table)}, table.title
        assert sum(part.value for part in table.parts) == len(acts)
        assert "l’en retirer dirait qui il aide" in table.note


def test_a_part_opens_onto_as_many_rows_as_it_says(cast, octave):
    mine, _ = attacks.left(cast)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    for table in found.parts:
        for key, value in told(table).items():
            opened = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"{table.dimension}:{key}")
            assert opened.behind.shown == value


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_neither_rows_nor_parts_tell_what_somebody_else_did_for_one_of_our_firms(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    known = by_own_acts(mine, acts)
    found = pages.opened(octave, mine.axis.convention, mine.pk, "2025")
    assert found.progress.course.realised != len(known)  # what somebody else did counts
    assert {act.beneficiary_id for act in found.behind.rows} == known
    assert [told(table) for table in found.parts if table.dimension == "commune"] == [{LENS: len(known)}]
    assert "par ses seuls actes" in found.behind.notes[0]
    part = pages.opened(octave, mine.axis.convention, mine.pk, "2025", f"commune:{LENS}")
    assert {act.beneficiary_id for act in part.behind.rows} == known


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_a_draft_asks_nothing_of_the_acts_of_others(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    convention = mine.axis.convention
    convention.state = "draft"
    convention.save()
    found = pages.opened(octave, convention, mine.pk, "2025")
    known = by_own_acts(mine, acts)
    assert found.progress.course.realised == len(known)
    assert {act.beneficiary_id for act in found.behind.rows} == known


@pytest.mark.parametrize("ground_of", [attacks.without_order, attacks.twice])
def test_the_page_after_an_act_tells_only_what_our_own_acts_say(cast, octave, ground_of):
    mine, acts = ground_of(cast)
    known = by_own_acts(mine, acts)
    for act in acts:
        assert bool(moved.moved_by(octave, act, date(2025, 7, 1))) == (act.beneficiary_id in known)


def seen(client, user, address):
    text = unescape(as_user(client, user).get(address).content.decode()).replace("\u00a0", " ")
    return " ".join(re.sub(r"</?a\b[^>]*>|<span class=\"unseen\">.*?</span>", "", text).split())


@pytest.fixture
def beside(cast):
    """Our pact with eight firms, another one that we may not see, and a way to have it help some of these firms."""
    ours = ground.convention(cast.chamber, LENS, slug="notre", short_title="Le nôtre")
    other = ground.convention(cast.other_chamber, LENS, slug="autre", short_title="Un autre")
    for one in (ours, other):
        one.parties.create(organisation=cast.agglomeration, role="funder")
    mine, _ = (ground.objective(ground.axis(one), kinds=[ActKind.VISIT], sharing="both") for one in (ours, other))
    firms = [ground.firm() for _ in range(8)]
    for who in firms:
        ground.act(cast.chamber, "2025-03-10", who)

    def helping(number):
        for who in (*firms[:number], *(ground.firm() for _ in range(5))):
            ground.act(cast.other_chamber, "2025-04-02", who)
        return mine

    return helping


@pytest.mark.parametrize("number", range(9))
def test_a_number_of_common_firms_never_names_one_of_ours(client, cast, beside, number):
    """An insider knows the eight firms: that all, or all but two, are the other pact's says whose each one is."""
    mine, open_ = beside(number), 3 <= number <= 5
    board = seen(client, cast.octave, "/pacte/notre/?annee=2025")
    page = seen(client, cast.octave, f"/pacte/notre/objectifs/{mine.pk}/?annee=2025")
    wall = seen(client, cast.octave, "/pacte/notre/copil/?annee=2025")
    assert (f"{number} entreprises aidées compte" in board) == open_
    assert (f"{number} sur 8 répond" in board) == open_
    assert open_ or (f"{number} sur 8" not in wall and f"{number} entreprises aidées compte" not in wall)
    assert (f"Sur 8 entreprises, {number} répond" in page) == open_
    assert ("n’en dit pas le nombre" in page) == (number > 0 and not open_)
    compared = seen(client, cast.basile, "/pacte/comparaison/")
    sums = re.findall(r'colspan="3">.*?"Entreprises aidées">([^<]*)<', compared)
    secret = number > 0 and not open_
    assert sums == [str(13 + number), *(["secret statistique"] * 2 if secret else [str(number), "13"])]


def test_who_reads_both_pacts_is_told_all_that_they_share(client, cast):
    for slug in ("notre", "autre"):
        pact = ground.convention(cast.chamber, LENS, slug=slug)
        mine = ground.objective(ground.axis(pact), kinds=[ActKind.VISIT], sharing="both")
    for _ in range(4):
        ground.act(cast.chamber, "2025-03-10", ground.firm())
    assert "4 entreprises aidées comptent aussi" in seen(client, cast.octave, "/pacte/autre/?annee=2025")
    assert "Sur 4 entreprises, 4 répondent" in seen(
        client, cast.octave, f"/pacte/autre/objectifs/{mine.pk}/?annee=2025"
    )
    assert "secret statistique" not in seen(client, cast.octave, "/pacte/comparaison/")
