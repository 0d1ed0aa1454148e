"""Readers of the tables of places: each file is read once, on first need.

The tables are plain CSV so that a yearly refresh shows, line by line, what changed in the country.
They are rebuilt by `maillage.reference.refresh`; where they come from is written in `SOURCES.md`.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent


class Commune(NamedTuple):
    """An actual commune; `article` is INSEE's TNCC digit (see `words`), `postcodes` are space-separated."""

    code: str
    name: str
    article: str
    population: int | None
    postcodes: str


class Arrondissement(NamedTuple):
    """A municipal arrondissement of Paris, Lyon or Marseille; `commune` is the code of its commune."""

    code: str
    name: str
    commune: str
    population: int | None
    postcodes: str


class Former(NamedTuple):
    """A code or a name that lives on inside a commune: `kind` is deleguee, associee or ancienne.

    The name is empty for `ancienne`: the source gives only the code. A commune déléguée at the seat of
    the new commune has the very code of that commune.
    """

    code: str
    name: str
    kind: str
    commune: str


class Epci(NamedTuple):
    """An EPCI à fiscalité propre; `nature` is CC, CA, CU, METRO or MET69; `communes` are its members."""

    code: str
    nature: str
    name: str
    communes: tuple[str, ...]


class Departement(NamedTuple):
    """A département; `region` is the code of its région."""

    code: str
    name: str
    article: str
    region: str


class Region(NamedTuple):
    """A région, or an overseas collectivity standing as one in INSEE's files."""

    code: str
    name: str
    article: str


class NamedList(NamedTuple):
    """A dated list of communes that is no official level: an agreement's perimeter, a dissolved EPCI."""

    code: str
    name: str
    as_of: date
    communes: tuple[str, ...]
    source: str


class Edition(NamedTuple):
    """Which edition of the official code the tables hold."""

    geography: date
    source: str
    version: str
    population_year: int


def _rows(name: str) -> Iterator[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from rows


def _count(text: str) -> int | None:
    return int(text) if text else None


@lru_cache(maxsize=1)
def communes() -> dict[str, Commune]:
    """The 34 969 actual communes by code, overseas collectivities included."""
    return {
        code: Commune(code, name, article, _count(population), postcodes)
        for code, name, article, population, postcodes in _rows("communes.csv")
    }


@lru_cache(maxsize=1)
def arrondissements() -> dict[str, Arrondissement]:
    """The 45 municipal arrondissements by code."""
    return {
        code: Arrondissement(code, name, commune, _count(population), postcodes)
        for code, name, commune, population, postcodes in _rows("arrondissements.csv")
    }


@lru_cache(maxsize=1)
def former() -> tuple[Former, ...]:
    """Communes déléguées, communes associées and vanished codes; one code may stand twice, by kind."""
    return tuple(Former(*row) for row in _rows("former.csv"))


@lru_cache(maxsize=1)
def epcis() -> dict[str, Epci]:
    """The EPCI à fiscalité propre by SIREN (the territorial bodies of Grand Paris are not EPCI of that kind)."""
    return {code: Epci(code, nature, name, tuple(members.split())) for code, nature, name, members in _rows("epci.csv")}


@lru_cache(maxsize=1)
def departements() -> dict[str, Departement]:
    """Départements by code, overseas collectivities included."""
    return {row[0]: Departement(*row) for row in _rows("departements.csv")}


@lru_cache(maxsize=1)
def regions() -> dict[str, Region]:
    """Régions by code, overseas collectivities included."""
    return {row[0]: Region(*row) for row in _rows("regions.csv")}


@lru_cache(maxsize=1)
def named_lists() -> dict[str, NamedList]:
    """Dated lists kept by hand in `lists.csv`."""
    return {
        code: NamedList(code, name, date.fromisoformat(as_of), tuple(members.split()), source)
        for code, name, as_of, members, source in _rows("lists.csv")
    }


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The edition of the tables, as written by the last refresh."""
    facts = {row[0]: row[1] for row in _rows("edition.csv")}
    return Edition(
        date.fromisoformat(facts["geography"]), facts["source"], facts["version"], int(facts["population_year"])
    )
