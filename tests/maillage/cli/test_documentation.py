"""docs/maillage.md: its examples run, its table lists every indicator."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from maillage.cli.main import COMMANDS, _parser, main
from maillage.indicators import cards
from maillage.sources.fetch import ADDRESSES_VARIABLE, addresses
from tools.commands import listing

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


def test_help_says_how_every_dataset_is_loaded(capsys):
    with pytest.raises(SystemExit):
        _parser().parse_args(["fetch", "--help"])
    said = capsys.readouterr().out
    for words in ("sirene", "contours", "bpe", ADDRESSES_VARIABLE, "build --source", "GeoJSON"):
        assert words in said
    (line,) = [line for line in listing().splitlines() if " fetch " in line]
    assert all(dataset in line for dataset in ("sirene", "contours", "bpe"))


def test_the_file_of_addresses_that_the_page_shows_is_read(monkeypatch, tmp_path):
    shown = next(block for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if '"bpe"' in block)
    (tmp_path / "addresses.json").write_text(shown, encoding="utf-8")
    monkeypatch.setenv(ADDRESSES_VARIABLE, str(tmp_path / "addresses.json"))
    assert addresses("bpe") == json.loads(shown)["bpe"]
    assert addresses("contours") == json.loads(shown)["contours"]
