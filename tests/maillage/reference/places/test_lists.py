"""The operator's named lists: read after the built-in ones, each fault told when its list is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from maillage.cli.main import main
from maillage.errors import UnknownTerritory
from maillage.reference.places import lists
from maillage.territory import parse
from tests.maillage.indicators.town import Town

HEADER = "code,name,as_of,communes,source\n"
SOUND = 'coeur-minier,"Cœur minier, ouest",2020-01-01,62498 62510 62498,Délibération du 3 janvier 2020\n'


@pytest.fixture
def written(monkeypatch, tmp_path):
    """Writes `listes.csv` of a data folder of its own."""
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))

    def write(lines: str | bytes, header: str = HEADER) -> Path:
        content = lines if isinstance(lines, bytes) else (header + lines).encode()
        (tmp_path / lists.OWN_NAME).write_bytes(content)
        return tmp_path

    return write


def test_without_a_file_there_are_the_built_in_lists_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    assert list(lists.named_lists()) == ["pays-aubagne-etoile"]
    with pytest.raises(UnknownTerritory, match="Aucun territoire de niveau"):
        parse("liste:pays-sans-fichier")


def test_a_list_of_the_operator_is_a_territory_after_the_built_in_ones(written):
    written(SOUND)
    assert list(lists.named_lists()) == ["pays-aubagne-etoile", "coeur-minier"]
    where = parse("liste:Coeur-minier")
    assert (where.key, where.name, where.as_of) == ("liste:coeur-minier", "Cœur minier, ouest", date(2020, 1, 1))
    assert where.communes == {"62498", "62510"}
    assert where.population == sum(parse(f"commune:{code}").population for code in where.communes)


def test_a_spreadsheet_may_begin_the_file_with_a_mark(written):
    written(("\ufeff" + HEADER + SOUND + ",,,,\n").encode())
    assert "coeur-minier" in lists.named_lists()
    assert not lists.own_lists().refused


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("faute,Nom,2020-01-01,62498 99999 ABC,Source", "codes de commune inconnus\u00a0: 99999, ABC. Corrigez-les"),
        ("faute,Nom,2020-01-01,97701,Source", "codes de commune inconnus\u00a0: 97701"),
        ("faute,Nom,2020-01-01,62498 01003,Source", "n’existent plus\u00a0: 01003 (aujourd’hui 01165)"),
        ("faute,Nom,2020-01-01,,Source", "n’a aucune commune"),
        ("faute,Nom,2020-13-01,62498,Source", "« 2020-13-01 » n’est pas une date"),
        ("faute,Nom,,62498,Source", "n’est pas une date"),
        ("faute,Nom,2020-01-01,62498,", "manque le nom ou la source"),
        ("faute,,2020-01-01,62498,Source", "manque le nom ou la source"),
        ("faute,Nom, 2020-01-01,62498,Source,de trop", "5 colonnes, il y en a 6"),
        ("faute,Un,2020-01-01,62498,Source\nfaute,Deux,2020-01-01,62510,Source", "ligne 4\u00a0: le code"),
    ],
)
def test_a_line_that_does_not_stand_is_refused_by_name_and_the_others_serve(written, line, said):
    written(SOUND + line + "\n")
    assert "coeur-minier" in lists.named_lists()
    assert "faute" not in lists.named_lists()
    with pytest.raises(UnknownTerritory) as refused:
        parse("liste:faute")
    assert said.replace("« ", "«\u00a0").replace(" »", "\u00a0»") in refused.value.message
    assert "listes.csv" in refused.value.message
    assert "listes.csv" not in refused.value.plain


@pytest.mark.parametrize("code", ["pays-aubagne-etoile", "62498", "deux mots", ""])
def test_a_code_that_is_taken_or_is_no_code_is_refused(written, code):
    written(f"{code},Nom,2020-01-01,62498,Source\n")
    assert not lists.own_lists().lists
    assert len(lists.own_lists().refused) == 1
    assert parse("liste:pays-aubagne-etoile").count == 12


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ((HEADER + SOUND).replace(",", ";").encode(), "doit commencer par la ligne code,name"),
        (b"", "doit commencer par la ligne code,name"),
        ((HEADER + SOUND).encode("cp1252", "replace"), "n’est pas en UTF-8"),
        ((HEADER + 'autre,"Nom').encode(), "est illisible"),
    ],
    ids=["semicolons", "empty", "latin", "quote"],
)
def test_a_file_that_is_none_is_told_to_whoever_asks_for_a_list(written, content, said):
    written(content)
    with pytest.raises(UnknownTerritory, match=said):
        parse("liste:coeur-du-pays")
    assert parse("liste:62498,62510").count == 2


def test_the_command_line_and_the_search_know_the_list(written):
    folder = written(SOUND)
    script = "from maillage.territory import search; print([where.key for where in search('coeur minier')])"
    root = Path(__file__).resolve().parents[4]
    environment = os.environ | {"ETABLI_DATA": str(folder), "PYTHONIOENCODING": "utf-8"}
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert "liste:coeur-minier" in found.stdout


@pytest.mark.parametrize(("line", "code"), [("", 0), ("faute,Nom,2020-01-01,99999,Source\n", 2)])
def test_check_tells_the_faults_of_the_lists(written, tmp_path, capsys, line, code):
    town = Town()
    town.shop(1, "62498", ("2015-03-01", "", "10.71C"))
    town.store(tmp_path)
    written(SOUND + line)
    assert main(["check"]) == code
    assert ("99999" in capsys.readouterr().err) == bool(line)
