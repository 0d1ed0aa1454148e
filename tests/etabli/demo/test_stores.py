import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from etabli.demo.errors import RealDataThere
from etabli.demo.stores import prepare
from maillage.store import open_store
from maillage.store.build import build
from maillage.territory import parse
from maillage.watch import fresh
from tests.etabli.demo.conftest import SMALL


def everything(data: Path) -> dict[str, int]:
    """Each file and when it was last written."""
    return {str(path): path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file()}


def test_two_fictitious_months_are_made_and_the_second_is_served(made):
    data, prepared = made
    assert prepared.made
    first, second = (open_store(data / "stores" / version) for version in prepared.versions)
    assert first.manifest.stock_date == date(2026, 10, 1)
    assert second.manifest.stock_date == date(2026, 11, 1)
    assert first.manifest.fictitious
    assert second.manifest.fictitious
    assert open_store(data / "stores").version == second.version


def test_the_daily_files_of_two_weeks_follow(made):
    data, _ = made
    told = fresh(open_store(data / "stores"), data / "daily")
    assert told.until == date(2026, 11, 15)
    assert told.events
    assert not told.unreadable
    assert len(json.loads((data / "demo.json").read_text(encoding="utf-8"))["daily"]) == 2


def test_daily_files_of_an_older_demonstration_go(made, tmp_path):
    data, prepared = made
    copy = tmp_path / "data"
    shutil.copytree(data, copy, symlinks=True)
    note = {"mark": "autre", "versions": list(prepared.versions), "daily": ["2026-11-20-older.json"]}
    (copy / "demo.json").write_text(json.dumps(note), encoding="utf-8")
    for name in ("2026-11-20-older.json", "2026-11-21-mine.json"):
        (copy / "daily" / name).write_text("{}", encoding="utf-8")
    prepare(SMALL, copy)
    assert not (copy / "daily" / "2026-11-20-older.json").exists()
    assert (copy / "daily" / "2026-11-21-mine.json").exists()


def test_a_lost_daily_file_is_made_again(made, tmp_path):
    data, _ = made
    copy = tmp_path / "data"
    shutil.copytree(data, copy, symlinks=True)
    (lost, *_) = sorted((copy / "daily").iterdir())
    lost.unlink()
    assert prepare(SMALL, copy).made
    assert lost.exists()


def test_store_covers_the_territory_whole_and_no_region(made):
    data, _ = made
    store = open_store(data / "stores")
    assert store.covers(parse("epci:246200364")).complete
    assert not store.covers(parse("region:32")).complete


def test_second_run_changes_nothing(made):
    data, prepared = made
    before = everything(data)
    again = prepare(SMALL, data)
    assert not again.made
    assert again.versions == prepared.versions
    assert everything(data) == before


def test_unreadable_note_means_making_the_same_stores_again(made, tmp_path):
    data, prepared = made
    copy = tmp_path / "data"
    shutil.copytree(data, copy, symlinks=True)
    (copy / "demo.json").write_text("pas du JSON", encoding="utf-8")
    again = prepare(SMALL, copy)
    assert again.made
    assert again.versions == prepared.versions


def test_stores_of_an_older_demonstration_go(made, tmp_path):
    data, prepared = made
    copy = tmp_path / "data"
    shutil.copytree(data, copy, symlinks=True)
    note = {"mark": "autre", "versions": [*prepared.versions, "older"]}
    (copy / "demo.json").write_text(json.dumps(note), encoding="utf-8")
    (copy / "stores" / "older").mkdir()
    prepare(SMALL, copy)
    assert not (copy / "stores" / "older").exists()


def test_demonstration_refuses_a_folder_of_real_firms(made, tmp_path):
    data, _ = made
    files = tmp_path / "files"
    shutil.copytree(data / "sources" / "demo" / "2026-10-01", files)
    (files / "etabli.json").write_text(json.dumps({"fictitious": False, "stock_date": "2026-10-01"}), encoding="utf-8")
    real = tmp_path / "data"
    build(files, real / "stores")
    with pytest.raises(RealDataThere, match="ETABLI_DATA=data-demo"):
        prepare(SMALL, real)


def test_position_of_each_commune_comes_out_of_its_establishments(made):
    data, _ = made
    longitude, latitude = open_store(data / "stores").centre("62498") or (0.0, 0.0)
    assert longitude == pytest.approx(2.823, abs=0.006)
    assert latitude == pytest.approx(50.434, abs=0.006)
