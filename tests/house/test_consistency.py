"""House rules that no tool knows: templates, documents, versions."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tools.checks.tree import of_kind, short
from tools.commands import COMMANDS, ROOT

TEMPLATES = [path for path in of_kind(".html") if "templates" in path.parts]
DOCUMENTS = of_kind(".md")
SOURCES = [path for path in of_kind(".py") if path.name != "__init__.py" or path.read_text(encoding="utf-8").strip()]

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=short)
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=short)


@cache
def everything_that_may_name_a_template() -> str:
    """Python and templates in one text."""
    written = [path for path in (*of_kind(".py"), *of_kind(".html")) if "tests" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in written)


def text_of(template: Path) -> str:
    """What a visitor reads of a template: comments, code and tags taken out."""
    source = template.read_text(encoding="utf-8")
    for code in (
        r"(?s)\{% comment.*?endcomment %\}",
        r"(?s)\{#.*?#\}",
        r"(?s)\{%.*?%\}",
        r"(?s)\{\{.*?\}\}",
        r"(?s)<[^>]*>",
    ):
        source = re.sub(code, "·", source)
    return source


@each_template
def test_every_template_is_used(template: Path) -> None:
    name = template.as_posix().rsplit("/templates/", 1)[1]
    if name.startswith("cotton/"):
        name = "<c-" + name.removeprefix("cotton/").removesuffix(".html").removesuffix("/index")
        name = name.replace("/", ".").replace("_", "-")
    errors = ("400.html", "403.html", "404.html", "500.html")  # found by Django, by their name
    assert name in errors or name in everything_that_may_name_a_template()


@each_template
def test_no_template_breaks_the_content_security_policy(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"(?:src|srcset|href)=\"(?:https?:)?//[^\"]*\.(?:js|css|woff2?|png|svg)", source)


@each_template
def test_french_typography(template: Path) -> None:
    text = text_of(template)
    assert not re.findall(r".{0,20}[a-zà-ÿ]'[a-zà-ÿ].{0,10}", text), "apostrophe droite : écrire ’"
    assert not re.findall(r".{0,20}\w [;!?:»].{0,10}", text), (
        "espace ordinaire : U+202F avant ; ! ? et U+00A0 avant : »"
    )


@pytest.mark.parametrize("source", SOURCES, ids=short)
def test_every_module_says_what_it_is(source: Path) -> None:
    if "migrations" not in source.parts and source.name != "apps.py":
        assert ast.get_docstring(ast.parse(source.read_text(encoding="utf-8")))


@each_document
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@each_document
def test_documents_name_only_commands_that_exist(document: Path) -> None:
    named = set(re.findall(r"\./run ([a-z]+)", document.read_text(encoding="utf-8")))
    assert named - {command.name for command in COMMANDS} == set()


def test_no_document_is_typeset_with_packages_from_the_network() -> None:
    assert [short(path) for path in of_kind(".typ") if "@preview" in path.read_text(encoding="utf-8")] == []


def test_one_version_and_one_licence_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    public = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f"softwareVersion: {project['version']}\n" in public
    assert f"license: {project['license']}\n" in public
    assert f"## {project['version']} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


def test_what_administrators_run_is_executable() -> None:
    assert all((ROOT / name).stat().st_mode & 0o111 for name in ("run", ".ci/run"))


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("0*.md") if f"({path.name})" not in listed] == []
