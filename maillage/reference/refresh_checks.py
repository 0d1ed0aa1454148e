"""What must hold in the official files before a table is rewritten."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maillage.errors import BadSource

Records = Sequence[Mapping[str, Any]]
Files = Mapping[str, Records]

# Fewer than these is a part of the country; the figures of 2026 are 34 969, 1 255, 109 and 26.
LEAST = {"communes": 30_000, "epci": 900, "departements": 101, "regions": 18}
FIELDS = {
    "communes": ("nom", "type", "departement"),
    "epci": ("nom", "type", "membres"),
    "departements": ("nom", "region"),
    "regions": ("nom",),
}


def _number(count: int) -> str:
    return f"{count:_}".replace("_", "\u202f")


def _complete(files: Files) -> str:
    for name, least in LEAST.items():
        if len(files[name]) < least:
            found = _number(len(files[name]))
            return f"{name}.json ne compte que {found} lignes, au moins {_number(least)} sont attendues"
    return ""


def _fields(files: Files) -> str:
    for name, fields in FIELDS.items():
        for record in files[name]:
            absent = [field for field in fields if field not in record]
            if absent:
                return f"dans {name}.json, il manque « {', '.join(absent)} » à {record['code']}"
    return ""


def _of_type(files: Files, kind: str) -> dict[str, Mapping[str, Any]]:
    return {record["code"]: record for record in files["communes"] if record["type"] == kind}


def _unique(files: Files) -> str:
    for name in ("epci", "departements", "regions"):
        codes = [record["code"] for record in files[name]]
        if len(set(codes)) < len(codes):
            return f"{name}.json donne deux fois le même code"
    actual = [record["code"] for record in files["communes"] if record["type"] == "commune-actuelle"]
    return "communes.json donne deux fois la même commune" if len(set(actual)) < len(actual) else ""


def _one_epci_each(files: Files) -> str:
    actual = _of_type(files, "commune-actuelle")
    seen: dict[str, str] = {}
    for epci in files["epci"]:
        for member in epci["membres"]:
            code = member["code"]
            if code not in actual:
                return f"{epci['nom']} compte une commune inconnue ({code})"
            if code in seen:
                return f"la commune {code} est à la fois dans {seen[code]} et dans {epci['nom']}"
            seen[code] = epci["nom"]
    return ""


def _parents(files: Files) -> str:
    actual = _of_type(files, "commune-actuelle")
    for kind, link in (
        ("arrondissement-municipal", "commune"),
        ("commune-deleguee", "chefLieu"),
        ("commune-associee", "chefLieu"),
    ):
        lost = [code for code, record in _of_type(files, kind).items() if record.get(link) not in actual]
        if lost:
            return f"{lost[0]} ({kind}) n’est rattaché à aucune commune actuelle"
    return ""


def _areas(files: Files) -> str:
    regions = {record["code"] for record in files["regions"]}
    departements = {record["code"] for record in files["departements"] if record["region"] in regions}
    lost = [c["code"] for c in _of_type(files, "commune-actuelle").values() if c["departement"] not in departements]
    return f"la commune {lost[0]} n’a ni département ni région" if lost else ""


CHECKS: tuple[Callable[[Files], str], ...] = (_complete, _fields, _unique, _one_epci_each, _parents, _areas)


def check(files: Files) -> None:
    """Run every check; raises BadSource with the first thing that is wrong."""
    for one in CHECKS:
        wrong = one(files)
        if wrong:
            raise BadSource(f"Les fichiers du découpage administratif sont refusés : {wrong}. Rien n’a été changé.")
