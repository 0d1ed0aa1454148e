"""What PDF/UA-1 asks of a document and a program can verify: one complaint per fault. veraPDF itself is Java."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf

PDF_UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
GROUPS = {"/Document", "/Part", "/Sect", "/Div", "/Caption", "/BlockQuote", "/NonStruct", "/TOC", "/TOCI", "/Index"}
BLOCKS = {"/P", *(f"/H{level}" for level in range(1, 7)), "/L", "/LI", "/Lbl", "/LBody", "/Figure", "/Formula"}
TABLES = {"/Table", "/THead", "/TBody", "/TFoot", "/TR", "/TH", "/TD"}
INLINE = {"/Span", "/Quote", "/Note", "/Reference", "/Code", "/Link", "/Annot"}
STANDARD = GROUPS | BLOCKS | TABLES | INLINE
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "BI"}


def complaints(content: bytes) -> list[str]:
    """Every fault found in the file, none when it keeps the rules."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(pdf)]


def tags(node: Object) -> Iterator[Dictionary]:
    """Every structure element below `node`, in reading order."""
    for kid in kids(node):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)


def kids(node: Object) -> list[Object]:
    """What a structure element holds: elements, or numbers of marked content."""
    held = node.get("/K", [])
    return list(held) if isinstance(held, Array | list) else [held]


def role(pdf: Pdf, tag: Dictionary) -> str:
    """The standard role of a tag."""
    return str(pdf.Root.StructTreeRoot.get("/RoleMap", {}).get(str(tag.S), tag.S))


def of_role(pdf: Pdf, wanted: str) -> list[Dictionary]:
    """The tags that have a role, in reading order."""
    return [tag for tag in tags(pdf.Root.StructTreeRoot) if role(pdf, tag) == wanted]


def attribute(tag: Dictionary, owner: str, name: str) -> Object | None:
    """A layout or table attribute of a tag."""
    given = tag.get("/A", [])
    every = given if isinstance(given, Array) else [given]
    return next((one[name] for one in every if one.get("/O") == owner and name in one), None)


def declaration(pdf: Pdf) -> Iterator[str]:
    """The file says that it is tagged, in French, titled, and PDF/UA-1."""
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked") or pdf.Root.MarkInfo.get("/Suspects"):
        yield "not marked"
    if not str(pdf.Root.get("/Lang", "")).startswith("fr"):
        yield "no language"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not displayed"
    metadata = pdf.open_metadata()
    if not metadata.get("dc:title"):
        yield "no title"
    if metadata.get(PDF_UA_PART) != "1":
        yield "not declared PDF/UA-1"


def roles(pdf: Pdf) -> Iterator[str]:
    """Every tag is standard, or leads to one that is."""
    for name in sorted({str(tag.S) for tag in tags(pdf.Root.StructTreeRoot) if role(pdf, tag) not in STANDARD}):
        yield f"{name} is not a standard tag"


def headings(pdf: Pdf) -> Iterator[str]:
    """They begin at the first level and skip none."""
    found = (re.fullmatch(r"/H(\d)", role(pdf, tag)) for tag in tags(pdf.Root.StructTreeRoot))
    levels = [0, *(int(match[1]) for match in found if match)]
    if len(levels) == 1:
        yield "none"
    yield from (f"{after} follows {before}" for before, after in pairwise(levels) if after - before > 1)


def tables(pdf: Pdf) -> Iterator[str]:
    """Each has heads that say their scope, and rows of one length."""
    for table in of_role(pdf, "/Table"):
        rows = [kids(tag) for tag in tags(table) if role(pdf, tag) == "/TR"]
        heads = [cell for row in rows for cell in row if role(pdf, cell) == "/TH"]
        if not heads:
            yield "no head"
        if any(attribute(head, "/Table", "/Scope") not in {"/Row", "/Column", "/Both"} for head in heads):
            yield "a head without scope"
        widths = set(_widths(rows))
        if len(widths) != 1:
            yield f"rows of {sorted(widths)} cells"


def _widths(rows: list[list[Dictionary]]) -> Iterator[int]:
    """Columns that each row fills, with its cells and those that come down from the rows above."""
    down: list[int] = []  # how many more rows each of them fills
    for row in rows:
        spans = [(int(attribute(cell, "/Table", "/ColSpan") or 1), int(attribute(cell, "/Table", "/RowSpan") or 1))
                 for cell in row]  # fmt: skip
        yield len(down) + sum(columns for columns, _ in spans)
        down = [left - 1 for left in (*down, *(high for columns, high in spans for _ in range(columns))) if left > 1]
    if down:
        yield -len(down)  # cells that come down below the last row


def figures(pdf: Pdf) -> Iterator[str]:
    """Each has words, and says where it stands."""
    for figure in of_role(pdf, "/Figure"):
        if len(str(figure.get("/Alt", "")).split()) < 3:
            yield "without words"
        if attribute(figure, "/Layout", "/BBox") is None:
            yield "without box"


def drawing(pdf: Pdf) -> Iterator[str]:
    """All that is painted is a tag's content, or marked as ornament."""
    parents = numbered(pdf.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(pdf.pages, 1):
        owned = parents.get(int(page.get("/StructParents", -1)), [])
        marks: list[int | str | None] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in {"BDC", "BMC"}:
                marks.append(mark(operands))
            elif str(operator) == "EMC":
                marks.pop()
            elif str(operator) in PAINTING:
                known = [one for one in marks if one == "/Artifact" or (isinstance(one, int) and one < len(owned))]
                if not known:
                    yield f"page {number}: « {operator} » belongs to nothing"


def mark(operands: list[Object]) -> int | str | None:
    """The number of a marked content, « /Artifact », or None for any other mark."""
    if str(operands[0]) == "/Artifact":
        return "/Artifact"
    properties = operands[1] if len(operands) > 1 else None
    return int(properties["/MCID"]) if isinstance(properties, Dictionary) and "/MCID" in properties else None


def numbered(tree: Object) -> dict[int, Object]:
    """A number tree, flat."""
    pairs = list(tree.get("/Nums", []))
    found = {int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
    for branch in tree.get("/Kids", []):
        found |= numbered(branch)
    return found


def links(pdf: Pdf) -> Iterator[str]:
    """Pages are visited in the order of their tags; a link says where it leads and belongs to a tag."""
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != "/S":
            yield f"page {number} has no order"
        for annotation in page.get("/Annots", []):
            if not str(annotation.get("/Contents", "")) or "/StructParent" not in annotation:
                yield f"page {number}: a link without words or without tag"


def fonts(pdf: Pdf) -> Iterator[str]:
    """Each is in the file, and its signs lead back to letters."""
    for page in pdf.pages:
        for font in page.Resources.get("/Font", {}).values():
            described = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor", {})
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys()):
                yield f"{font.BaseFont} is not in the file"
            if "/ToUnicode" not in font:
                yield f"{font.BaseFont} does not lead back to letters"


RULES: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    declaration, roles, headings, tables, figures, drawing, links, fonts,
)  # fmt: skip
