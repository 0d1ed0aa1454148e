"""Every figure opens onto its rows: behind each link stand exactly as many as the figure says."""

import re
from datetime import date
from html import unescape

import pytest

from etabli.acts.kinds import ActKind
from etabli.pacts.models import Measure, Target
from tests.etabli.cast import as_user
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import AVION, LENS, LIEVIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


@pytest.fixture(autouse=True)
def summer(time_machine):
    time_machine.move_to(date(2025, 7, 1))


@pytest.fixture
def pact(cast):
    """Two years of visits, a firm helped twice, three objectives that stand differently."""
    made = ground.convention(cast.chamber, LENS, LIEVIN, AVION, slug="pacte-ouvert", years=(2024, 2025))
    axis = ground.axis(made)
    one = ground.objective(
        axis, title="Entreprises visitées", kinds=[ActKind.VISIT], disaggregations=["commune", "qpv", "epci"]
    )
    late = ground.objective(axis, title="Labels", kinds=[ActKind.LABEL])
    acts = ground.objective(axis, title="Visites", kinds=[ActKind.VISIT], measure=Measure.ACTS, unit="visites")
    for objective, target in ((one, 3), (late, 9), (acts, 2)):
        for year in (2024, 2025):
            Target.objects.create(objective=objective, year=year, value=target, set_by=cast.octave)
    who = ground.firm()
    for day, place in (("2024-02-01", LENS), ("2025-02-01", LENS), ("2025-02-02", LIEVIN)):
        ground.act(cast.chamber, day, who, commune=place, minutes=60)
    for place in (LENS, LENS, LIEVIN, AVION):
        ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=place, qpv="QP062001")
    return made


def shown(client, user, address):
    response = as_user(client, user).get(address)
    assert response.status_code == 200, address
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def figures_of(text):
    """Address and number of each link that is a number, what is said for the blind left out."""
    links = re.findall(r'<td class="n"[^>]*><a href="([^"]+)">([\d ]+)<', text)
    assert links
    return [(unescape(address), number.replace(" ", "")) for address, number in links]


def rows_words(text):
    return re.search(r'<p class="totals">(.*?)</p>', text)[1]


def test_the_counts_of_the_comparison_open_onto_as_many_rows(client, cast, pact):
    text = shown(client, cast.octave, "/pacte/comparaison/")
    communes, firms, acts, hours, *standings = figures_of(text)
    page = shown(client, cast.octave, communes[0])
    assert communes == ("/pacte/pacte-ouvert/convention/#communes", "3")
    assert 'id="communes"' in page
    assert "3 communes" in page.partition('id="communes"')[2]
    assert "Avion, Lens, Liévin" in page
    assert (firms[1], acts[1], hours[1]) == ("5", "7", "3")
    assert "7 actes · 5 bénéficiaires · 3 communes · 180 minutes" in shown(client, cast.octave, acts[0])
    assert [number for _, number in standings] == ["2", "1"]
    for address, number in standings:
        listed = shown(client, cast.octave, address)
        assert listed.count("gauge-bar") == int(number)
        assert f"<b>{number} objectif" in listed


def test_who_sees_no_row_reads_the_comparison_without_links_to_rows(client, cast, pact):
    assert "/atelier/actes/" in shown(client, cast.octave, "/pacte/comparaison/")
    pact.parties.create(organisation=cast.agglomeration, role="funder")
    assert "/atelier/actes/" not in shown(client, cast.luc, "/pacte/comparaison/")


def test_an_unknown_standing_is_not_found(client, cast, pact):
    assert as_user(client, cast.octave).get("/pacte/pacte-ouvert/objectifs/?etat=magie").status_code == 404


def test_the_cells_of_the_years_open_onto_as_many_rows(client, cast, pact):
    cells = figures_of(shown(client, cast.octave, "/pacte/pacte-ouvert/annees/"))
    assert [number for _, number in cells] == ["1", "5", "0", "0", "1", "6"]
    for address, number in cells:
        behind = shown(client, cast.octave, address.partition("#")[0])
        if number == "0":
            assert "Aucun acte compté" in behind
        else:
            assert re.search(rf"\b{number} (entreprise|acte)s?\b", rows_words(behind)), (address, rows_words(behind))


def test_the_parts_of_a_figure_open_onto_as_many_rows_and_export_them(client, cast, pact):
    one = pact.axes.get().objectives.get(title="Entreprises visitées")
    here = f"/pacte/pacte-ouvert/objectifs/{one.pk}/"
    parts = [link for link in figures_of(shown(client, cast.octave, here)) if "partie=" in link[0]]
    assert [number for _, number in parts] == ["3", "2", "1", "4", "1", "5"]
    for address, number in parts:
        behind = shown(client, cast.octave, f"{here}{address.partition('#')[0]}")
        acts, firms = re.match(r"(\d+) actes?, (\d+) entreprises?", rows_words(behind)).groups()
        assert firms == number
        export = re.search(r'href="([^"]*lignes\.csv[^"]*)"', behind)[1]
        assert len(re.findall(r"visite", client.get(export).content.decode().partition("Jour")[2])) >= int(acts)


def test_the_figures_of_the_committee_open_like_those_of_the_dashboard(client, cast, pact):
    slide = shown(client, cast.octave, "/pacte/pacte-ouvert/copil/")
    board = shown(client, cast.octave, "/pacte/pacte-ouvert/")
    opened = re.findall(r'<a href="([^"]+)">', slide.partition('class="slide-figures"')[2].partition("</ul>")[0])
    assert len(opened) == 4
    for address in opened:
        assert f'href="{address}"' in board or address in board
    assert "7 actes · 5 bénéficiaires" in shown(client, cast.octave, opened[1])
    pact.parties.create(organisation=cast.agglomeration, role="funder")
    assert "/atelier/actes/" not in shown(client, cast.luc, "/pacte/pacte-ouvert/copil/")
