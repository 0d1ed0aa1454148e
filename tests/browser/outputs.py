"""The files of a report, opened again: all that is written in each of them."""

import io
from collections.abc import Callable

import pypdfium2
from docx import Document as Word
from odfdo import Document as Workbook
from pptx import Presentation


def pdf(content: bytes) -> str:
    """Every page."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def docx(content: bytes) -> str:
    """Paragraphs, then the cells of the tables."""
    opened = Word(io.BytesIO(content))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in opened.paragraphs), *cells])


def pptx(content: bytes) -> str:
    """What stands on the slides, and the cells of their tables."""
    said = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for one in slide.shapes:
            said += [one.text_frame.text] if one.has_text_frame else []
            said += [cell.text for row in one.table.rows for cell in row.cells] if one.has_table else []
    return "\n".join(said)


def sheets(content: bytes) -> dict[str, list[list]]:
    """The rows of each sheet, by its name."""
    return {one.name: one.get_values() for one in Workbook(io.BytesIO(content)).body.get_sheets()}


def ods(content: bytes) -> str:
    """Every cell."""
    return "\n".join(str(cell) for rows in sheets(content).values() for row in rows for cell in row)


READERS: dict[str, Callable[[bytes], str]] = {"PDF": pdf, "Word": docx, "Diaporama": pptx, "Classeur": ods}
