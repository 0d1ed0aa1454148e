"""House rules that no tool knows: templates, documents, versions."""

import ast
import re
import tomllib
from pathlib import Path

from tools.checks.tree import of_kind, short
from tools.commands import COMMANDS, ROOT

TEMPLATES = [path for path in of_kind(".html") if "templates" in path.parts]
DOCUMENTS = of_kind(".md")
CODE = [path for path in of_kind(".py") if "tests" not in path.parts and "migrations" not in path.parts]
FOUND_BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}

NOT_READ = (r"\{% comment.*?endcomment %\}", r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<!--.*?-->", r"<[^>]*>")
STRAIGHT_APOSTROPHE = r".{0,20}\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'[a-zà-ÿ].{0,10}"
ORDINARY_SPACE = r".{0,20}\w [;!?:»].{0,10}|« .{0,10}"
ORDINARY_SPACE_IN_A_STRING = r".{0,20}[a-zà-ÿ)»] [;!?:»](?=\s|$).{0,10}|« .{0,10}"  # SQL and CSS have theirs


def read(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def seen_by_visitors(template: Path) -> str:
    """What a visitor reads of a template: comments, code and tags taken out."""
    text = read(template)
    for hidden in NOT_READ:
        text = re.sub(hidden, "·", text, flags=re.DOTALL)
    return text


def french_texts(source: Path) -> list[str]:
    """The strings of a module, docstrings left out."""
    tree = ast.parse(read(source))
    documentation = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in documentation)
    return [node.value for node in strings if isinstance(node.value, str)]


def faults(pattern: str, texts: dict[str, str]) -> list[str]:
    """« file: excerpt » for each place where the pattern is found."""
    return [f"{name} : {found.strip()}" for name, text in texts.items() for found in re.findall(pattern, text)]


def template_name(template: Path) -> str:
    """What the code writes to use it: a path, or the tag of a component."""
    name = template.as_posix().rsplit("/templates/", 1)[1]
    if not name.startswith("cotton/"):
        return name
    tag = name.removeprefix("cotton/").removesuffix(".html").removesuffix("/index")
    return "<c-" + tag.replace("/", ".").replace("_", "-")


def test_every_template_is_used() -> None:
    everything = "\n".join(read(path) for path in (*CODE, *TEMPLATES))
    names = [template_name(template) for template in TEMPLATES]
    assert [name for name in names if name not in everything and name not in FOUND_BY_DJANGO] == []


def test_no_template_breaks_the_content_security_policy() -> None:
    texts = {short(template): read(template) for template in TEMPLATES}
    assert faults(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)", texts) == []
    assert faults(r"(?:src|srcset|href)=\"(?:https?:)?//[^\"]*\.(?:js|css|woff2?|png|svg)", texts) == []


def test_pages_follow_french_typography() -> None:
    texts = {short(template): seen_by_visitors(template) for template in TEMPLATES}
    assert faults(STRAIGHT_APOSTROPHE, texts) == [], "write ’"
    assert faults(ORDINARY_SPACE, texts) == [], "U+202F before ; ! ? and U+00A0 before : » and after «"


def test_messages_follow_french_typography() -> None:
    texts = {short(source): "\n".join(french_texts(source)) for source in CODE}
    assert faults(STRAIGHT_APOSTROPHE, texts) == [], "write ’"
    assert faults(ORDINARY_SPACE_IN_A_STRING, texts) == [], "U+202F before ; ! ? and U+00A0 before : » and after «"


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
