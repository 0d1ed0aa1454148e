"""What the doctor says."""

from pathlib import Path

import pytest

from tools import doctor


def test_a_healthy_machine_is_said_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "FREE_BYTES_WANTED", 1)
    assert doctor.main() == 0
    said = capsys.readouterr().out
    assert "✗" not in said
    assert "✓ Python" in said


def test_a_full_disk_is_needed_room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "FREE_BYTES_WANTED", 10**18)
    assert doctor.main() == 1
    assert "✗ Disque" in capsys.readouterr().out


def test_what_only_some_commands_want_is_said_without_failing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "FREE_BYTES_WANTED", 1)
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("ETABLI_REAL_DATA", str(tmp_path / "absent"))
    assert doctor.main() == 0
    said = capsys.readouterr().out
    assert "– Entrepôt" in said
    assert "– Extraits réels" in said


def test_sources_are_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sources" / "sirene").mkdir(parents=True)
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    found = {finding.subject: finding for finding in doctor.contents()}
    assert found["Sources officielles"].detail == "sirene"
