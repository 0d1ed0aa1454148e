import json

import pytest

from maillage.bench import __main__ as bench
from maillage.bench import scene


def test_measures_run_on_a_small_scale_and_leave_nothing_behind(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(scene, "LARGE_REGIONS", ("53",))
    told = tmp_path / "figures.json"
    names = [name for name in bench.MEASURES if name not in ("page", "acts", "dashboards")]
    arguments = [word for name in names for word in ("--only", name)]
    assert bench.main([*arguments, "--scale", "0.01", "--json", str(told)]) == 0
    report = json.loads(told.read_text(encoding="utf-8"))
    found = {one["name"] for one in report["figures"]}
    assert found == {
        "generate",
        "build",
        "stock_small",
        "stock_large",
        "portrait_small",
        "portrait_large",
        "moved_in_small",
        "moved_in_large",
        "nomenclatures",
    }
    assert all(one["value"] > 0 and one["against"] for one in report["figures"])
    assert report["scale"] == 0.01
    assert not (tmp_path / "data" / "bench").exists()
    assert "établissements : inventés, écrits, importés" in capsys.readouterr().out.replace("\u00a0", " ")


def test_an_unknown_measure_is_refused():
    with pytest.raises(SystemExit):
        bench.main(["--only", "vitesse"])


def test_the_ledger_is_measured_and_its_database_is_removed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path / "data"))
    told = tmp_path / "figures.json"
    assert bench.main(["--only", "acts", "--scale", "0.002", "--json", str(told)]) == 0
    found = {one["name"]: one for one in json.loads(told.read_text(encoding="utf-8"))["figures"]}
    assert {"acts_objective_beneficiaries", "acts_wide_beneficiaries", "acts_wide_without_roll_up"} <= set(found)
    assert all(one["value"] > 0 and one["unit"] == "ms" for one in found.values())
    assert not (tmp_path / "data" / "bench").exists()


def test_the_dashboard_of_forty_objectives_is_measured(tmp_path, monkeypatch):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path / "data"))
    told = tmp_path / "figures.json"
    assert bench.main(["--only", "dashboards", "--scale", "0.002", "--json", str(told)]) == 0
    found = {one["name"] for one in json.loads(told.read_text(encoding="utf-8"))["figures"]}
    pacts = ("busiest", "ordinary", "attributed", "shared")
    views = ("year", "whole")
    assert found == {"objective_shared", *(f"dashboard_{pact}_{view}" for pact in pacts for view in views)}


def test_the_stores_hold_the_zonings_that_a_portrait_splits_by_in_every_commune(tmp_path, monkeypatch):
    made = scene.Scene(tmp_path / "bench", 0.01, lambda _line: None)
    store = made.small.store
    assert {"neighbourhood", "frr", "zrr", "density"} <= set(store.zonings)
    assert set(store.communes_present) <= set(store.zones["density"])
    assert store.neighbourhoods is not None
    assert len(set(store.neighbourhoods)) > 1
    made.remove()
