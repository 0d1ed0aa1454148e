"""Sizes: what keeps the project readable is refused when it grows, not deplored when it has grown."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.checks.tree import files, of_kind, short
from tools.commands import ROOT

FILE_LINES = 400
FUNCTION_LINES = 40
FUNCTION_LINES_EVER = 60
LONG_FUNCTIONS_SHARE = 0.02  # how many may lie between the two: a drawn table, a chart specification
TEMPLATE_LINES = 150
SCRIPT_LINES = 1000
REFERENCE_BYTES = 3 * 1024**2


def sizes(root: Path = ROOT) -> list[str]:
    """Lines of files, of templates, of JavaScript, bytes of the reference tables."""
    complaints = [
        *_too_long([path for path in of_kind(".py", root=root) if "migrations" not in path.parts], FILE_LINES, root),
        *_too_long(of_kind(".html", root=root), TEMPLATE_LINES, root),
    ]
    script = sum(_lines(path) for path in of_kind(".js", ".mjs", root=root))
    if script > SCRIPT_LINES:
        complaints.append(f"JavaScript : {script} lignes en tout, {SCRIPT_LINES} au plus")
    reference = sum(path.stat().st_size for path in files(root) if short(path, root).startswith("maillage/reference/"))
    if reference > REFERENCE_BYTES:
        complaints.append(f"maillage/reference/ : {reference} octets, {REFERENCE_BYTES} au plus")
    return complaints


def functions(root: Path = ROOT) -> list[str]:
    """Length of functions, their docstring left out."""
    lengths = [
        (length, f"{short(path, root)}:{line} {name} : {length} lignes")
        for path in of_kind(".py", root=root)
        if "migrations" not in path.parts
        for name, line, length in function_lengths(path.read_text(encoding="utf-8"))
    ]
    long = [said for length, said in lengths if length > FUNCTION_LINES]
    if len(long) > LONG_FUNCTIONS_SHARE * len(lengths):
        return [f"{len(long)} fonctions sur {len(lengths)} dépassent {FUNCTION_LINES} lignes", *long]
    return [f"{said}, jamais plus de {FUNCTION_LINES_EVER}" for length, said in lengths if length > FUNCTION_LINES_EVER]


def function_lengths(source: str) -> Iterator[tuple[str, int, int]]:
    """(name, first line, number of lines without the docstring) of each function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            last = node.end_lineno or node.lineno
            first_statement = node.body[0]
            documented = ast.get_docstring(node) is not None
            docstring = (first_statement.end_lineno or 0) - first_statement.lineno + 1 if documented else 0
            yield node.name, node.lineno, last - node.lineno + 1 - docstring


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _too_long(paths: list[Path], most: int, root: Path) -> list[str]:
    counted = [(path, _lines(path)) for path in paths]
    return [f"{short(path, root)} : {lines} lignes, {most} au plus" for path, lines in counted if lines > most]
