"""What an amendment says before the text it changes: its reason, its day, the table before and after."""

import io
from typing import Any

from docx import Document

from etabli.papers.raising import raise_in_word

Part = dict[str, Any]
HEADS = ("Quoi", "Avant", "Après")
FOLLOWS = "Texte de la convention ainsi modifiée"


def led(content: bytes, amendment: Part) -> bytes:
    """A Word document with the amendment before its first line: for a template that says nothing of amendments."""
    page, saved = Document(io.BytesIO(content)), io.BytesIO()
    body = page.element.body
    known = list(body)
    _write(page, amendment)
    for made in [one for one in body if one not in known]:
        known[0].addprevious(made)
    raise_in_word(page)
    page.save(saved)
    return saved.getvalue()


def _write(page: Any, amendment: Part) -> None:
    _heading(page, amendment["title"])
    page.add_paragraph(f"Applicable à compter du {amendment['since']}.")
    for line in amendment["reason"]:
        page.add_paragraph(line)
    _table(page, amendment["changes"])
    _heading(page, FOLLOWS)


def _heading(page: Any, text: str) -> None:
    made = page.add_paragraph()
    made.add_run(text).bold = True
    if "Heading 1" in page.styles:
        made.style = page.styles["Heading 1"]


def _table(page: Any, changes: list[Part]) -> None:
    made = page.add_table(rows=0, cols=len(HEADS))
    if "Table Grid" in page.styles:
        made.style = page.styles["Table Grid"]
    for texts in (HEADS, *((one["what"], one["before"], after(one)) for one in changes)):
        for cell, text in zip(made.add_row().cells, texts, strict=True):
            cell.text = text


def after(change: Part) -> str:
    """« 90 (cible abaissée après le début de la période) »."""
    return f"{change['after']} ({change['mark']})" if change["mark"] else str(change["after"])
