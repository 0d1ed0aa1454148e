"""The command line: answers on stdout, refusals in French on stderr with exit code 2, never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.cli.main import COMMANDS, main
from maillage.indicators import cards
from tests.maillage.store.official_files import STOCK, crowd, write_csv

CALL = "epci:246200364"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout, stderr."""
    try:
        code = main(list(arguments))
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_json_holds_rows_keyed_by_the_split_beside_the_definition(capsys):
    code, out, err = run(capsys, "show", "stock", "--where", CALL, "--by", "trade", "--format", "json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert list(answer["rows"][0])[:3] == ["trade", "label", "value"]
    assert answer["total"] == sum(row["value"] for row in answer["rows"])
    assert answer["definition"]["plain"]
    assert answer["definition"]["formula"]
    assert answer["where"] == {"key": CALL, "name": "CA de Lens - Liévin", "as_of": "2026-01-01"}
    assert answer["on"] == "2026-10-01"
    assert answer["fictitious"] is True
    assert {"store", "left_out", "notes", "scope", "unit", "stock_date"} <= answer.keys()


@pytest.mark.parametrize(
    ("by", "key"),
    [("commune", "commune"), ("year", "year"), ("size", "size"), ("sector", "sector"), ("legal", "legal")],
)
def test_each_split_names_its_key(capsys, by, key):
    _, out, _ = run(capsys, "show", "stock_firms", "--where", CALL, "--by", by, "--format", "json")
    assert all(key in row for row in json.loads(out)["rows"])


def test_without_split_there_is_one_row_without_key(capsys):
    _, out, _ = run(capsys, "show", "stock_firms", "--where", CALL, "--format", "json")
    (row,) = json.loads(out)["rows"]
    assert list(row) == ["label", "value"]


def test_csv_has_a_header_and_keeps_its_notes_apart(capsys):
    _, out, err = run(capsys, "show", "creations", "--where", CALL, "--by", "month", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert len(lines) == 12
    assert {"month", "label", "value", "without_links"} <= lines[0].keys()
    assert "Données fictives" in err


def test_the_table_says_the_scope_the_source_and_the_fiction(capsys):
    _, out, _ = run(capsys, "show", "stock_firms", "--where", CALL, "--by", "sector")
    for words in ("Entreprises artisanales", "10 salariés au plus", "Ensemble", "Insee", "inscrit", "Données fictives"):
        assert words in out


PAST = ("--where", CALL, "--on", "2015-01-01", "--scope", "certain")
APPLIED, ASKED = "activité entièrement artisanale, toutes tailles", "(NAFA) déclaré, 10 salariés au plus"


def test_json_gives_the_scope_really_applied_and_the_one_asked_for(capsys):
    scope = json.loads(run(capsys, "show", "stock", *PAST, "--format", "json")[1])["scope"]
    assert (scope["activity"], scope["size"], scope["label"]) == ("activity", None, APPLIED)
    assert (scope["asked"]["activity"], scope["asked"]["size"]) == ("certain", "10")
    assert scope["asked"]["label"].endswith(ASKED)
    assert json.loads(run(capsys, "rows", "stock", *PAST, "--format", "json")[1])["scope"] == scope
    flows = json.loads(run(capsys, "show", "creations", "--where", CALL, "--format", "json")[1])["scope"]
    assert (flows["size"], flows["asked"]["size"]) == (None, "10")


@pytest.mark.parametrize(("command", "form"), [("show", "table"), ("show", "csv"), ("rows", "table"), ("rows", "csv")])
def test_words_beside_a_figure_give_the_scope_really_applied_then_the_one_asked_for(capsys, command, form):
    _, out, err = run(capsys, command, "stock", *PAST, "--format", form)
    said = (out if (command, form) == ("show", "table") else err).splitlines()
    place = said.index(f"Périmètre\u00a0: {APPLIED}")
    assert said[place + 1].startswith("Périmètre demandé\u00a0:")
    assert said[place + 1].endswith(ASKED)


def test_scope_applied_as_asked_is_said_once(capsys):
    assert "Périmètre demandé" not in run(capsys, "show", "stock", "--where", CALL)[1]


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.id)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_every_indicator_answers_in_every_format(capsys, card, form):
    code, out, _ = run(capsys, "show", card.id, "--where", CALL, "--format", form)
    assert code == 0
    assert out


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "profit", "--where", CALL),
        ("show", "stock", "--where", "commune:99999"),
        ("show", "stock", "--where", "france"),
        ("show", "stock", "--where", CALL, "--on", "hier"),
        ("show", "stock", "--where", CALL, "--on", "2026-02-30"),
        ("show", "creations", "--where", CALL, "--during", "2024..2020"),
        ("show", "stock", "--where", CALL, "--on", "0001-01-01"),
        ("show", "stock", "--where", CALL, "--on", "9999-12-31"),
        ("show", "creations", "--where", CALL, "--during", "0001-01-01..9999-12-31"),
        ("show", "creations", "--where", CALL, "--during", "9999"),
        ("rows", "creations", "--where", CALL, "--during", "9999-12"),
        ("build", "--source", ".", "--on", "9999-12-31"),
        ("show", "stock", "--where", CALL, "--by", "couleur"),
        ("show", "stock", "--where", CALL, "--trade", "astrologie"),
        ("show", "stock", "--where", CALL, "--store", "/nulle/part"),
        ("rows", "employees", "--where", CALL),
        ("build", "--source", "/nulle/part"),
        ("indicators", "profit"),
        ("diff", "--from", "/nulle/part"),
        ("reference", "--from", "/nulle/part.tgz"),
    ],
    ids=" ".join,
)
def test_bad_input_is_refused_in_one_french_sentence(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.splitlines()[-1].startswith("Erreur\u00a0: ")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show",), "il manque"),
        (("show", "stock"), "--where"),
        (("show", "stock", "--where", CALL, "--scope", "tout"), "choisir parmi"),
        (("show", "stock", "--where", CALL, "--colour"), "argument inconnu"),
        (("show", "stock", "--where"), "il manque une valeur"),
        (("rows", "stock", "--where", CALL, "--limit", "dix"), "n’est pas une valeur possible"),
        ((), "il manque"),
        (("dance",), "n’existe pas"),
    ],
)
def test_bad_options_are_refused_in_french(capsys, arguments, words):
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert words in err
    assert "usage\u00a0:" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_french(capsys, command):
    code, out, _ = run(capsys, command, "-h")
    assert code == 0
    assert "montre cette aide" in out
    assert "show this help" not in out
    assert "positional arguments" not in out


def test_rows_lists_masked_establishments(capsys):
    _, out, _ = run(capsys, "rows", "stock", "--where", CALL, "--format", "json")
    answer = json.loads(out)
    assert len(answer["rows"]) > 10
    assert all(len(row["siret"]) == 14 for row in answer["rows"])


def test_rows_stops_at_the_limit(capsys):
    _, out, _ = run(capsys, "rows", "stock", "--where", CALL, "--format", "csv", "--limit", "3")
    assert len(out.splitlines()) == 4


def test_diff_compares_with_the_build_before(capsys):
    _, out, _ = run(capsys, "diff", "--where", "commune:62498", "--format", "json")
    kinds = {(event["kind"], event["trade"]) for event in json.loads(out)["events"]}
    assert {("opened", "boulangerie"), ("closed", "coiffure")} <= kinds


def test_check_shows_the_report_and_every_rule(capsys):
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert "StockEtablissement" in out
    assert "NON" not in out


def test_building_again_gives_the_same_store(capsys, data: Path):
    code, out, err = run(capsys, "build", "--source", str(data / "sources" / "sirene"))
    assert code == 0
    assert (data / "stores" / "current").read_text(encoding="utf-8").strip() in out
    assert err


def test_reading_a_command_loads_neither_numpy_nor_django():
    check = "import sys, maillage.cli.main; print({'numpy', 'django', 'duckdb'} & set(sys.modules))"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", check], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_diff_reads_daily_answers_too(capsys, tmp_path):
    period = {"dateDebut": "2026-10-03", "dateFin": None, "etatAdministratifEtablissement": "A",
              "activitePrincipaleEtablissement": "10.71C",
              "nomenclatureActivitePrincipaleEtablissement": "NAFRev2"}  # fmt: skip
    answers = [
        {"siret": f"0000000000001{rank}", "adresseEtablissement": {"codeCommuneEtablissement": commune},
         "periodesEtablissement": [period]}
        for rank, commune in enumerate(("62498", "62510"))
    ]  # fmt: skip
    file = tmp_path / "daily.json"
    file.write_text(json.dumps({"etablissements": answers}), encoding="utf-8")
    _, out, _ = run(capsys, "diff", "--daily", str(file), "--where", "commune:62498", "--format", "json")
    (event,) = json.loads(out)["events"]
    assert (event["kind"], event["commune"], event["trade"]) == ("opened", "62498", "boulangerie")


@pytest.mark.parametrize("limit", ["0", "-3"])
def test_a_limit_under_one_is_refused(capsys, limit):
    code, out, err = run(capsys, "rows", "stock", "--where", CALL, "--limit", limit)
    assert (code, out) == (2, "")
    assert "au moins un établissement" in err


def test_a_folder_that_cannot_be_written_is_refused_in_french(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    for out, words in ((tmp_path / "file", "ce n’est pas un dossier"), (tmp_path / "file" / "stores", "dossier")):
        (tmp_path / "source").mkdir(exist_ok=True)
        code, _, err = run(capsys, "build", "--source", str(_stock(tmp_path / "source")), "--out", str(out))
        assert code == 2
        assert words in err


def _stock(folder: Path) -> Path:
    write_csv(folder / "stock.csv", STOCK, crowd(3))
    return folder


def test_a_terminal_in_latin_1_gets_an_answer(data):
    command = [sys.executable, "-m", "maillage", "show", "stock", "--where", CALL]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    answer = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert "Périmètre".encode("latin-1") in answer.stdout
