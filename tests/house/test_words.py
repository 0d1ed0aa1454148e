"""Documentation compared with the code: seen accepted, seen refused."""

from pathlib import Path

from tests.house.conftest import Write
from tools.checks import words
from tools.commands import COMMANDS


def test_a_command_the_documentation_forgets_is_named(tmp_path: Path, write: Write) -> None:
    write("README.md", "\n".join(f"./run {command.name}" for command in COMMANDS[1:]))
    assert words.commands(tmp_path) == [f"./run {COMMANDS[0].name} n’est nulle part dans la documentation"]


def test_history_is_no_documentation(tmp_path: Path, write: Write) -> None:
    write("CHANGELOG.md", "./run demo")
    write("docs/adr/0001-x.md", "./run demo")
    assert words.documentation(tmp_path) == ""


def test_a_folder_absent_from_the_map_is_named(tmp_path: Path, write: Write) -> None:
    write("maillage/store/__init__.py", "")
    write("etabli/ui/__init__.py", "")
    write("ARCHITECTURE.md", "| `maillage/store` | facts |")
    assert words.map_of_the_code(tmp_path) == ["ARCHITECTURE.md ne dit rien de etabli/ui/"]


def test_a_word_absent_from_the_code_is_named(tmp_path: Path, write: Write) -> None:
    write("maillage/spell.py", "class Spell: ...")
    write("GLOSSARY.md", "| Mot | Nom | Sens |\n|---|---|---|\n| période | `Spell` | … |\n| acte | `Act` | … |\n")
    assert words.glossary(tmp_path) == ["GLOSSARY.md : « Act » n’existe pas dans le code"]


def test_an_empty_glossary_is_refused(tmp_path: Path, write: Write) -> None:
    write("maillage/spell.py", "")
    assert words.glossary(tmp_path) == ["GLOSSARY.md ne donne aucun mot"]


def test_an_indicator_the_documentation_forgets_is_named(tmp_path: Path, write: Write) -> None:
    write("README.md", "`stock` is documented")
    said = words.indicators(tmp_path)
    assert "«\u00a0stock_firms\u00a0» n’est nulle part dans la documentation" in said
    assert not any("«\u00a0stock\u00a0»" in complaint for complaint in said)
