"""French as it is printed: the apostrophe ’, and spaces that never break before ; : ! ? » and after «."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from tools.checks.tree import of_kind, short
from tools.commands import ROOT

PRODUCT = ("maillage", "etabli")
NOT_READ = (r"\{% comment.*?endcomment %\}", r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<!--.*?-->", r"<[^>]*>")
STRAIGHT_APOSTROPHE = r".{0,20}\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'[a-zà-ÿ].{0,10}"
ORDINARY_SPACE = r".{0,20}\w [;!?:»].{0,10}|« .{0,10}"
ORDINARY_SPACE_IN_A_STRING = r".{0,20}[a-zà-ÿ)»] [;!?:»](?=\s|$).{0,10}|« .{0,10}"  # SQL and CSS have theirs
OPEN_COMMENT = re.compile(r"\{#(?!.*#\})")
APOSTROPHE = "écrire ’"
SPACES = "U+202F avant ; ! ?, U+00A0 avant : » et après «"


def templates(root: Path = ROOT) -> list[Path]:
    """Every template of the site."""
    return [path for path in of_kind(".html", root=root) if "templates" in path.parts]


def code(root: Path = ROOT) -> list[Path]:
    """Every module of the engine and of the site; migrations left out."""
    found = ((path, path.relative_to(root).parts) for path in of_kind(".py", root=root))
    return [path for path, parts in found if parts[0] in PRODUCT and "migrations" not in parts]


def seen_by_visitors(template: Path) -> str:
    """What a visitor reads of a template: comments, code and tags taken out."""
    text = template.read_text(encoding="utf-8")
    for hidden in NOT_READ:
        text = re.sub(hidden, "·", text, flags=re.DOTALL)
    return text


def french_texts(source: Path) -> str:
    """The strings of a module, one a line, docstrings left out."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    documentation = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in documentation)
    return "\n".join(node.value for node in strings if isinstance(node.value, str))


def typography(root: Path = ROOT) -> list[str]:
    """Pages and messages follow it; each complaint gives the place and what to write."""
    return [
        *_faults(templates(root), seen_by_visitors, ORDINARY_SPACE, root),
        *open_comments(root),
        *_faults(code(root), french_texts, ORDINARY_SPACE_IN_A_STRING, root),
    ]


def open_comments(root: Path = ROOT) -> list[str]:
    """A comment that does not end on its line is printed on the page."""
    return [
        f"{short(path, root)} : fermer « {{# » sur sa ligne, sinon la page l’affiche"
        for path in templates(root)
        if OPEN_COMMENT.search(path.read_text(encoding="utf-8"))
    ]


def _faults(paths: list[Path], reading: Callable[[Path], str], spaces: str, root: Path) -> list[str]:
    return [
        f"{short(path, root)} : « {found.strip()} » ({advice})"
        for path in paths
        for pattern, advice in ((STRAIGHT_APOSTROPHE, APOSTROPHE), (spaces, SPACES))
        for found in re.findall(pattern, reading(path))
    ]


OF_LIBRARIES = ("account/", "mfa/", "usersessions/")  # pages of allauth, replaced by ours; its code names them


def unused_templates(root: Path = ROOT) -> list[str]:
    """A template that no code names is dead: by its path, by its tag, or by its name alone between quotes."""
    everything = "\n".join(path.read_text(encoding="utf-8") for path in (*code(root), *templates(root)))
    return [
        f"{short(template, root)} ne sert à aucune page"
        for template in templates(root)
        if not re.fullmatch(r"[45]\d\d\.html", template.name)
        and not template.as_posix().rsplit("/templates/", 1)[1].startswith(OF_LIBRARIES)
        and not any(name in everything for name in names(template))
    ]


def names(template: Path) -> tuple[str, ...]:
    """What the code may write to use it."""
    name = template.as_posix().rsplit("/templates/", 1)[1]
    if not name.startswith("cotton/"):
        return name, f'"{template.stem}"'
    tag = name.removeprefix("cotton/").removesuffix(".html").removesuffix("/index")
    return ("<c-" + tag.replace("/", ".").replace("_", "-"),)
