"""The stores of the demonstration: two months of invented files, then the daily files of two weeks, all imported by the
code that imports the real ones."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from etabli.demo.errors import RealDataThere
from etabli.demo.recipe import Recipe
from etabli.demo.terminal import month, say, step
from maillage.errors import NoStore
from maillage.store import open_store
from maillage.store.build import build
from maillage.synthetic.daily import write_daily
from maillage.synthetic.export import write
from maillage.synthetic.population import Population
from maillage.watch.shelf import daily_folder, load

NOTE = "demo.json"


@dataclass(frozen=True)
class Prepared:
    """Versions of the stores, oldest first, and whether they had to be made."""

    versions: tuple[str, ...]
    made: bool


@dataclass(frozen=True)
class Note:
    """What the last preparation left in the data folder: the mark of its recipe, the stores and daily files it made."""

    mark: str
    versions: tuple[str, ...]
    daily: tuple[str, ...] = ()


def prepare(recipe: Recipe, data: Path) -> Prepared:
    """Make the stores of a recipe in the folder ``data``, unless they are there already.

    Raises RealDataThere when that folder serves real firms, BuildFailed when the import refuses the files.
    """
    stores = data / "stores"
    refuse_real(stores)
    last = _last(data)
    mark = recipe.mark
    if last.mark == mark and _in_force(stores, last):
        say("  Données fictives déjà prêtes.")
        return Prepared(last.versions, made=False)
    versions, daily = _make(recipe, data)
    _forget(stores, set(last.versions) - set(versions), set(last.daily) - set(daily))
    _write(data, Note(mark, versions, daily))
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


def _make(recipe: Recipe, data: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Versions of the stores and names of the daily files, oldest first."""
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
    with step("Fichiers quotidiens au format de l’API Sirene"):
        days = zip((recipe.months[-1], *recipe.weeks), recipe.weeks, strict=False)
        files = [write_daily(population, sources / "daily" / f"siret-{on}.json", since, on) for since, on in days]
        loaded = [load(path, daily_folder(data / "stores"))[0] for path in files]
    return tuple(versions), tuple(one.path.name for one in loaded)


def _last(data: Path) -> Note:
    """What the last preparation wrote; an empty note the first time, or when it can no longer be read."""
    try:
        said = json.loads((data / NOTE).read_text(encoding="utf-8"))
        made = (tuple(str(name) for name in said.get(kind, ())) for kind in ("versions", "daily"))
        return Note(str(said["mark"]), *made)
    except (OSError, ValueError, KeyError, TypeError):
        return Note("", ())


def _write(data: Path, note: Note) -> None:
    (data / NOTE).write_text(json.dumps(asdict(note), indent=1) + "\n", encoding="utf-8")


def _in_force(stores: Path, note: Note) -> bool:
    """Whether every store and daily file is there, the last store being served."""
    try:
        current = open_store(stores).version
    except NoStore:
        return False
    made = [stores / version / "manifest.json" for version in note.versions]
    made += [daily_folder(stores) / name for name in note.daily]
    return current == note.versions[-1] and all(path.is_file() for path in made)


def _forget(stores: Path, versions: set[str], daily: set[str]) -> None:
    """Delete what an older demonstration made: it would pass for an earlier month, or for later news."""
    for version in versions:
        shutil.rmtree(stores / version, ignore_errors=True)
    for name in daily:
        (daily_folder(stores) / name).unlink(missing_ok=True)
