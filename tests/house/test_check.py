"""The runner of checks: what it prints, what it returns."""

import pytest

from tools import check


def test_failures_are_counted_and_make_the_command_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "CHECKS", {"good": ("bien", list), "bad": ("mal", lambda: ["voici\npourquoi"])})
    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "✓ good" in said
    assert "✗ bad" in said
    assert "    voici\n    pourquoi\n" in said
    assert said.endswith("1 contrôles passés, 1 en échec : bad\n")


def test_named_checks_alone_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "CHECKS", {"good": ("bien", list), "bad": ("mal", lambda: ["voici"])})
    assert check.main(["good"]) == 0


def test_an_unknown_check_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["lnit"]) == 2
    assert "lint" in capsys.readouterr().err
