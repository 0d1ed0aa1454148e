"""A Word document as plain blocks, for the PDF to say the same: texts, order, headings, lists, tables, pictures.

{"kind": "heading", "level": 1, "align": "left", "lines": [[{"text": …, "bold": True, "italic": False}, …], …]}
and as well "title", "text", "list" (`ordered`; `items`, each one lines), "table" (`rows` of cells, each one blocks),
"break"; a piece of a line is a text or a picture: {"picture": [bytes…], "alt": …, "width": mm, "height": mm}.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.table import Table, _Cell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image

Block = dict[str, Any]
Piece = dict[str, Any]
Lines = list[list[Piece]]

EMU = 36_000  # per millimetre
WIDEST, HIGHEST, HIGHEST_OF_HEADS = 170, 80, 22  # millimetres
MOST_PIXELS, SHARP = 40_000_000, 1200
WIDE = "\u00a0" * 3  # what a tab leaves
DRAWN = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
ALIGNED = {ALIGN.CENTER: "center", ALIGN.RIGHT: "right"}
UNDRAWN = "Une image n’est ni en PNG ni en JPEG, ou elle est trop grande\u00a0: remplacez-la, le PDF la montre aussi."


class Undrawn(Exception):
    """A picture that the PDF cannot show; its message is a French sentence."""


@dataclass(frozen=True)
class Frame:
    """How high a picture may stand, in millimetres; whether one that cannot be drawn is refused or left out."""

    highest: int
    strict: bool


def read(content: bytes, *, strict: bool = False) -> Block:
    """`{"head": blocks, "first_head": blocks or None, "foot": blocks, "body": blocks}`.

    `strict`, for a template that comes in, raises Undrawn; one already kept is shown without its picture.
    """
    body, heads = Frame(HIGHEST, strict), Frame(HIGHEST_OF_HEADS, strict)
    page = Document(io.BytesIO(content))
    section = page.sections[0]
    first = section.different_first_page_header_footer
    return {
        "body": _stepped(_blocks(page.iter_inner_content(), body)),
        "head": _blocks(section.header.iter_inner_content(), heads),
        "first_head": _blocks(section.first_page_header.iter_inner_content(), heads) if first else None,
        "foot": _blocks(section.footer.iter_inner_content(), heads),
    }


def height_of(blocks: Iterable[Block]) -> float:
    """About how high the head of a page is, in millimetres."""
    found = 0.0
    for block in blocks:
        cells = [cell for row in block.get("rows", ()) for cell in row]
        inside = max((height_of(cell["blocks"]) for cell in cells), default=0.0)
        pieces = [piece for line in block.get("lines", ()) for piece in line]
        found += max([inside, 5.0 * len(block.get("lines", ())), *(piece.get("height", 0.0) for piece in pieces)])
    return found


def text_of(block: Block) -> str:
    """The words of a paragraph."""
    return "".join(piece.get("text", "") for line in block.get("lines", ()) for piece in line)


def _blocks(parts: Iterable[Paragraph | Table], frame: Frame) -> list[Block]:
    found: list[Block] = []
    for part in parts:
        if isinstance(part, Table):
            found.append(_table(part, frame))
            continue
        for block in _paragraph(part, frame):
            if block["kind"] == "list" and found and found[-1].get("ordered") == block["ordered"]:
                found[-1]["items"] += block["items"]
            else:
                found.append(block)
    return found


def _paragraph(part: Paragraph, frame: Frame) -> Iterator[Block]:
    lines = _lines(part, frame)
    style = part.style.name or "" if part.style else ""
    asked = part.alignment or (part.style.paragraph_format.alignment if part.style else None)
    align = ALIGNED.get(asked, "left") if asked else "left"
    heading = re.fullmatch(r"Heading ([1-9])", style)
    if any(line for line in lines):
        if heading:
            yield {"kind": "heading", "level": int(heading[1]), "align": align, "lines": lines}
        elif style == "Title":
            yield {"kind": "title", "align": align, "lines": lines}
        elif style.startswith("List") or part.paragraph_format.element.xpath("./w:pPr/w:numPr"):
            yield {"kind": "list", "ordered": style.startswith("List Number") or _numbered(part), "items": [lines]}
        else:
            yield {"kind": "text", "align": align, "lines": lines}
    if part.paragraph_format.element.xpath(".//w:br[@w:type='page']"):
        yield {"kind": "break"}


def _numbered(part: Paragraph) -> bool:
    """Whether the list of an item counts, rather than draws bullets."""
    kept = part.paragraph_format.element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    try:
        lists = part.part.numbering_part.element  # type: ignore[attr-defined] # the part of the whole document
    except (AttributeError, KeyError, NotImplementedError):
        return False
    for number in kept:
        for known in lists.xpath(f"./w:num[@w:numId='{int(number)}']/w:abstractNumId/@w:val"):
            signs = lists.xpath(f"./w:abstractNum[@w:abstractNumId='{int(known)}']/w:lvl[@w:ilvl='0']/w:numFmt/@w:val")
            return bool(signs) and signs[0] not in ("bullet", "none")
    return False


def _lines(part: Paragraph, frame: Frame) -> Lines:
    lines: Lines = [[]]
    for run in part.iter_inner_content():
        for one in run.runs if isinstance(run, Hyperlink) else [run]:
            lines[-1] += _pictures(one, frame)
            for number, text in enumerate(one.text.replace("\t", WIDE).split("\n")):
                if number:
                    lines.append([])
                if text:
                    lines[-1].append({"text": text, "bold": bool(one.bold), "italic": bool(one.italic)})
    return lines


def _pictures(run: Run, frame: Frame) -> Iterator[Piece]:
    for drawing in run.element.xpath(".//w:drawing"):
        for key in drawing.xpath(".//a:blip/@r:embed"):
            picture = _drawn(run.part.related_parts[key].blob, frame)
            if picture is None:
                continue
            sizes = [int(drawing.xpath(f".//wp:extent/@{side}")[0]) / EMU for side in ("cx", "cy")]
            scale = min(1, WIDEST / max(sizes[0], 1), frame.highest / max(sizes[1], 1))
            told = drawing.xpath(".//wp:docPr/@descr")
            yield {
                "picture": list(picture), "alt": (told[0] if told else "") or "Logo",
                "width": round(sizes[0] * scale, 2), "height": round(sizes[1] * scale, 2),
            }  # fmt: skip


def _drawn(content: bytes, frame: Frame) -> bytes | None:
    """The picture as PNG, no sharper than a printer shows; None or Undrawn where that cannot be."""
    try:
        return _as_png(content)
    except Undrawn:
        if frame.strict:
            raise
        return None


def _as_png(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=DRAWN) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Undrawn(UNDRAWN)
            made, saved = picture.convert("RGBA"), io.BytesIO()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Undrawn(UNDRAWN) from error
    made.thumbnail((SHARP, SHARP))
    made.save(saved, "PNG")
    return saved.getvalue()


def _table(part: Table, frame: Frame) -> Block:
    """Merged cells are told once, over as many columns."""
    rows = []
    for row in part.rows:
        cells: list[tuple[_Cell, int]] = []
        for cell in row.cells:
            if cells and cells[-1][0] is cell:
                cells[-1] = cell, cells[-1][1] + 1
            else:
                cells.append((cell, 1))
        rows.append([{"blocks": _blocks(cell.iter_inner_content(), frame), "span": span} for cell, span in cells])
    return {"kind": "table", "columns": len(part.columns), "rows": rows}


def _stepped(blocks: list[Block]) -> list[Block]:
    """Levels of headings that never skip one: a listener would look for what is missing."""
    last = 0
    for block in blocks:
        if block["kind"] == "heading":
            last = block["level"] = min(block["level"], last + 1)
    return blocks
