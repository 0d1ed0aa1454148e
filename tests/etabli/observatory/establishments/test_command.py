"""`./run maillage rows` and the page of a figure list the same establishments, masked alike."""

import json
import shutil

import pytest

from etabli import facts
from maillage.cli.main import main
from maillage.territory import parse
from maillage.watch.shelf import load
from tests.etabli.conftest import LENS_LIEVIN
from tests.maillage.indicators.town import Town
from tests.maillage.watch import answers

WHERE = "epci:246200364"
SAME = ("siret", "name", "sign", "address", "postcode")
FILE = f"{LENS_LIEVIN}tableaux/etablissements.json"


@pytest.fixture
def own(demo, settings, tmp_path, monkeypatch):
    """The demonstration in a data folder of its own: daily files may be loaded."""
    shutil.copytree(settings.STORES_DIR, tmp_path / "stores")
    settings.STORES_DIR = tmp_path / "stores"
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def listed(own, capsys):
    """`listed("stock", "--by", …)`: the lines of the command, and what it says beside them."""

    def run(*words):
        assert main(["rows", words[0], "--where", WHERE, "--format", "json", *words[1:]]) == 0
        shown = capsys.readouterr()
        return json.loads(shown.out)["rows"], shown.err

    return run


def on_page(client, query):
    rows = json.loads(client.get(f"{FILE}?{query}").content)["rows"]
    names = ("SIRET", "Nom", "Enseigne", "Adresse", "Code postal")
    return [tuple(row[name] or None for name in names) for row in rows]


def hide(folder, siret):
    """A daily file in which that establishment asks not to be named."""
    town = Town()
    town.shop(1, "62498", ("2010-01-01", "", "10.71C"), status="P")
    town.shops[0] |= {"siret": siret, "siren": siret[:9], "nic": siret[9:]}
    town.history[0] |= {"siret": siret}
    town.firms = {siret[:9]: next(iter(town.firms.values()))}
    path = answers.write(folder / "in" / "day.json", answers.answer(town, "2026-12-30"))
    return load(path, folder / "daily")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("indicateur=stock_firms", ("stock_firms",)),
        ("indicateur=creations&annee=2024&metier=coiffure", ("creations", "--during", "2024", "--trade", "coiffure")),
        ("indicateur=stock&forme=societe", ("stock", "--legal", "company")),
        ("indicateur=stock&zonage=density:Ceintures urbaines", ("stock", "--zone", "density:Ceintures urbaines")),
        (
            "indicateur=closures&zonage=zrr:NC&forme=individuelle&annee=2023",
            ("closures", "--zone", "zrr:NC", "--legal", "sole", "--during", "2023"),
        ),
    ],
)
def test_the_command_lists_what_the_page_does(listed, client, query, words):
    shown = on_page(client, query)
    assert shown
    rows, _ = listed(*words)
    assert [tuple(row[name] for name in SAME) for row in rows] == shown


def test_who_asks_not_to_be_named_since_the_edition_is_masked_by_the_command_too(own, listed, client):
    numbers = facts.rows_behind(facts.Question("stock_firms", parse(WHERE)))
    one = next(row for row in facts.described(numbers) if row.name and row.address)
    assert hide(own, one.siret)[1]
    shown = on_page(client, "indicateur=stock_firms")
    assert (one.siret, None, None, None, None) in shown
    rows, _ = listed("stock_firms")
    assert [tuple(row[name] for name in SAME) for row in rows] == shown
    assert next(row for row in rows if row["siret"] == one.siret)["status"] == "P"


def test_a_damaged_daily_file_is_told_beside_the_list(own, listed):
    (own / "daily").mkdir()
    (own / "daily" / "2026-12-30-0123456789abcdef.json").write_text("{", encoding="utf-8")
    assert "2026-12-30-0123456789abcdef.json" in listed("stock")[1]


def test_the_limit_is_that_of_the_part_asked_for(listed):
    rows, _ = listed("stock", "--zone", "density:Ceintures urbaines", "--limit", "3")
    assert rows == listed("stock", "--zone", "density:Ceintures urbaines")[0][:3]
    assert len(rows) == 3


@pytest.mark.parametrize("zone", ["density:Lune", "couleur:bleu", "density", ":Petites villes"])
def test_a_zone_that_does_not_exist_is_refused(own, capsys, zone):
    assert main(["rows", "stock", "--where", WHERE, "--zone", zone]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("Erreur\u00a0: ")


def test_what_the_list_is_restricted_to_is_told(own, capsys):
    main(["rows", "stock", "--where", WHERE, "--zone", "density:Petites villes", "--legal", "company"])
    shown = capsys.readouterr().err.replace("\u00a0", " ")
    assert "Seulement : société, densité : Petites villes" in shown
