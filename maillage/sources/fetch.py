"""Downloads official files into a folder: progress, resume, sha256, and a switch in one step.

    fetch("sirene", Path("data/sources/sirene"))

Addresses are INSEE's and Etalab's stable ones; a JSON file named by the variable ETABLI_SOURCES replaces them:
`{"sirene": {"StockEtablissement": "https://…", "StockUniteLegale": {"url": "https://…", "sha256": "…"}}}`.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from maillage.errors import BadQuestion, FetchFailed
from maillage.sources.container import GZIP_MAGIC, PARQUET_MAGIC, ZIP_MAGIC
from maillage.sources.inventory import sha256
from maillage.sources.settings import SETTINGS_NAME, read_notes
from maillage.sources.transfer import Wanted, forget, receive

ADDRESSES_VARIABLE = "ETABLI_SOURCES"
STABLE = "https://www.data.gouv.fr/api/1/datasets/r/"
OUTLINES = "https://etalab-datasets.geo.data.gouv.fr/contours-administratifs/latest/geojson/communes-1000m.geojson"
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "sirene": {
        "StockEtablissement": f"{STABLE}a29c1297-1f92-4e2a-8f6b-8c902ce96c5f",
        "StockUniteLegale": f"{STABLE}350182c9-148a-46e0-8389-76c2ec1374a3",
        "StockEtablissementHistorique": f"{STABLE}2b3a0c79-f97b-46b8-ac02-8be6c1f01a8c",
        "StockEtablissementLiensSuccession": f"{STABLE}9c4d5d9c-4bbb-4b9c-837a-6155cb589e26",
    },
    "contours": {"communes": OUTLINES},
    "bpe": {},  # INSEE changes its address every year
    "zonages": {},  # and so do the producers of zonings
}
COVERS = {"sirene": ["france"]}  # what the default addresses give whole

Addresses = Mapping[str, str | Mapping[str, str]]
Note = dict[str, str]  # what `etabli.json` remembers of a file: file, url, sha256, etag, at


@dataclass(frozen=True)
class Fetched:
    """One file in place. `changed` is False when the server says that ours is still the latest."""

    name: str
    path: Path
    sha256: str
    changed: bool


def fetch(dataset: str, to: Path, urls: Addresses | None = None, *, progress: bool = True) -> tuple[Fetched, ...]:
    """Download a dataset (sirene, contours, bpe, zonages) into the folder `to`, and note its files in `etabli.json`.

    Raises BadQuestion for an unknown dataset, FetchFailed when a file cannot be had whole; files in place stay.
    """
    chosen = urls if urls is not None else addresses(dataset)
    to.mkdir(parents=True, exist_ok=True)
    notes = read_notes(to)
    known: dict[str, Note] = notes.setdefault("fetched", {})
    found = []
    with requests.Session() as session:
        for name, address in chosen.items():
            fetched, known[name] = _one(session, name, address, to, known.get(name, {}), progress=progress)
            found.append(fetched)
            if chosen == DEFAULTS.get(dataset) and dataset in COVERS:
                notes.setdefault("covers", COVERS[dataset])
            _write_notes(to, notes)
    return tuple(found)


def addresses(dataset: str) -> Addresses:
    """Configured addresses of a dataset, else the default ones. Raises BadQuestion when there are none."""
    configured: dict[str, Addresses] = {}
    if path := os.environ.get(ADDRESSES_VARIABLE):
        try:
            configured = json.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadQuestion(f"Le fichier d’adresses « {path} » ({ADDRESSES_VARIABLE}) est illisible.") from error
    chosen = configured.get(dataset, DEFAULTS.get(dataset))
    if chosen is None:
        known = ", ".join(sorted({*DEFAULTS, *configured}))
        raise BadQuestion(f"Jeu de données inconnu : « {dataset} ». Jeux connus : {known}.")
    if not chosen:
        message = f"Pas d’adresse pour « {dataset} » : donnez-la dans le fichier que nomme {ADDRESSES_VARIABLE}."
        raise BadQuestion(message)
    return chosen


def _one(
    session: requests.Session, name: str, address: str | Mapping[str, str], to: Path, before: Note, *, progress: bool
) -> tuple[Fetched, Note]:
    url, expected = (address, "") if isinstance(address, str) else (address["url"], address.get("sha256", ""))
    still_here = before.get("url") == url and bool(before.get("file")) and (to / before["file"]).is_file()
    wanted = Wanted(name, url, to / f"{name}.part", before.get("etag", "") if still_here else "")
    etag = receive(session, wanted, progress=progress)
    if etag is None:
        return Fetched(name, to / before["file"], before["sha256"], changed=False), before
    digest = sha256(wanted.part)
    if expected and digest != expected.lower():
        forget(wanted.part)
        message = (
            f"Le fichier « {name} » reçu n’est pas celui attendu (empreinte sha256 différente). "
            "Rien n’a été remplacé. Relancez le téléchargement, ou corrigez l’empreinte."
        )
        raise FetchFailed(message)
    path = _put_in_place(wanted.part, name, to, before)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    note = {"file": path.name, "url": url, "sha256": digest, "etag": etag, "at": now}
    return Fetched(name, path, digest, changed=True), note


def _put_in_place(part: Path, name: str, to: Path, before: Note) -> Path:
    """Give a finished file its name; one of another container, that it replaces, would be read twice."""
    path = to / f"{name}{_suffix(part)}"
    part.replace(path)
    forget(part)
    if before.get("file", path.name) != path.name:
        (to / before["file"]).unlink(missing_ok=True)
    return path


def _suffix(part: Path) -> str:
    with part.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"{"):
        return ".geojson"
    if start.startswith(GZIP_MAGIC):
        return ".gz"
    return {PARQUET_MAGIC: ".parquet", ZIP_MAGIC: ".zip"}.get(start, ".csv")


def _write_notes(to: Path, notes: dict[str, Any]) -> None:
    new = to / f".{SETTINGS_NAME}.new"
    new.write_text(json.dumps(notes, ensure_ascii=False, indent=1), encoding="utf-8")
    new.replace(to / SETTINGS_NAME)
