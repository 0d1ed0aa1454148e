"""A picture or a table as an HTTP answer, in the format of its address."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from etabli.observatory import typed
from etabli.observatory.pictures.picture import Picture
from etabli.papers import sheets
from etabli.papers.sheets import Cell, Sheet
from etabli.papers.signs import valid
from maillage.errors import BadQuestion

WORKBOOKS, MOST_ROWS = ("xlsx", "ods"), 1_048_575  # beside the head: what a spreadsheet opens, the rest is lost
LONGEST_NAME = 120  # a list of communes names them all in its address
SVG_TYPE, PNG_TYPE, JSON_TYPE = "image/svg+xml", "image/png", "application/json"


def picture_response(picture: Picture, kind: str, name: str, *, plain: bool = False) -> HttpResponse:
    """`kind`: svg, png, csv, json. `name` is the file's, without its suffix. Raises Http404 for another kind."""
    match kind:
        case "svg":
            return _file(picture.svg_file(), SVG_TYPE, f"{name}.svg", shown=True)
        case "png":
            return _file(picture.png_file(), PNG_TYPE, f"{name}.png", shown=True)
        case "json":
            drawing = {"description": picture.description, "unit": picture.unit, "vega_lite": picture.spec}
            return _json({**_document(picture.sheet), **drawing}, name)
        case "csv":
            return sheet_response(picture.sheet, kind, name, plain=plain)
    raise Http404


def sheet_response(sheet: Sheet, kind: str, name: str, *, plain: bool = False) -> HttpResponse:
    """`kind`: csv, xlsx, ods, json. `plain` asks for the CSV of machines. Raises Http404 for another kind."""
    if kind == "json":
        return _json(_document(sheet), name)
    if kind not in sheets.WRITERS:
        raise Http404
    if kind in WORKBOOKS and len(sheet.rows) > MOST_ROWS:
        raise BadQuestion("Un classeur ne tient pas plus de 1\u202f048\u202f575 lignes\u00a0: prenez le CSV.")
    write, content_type = sheets.WRITERS[kind]
    if kind == "csv" and plain:
        write = sheets.plain_csv
    return _file(write(sheet), content_type, f"{name}.{kind}")


def wants_plain(request: HttpRequest) -> bool:
    """`?separateur=virgule`: the CSV of machines (UTF-8, commas, decimal point)."""
    return typed.one_of(request.GET, "separateur", {"virgule": True, "point-virgule": False}, default=False)


def _document(sheet: Sheet) -> dict[str, Any]:
    """The table for programs: rows as objects, keyed by the headings of the columns."""
    heads = [column.heading for column in sheet.columns]
    return {
        "title": sheet.title,
        "source": sheet.source,
        "fictitious": sheet.fictitious,
        "notes": list(sheet.mentions),
        "columns": [{"name": column.name, "unit": column.unit} for column in sheet.columns],
        "rows": [dict(zip(heads, (_plain(cell) for cell in row), strict=True)) for row in sheet.rows],
    }


def _plain(cell: Cell) -> str | int | float | None:
    return valid(cell) if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date) else cell


def _json(document: dict[str, Any], name: str) -> HttpResponse:
    content = json.dumps(document, ensure_ascii=False).encode()
    return _file(content, JSON_TYPE, f"{name}.json", shown=True)


def _file(content: bytes, content_type: str, filename: str, *, shown: bool = False) -> HttpResponse:
    """`shown` files open in the browser; the others are saved."""
    response = HttpResponse(content, content_type=content_type)
    stem, dot, suffix = filename.rpartition(".")
    shorter = f"{stem[:LONGEST_NAME]}{dot}{suffix}"
    response["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{shorter}"'
    return response
