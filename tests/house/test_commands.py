"""The table of commands."""

from importlib.util import find_spec

import pytest

from tools import __main__ as dispatcher
from tools.commands import COMMANDS, Command


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_leads_to_a_program(command: Command) -> None:
    spec = find_spec(command.module)
    assert spec is not None
    assert spec.submodule_search_locations is None or find_spec(f"{command.module}.__main__") is not None


def test_names_are_unique_and_typed_easily() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)
    assert all(name.isalpha() and name.islower() for name in names)


@pytest.mark.parametrize(
    ("name", "needs"),
    [("demo", "base"), ("serve", "base"), ("test", "dev"), ("check", "dev"), ("lock", "uv"), ("doctor", "nothing")],
)
def test_a_command_installs_only_what_it_needs(name: str, needs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatcher.main(["--needs", name]) == 0
    assert capsys.readouterr().out == f"{needs}\n"
