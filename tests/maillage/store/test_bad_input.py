"""Whatever is wrong with the files, the disk or the moment: a clear French message, and yesterday's store intact."""

import errno
import fcntl
import gzip
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pytest

from maillage.errors import BuildFailed, NoStore
from maillage.store import build as build_module
from maillage.store import checks, details, open_store, pipeline, surroundings, writing
from maillage.store.build import build
from tests.maillage.messages import said
from tests.maillage.store.official_files import (
    HISTORY,
    STOCK,
    UNITS,
    crowd,
    establishment,
    period,
    unit,
    write_csv,
    write_parquet,
)


def test_truncated_parquet(source, refused):
    whole = write_parquet(source / "stock.parquet", STOCK, crowd(50))
    whole.write_bytes(whole.read_bytes()[:-2000])
    refused(r"Parquet « stock.parquet » est tronqué ou abîmé\. Téléchargez-le de nouveau")


def test_parquet_whose_end_alone_is_right(source, refused):
    (source / "stock.parquet").write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    refused("tronqué ou abîmé")


def test_zip_with_two_csv(source, refused):
    with zipfile.ZipFile(source / "stock.zip", "w") as archive:
        archive.writestr("a.csv", "siren")
        archive.writestr("b.csv", "siren")
    refused(r"contient 2 fichiers CSV \(a.csv, b.csv\).*il en faut un seul")


def test_truncated_zip(source, refused):
    plain = write_csv(source / "stock.csv", STOCK, crowd(50))
    with zipfile.ZipFile(source / "stock.zip", "w") as archive:
        archive.write(plain, "stock.csv")
    plain.unlink()
    content = (source / "stock.zip").read_bytes()
    (source / "stock.zip").write_bytes(content[: len(content) // 2])
    refused("L’archive « stock.zip » est tronquée")


def test_truncated_gzip(source, refused):
    plain = write_csv(source / "stock.csv", STOCK, crowd(3000))
    content = gzip.compress(plain.read_bytes())
    plain.unlink()
    (source / "stock.csv.gz").write_bytes(content[: len(content) // 2])
    refused(r"« stock.csv.gz » est (mal formé|tronqué|illisible)")


def test_missing_column(source, refused):
    write_csv(source / "stock.csv", STOCK, crowd(5), without=("codeCommuneEtablissement",))
    refused("ressemble à StockEtablissement mais il y manque : codeCommuneEtablissement")


@pytest.mark.parametrize(("separator", "name"), [(";", "le point-virgule"), ("\t", "la tabulation")])
def test_wrong_separator(source, separator, name, refused):
    write_csv(source / "stock.csv", STOCK, crowd(5), separator=separator)
    refused(f"sépare ses colonnes par {name}.*Réexportez-le avec des virgules")


def test_latin_1_bytes(source, refused):
    rows = [*crowd(5), establishment(1, enseigne1Etablissement="PÂTISSERIE")]
    write_csv(source / "stock.csv", STOCK, rows, encoding="latin-1")
    refused("« stock.csv » n’est pas en UTF-8.*Réenregistrez-le en UTF-8")


def test_row_that_stops_in_the_middle(source, refused):
    path = write_csv(source / "stock.csv", STOCK, crowd(5))
    path.write_text(path.read_text() + "000000001,00011\n")
    refused("mal formé à la ligne 7")


def test_count_of_facilities_that_is_no_number(source, refused):
    write_csv(source / "stock.csv", STOCK, crowd(50))
    (source / "bpe.csv").write_text("DEPCOM;TYPEQU;NB_EQUIP\n62498;B203;deux\n")
    refused("équipements « bpe.csv » est mal formé à la ligne 2")


def test_facilities_in_latin_1(source, refused):
    write_csv(source / "stock.csv", STOCK, crowd(50))
    (source / "bpe.csv").write_bytes("DEPCOM;TYPEQU;LIBELLE\n62498;B203;Épicerie\n".encode("latin-1"))
    refused("n’est pas en UTF-8")


def test_empty_file(source, refused):
    write_csv(source / "stock.csv", STOCK, crowd(5))
    (source / "units.csv").touch()
    refused("Le fichier « units.csv » est vide")


def test_file_with_a_header_alone(source, refused):
    write_csv(source / "stock.csv", STOCK, [])
    refused("n’a aucune ligne", BuildFailed)


def test_two_files_of_the_same_dataset(source, refused):
    write_csv(source / "a.csv", STOCK, crowd(5))
    write_csv(source / "b.csv", STOCK, crowd(5), layout="2020")
    refused("Deux fichiers StockEtablissement .* « a.csv » et « b.csv »")


def test_no_known_file(source, refused):
    (source / "notes.txt").write_text("hello")
    refused(r"Pas de fichier StockEtablissement .*vu : notes.txt.*\./run fetch sirene")


def test_legal_units_alone_are_named(source, refused):
    write_csv(source / "units.csv", UNITS, [unit(1)])
    refused("Pas de fichier StockEtablissement.*vu : units.csv")


def test_no_folder(source, refused):
    source.rmdir()
    refused("n’existe pas.*--source")


@pytest.fixture
def good(source):
    write_csv(source / "stock.csv", STOCK, crowd(30))
    write_csv(source / "history.csv", HISTORY, [period(1000, "2015-03-01")])
    write_csv(source / "units.csv", UNITS, [unit(1000)])
    return source


def at_call(function, position, error):
    """`function`, but its call number `position` raises."""
    calls = iter(range(1000))

    def wrapped(*args, **options):
        if next(calls) == position:
            raise error
        return function(*args, **options)

    return wrapped


WRITERS = [
    (writing, "save_array", 0),
    (writing, "save_array", 8),
    (pipeline, "save_array", 0),
    (pipeline, "save_text", 0),
    (pipeline, "save_text", 1),
    (surroundings, "save_array", 0),
    (build_module, "publish", 0),
    (build_module, "partial_folder", 0),
    (build_module, "open_workshop", 0),
]


@pytest.mark.parametrize(("module", "name", "position"), WRITERS)
def test_full_disk(good, monkeypatch, module, name, position, refused):
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(module, name, at_call(getattr(module, name), position, full))
    refused("Le disque est plein.*L’entrepôt précédent reste en place", BuildFailed)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_column_cut_short_by_a_full_disk_says_so(tmp_path):
    """numpy tells how many values it wrote, not why it stopped."""
    (tmp_path / "column.npy").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        writing.save_array(tmp_path / "column.npy", np.arange(100_000))
    assert caught.value.errno == errno.ENOSPC


def test_full_disk_seen_by_duckdb(good, monkeypatch, refused):
    full = duckdb.IOException("IO Error: Could not write file: No space left on device")
    monkeypatch.setattr(pipeline, "write_directory", at_call(details.write_directory, 0, full))
    refused("Le disque est plein", BuildFailed)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit], ids=["interrupted", "terminated"])
@pytest.mark.parametrize(
    "step", ["read_stock", "read_history", "merge", "write_directory", "write_surroundings", "save_text"]
)
def test_interrupted_build(good, out, yesterday, monkeypatch, step, error):
    monkeypatch.setattr(pipeline, step, at_call(getattr(pipeline, step), 0, error))
    with pytest.raises(error):
        build(good, out)
    assert yesterday()


@pytest.mark.parametrize("already_built", [False, True])
def test_build_that_a_power_cut_stopped_leaves_nothing_to_the_next(good, out, yesterday, already_built):
    if already_built:
        build(good, out).close()
    left = out / ".0123.partial"
    left.mkdir()
    (left / "spells.start.npy").write_bytes(b"half")
    store = build(good, out)
    assert not left.exists()
    assert open_store(out).version == store.version


def test_failing_check_keeps_the_former_store(good, monkeypatch, refused):
    rule = ("Épisodes rangés", lambda _store: (False, "3 épisodes hors de leur rang"))
    monkeypatch.setitem(checks.CHECKS, "sorted", rule)
    refused(r"Contrôles non passés : Épisodes rangés \(3 épisodes hors de leur rang\)", BuildFailed)


def test_two_builds_at_once(good, out, refused):
    with (out / writing.LOCK_NAME).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        refused("Une autre construction est en cours", BuildFailed)
    assert open_store(out).version != build(good, out).version


def test_full_disk_at_the_very_switch_leaves_the_new_version_for_the_next_build(good, out, yesterday, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(build_module, "switch", at_call(build_module.switch, 0, full))
        with pytest.raises(BuildFailed, match=said("Le disque est plein")):
            build(good, out)
    assert len(open_store(out).spells) == 20
    assert len(build(good, out).spells) == 30 == len(open_store(out).spells)


def test_no_store_yet(out):
    with pytest.raises(NoStore, match=said(r"Pas d’entrepôt .*\./run maillage build")):
        open_store(out)
