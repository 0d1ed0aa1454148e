"""`./run maillage daily`: loads, says what it did, lists what is there."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.maillage.cli.test_main import run


@pytest.fixture(autouse=True)
def _own_copy(data, tmp_path, monkeypatch):
    """A data folder in which files may be loaded."""
    shutil.copytree(data, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "daily", ignore_errors=True)
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path / "data"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "sources" / "quotidien" / "siret.json"


def test_a_file_is_loaded_once_and_listed(capsys, file):
    code, out, _ = run(capsys, "daily", str(file))
    assert (code, out.count("chargé, 1 établissement, dont 1 qui intéresse l’artisanat")) == (0, 1)
    assert "déjà chargé" in run(capsys, "daily", str(file))[1]
    lines = run(capsys, "daily")[1].splitlines()
    assert len(lines) == 5
    assert lines[2].split() == ["siret.json", "2026-10-05", "2026-10-05", "1", "1", "lu"]
    assert lines[-1].endswith("ne couvre\u00a0: 2026-10-01 à 2026-10-04.")


def test_a_file_that_the_store_holds_already_is_said_to_be_of_no_more_use(capsys, file):
    plain = json.loads(file.read_text(encoding="utf-8"))
    plain["etablissements"][0]["dateDernierTraitementEtablissement"] = "2026-09-30T10:00:00"
    file.write_text(json.dumps(plain), encoding="utf-8")
    run(capsys, "daily", str(file))
    assert "peut être supprimé" in run(capsys, "daily")[1]


def test_real_changes_beside_a_fictitious_store_are_said_to_be_left_out(capsys, file):
    (file.parent / "etabli.json").write_text("{}", encoding="utf-8")
    run(capsys, "daily", str(file))
    assert "laissé de côté\u00a0: l’entrepôt est fictif" in run(capsys, "daily")[1]


def test_a_bad_file_stops_with_its_name_and_the_one_before_stays(capsys, file, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    code, _, err = run(capsys, "daily", str(file), str(bad))
    assert code == 2
    assert "bad.json" in err
    assert "siret.json" in run(capsys, "daily")[1]


def test_the_days_that_no_file_covers_are_listed(capsys, file):
    plain = json.loads(file.read_text(encoding="utf-8"))
    for day in ("2026-10-02", "2026-10-04", "2026-10-09"):
        plain["etablissements"][0]["dateDernierTraitementEtablissement"] = f"{day}T10:00:00"
        file.write_text(json.dumps(plain), encoding="utf-8")
        run(capsys, "daily", str(file))
    last = run(capsys, "daily")[1].splitlines()[-1]
    assert last == ("Jours qu’aucun fichier lu ne couvre\u00a0: 2026-10-01, 2026-10-03, 2026-10-05 à 2026-10-08.")


def test_a_damaged_one_is_listed_as_such(capsys, file, tmp_path):
    run(capsys, "daily", str(file))
    (kept,) = (tmp_path / "data" / "daily").iterdir()
    kept.write_text("{", encoding="utf-8")
    assert "illisible" in run(capsys, "daily")[1]
