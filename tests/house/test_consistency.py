"""House rules that no tool knows: templates, documents, versions."""

import ast
import re
import tomllib
from pathlib import Path

from tools.checks import typography
from tools.checks.tree import of_kind, short
from tools.commands import COMMANDS, ROOT

TEMPLATES = typography.templates()
DOCUMENTS = of_kind(".md")
CODE = [*typography.code(), *(path for path in of_kind(".py") if short(path).startswith("tools/"))]


def read(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def faults(pattern: str, texts: dict[str, str]) -> list[str]:
    """« file: excerpt » for each place where the pattern is found."""
    return [f"{name} : {found.strip()}" for name, text in texts.items() for found in re.findall(pattern, text)]


def test_no_template_breaks_the_content_security_policy() -> None:
    texts = {short(template): read(template) for template in TEMPLATES}
    assert (
        faults(
            r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(?:\bsrc=|\btype=\"application/json\"))", texts
        )
        == []
    )
    assert faults(r"(?:src|srcset|href)=\"(?:https?:)?//[^\"]*\.(?:js|css|woff2?|png|svg)", texts) == []


def test_every_module_says_what_it_is() -> None:
    sources = [path for path in CODE if path.name != "apps.py" and read(path).strip()]
    assert [short(path) for path in sources if not ast.get_docstring(ast.parse(read(path)))] == []


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (document, link)
        for document in DOCUMENTS
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", read(document))
    ]
    assert [f"{short(document)} : {link}" for document, link in links if not (document.parent / link).exists()] == []


def test_documents_name_only_commands_that_exist() -> None:
    named = {name for document in DOCUMENTS for name in re.findall(r"\./run ([a-z]+)", read(document))}
    assert named - {command.name for command in COMMANDS} == set()


def test_no_document_is_typeset_with_packages_from_the_network() -> None:
    assert [short(path) for path in of_kind(".typ") if "@preview" in read(path)] == []


def test_one_version_and_one_licence_everywhere() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    public = read(ROOT / "publiccode.yml")
    assert f"softwareVersion: {project['version']}\n" in public
    assert f"license: {project['license']}\n" in public
    assert f"## {project['version']} " in read(ROOT / "CHANGELOG.md")
    assert read(ROOT / "LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_what_administrators_run_is_executable() -> None:
    assert all((ROOT / name).stat().st_mode & 0o111 for name in ("run", ".ci/run"))


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = read(folder / "README.md")
    assert [path.name for path in folder.glob("0*.md") if f"({path.name})" not in listed] == []


EXCUSE = re.compile(r"#\s*(?:ruff: )?(?:noqa: [A-Z0-9, ]+|type: ignore(?:\[[a-z, -]+\])?|pragma: no cover)(.*)")


def test_every_exception_to_a_rule_has_its_reason_beside_it() -> None:
    bare = []
    for path in of_kind(".py"):
        lines = read(path).splitlines()
        for number, line in enumerate(lines, 1):
            found = EXCUSE.search(line)
            whole_file = "ruff: noqa" in line and lines[number].startswith("# (")  # its reason stands below
            if found and not whole_file and not re.search(r"\w{2}", found[1]):
                bare.append(f"{short(path)}:{number}")
    assert bare == []
