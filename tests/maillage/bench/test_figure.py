import pytest

from maillage.bench.figure import figure, machine, median_ms, timed


def test_ratio_says_how_many_times_longer_the_peer_takes():
    one = figure("stock", 2.0, "ms", "entreprises", peer=("DuckDB", 50.0), limit=0.5)
    assert one.ratio == 25.0
    assert one.ratio_to_limit == 4.0
    assert one.against == "DuckDB"


def test_a_figure_without_peer_or_floor_claims_no_ratio():
    one = figure("build", 3.0, "s", "import")
    assert (one.against, one.ratio, one.limit, one.ratio_to_limit) == (None, None, None, None)


def test_json_holds_the_fields_that_comparisons_read():
    told = figure("build", 3.0, "s", "import").as_json()
    assert {"name", "value", "unit", "against", "ratio", "limit", "ratio_to_limit"} <= set(told)


def test_median_leaves_out_the_first_run():
    runs = []
    assert median_ms(lambda: runs.append(1), times=3) >= 0
    assert len(runs) == 4


def test_what_is_timed_is_given_back():
    made, duration = timed(lambda: "fait")
    assert made == "fait"
    assert duration >= 0


def test_machine_tells_its_processors_and_versions():
    told = machine()
    assert told["cpus"] >= 1
    assert set(told["libraries"]) >= {"duckdb", "numpy"}
    assert told["memory_gb"] == pytest.approx(float(told["memory_gb"]))
