"""What two pacts both claim, as the pages say it: the parts, the overlaps, the whole, and the rows of each."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from etabli.accounts.roles import Role
from etabli.acts.kinds import ActKind
from etabli.pacts.models import Measure, Party, PartyRole, Sharing
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import pages
from tests.etabli.cast import as_user, person
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import reader
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN
from tests.etabli.pacts.objectives.test_sharing import acts_drawn, built, promises_drawn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(date(2025, 7, 1))


@pytest.fixture
def two(cast):
    """Visits of a chamber promised by the pact of Lens and by that of three communes, which the partner signed."""
    small = ground.convention(cast.chamber, LENS, slug="petit", short_title="Petit pacte")
    wide = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="grand", short_title="Grand pacte")
    Party.objects.create(convention=wide, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    near, far = (ground.objective(ground.axis(one), kinds=[ActKind.VISIT]) for one in (small, wide))
    for place in (LENS,) * 4 + (LIEVIN,) * 5:
        ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=place)
    return near, far


def shown(client, user, one, query="", status=200):
    response = as_user(client, user).get(f"/pacte/{one.axis.convention.slug}/objectifs/{one.pk}/{query}")
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def lines_of(text):
    """Name, selected, counted here and elsewhere of each row of the table; then its rows' addresses."""
    table = text.partition('id="pactes"')[2].partition("</table>")[0]
    rows = [re.sub(r"<span class=\"unseen\">.*?</span>", "", row) for row in table.split("<tr>")[2:]]
    cells = [[re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
             for row in rows]  # fmt: skip
    return cells, re.findall(r'href="(\?[^"#]*)#lignes"', table)


@pytest.mark.parametrize(
    ("rule", "here", "said"),
    [(Sharing.EXCLUSIVE, "0", "compté dans un seul pacte"), (Sharing.BOTH, "4", "compté dans les deux, et signalé")],
)
def test_an_objective_lists_what_another_pact_counts_too(client, cast, two, rule, here, said):
    near, far = two
    for one in two:
        one.sharing = rule
        one.save()
    text = shown(client, cast.octave, far, "?annee=2025")
    cells, _ = lines_of(text)
    assert cells == [["ce pacte seul", "5", "5", "0"], ["aussi : Petit pacte", "4", here, "4"],
                     ["ensemble", "9", str(5 + int(here)), "4"]]  # fmt: skip
    assert f"Règle de cet objectif : {said}" in text
    assert "Sur 9 entreprises, 4 répondent aussi à la promesse d’un autre pacte" in text
    assert ("compterait 4 entreprises de trop" in text) == (rule == Sharing.BOTH)
    assert f'href="/pacte/petit/objectifs/{near.pk}/"' in text


def test_k_percent_leaves_the_rest_to_the_other_pact(client, cast, two):
    for one, percent in zip(two, (40, 60), strict=True):
        one.sharing, one.share_percent, one.measure = Sharing.SHARE, percent, Measure.ACTS
        one.save()
    cells, _ = lines_of(shown(client, cast.octave, two[1]))
    assert cells[1][1:] == ["4", "2,4", "1,6"]


def test_each_piece_opens_onto_exactly_its_rows_and_exports_them(client, cast, two):
    far = two[1]
    cells, addresses = lines_of(shown(client, cast.octave, far, "?annee=2025"))
    assert len(addresses) == 2
    for cell, address in zip(cells, addresses, strict=False):
        behind = shown(client, cast.octave, far, address)
        assert f"{cell[1]} actes, {cell[1]} entreprises" in behind
        export = f"/pacte/grand/objectifs/{far.pk}/lignes.csv{address}"
        assert export in behind
        file = client.get(export).content.decode()
        assert file.count("2025-03-10") + file.count("10/03/2025") == int(cell[1])


def test_nothing_is_said_when_nobody_else_promises_it(client, cast, two):
    two[0].delete()
    assert 'id="pactes"' not in shown(client, cast.octave, two[1])


def test_a_partner_reads_numbers_without_rows_nor_the_name_of_a_pact_not_theirs(client, cast, two):
    near, far = two
    text = shown(client, cast.basile, far)
    cells, addresses = lines_of(text)
    assert cells[1] == ["aussi : un pacte dont votre organisation n’est pas partie", "4", "0", "—"]
    assert addresses == []
    assert "Petit pacte" not in text
    assert "/pacte/petit/" not in text
    shown(client, cast.basile, far, "?partie=pacte:1", status=404)
    shown(client, cast.basile, near, status=404)
    for one in two:
        shown(client, cast.etienne, one, status=404)


def test_a_partner_is_not_told_an_overlap_of_two_firms(client, cast, two):
    ground.reverse(cast.chamber.acts.filter(commune=LENS).first())
    ground.reverse(cast.chamber.acts.filter(commune=LENS).last())
    text = shown(client, cast.basile, two[1])
    assert "Le secret statistique n’en dit pas le nombre" in text
    assert lines_of(text)[0] == []
    assert lines_of(shown(client, cast.octave, two[1]))[0][1][1] == "2"


def test_a_part_tells_a_partner_no_number_of_rows(client, cast, two):
    ground.act(cast.chamber, "2025-03-11", ground.firm(), commune=AVION)
    text = shown(client, cast.basile, two[1], f"?partie=commune:{AVION}")
    assert "11 mars" not in text
    assert "ligne d’une autre partie" not in text


@pytest.mark.parametrize("part", ["commune", "magie:1", "pacte:x", "pacte:1-²", "pacte:9999999999"])
def test_a_part_that_no_figure_has_is_not_found(client, cast, two, part):
    shown(client, cast.octave, two[1], f"?partie={part}", status=404)


def test_as_many_queries_with_one_shared_row_as_with_fifty(client, cast, two):
    shown(client, cast.octave, two[1])
    with CaptureQueriesContext(connection) as few:
        shown(client, cast.octave, two[1])
    for number in range(50):
        ground.act(cast.chamber, "2025-04-01", ground.firm(), commune=LENS, source=f"more:{number}")
    with CaptureQueriesContext(connection) as many:
        shown(client, cast.octave, two[1])
    assert len(many) == len(few)


@pytest.mark.parametrize("measure", sorted(COUNTED))
@settings(max_examples=8)
@given(promises=promises_drawn, acts=acts_drawn)
def test_what_the_page_lists_makes_the_whole_and_its_rows_are_there(measure, promises, acts):
    with transaction.atomic():
        objectives, _, _ = built(measure, promises, [(*one[:-1], None) for one in acts])
        convention = objectives[0].axis.convention
        chamber = convention.parties.get().organisation
        officer = reader(person("Octave Petit", chamber, Role.PACT_OFFICER))
        found = pages.opened(officer, convention, objectives[0].pk, "2025")
        if found.shared:
            numbers = [[_number(text) for text in (one.value, one.here)] for one in found.shared.lines]
            total = found.shared.total
            for column, told in zip(zip(*numbers, strict=True), (total.value, total.here), strict=True):
                whole = _number(told)
                assert abs(sum(column) - whole) <= sum(_off(one) for one in (*column, whole))
            for one in found.shared.lines:
                part = re.search("partie=([^&#]*)", one.href)[1].replace("%3A", ":")
                opened = pages.opened(officer, convention, objectives[0].pk, "2025", part)
                measured = opened.behind.measured if opened.behind.measured is not None else opened.behind.shown
                if measure in (Measure.ACTS, Measure.BENEFICIARIES, Measure.COMMUNES):
                    assert measured == _number(one.value)
        transaction.set_rollback(True)


def _off(number):
    """What a number of a page may be off by: one decimal, none from a hundred on."""
    return Decimal("0.5") if abs(number) >= 100 else Decimal("0.05")


def _number(text):
    return Decimal(re.sub(r"\s", "", text).replace(",", "."))


def dashboard(client, user, slug, query="?annee=2025"):
    response = as_user(client, user).get(f"/pacte/{slug}/{query}")
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def test_a_dashboard_tells_what_another_pact_counts_too_and_opens_it(client, cast, two):
    who = ground.firm()
    ground.act(cast.chamber, "2025-04-01", who, commune=LENS, minutes=90)
    ground.act(cast.chamber, "2025-04-02", who, commune=AVION)
    seen = dashboard(client, cast.octave, "grand")
    assert "additionner ces pactes les compterait plus d’une fois" in seen
    assert (
        "5 sur 10 répondent aussi à la promesse d’un autre pacte, Petit pacte : compté dans un seul pacte, 0 ici"
        in seen
    )
    told = {words: href for href, words in re.findall(r'href="([^"]*commun=[^"]*)">([^<]*)</a>', seen)}
    assert list(told) == ["5 actes (2 h)", "5 entreprises aidées"]
    both, firms = told.values()
    assert "5 actes · 5 bénéficiaires" in dashboard_list(client, both)
    assert "6 actes · 5 bénéficiaires" in dashboard_list(client, firms)
    assert "les actes qui comptent aussi pour un autre pacte" in dashboard_list(client, both)


def dashboard_list(client, address):
    return " ".join(unescape(client.get(address).content.decode()).replace("\u00a0", " ").split())


def test_a_dashboard_without_overlap_says_nothing(client, cast, two):
    for one in two[0].axis.convention.axes.all():
        one.objectives.all().delete()
    assert "comptent aussi" not in dashboard(client, cast.octave, "grand")


def test_a_partner_reads_the_overlap_without_rows_and_never_of_two_firms(client, cast, two):
    seen = dashboard(client, cast.basile, "grand")
    assert "4 actes et 4 entreprises aidées comptent aussi pour un pacte dont votre organisation n’est pas" in seen
    assert "commun=" not in seen
    assert "Petit pacte" not in seen
    for act in cast.chamber.acts.filter(commune=LENS)[:2]:
        ground.reverse(act)
    seen = dashboard(client, cast.basile, "grand")
    assert "Une partie au moins de ces chiffres compte aussi" in seen
    assert "2 actes et" not in seen


def test_as_many_queries_with_one_shared_objective_as_with_forty(client, cast, two):
    dashboard(client, cast.octave, "grand")
    with CaptureQueriesContext(connection) as few:
        dashboard(client, cast.octave, "grand")
    for number in range(39):
        ground.objective(two[1].axis, title=f"Objectif {number}", kinds=[ActKind.VISIT])
    with CaptureQueriesContext(connection) as many:
        seen = dashboard(client, cast.octave, "grand")
    assert seen.count("4 sur 9 répondent aussi") == 40
    assert len(many) == len(few)


@pytest.fixture
def apart(cast):
    """Two pacts of the agglomération, each with another chamber; 3 of the 6 firms that the first one visited, both."""
    ours = ground.convention(cast.chamber, LENS, LIEVIN, slug="notre", short_title="Le nôtre")
    theirs = ground.convention(cast.other_chamber, LENS, LIEVIN, slug="autre", short_title="Un autre")
    for pact in (ours, theirs):
        Party.objects.create(convention=pact, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    mine, _ = (
        ground.objective(ground.axis(one), kinds=[ActKind.VISIT], sharing=Sharing.BOTH) for one in (ours, theirs)
    )
    visited = [ground.firm() for _ in range(6)]
    for who in visited:
        ground.act(cast.chamber, "2025-03-10", who, commune=LENS)
    for who in visited[:3]:
        ground.act(cast.other_chamber, "2025-04-02", who, commune=LENS)
    return mine, visited, theirs


def test_which_of_our_firms_another_chamber_helped_too_opens_nowhere(client, cast, apart):
    mine, _, theirs = apart
    text = shown(client, cast.octave, mine, "?annee=2025")
    cells, addresses = lines_of(text)
    assert (cells[1][1], addresses) == ("3", [])
    for part in (f"?partie=pacte:{theirs.pk}", "?partie=pacte:", "?partie=pacte:1"):
        shown(client, cast.octave, mine, part, status=404)
    seen = dashboard(client, cast.octave, "notre")
    assert "3 entreprises aidées" in seen
    assert "commun=entreprises" not in seen
    for query in ("", "&du=2025-04-02&au=2025-04-02"):
        asked = f"/atelier/actes/?pacte=notre&commun=entreprises{query}"
        assert as_user(client, cast.octave).get(asked).status_code == 404
        assert client.get(asked.replace("entreprises", "actes")).status_code == 200
        assert client.get(asked.replace("/actes/", "/actes.csv")).status_code == 404


def test_two_firms_that_another_chamber_helped_too_are_not_told_to_who_owns_every_row(client, cast, apart):
    ground.reverse(cast.other_chamber.acts.first())
    assert "Le secret statistique n’en dit pas le nombre" in shown(client, cast.octave, apart[0], "?annee=2025")
    assert "2 entreprises aidées" not in dashboard(client, cast.octave, "notre")


def test_rows_that_the_reserved_ones_of_a_colleague_would_pick_out_are_not_opened(client, cast, two):
    far = two[1]
    assert lines_of(shown(client, cast.diane, far, "?annee=2025"))[1] == []
    shown(client, cast.diane, far, "?partie=pacte:", status=404)


def test_with_five_other_pacts_the_small_pieces_make_one_line(client, cast):
    places = [f"62{number:03d}" for number in range(1, 32)]
    wide = ground.convention(cast.chamber, *places, slug="grand")
    mine = ground.objective(ground.axis(wide), measure=Measure.ACTS, sharing=Sharing.BOTH)
    for bit in range(5):
        near = ground.convention(cast.chamber, *(one for one in places if int(one) - 62000 >> bit & 1))
        ground.objective(ground.axis(near), measure=Measure.ACTS, sharing=Sharing.BOTH)
    for number, place in enumerate(places):
        for _ in range(2 if number == 30 else 1):
            ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=place)
    cells, _ = lines_of(shown(client, cast.octave, mine, "?annee=2025"))
    assert len(cells) == 22
    assert cells[-2][:3] == ["11 autres croisements de pactes", "11", "11"]
    assert sum(int(cell[1]) for cell in cells[:-1]) == int(cells[-1][1]) == 32
    assert sum(int(cell[3]) for cell in cells[:-1]) == int(cells[-1][3])
    assert cells[-3][1] == "2"


def test_a_list_of_common_acts_says_that_those_of_other_parties_stay_with_them(client, cast, two, apart):
    as_user(client, cast.octave)
    said = "Ce sont ceux de votre organisation seule"
    assert said in dashboard_list(client, "/atelier/actes/?pacte=notre&commun=actes")
    assert said not in dashboard_list(client, "/atelier/actes/?pacte=petit&commun=actes")
    assert said not in dashboard_list(client, "/atelier/actes/?pacte=notre")


def test_what_a_pact_not_ours_counts_too_is_not_found_by_subtraction(client, cast, apart):
    assert "de trop" not in shown(client, cast.octave, apart[0], "?annee=2025")
    assert "compterait 3 entreprises de trop" in shown(client, cast.basile, apart[0], "?annee=2025")


def test_a_number_opens_only_when_some_of_its_own_rows_are_ours_and_one_act_counts_in_the_singular(client, cast):
    ours = ground.convention(cast.chamber, LENS, slug="notre")
    theirs = ground.convention(cast.agglomeration, LENS)
    Party.objects.create(convention=ours, organisation=cast.agglomeration, role=PartyRole.FUNDER)
    for one in (ours, theirs):
        ground.objective(ground.axis(one), kinds=[ActKind.VISIT])
    ground.act(cast.agglomeration, "2025-03-10", None, commune=LENS)
    assert "1 acte compte aussi pour" in dashboard(client, cast.octave, "notre")
    for who in (ground.firm(), ground.firm(), ground.firm()):
        for by in (cast.chamber, cast.agglomeration):
            ground.act(by, "2025-03-10", who, commune=LENS)
    for _ in range(3):
        ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=LENS)
    seen = dashboard(client, cast.octave, "notre")
    assert "4 actes et 3 entreprises aidées comptent aussi pour" in seen
    assert "commun=" not in seen


def test_no_row_is_missing_because_another_chamber_counts_its_firm(client, cast, apart):
    mine, visited, theirs = apart
    for one in (mine, theirs.axes.get().objectives.get()):
        one.sharing = Sharing.EXCLUSIVE
        one.save()
    theirs.perimeter = ground.perimeter(LENS)
    theirs.save()
    for query in ("?annee=2025", f"?annee=2025&partie=commune:{LENS}"):
        text = shown(client, cast.octave, mine, query)
        assert text.count("10 mars 2025") == len(visited)
        assert "l’en retirer dirait qui il aide" in text
