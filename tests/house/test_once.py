"""A thing made once per run: by the first process that asks, whole or not at all."""

from pathlib import Path

import pytest

from tests.once import once


def test_the_second_who_asks_finds_what_the_first_made(tmp_path_factory: pytest.TempPathFactory) -> None:
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "file").write_text("made")

    first, second = (once(tmp_path_factory, "made-once", make) for _ in range(2))
    assert first == second
    assert (first / "file").read_text() == "made"
    assert len(made) == 1


def test_what_failed_half_way_is_made_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        once(tmp_path_factory, "failed-once", fail)
    whole = once(tmp_path_factory, "failed-once", lambda folder: (folder / "file").touch())
    assert [path.name for path in whole.iterdir()] == ["file"]
