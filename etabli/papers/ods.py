"""Tables for LibreOffice (OpenDocument spreadsheet).

The envelope (manifest, metadata, styles) is odfdo's; the rows are written as XML straight into the content part.
odfdo makes cells one by one, and appends a large table in quadratic time: half a minute for 20 000 establishments.
"""

import io
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Style, XmlPart

from etabli.papers.errors import PaperError
from etabli.papers.signs import valid
from etabli.papers.tables import Cell, Sheet, harmless

HEAD = "tete"
EMPTY, BODY = b"<office:spreadsheet/>", b"<office:spreadsheet>%b</office:spreadsheet>"


def ods(sheet: Sheet) -> bytes:
    """The table, then a second sheet « Notes ». Raises PaperError."""
    document = Document("spreadsheet")
    document.body.clear()
    document.meta.title = valid(sheet.title)
    document.meta.language = "fr-FR"
    document.insert_style(Style("table-cell", name=HEAD, area="text", bold=True), automatic=True)
    headings = tuple(column.heading for column in sheet.columns)
    notes: tuple[tuple[Cell, ...], ...] = ((sheet.title,), *((note,) for note in sheet.mentions))
    return _zipped(document, _table("Données", headings, sheet.rows) + _table("Notes", (), notes))


def _zipped(document: Document, tables: str) -> bytes:
    """The file, with `tables` (XML) as its body."""
    container = document.container
    before, mark, after = _xml(document, "content.xml").partition(EMPTY)
    if container is None or not mark:
        raise PaperError("Le classeur n’a pas pu être préparé\u00a0: modèle inattendu.")
    for part in ("meta.xml", "styles.xml"):
        container.set_part(part, _xml(document, part))
    container.set_part("content.xml", before + BODY % tables.encode() + after)
    buffer = io.BytesIO()
    container.save(buffer)
    return buffer.getvalue()


def _xml(document: Document, name: str) -> bytes:
    part = document.get_part(name)
    if not isinstance(part, XmlPart):
        raise PaperError(f"Le classeur n’a pas pu être préparé\u00a0: {name} manque au modèle.")
    return part.serialize()


def _table(name: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    parts = [f"<table:table table:name={quoteattr(name)}>"]
    parts.append(f'<table:table-column table:number-columns-repeated="{max(len(headings), 1)}"/>')
    if headings:
        cells = "".join(_cell(heading, HEAD) for heading in headings)
        parts.append(f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>")
    parts += [f"<table:table-row>{''.join(_cell(cell) for cell in row)}</table:table-row>" for row in rows]
    parts.append("</table:table>")
    return "".join(parts)


def _cell(cell: Cell, style: str = "") -> str:
    styled = f' table:style-name="{style}"' if style else ""
    match harmless(cell):
        case None:
            return "<table:table-cell/>"
        case bool(answer):
            return _text("oui" if answer else "non", styled)
        case int() | float() as figure:
            return f'<table:table-cell{styled} office:value-type="float" office:value="{figure:.15g}"/>'
        case date() as when:
            return (
                f'<table:table-cell{styled} office:value-type="date" office:date-value="{when:%Y-%m-%d}">'
                f"<text:p>{when:%d/%m/%Y}</text:p></table:table-cell>"
            )
        case text:
            return _text(str(text), styled)


def _text(text: str, styled: str) -> str:
    return (
        f'<table:table-cell{styled} office:value-type="string"><text:p>{escape(valid(text))}</text:p>'
        "</table:table-cell>"
    )
