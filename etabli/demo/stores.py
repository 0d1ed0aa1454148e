"""The stores of the demonstration: two months of invented files, imported by the code that imports the real ones."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from etabli.demo.errors import RealDataThere
from etabli.demo.recipe import Recipe
from etabli.demo.terminal import month, say, step
from maillage.errors import NoStore
from maillage.store import open_store
from maillage.store.build import build
from maillage.synthetic.export import write
from maillage.synthetic.population import Population

NOTE = "demo.json"


@dataclass(frozen=True)
class Prepared:
    """Versions of the stores, oldest first, and whether they had to be made."""

    versions: tuple[str, ...]
    made: bool


@dataclass(frozen=True)
class Note:
    """What the last preparation left in the data folder: the mark of its recipe, and the stores it made."""

    mark: str
    versions: tuple[str, ...]


def prepare(recipe: Recipe, data: Path) -> Prepared:
    """Make the stores of a recipe in the folder ``data``, unless they are there already.

    Raises RealDataThere when that folder serves real firms, BuildFailed when the import refuses the files.
    """
    stores = data / "stores"
    refuse_real(stores)
    last = _last(data)
    mark = recipe.mark
    if last.mark == mark and _in_force(stores, last.versions):
        say("  Données fictives déjà prêtes.")
        return Prepared(last.versions, made=False)
    versions = _make(recipe, data)
    _forget(stores, set(last.versions) - set(versions))
    _write(data, Note(mark, versions))
    return Prepared(versions, made=True)


def refuse_real(stores: Path) -> None:
    """Raise RealDataThere when the store in force is not fictitious."""
    try:
        store = open_store(stores)
    except NoStore:
        return
    if not store.manifest.fictitious:
        message = (
            f"Le dossier {stores.parent} contient un répertoire réel\u00a0: la démonstration ne s’y mêle pas. "
            "Donnez-lui son propre dossier\u00a0: ETABLI_DATA=data-demo ./run demo"
        )
        raise RealDataThere(message)


def _make(recipe: Recipe, data: Path) -> tuple[str, ...]:
    with step("Invention des entreprises (bloc SIREN 000, données fictives)"):
        population = Population.generate(
            recipe.communes,
            recipe.seed,
            scale=recipe.scale,
            since=recipe.since,
            other_share=recipe.other_share,
        )
    sources = data / "sources" / "demo"
    shutil.rmtree(sources, ignore_errors=True)
    versions = []
    for on in recipe.months:
        name = month(on.isoformat())
        with step(f"Fichiers au format officiel, {name}"):
            folder = write(population, sources / on.isoformat(), on, recipe.territories)
        with step(f"Import par le code des fichiers réels, {name}"):
            store = build(folder, data / "stores")
        versions.append(store.version)
    return tuple(versions)


def _last(data: Path) -> Note:
    """What the last preparation wrote; an empty note the first time, or when it can no longer be read."""
    try:
        said = json.loads((data / NOTE).read_text(encoding="utf-8"))
        return Note(str(said["mark"]), tuple(str(version) for version in said["versions"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Note("", ())


def _write(data: Path, note: Note) -> None:
    said = {"mark": note.mark, "versions": note.versions}
    (data / NOTE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def _in_force(stores: Path, versions: tuple[str, ...]) -> bool:
    """Whether every store is there, the last one being served."""
    try:
        current = open_store(stores).version
    except NoStore:
        return False
    return current == versions[-1] and all((stores / version / "manifest.json").is_file() for version in versions)


def _forget(stores: Path, versions: set[str]) -> None:
    """Delete stores made by an older demonstration: they would pass for an earlier month."""
    for version in versions:
        shutil.rmtree(stores / version, ignore_errors=True)
