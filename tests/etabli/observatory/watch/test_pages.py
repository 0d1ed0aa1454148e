"""The watch page: counts, sentences about the last of a trade, filters, what is never named."""

import re
from collections import Counter

import pytest

from etabli import facts
from maillage.reference.trades import trade
from maillage.territory import commune_name, parse
from maillage.watch import Kind
from maillage.watch.nearest import kilometres
from tests.etabli.conftest import LENS_LIEVIN

LENS = parse("epci:246200364")
WATCH = f"{LENS_LIEVIN}veille/"


@pytest.fixture
def moved(demo):
    return facts.moved(LENS)


def counts_of(page):
    """What the row of counts prints, by label."""
    found = re.findall(r'<a href="#\w+"><b>([^<]+)</b> <span>([^<]+)</span>', page.html)
    return {label: int(count.replace("\u202f", "")) for count, label in found}


def test_the_counts_are_those_of_the_events(moved, visit):
    kinds = Counter(event.kind for event in moved.events)
    shown = counts_of(visit(WATCH))
    assert sum(shown.values()) == len(moved.events)
    assert shown["ouvertures"] == kinds[Kind.OPENED] > 1
    assert [count for label, count in shown.items() if label.startswith("fermeture")] == [kinds[Kind.CLOSED]]


def test_every_event_is_on_the_page_with_its_siret(moved, visit):
    page = visit(WATCH)
    assert sorted(re.findall(r"SIRET (\d{14})</span>", page.html)) == sorted(e.siret for e in moved.events if e.siret)


@pytest.mark.parametrize(
    ("query", "kinds", "sector"),
    [
        ("", (Kind.OPENED, Kind.CLOSED), None),
        ("?evenement=fermeture", (Kind.CLOSED,), None),
        ("?secteur=alimentation", (Kind.OPENED, Kind.CLOSED), "alimentation"),
        ("?evenement=dernier&secteur=services", (Kind.LAST_LEFT,), "services"),
    ],
)
def test_the_title_counts_what_is_shown(moved, visit, query, kinds, sector):
    title = visit(WATCH + query).title.replace("\u00a0", " ").replace("\u202f", " ")
    events = [event for event in moved.events if sector in (None, trade(event.trade or event.old_trade).sector)]
    counts = [sum(event.kind is kind for event in events) for kind in kinds]
    assert re.findall(r"\d+|aucune?", title) == [str(count) if count else title.split()[2] for count in counts]
    field = {None: "l’artisanat", "services": "les services"}.get(sector, f"l’{sector}")
    assert title.split(" dans ")[1].startswith(field)


def test_filters_keep_what_is_asked_and_the_files_too(moved, visit):
    page = visit(f"{WATCH}?evenement=ouverture&secteur=batiment")
    assert set(counts_of(page)) <= {"ouvertures", "ouverture"}
    assert f"{LENS_LIEVIN}veille.csv?evenement=ouverture&secteur=batiment" in page.links
    assert f"{LENS_LIEVIN}veille.atom?evenement=ouverture&secteur=batiment" in page.links


@pytest.mark.parametrize("query", ["evenement=naissance", "secteur=agriculture"])
def test_a_filter_that_does_not_exist_is_refused_with_those_that_do(demo, visit, client, query):
    page = visit(f"{WATCH}?{query}", status=400)
    assert "écrire" in page.text
    assert client.get(f"{LENS_LIEVIN}veille.csv?{query}").status_code == 400
    assert client.get(f"{LENS_LIEVIN}veille.atom?{query}").status_code == 400


def test_partially_diffusible_establishments_are_counted_and_never_named(month, visit):
    page = visit("/territoires/commune/62498/veille/?evenement=ouverture")
    assert counts_of(page) == {"ouvertures": 2}
    assert page.text.count("diffusion partielle\u00a0: nom et adresse masqués") == 1
    assert "FICTIVE 3" in page.text
    assert "FICTIVE 2" not in page.text


def test_a_commune_that_lost_a_trade_is_told_in_a_sentence_with_the_nearest(demo, visit):
    """The nearest commune is found again by hand: every commune of the store, every spell of the trade."""
    lost = [event for event in facts.moved(LENS).events if event.kind is Kind.LAST_GONE]
    page = visit(f"{WATCH}?evenement=disparition") if lost else None
    for event in lost:
        here = demo.centre(event.commune)
        around = {
            commune: kilometres(here, demo.centre(commune))
            for commune in demo.manifest.communes
            if commune != event.commune and demo.centre(commune) and _practised(demo, commune, event.trade)
        }
        nearest = min(around, key=around.get)
        start = f"{commune_name(event.commune)} n’a plus d’établissement de {trade(event.trade).label} depuis"
        sentence = next(part for part in re.findall(r"<p>(.*?)\. <a", page.html) if part.startswith(start))
        assert f"le plus proche est {parse(f'commune:{nearest}').at}, à " in sentence
        assert f"{around[nearest]:.1f}".replace(".", ",") in sentence


def _practised(store, commune, trade):
    spells, on = store.spells, facts.moved(LENS).until.toordinal() - 719_163
    rows = store.rows_in([commune])
    return any(
        store.manifest.trades[spells.trade[row]] == trade
        and spells.start[row] <= on < spells.end[row]
        and (spells.reach[row] < 2 or store.establishments.certain[spells.establishment[row]])
        and store.firms.legal[spells.firm[row]] <= 2
        for row in rows
    )


def test_a_move_is_a_departure_for_the_commune_that_is_left(month, visit):
    left = visit("/territoires/commune/62498/veille/?evenement=depart")
    entered = visit("/territoires/commune/62510/veille/?evenement=arrivee")
    assert "s’installe à Liévin" in left.text
    assert "venait de Lens" in entered.text


def test_the_fragment_is_that_of_the_page(demo, client, visit):
    whole = visit(f"{WATCH}?secteur=services").html
    part = client.get(f"{WATCH}?secteur=services", headers={"HX-Request": "true"}).content.decode()
    title, rest = part.split("</title>")
    assert f"{title.strip()}</title>" in whole
    assert rest.strip().startswith('<div id="veille">')
    assert "".join(rest.split()) in "".join(whole.split())


def test_nothing_for_a_choice_proposes_to_widen_it(demo, visit):
    page = visit(f"{WATCH}?evenement=reprise&secteur=fabrication")
    assert "Rien n’a bougé pour ce choix" in page.text
    assert WATCH in page.links


def test_a_single_edition_says_when_the_watch_will_begin(demo, visit, monkeypatch):
    alone = facts.Moved((), None, demo.manifest.stock_date)
    monkeypatch.setattr(facts, "moved", lambda where: alone)
    page = visit(WATCH)
    assert "Une seule édition des données est en ligne" in page.text
    assert "<form" not in page.html


def test_a_territory_without_any_event_says_so(demo, visit, monkeypatch):
    quiet = facts.Moved((), facts.moved(LENS).since, demo.manifest.stock_date)
    monkeypatch.setattr(facts, "moved", lambda where: quiet)
    assert "Rien n’a bougé entre le" in visit(WATCH).text


def test_strangers_and_absences(demo, visit):
    assert "ne porte le code 246200365" in visit("/territoires/epci/246200365/veille/", status=404).text
    assert "Rien ne peut être dit" in visit("/territoires/commune/75056/veille/", status=409).text


def test_the_page_is_not_sent_twice(demo, client):
    tag = client.get(WATCH).headers["ETag"]
    assert client.get(WATCH, headers={"If-None-Match": tag}).status_code == 304


def test_establishments_are_read_once_however_many_moved(demo, client, monkeypatch):
    calls = []
    describe = type(demo).describe
    monkeypatch.setattr(type(demo), "describe", lambda *args, **more: calls.append(1) or describe(*args, **more))
    client.get(WATCH)
    assert len(calls) == 1


@pytest.mark.parametrize("address", [f"{LENS_LIEVIN}veille/?secteur=batiment", "/territoires/?q=lens"])
def test_going_back_brings_the_whole_page(demo, client, address):
    whole = client.get(address)
    part = client.get(address, headers={"HX-Request": "true"})
    back = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" not in part.content.decode()
    assert back.content == whole.content
    assert {"HX-Request", "HX-History-Restore-Request"} <= {name.strip() for name in back["Vary"].split(",")}
    assert len({answer.headers.get("ETag") for answer in (whole, part, back)}) in (1, 3), "a part is no other’s copy"
