"""Small tables as CSV, separated by « ; » or « , » according to the year: their rows, each with all its cells."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maillage.errors import BadSource
from maillage.signs import legible
from maillage.sources.container import split_header
from maillage.sources.text import open_text

Header = tuple[str, ...]
Row = dict[str, str]


def separator_of(line: str) -> str:
    """INSEE publishes with « ; » or « , » according to the year."""
    return ";" if line.count(";") > line.count(",") else ","


def header_of(line: str) -> Header:
    """Column names of a first line, whichever its separator."""
    return split_header(line.rstrip("\r\n"), separator_of(line))


@contextmanager
def open_rows(path: Path, kind: str) -> Iterator[tuple[Header, Iterator[Row]]]:
    """Header and rows of a small table; `kind` names it in a refusal: « d’équipements ».

    Raises BadSource with the number of the line when a row is cut, or when whoever reads it raises ValueError.
    """
    with open_text(path) as file:
        first_line = file.readline()
        header = tuple(map(legible, header_of(first_line)))
        reader = csv.DictReader(file, fieldnames=header, delimiter=separator_of(first_line))
        try:
            yield header, _whole(reader)
        except UnicodeDecodeError:  # a ValueError too, which `open_text` tells better
            raise
        except (ValueError, csv.Error) as error:
            line = reader.line_num + 1 + isinstance(error, csv.Error)  # the header, and a row that csv could not read
            message = (
                f"Le fichier {kind} «\u00a0{path.name}\u00a0» est mal formé à la ligne {line}\u00a0: "
                "une ligne coupée, ou autre chose que le nombre attendu. Téléchargez-le de nouveau."
            )
            raise BadSource(message) from error


def _whole(reader: "csv.DictReader[str]") -> Iterator[Row]:
    for row in reader:
        if None in row or None in row.values():  # how csv says: more cells than the header, or fewer
            raise ValueError(row)
        yield {name: legible(cell) for name, cell in row.items()}
