"""Yearly refresh of the tables of places from the official package: `./run reference --from FILE`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maillage.errors import BadSource
from maillage.reference import refresh_checks, refresh_package
from maillage.reference.places import rebuild
from maillage.reference.places.tables import HERE
from maillage.reference.refresh_changes import Change, changes

# INSEE's legal populations in force on 1 January of year N are those of the census of year N - 3.
CENSUS_LAG = 3


@dataclass(frozen=True)
class Report:
    """What a refresh did: the edition read, the files rewritten, the changes in French."""

    geography: date
    version: str
    rewritten: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as French lines, ready to print."""
        edition = f"Découpage administratif au 1er janvier {self.geography.year}"
        edition += f" (paquet {self.version})." if self.version else "."
        if not self.rewritten:
            return (edition, "Les tables étaient déjà à jour : rien n’a été changé.")
        return (edition, f"Tables réécrites : {', '.join(self.rewritten)}.", *[change.line for change in self.changes])


def refresh(path: Path, *, into: Path = HERE, on: date | None = None) -> Report:
    """Rebuild the tables of `into` from a package: .tgz, unpacked folder, or folder of its JSON files.

    `on` dates the geography when the package itself is not there to tell. The same input gives the same
    bytes. Raises BadSource; the tables are then untouched.
    """
    package = refresh_package.read(path, on)
    refresh_checks.check(package.files)
    edition = {
        "geography": package.geography.isoformat(),
        "source": refresh_package.PACKAGE,
        "version": package.version,
        "population_year": str(package.geography.year - CENSUS_LAG),
    }
    fresh = rebuild.tables(package.files, edition)
    previous = {name: _text(into / name) for name in (*fresh, "lists.csv")}
    rewritten = _different(previous, fresh)
    if not package.version and rewritten == ("edition.csv",):
        rewritten = ()  # the same places from files without package.json: the edition keeps its version
    _write(into, {name: fresh[name] for name in rewritten})
    return Report(package.geography, package.version, rewritten, changes(previous, fresh))


def _different(previous: Mapping[str, str], fresh: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name, text in fresh.items() if previous[name] != text)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write all tables beside their place, then move them there: a full disk leaves the old ones."""
    waiting = {name: folder / f".{name}.partial" for name in texts}
    try:
        for name, partial in waiting.items():
            partial.write_text(texts[name], encoding="utf-8", newline="\n")
        for name, partial in waiting.items():
            partial.replace(folder / name)
    except OSError as error:
        raise BadSource(f"Les tables n’ont pas pu être écrites ({error.strerror}).") from error
    finally:
        for partial in waiting.values():
            partial.unlink(missing_ok=True)
