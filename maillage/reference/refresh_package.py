"""Reads the npm package `@etalab/decoupage-administratif`: its .tgz, its unpacked folder, or its JSON files alone.

Nothing is unpacked on disk: the members we need are read in memory, under a limit. Any doubt is a
BadSource with a French message; no table has been touched at that point.
"""

import gzip
import json
import re
import tarfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from maillage.errors import BadSource

PACKAGE = "@etalab/decoupage-administratif"
NEEDED = ("communes", "epci", "departements", "regions")
# The whole package of 2026 is 13 MB; ten times that is no longer the package.
LARGEST = 130_000_000
FOLDERS = ("", "data", "package/data")
DAMAGED = (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, UnicodeDecodeError)


class Package(NamedTuple):
    """What the refresh needs: parsed files by stem, version of the package, date of the geography."""

    files: Mapping[str, Sequence[Mapping[str, Any]]]
    version: str
    geography: date


def read(path: Path, on: date | None = None) -> Package:
    """Read a package. `on` is the date of the geography when `package.json` is not there to tell.

    Raises BadSource when the file is missing, damaged, incomplete, or of another kind.
    """
    if not path.exists():
        raise BadSource(f"Le fichier {path} n’existe pas.")
    try:
        texts = _from_folder(path) if path.is_dir() else _from_archive(path)
    except DAMAGED as error:
        raise BadSource(
            f"{path.name} est abîmé, incomplet, ou d’une autre sorte : téléchargez-le de nouveau."
        ) from error
    missing = [f"{stem}.json" for stem in NEEDED if f"{stem}.json" not in texts]
    if missing:
        raise BadSource(f"{path.name} ne contient pas {', '.join(missing)} : est-ce bien le paquet npm {PACKAGE} ?")
    files = {stem: _records(f"{stem}.json", texts[f"{stem}.json"]) for stem in NEEDED}
    version = _version(texts)
    return Package(files, version, on or _geography(version, texts.get("README.md", "")))


def _from_folder(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for inside in (folder / name for name in FOLDERS):
        for stem in NEEDED:
            plain, packed = inside / f"{stem}.json", inside / f"{stem}.json.gz"
            if plain.is_file():
                texts[plain.name] = plain.read_text(encoding="utf-8")
            elif packed.is_file():
                texts[plain.name] = gzip.decompress(packed.read_bytes()).decode("utf-8")
    for name in ("package.json", "README.md"):
        for inside in (folder.parent, folder, folder / "package"):
            if (inside / name).is_file():
                texts[name] = (inside / name).read_text(encoding="utf-8")
    return texts


def _from_archive(path: Path) -> dict[str, str]:
    """Texts of the members we need, by bare name. Links, devices and paths that climb are refused."""
    texts: dict[str, str] = {}
    total = 0
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            place = PurePosixPath(member.name)
            if not (member.isfile() or member.isdir()) or place.is_absolute() or ".." in place.parts:
                raise BadSource(f"{path.name} contient un élément suspect ({member.name}) : archive refusée.")
            total += member.size
            if total > LARGEST:
                raise BadSource(f"{path.name} est bien plus gros que le paquet npm {PACKAGE} : archive refusée.")
            content = archive.extractfile(member) if _is_needed(place) else None
            if content is not None:
                texts[place.name] = content.read().decode("utf-8")
    return texts


def _is_needed(place: PurePosixPath) -> bool:
    inside = place.parts[1:]
    return inside in (("package.json",), ("README.md",)) or inside in [("data", f"{stem}.json") for stem in NEEDED]


def _records(name: str, text: str) -> list[Mapping[str, Any]]:
    try:
        records = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadSource(f"{name} n’est pas du JSON lisible (ligne {error.lineno}) : fichier refusé.") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) and "code" in record for record in records):
        raise BadSource(f"{name} n’est pas une liste de lieux avec leur code : fichier refusé.")
    return records


def _version(texts: Mapping[str, str]) -> str:
    if "package.json" not in texts:
        return ""
    try:
        about = json.loads(texts["package.json"])
        name, version = str(about["name"]), str(about["version"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BadSource("package.json est illisible : fichier refusé.") from error
    if name != PACKAGE:
        raise BadSource(f"Ce paquet est {name}, et non {PACKAGE}.")
    return version


def _geography(version: str, readme: str) -> date:
    """1 January of the year that the package's own table gives for its version: "| 2026 | 6.0.0 |"."""
    years = dict(re.findall(r"^\| *(\d{4}) *\| *(\d+)\.\d+\.\d+", readme, flags=re.MULTILINE))
    for year, major in years.items():
        if major == version.partition(".")[0]:
            return date(int(year), 1, 1)
    raise BadSource(
        "Le millésime de ces fichiers est inconnu : il manque package.json ou le tableau des versions "
        "de README.md. Donnez le paquet entier, ou la date de la géographie."
    )
