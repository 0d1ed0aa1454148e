"""What the daily files beside the store add to the watch: its page, its feed, its tables."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import sleep
from xml.etree import ElementTree as ET

import pytest

from etabli import facts
from etabli.kept import Kept
from etabli.observatory.watch import feed
from maillage.territory import parse
from maillage.watch import Kind
from maillage.watch.shelf import load
from tests.maillage.indicators.town import siret
from tests.maillage.watch import answers
from tests.maillage.watch.editions import ARRAS, LENS, LIEVIN, OPEN, Month

ATOM = "{http://www.w3.org/2005/Atom}"
PLACE, WATCH = parse(f"commune:{LENS}"), f"/territoires/commune/{LENS}/veille"
LATER = (("2026-11-04", "", "10.13B"),)


@pytest.fixture
def daily(settings, month_stores, tmp_path):
    """The month in force, in a folder of its own; load what some shops have become."""
    shutil.copytree(month_stores, tmp_path / "stores")
    settings.STORES_DIR = tmp_path / "stores"

    def read(*shops, on="2026-11-05", place=LENS, **facts_of):
        later = Month()
        for number, periods in shops:
            later.shop(number, place, None, periods, **facts_of)
        path = answers.write(tmp_path / "in" / f"{on}.json", answers.answer(later.after, on))
        return load(path, tmp_path / "daily")

    return read


def texts(client, name="title"):
    document = ET.fromstring(client.get(f"{WATCH}.atom").content)
    return [entry.findtext(f"{ATOM}{name}") for entry in document.iter(f"{ATOM}entry")]


def test_the_page_the_feed_and_the_table_say_what_a_daily_file_does(daily, visit, client):
    before = len(texts(client))
    daily((4, LATER))
    page = visit(f"{WATCH}/")
    assert "puis dans le seul fichier quotidien lu, du 5\u00a0novembre 2026" in page.text.replace("\u202f", "\u00a0")
    assert "FICTIVE 4" in page.text
    assert "7 DES FORGES" in page.text
    assert page.text.count("fichier quotidien") >= 1
    assert len(texts(client)) == before + 1
    assert any(title.endswith("charcuterie à Lens") for title in texts(client))
    assert "fichier quotidien" in client.get(f"{WATCH}.csv").content.decode()


def test_how_many_files_were_read_is_told_rather_than_a_day_reached(daily, visit):
    daily((4, LATER))
    daily((5, LATER), on="2026-11-09")
    said = "les 2 fichiers quotidiens lus, le dernier du 9\u00a0novembre 2026"
    assert said in visit(f"{WATCH}/").text
    assert "2 lus, le dernier du 9\u00a0novembre 2026, pour la veille et les noms à masquer" in visit("/donnees/").text


def test_an_entry_keeps_its_identifier_when_the_next_edition_tells_it(daily, client, settings, tmp_path):
    daily((4, LATER))
    (first,) = [
        entry for entry in ET.fromstring(client.get(f"{WATCH}.atom").content).iter(f"{ATOM}entry")
        if "charcuterie" in entry.findtext(f"{ATOM}title")
    ]  # fmt: skip
    assert datetime.fromisoformat(first.findtext(f"{ATOM}updated")).date().isoformat() == "2026-11-04"
    key = f"2026-11-04/opened/{siret(4)}"
    assert first.findtext(f"{ATOM}id") == feed._urn(PLACE, key)


def test_a_late_declaration_enters_a_feed_that_is_full(daily, client, monkeypatch):
    monkeypatch.setattr(feed, "MOST", 1)
    daily((4, (("2026-09-02", "", "10.13B"),)))
    assert [title.endswith("charcuterie à Lens") for title in texts(client)] == [True]


def test_a_new_file_changes_the_page_that_was_kept(daily, client):
    tag = client.get(f"{WATCH}/").headers["ETag"]
    daily((4, LATER))
    answer = client.get(f"{WATCH}/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "FICTIVE 4" in answer.content.decode()


def test_who_asks_not_to_be_named_since_is_no_longer_named(daily, visit):
    assert "FICTIVE 3" in visit(f"{WATCH}/").text
    daily((3, (("2026-10-20", "", "10.71C"),)), status="P")
    page = visit(f"{WATCH}/")
    assert "FICTIVE 3" not in page.text
    assert page.text.count("nom et adresse masqués") == 2


def test_what_the_edition_holds_is_not_told_twice(daily, client):
    before = texts(client, "id")
    daily((3, (("2026-10-20", "", "10.71C"),)))
    assert texts(client, "id") == before


def test_with_a_single_edition_the_watch_begins_with_the_first_daily_file(daily, visit, monkeypatch):
    monkeypatch.setattr(facts, "previous_store", lambda root, now: None)
    monkeypatch.setattr(facts, "_moves", Kept(100, lambda moved: len(moved.events) + 1))
    assert "Une seule édition" in visit(f"{WATCH}/").text
    daily((4, LATER))
    page = visit(f"{WATCH}/")
    assert "Rien ne peut être dit" in visit("/territoires/commune/75056/veille/", status=409).text
    assert "depuis le 1er\u00a0novembre 2026" in page.text.replace("\u202f", "\u00a0").replace("\n", "")
    assert "FICTIVE 4" in page.text


def test_the_last_of_a_trade_is_told_with_the_nearest_of_today(daily, visit):
    daily((3, ((OPEN[0][0], "2026-11-03", "10.71C"), ("2026-11-04", "", "F"))))
    (event,) = [one for one in facts.moved(PLACE).fresh if one.siret is None]
    assert event.kind is Kind.LAST_LEFT
    page = visit(f"{WATCH}/?evenement=dernier")
    assert "Lens n’a plus qu’un établissement de boulangerie depuis le 4" in page.text.replace("\u00a0", " ")


def test_the_nearest_is_looked_for_again_after_a_second_file_of_the_same_day(daily, visit, monkeypatch):
    centres = {LENS: (2.83, 50.43), LIEVIN: (2.78, 50.42), ARRAS: (2.78, 50.29)}
    monkeypatch.setattr(facts.Store, "centre", lambda _self, code: centres.get(code))
    closed = ((OPEN[0][0], "2026-11-03", "10.71C"), ("2026-11-04", "", "F"))
    daily((3, closed))
    assert "le suivant est à Liévin" in visit(f"{WATCH}/?evenement=dernier").text
    daily((1, closed), place=LIEVIN, shop=2)
    assert "le suivant est à Arras" in visit(f"{WATCH}/?evenement=dernier").text


def test_a_territory_that_the_store_does_not_hold_is_refused(daily, visit):
    daily((4, LATER))
    assert "Rien ne peut être dit" in visit("/territoires/commune/75056/veille/", status=409).text


def test_a_damaged_file_is_named_on_the_page(daily, visit, tmp_path):
    daily((4, LATER))
    (tmp_path / "daily" / "2026-11-06-0123456789abcdef.json").write_text("{", encoding="utf-8")
    page = visit(f"{WATCH}/")
    assert "2026-11-06-0123456789abcdef.json" in page.text
    assert "FICTIVE 4" in page.text


def test_a_file_put_right_under_the_same_name_is_read_anew(daily, client, tmp_path):
    loaded, _ = daily((4, LATER))
    loaded.path.write_text("{", encoding="utf-8")
    damaged = client.get(f"{WATCH}/")
    assert "FICTIVE 4" not in damaged.content.decode()
    daily((4, LATER))
    answer = client.get(f"{WATCH}/", headers={"If-None-Match": damaged.headers["ETag"]})
    assert answer.status_code == 200
    assert "FICTIVE 4" in answer.content.decode()


def test_files_are_read_once_whatever_the_number_of_pages(daily, client, monkeypatch):
    daily((4, LATER))
    calls = []
    monkeypatch.setattr(facts, "fresh", lambda *args, read=facts.fresh: calls.append(1) or read(*args))
    facts._fresh.clear()
    for place in (LENS, LIEVIN, LENS):
        client.get(f"/territoires/commune/{place}/veille/")
    assert len(calls) == 1


def test_files_are_listed_once_however_many_sentences_a_page_has(daily, client, monkeypatch):
    daily((3, ((OPEN[0][0], "2026-11-03", "10.71C"), ("2026-11-04", "", "F"))))
    calls = []
    monkeypatch.setattr(facts, "marks", lambda folder, listed=facts.marks: calls.append(1) or listed(folder))
    for listings in (2, 1):  # once more when they are read
        calls.clear()
        assert "n’a plus qu’un" in client.get(f"{WATCH}/?{listings}").content.decode()
        assert len(calls) == listings


def test_a_page_is_made_of_the_files_of_its_first_question(daily):
    with facts.one_edition():
        before = facts.latest()
        daily((4, LATER))
        assert facts.latest() is before
        assert siret(4) not in [event.siret for event in facts.moved(PLACE).events]
    assert siret(4) in facts.latest().records


def test_two_readers_at_once_read_the_files_once(daily, monkeypatch):
    daily((4, LATER))
    calls = []

    def slow(*args, read=facts.fresh):
        calls.append(1)
        sleep(0.3)
        return read(*args)

    monkeypatch.setattr(facts, "fresh", slow)
    facts._fresh.clear()
    with ThreadPoolExecutor(2) as readers:
        assert len({id(found) for found in readers.map(lambda _: facts.latest(), range(2))}) == 1
    assert len(calls) == 1


@pytest.mark.parametrize(
    "address",
    [
        "metiers/boulangerie/",
        "etablissements/?indicateur=creations&annee=toutes",
        "tableaux/etablissements.csv?indicateur=creations&annee=toutes",
    ],
)
def test_who_asks_not_to_be_named_since_is_named_on_no_page(daily, client, address):
    page = f"/territoires/commune/{LENS}/{address}"
    assert "FICTIVE 3" in client.get(page).content.decode()
    daily((3, (("2026-10-20", "", "10.71C"),)), status="P")
    answer = client.get(page)
    assert answer.status_code == 200
    assert "FICTIVE 3" not in answer.content.decode()


def test_who_asks_not_to_be_named_since_is_masked_among_the_latest_openings(daily, visit):
    before = visit(f"/territoires/commune/{LENS}/").text.count("enseigne masquée")
    daily((3, (("2026-10-20", "", "10.71C"),)), status="P")
    assert visit(f"/territoires/commune/{LENS}/").text.count("enseigne masquée") == before + 1


def test_who_asks_not_to_be_named_since_is_found_by_no_name(daily):
    assert [row.siret for row in facts.establishments_named("fictive 3", [LENS])] == [siret(3)]
    daily((3, (("2026-10-20", "", "10.71C"),)), status="P")
    assert facts.establishments_named("fictive 3", [LENS]) == []
    row = facts.establishment(siret(3))
    assert (row.name, row.sign, row.address, row.postcode, bool(row.status)) == (None, None, None, None, True)


def test_an_association_that_asks_not_to_be_named_is_found_by_its_name_no_more(settings, tmp_path):
    month = Month()
    month.crowd()
    month.firm(5, legal="9220")
    month.shop(5, LENS, OPEN, OPEN)
    month.stores(tmp_path, covers=[f"commune:{code}" for code in (ARRAS, LENS, LIEVIN)])
    settings.STORES_DIR = tmp_path / "stores"
    assert [row.siret for row in facts.establishments_named("fictive 5", [LENS])] == [siret(5)]
    later = Month()
    later.after.firm(5, legal="9220")
    later.shop(5, LENS, None, OPEN, status="P")
    load(answers.write(tmp_path / "in" / "0.json", answers.answer(later.after, "2026-11-05")), tmp_path / "daily")
    assert facts.establishments_named("fictive 5", [LENS]) == []
    assert "FICTIVE" not in str(facts.establishment(siret(5)))
