"""From the official JSON files to our tables: pure functions, same input, same text."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
Row = tuple[str, ...]

HEADERS: dict[str, Row] = {
    "communes.csv": ("code", "name", "article", "population", "postcodes"),
    "arrondissements.csv": ("code", "name", "commune", "population", "postcodes"),
    "former.csv": ("code", "name", "kind", "commune"),
    "epci.csv": ("code", "nature", "name", "communes"),
    "departements.csv": ("code", "name", "article", "region"),
    "regions.csv": ("code", "name", "article"),
    "edition.csv": ("fact", "value"),
}

KINDS = {"commune-deleguee": "deleguee", "commune-associee": "associee"}


def typographic(name: str) -> str:
    """An official name with French typography: ’ for the apostrophe, « » for quotes, single spaces."""
    name = re.sub(r'"([^"]*)"', "«\u00a0\\1\u00a0»", name.replace("'", "’"))
    return re.sub(r"  +", " ", name).strip()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _postcodes(record: Record) -> str:
    return " ".join(sorted(record.get("codesPostaux", ())))


def commune_rows(communes: Iterable[Record]) -> list[Row]:
    """Actual communes: code, name, article, population, postcodes."""
    return [
        (c["code"], typographic(c["nom"]), _text(c.get("typeLiaison")), _text(c.get("population")), _postcodes(c))
        for c in communes
        if c["type"] == "commune-actuelle"
    ]


def arrondissement_rows(communes: Iterable[Record]) -> list[Row]:
    """Municipal arrondissements: code, name, commune, population, postcodes."""
    return [
        (c["code"], typographic(c["nom"]), c["commune"], _text(c.get("population")), _postcodes(c))
        for c in communes
        if c["type"] == "arrondissement-municipal"
    ]


def former_rows(communes: Sequence[Record]) -> list[Row]:
    """Déléguées and associées with their name, then vanished codes that have no such status.

    Where the two disagree (55273 and 60455 in 2026) the status in force wins over the list of old codes.
    """
    standing = [
        (c["code"], typographic(c["nom"]), KINDS[c["type"]], c["chefLieu"]) for c in communes if c["type"] in KINDS
    ]
    named = {code for code, *_ in standing}
    vanished = [
        (old, "", "ancienne", c["code"])
        for c in communes
        if c["type"] == "commune-actuelle"
        for old in c.get("anciensCodes", ())
        if old not in named
    ]
    return [*standing, *vanished]


def epci_rows(epcis: Iterable[Record]) -> list[Row]:
    """EPCI: code, nature, name, members."""
    return [
        (e["code"], e["type"], typographic(e["nom"]), " ".join(sorted(m["code"] for m in e["membres"]))) for e in epcis
    ]


def departement_rows(departements: Iterable[Record]) -> list[Row]:
    """Départements: code, name, article, région."""
    return [(d["code"], typographic(d["nom"]), _text(d.get("typeLiaison")), d["region"]) for d in departements]


def region_rows(regions: Iterable[Record]) -> list[Row]:
    """Régions: code, name, article."""
    return [(r["code"], typographic(r["nom"]), _text(r.get("typeLiaison"))) for r in regions]


def as_text(name: str, rows: Iterable[Row]) -> str:
    """One table as CSV, sorted, LF line ends: the very bytes that are committed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADERS[name])
    writer.writerows(sorted(rows))
    return out.getvalue()


def tables(official: Mapping[str, Sequence[Record]], edition: Mapping[str, str]) -> dict[str, str]:
    """File name → text, from the parsed files {"communes": [...], "epci": [...], "departements", "regions"}."""
    communes = official["communes"]
    rows: dict[str, list[Row]] = {
        "communes.csv": commune_rows(communes),
        "arrondissements.csv": arrondissement_rows(communes),
        "former.csv": former_rows(communes),
        "epci.csv": epci_rows(official["epci"]),
        "departements.csv": departement_rows(official["departements"]),
        "regions.csv": region_rows(official["regions"]),
        "edition.csv": list(edition.items()),
    }
    return {name: as_text(name, table) for name, table in rows.items()}
