"""docs/maillage.md: its examples run, its table lists every indicator."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from maillage.cli.main import COMMANDS, _parser, main
from maillage.indicators import cards

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "maillage.md").read_text(encoding="utf-8")
EXAMPLES = [
    line.removeprefix("./run maillage ")
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
AWAY = ("fetch", "reference")  # need the network, or a file that is not ours: only read


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_example_runs(example, data, capsys):
    words = shlex.split(example.replace("data/sources", str(data / "sources")))
    if words[0] in AWAY:
        assert _parser().parse_args(words).command == words[0]
    else:
        assert main(words) == 0
        assert capsys.readouterr().out


def test_every_command_has_an_example():
    assert {example.split()[0] for example in EXAMPLES} == set(COMMANDS)


def test_every_indicator_is_in_the_table():
    assert [card.id for card in cards()] == re.findall(
        r"^\| `(\w+)` \|.*\|.*\|$", PAGE.split("## Les indicateurs")[1], re.MULTILINE
    )
