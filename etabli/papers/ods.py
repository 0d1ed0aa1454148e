"""Tables for LibreOffice (OpenDocument spreadsheet).

The envelope (manifest, metadata, styles) is odfdo's; the rows are written as XML straight into the content part.
odfdo makes cells one by one, and appends a large table in quadratic time: half a minute for 20 000 establishments.
"""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Style, XmlPart

from etabli.papers.errors import PaperError
from etabli.papers.signs import valid
from etabli.papers.tables import Cell, Sheet, harmless

HEAD, OVER_FIGURES, LONG, DAY, NARROWEST, WIDEST = "tete", "tetechiffres", "long", "jour", 8, 50  # widths in letters
OVER = (  # a head stands out from its column, and wraps
    'style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" '
    'fo:background-color="#F1ECE3" fo:border-bottom="0.05cm solid #A6472B" style:vertical-align="bottom"/>'
)
STYLES = (
    f'<style:style style:name="{HEAD}" {OVER}<style:text-properties fo:font-weight="bold"/></style:style>',
    f'<style:style style:name="{OVER_FIGURES}" {OVER}'
    '<style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-weight="bold"/></style:style>',
    f'<style:style style:name="{LONG}" style:family="table-cell" style:parent-style-name="Default">'
    '<style:table-cell-properties fo:wrap-option="wrap"/></style:style>',
    f'<number:date-style style:name="n{DAY}"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>",
    f'<style:style style:name="{DAY}" style:family="table-cell" style:parent-style-name="Default" '
    f'style:data-style-name="n{DAY}"/>',
)
CHANGED = (  # in the styles of the empty workbook: printed across the page, every column on it; texts at the top
    (
        '<style:page-layout-properties style:writing-mode="lr-tb"/>',
        '<style:page-layout-properties style:writing-mode="lr-tb" style:print-orientation="landscape" '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:scale-to-X="1" style:scale-to-Y="0"/>',
    ),
    (
        '<style:style style:name="Default" style:family="table-cell"/>',
        '<style:style style:name="Default" style:family="table-cell"><style:table-cell-properties '
        'style:vertical-align="top" fo:padding="0.1cm" fo:padding-left="0.2cm" fo:padding-right="0.2cm"/>'
        "</style:style>",
    ),
)
VIEWS = re.compile(
    rb'(<config:config-item-map-named config:name="Tables">).*?(</config:config-item-map-named>)', re.DOTALL
)
ACTIVE = re.compile(rb'(config:name="ActiveTable"[^>]*>)[^<]*(<)')
FROZEN = (
    ("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", 1), ("ActiveSplitRange", "short", 2),
    ("PositionTop", "int", 0), ("PositionBottom", "int", 1),
)  # fmt: skip
EMPTY, BODY = b"<office:spreadsheet/>", b"<office:spreadsheet>%b</office:spreadsheet>"


def ods(sheet: Sheet) -> bytes:
    """The table, then a second sheet « Notes ». Raises PaperError."""
    return workbook([("Données", sheet)])


def workbook(sheets: Sequence[tuple[str, Sheet]]) -> bytes:
    """Tables by their name, each on its sheet, then « Notes », those of the first. Raises PaperError."""
    _, first = sheets[0]
    document = Document("spreadsheet")
    document.body.clear()
    document.meta.title = valid(first.title)
    document.meta.language = "fr-FR"
    for style in STYLES:
        document.insert_style(style, automatic=True)
    for letters in range(NARROWEST, WIDEST + 1):
        width = f"{0.2 * letters + 0.5:.1f}cm"
        document.insert_style(Style("table-column", name=f"l{letters}", width=width), automatic=True)
    notes: tuple[tuple[Cell, ...], ...] = ((first.title,), *((note,) for note in first.mentions))
    told = [_table(name, tuple(column.heading for column in one.columns), one.rows) for name, one in sheets]
    return _zipped(document, "".join([*told, _table("Notes", (), notes)]), [name for name, _ in sheets])


def _zipped(document: Document, tables: str, names: Sequence[str]) -> bytes:
    """The file, with `tables` (XML) as its body; the heads of those named stay in sight."""
    container = document.container
    before, mark, after = _xml(document, "content.xml").partition(EMPTY)
    if container is None or not mark:
        raise PaperError("Le classeur n’a pas pu être préparé\u00a0: modèle inattendu.")
    for part in ("meta.xml", "styles.xml"):
        content = _xml(document, part)
        for was, becomes in CHANGED:
            content = content.replace(was.encode(), becomes.encode())
        container.set_part(part, content)
    container.set_part("settings.xml", _opened_at(_xml(document, "settings.xml"), names))
    container.set_part("content.xml", before + BODY % tables.encode() + after)
    buffer = io.BytesIO()
    container.save(buffer)
    return buffer.getvalue()


def _opened_at(settings: bytes, names: Sequence[str]) -> bytes:
    """What the program opens: the first table, the first row of each staying in sight."""
    entries = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>"
        + "".join(
            f'<config:config-item config:name="{item}" config:type="{kind}">{value}</config:config-item>'
            for item, kind, value in FROZEN
        )
        + "</config:config-item-map-entry>"
        for name in names
    )
    settings = VIEWS.sub(rb"\1" + entries.encode().replace(b"\\", rb"\\") + rb"\2", settings, count=1)
    return ACTIVE.sub(rb"\1" + escape(names[0]).encode() + rb"\2", settings, count=1)


def _xml(document: Document, name: str) -> bytes:
    part = document.get_part(name)
    if not isinstance(part, XmlPart):
        raise PaperError(f"Le classeur n’a pas pu être préparé\u00a0: {name} manque au modèle.")
    return part.serialize()


def _table(name: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    parts = [f"<table:table table:name={quoteattr(name)}>"]
    parts += [f'<table:table-column table:style-name="l{width}"/>' for width in _widths(headings, rows)]
    if headings:
        styles = (OVER_FIGURES if _figures(row[place] for row in rows) else HEAD for place in range(len(headings)))
        cells = "".join(_cell(heading, style) for heading, style in zip(headings, styles, strict=True))
        parts.append(f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>")
    parts += [f"<table:table-row>{''.join(_cell(cell) for cell in row)}</table:table-row>" for row in rows]
    parts.append("</table:table>")
    return "".join(parts)


def _figures(cells: Iterable[Cell]) -> bool:
    """Whether a column begins with a figure or a day, which stand at the right of their cell."""
    first = next((cell for cell in cells if cell is not None), None)
    return isinstance(first, int | float | date) and not isinstance(first, bool)


def _widths(headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> list[int]:
    """As wide as the longest of the first cells, within reason."""
    seen = [headings, *rows[:200]] if headings else list(rows)
    longest = [max(_letters(row[place]) for row in seen) for place in range(len(seen[0]))] if seen else [NARROWEST]
    return [min(WIDEST, max(NARROWEST, letters)) for letters in longest]


def _letters(cell: Cell) -> int:
    return 11 if isinstance(cell, date) else len(str(cell)) if cell is not None else 0


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
                f'<table:table-cell table:style-name="{DAY}" office:value-type="date" '
                f'office:date-value="{when:%Y-%m-%d}">'
                f"<text:p>{when:%d/%m/%Y}</text:p></table:table-cell>"
            )
        case text:
            return _text(str(text), styled or (f' table:style-name="{LONG}"' if len(str(text)) > WIDEST else ""))


def _text(text: str, styled: str) -> str:
    return (
        f'<table:table-cell{styled} office:value-type="string"><text:p>{escape(valid(text))}</text:p>'
        "</table:table-cell>"
    )
