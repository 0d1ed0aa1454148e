"""Tables as files: XLSX for Excel, ODS for LibreOffice, CSV for French spreadsheets, plain CSV for machines.

Each file says where its figures come from: workbooks on a second sheet « Notes », the French CSV below the table,
the plain CSV in two constant columns. A text that a spreadsheet would take for a formula is made harmless by an
apostrophe; numbers are written as numbers, negative ones included.
"""

import csv as csv_module
import io
from datetime import date

import xlsxwriter

from etabli.papers.ods import ods
from etabli.papers.signs import valid
from etabli.papers.tables import Cell, Column, Sheet, harmless

__all__ = [
    "CSV_TYPE",
    "ODS_TYPE",
    "XLSX_TYPE",
    "Cell",
    "Column",
    "Sheet",
    "csv",
    "harmless",
    "ods",
    "plain_csv",
    "xlsx",
]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CSV_TYPE = "text/csv; charset=utf-8"

WIDEST = 60  # characters; a longer cell is cut on screen, not in the file


def csv(sheet: Sheet) -> bytes:
    """CSV for French spreadsheets: UTF-8 with its mark, semicolons, decimal comma, notes below the table."""
    lines: list[list[str]] = [[str(harmless(column.heading)) for column in sheet.columns]]
    lines += [[_french(cell) for cell in row] for row in sheet.rows]
    lines += [[], [str(harmless(sheet.title))], *([str(harmless(note))] for note in sheet.mentions)]
    return b"\xef\xbb\xbf" + _written(lines, ";")


def plain_csv(sheet: Sheet) -> bytes:
    """CSV for machines: UTF-8, commas, decimal point, ISO dates, one row a line; « source » and « donnees_fictives »
    are its last two columns."""
    lines = [[*(column.heading for column in sheet.columns), "source", "donnees_fictives"]]
    stamp = [sheet.source or sheet.title, "oui" if sheet.fictitious else "non"]
    lines += [[*("" if cell is None else str(harmless(cell)) for cell in row), *stamp] for row in sheet.rows]
    return _written(lines, ",")


def xlsx(sheet: Sheet) -> bytes:
    """Workbook for Excel: the table (frozen head, filters, widths, French number formats), then the notes."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": valid(sheet.title), "author": "Établi", "comments": valid(" ".join(sheet.mentions))})
    _fill_table(book, book.add_worksheet("Données"), sheet)
    notes = book.add_worksheet("Notes")
    notes.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    notes.write_string(0, 0, str(harmless(sheet.title)), book.add_format({"bold": True}))
    for number, note in enumerate(sheet.mentions, start=2):
        notes.write_string(number, 0, str(harmless(note)))
    book.close()
    return buffer.getvalue()


def _fill_table(book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    whole, decimal = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.0##"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, str(harmless(column.heading)), head)
        page.set_column(place, place, _width(sheet, place))
    for line, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            match harmless(cell):
                case None:
                    page.write_blank(line, place, None)
                case bool(answer):
                    page.write_string(line, place, "oui" if answer else "non")
                case int(count):
                    page.write_number(line, place, count, whole)
                case float(measure):
                    page.write_number(line, place, measure, decimal)
                case date() as when:
                    page.write_datetime(line, place, when, day)
                case text:
                    page.write_string(line, place, str(text))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


def _width(sheet: Sheet, place: int) -> float:
    longest = max((len(_french(row[place])) for row in sheet.rows[:200]), default=0)
    heading = max(len(word) for word in sheet.columns[place].heading.split(" "))
    return min(WIDEST, max(8, longest, heading) + 3)


def _french(cell: Cell) -> str:
    match harmless(cell):
        case None:
            return ""
        case bool(answer):
            return "oui" if answer else "non"
        case float(measure):
            return f"{measure:.15g}".replace(".", ",")
        case date() as when:
            return when.strftime("%d/%m/%Y")
        case other:
            return str(other)


def _written(lines: list[list[str]], separator: str) -> bytes:
    buffer = io.StringIO()
    csv_module.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return valid(buffer.getvalue()).encode()


WRITERS = {"csv": (csv, CSV_TYPE), "xlsx": (xlsx, XLSX_TYPE), "ods": (ods, ODS_TYPE)}
