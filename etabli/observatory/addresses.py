"""Addresses of pages, images, tables and lists about a territory; all of them can be shared."""

from django.urls import reverse

from etabli.observatory.scopes import Reading
from etabli.observatory.screens import Link
from maillage.territory import Level, Territory

IMAGE_FORMATS = ("csv", "svg", "png", "json")
TABLE_FORMATS = ("csv", "xlsx", "ods", "json")


def address(where: Territory, name: str = "portrait", **more: str) -> str:
    """Address of a page about `where`: `/territoires/epci/246200364/`."""
    code = "france" if where.level is Level.FRANCE else where.key.partition(":")[2]
    return reverse(f"observatory:{name}", kwargs={"niveau": where.level.value, "code": code, **more})


def establishments(where: Territory, reading: Reading, indicator: str, **more: str) -> str:
    """The list of establishments behind a public figure."""
    return address(where, "establishments") + reading.query(indicateur=indicator, **more)


def image_files(where: Territory, reading: Reading, name: str) -> tuple[Link, ...]:
    """« CSV · SVG · PNG · JSON » of a chart or map."""
    return tuple(
        Link(kind.upper(), address(where, "image", nom=name, format=kind) + reading.query()) for kind in IMAGE_FORMATS
    )


def table_files(where: Territory, reading: Reading, name: str) -> tuple[Link, ...]:
    """« CSV · XLSX · ODS · JSON » of a table."""
    return tuple(
        Link(kind.upper(), address(where, "table", nom=name, format=kind) + reading.query()) for kind in TABLE_FORMATS
    )
