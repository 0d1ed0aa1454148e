"""Whatever is wrong with the files, the disk or the moment: a clear French message, and yesterday's store intact."""

import errno
import fcntl
import gzip
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pytest

from maillage.errors import BadSource, BuildFailed, NoStore
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


def refused(source, out, error, words):
    with pytest.raises(error, match=said(words)) as caught:
        build(source, out)
    assert caught.value.message == str(caught.value)


def test_truncated_parquet(source, out, yesterday):
    whole = write_parquet(source / "stock.parquet", STOCK, crowd(50))
    whole.write_bytes(whole.read_bytes()[:-2000])
    refused(source, out, BadSource, r"Parquet « stock.parquet » est tronqué ou abîmé\. Téléchargez-le de nouveau")
    assert yesterday()


def test_parquet_whose_end_alone_is_right(source, out, yesterday):
    (source / "stock.parquet").write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    refused(source, out, BadSource, "tronqué ou abîmé")
    assert yesterday()


def test_zip_with_two_csv(source, out, yesterday):
    with zipfile.ZipFile(source / "stock.zip", "w") as archive:
        archive.writestr("a.csv", "siren")
        archive.writestr("b.csv", "siren")
    refused(source, out, BadSource, r"contient 2 fichiers CSV \(a.csv, b.csv\).*il en faut un seul")
    assert yesterday()


def test_truncated_zip(source, out, yesterday):
    plain = write_csv(source / "stock.csv", STOCK, crowd(50))
    with zipfile.ZipFile(source / "stock.zip", "w") as archive:
        archive.write(plain, "stock.csv")
    plain.unlink()
    content = (source / "stock.zip").read_bytes()
    (source / "stock.zip").write_bytes(content[: len(content) // 2])
    refused(source, out, BadSource, "L’archive « stock.zip » est tronquée")
    assert yesterday()


def test_truncated_gzip(source, out, yesterday):
    plain = write_csv(source / "stock.csv", STOCK, crowd(3000))
    content = gzip.compress(plain.read_bytes())
    plain.unlink()
    (source / "stock.csv.gz").write_bytes(content[: len(content) // 2])
    refused(source, out, BadSource, r"« stock.csv.gz » est (mal formé|tronqué|illisible)")
    assert yesterday()


def test_missing_column(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, crowd(5), without=("codeCommuneEtablissement",))
    refused(source, out, BadSource, "ressemble à StockEtablissement mais il y manque : codeCommuneEtablissement")
    assert yesterday()


@pytest.mark.parametrize(("separator", "name"), [(";", "le point-virgule"), ("\t", "la tabulation")])
def test_wrong_separator(source, out, yesterday, separator, name):
    write_csv(source / "stock.csv", STOCK, crowd(5), separator=separator)
    refused(source, out, BadSource, f"sépare ses colonnes par {name}.*Réexportez-le avec des virgules")
    assert yesterday()


def test_latin_1_bytes(source, out, yesterday):
    rows = [*crowd(5), establishment(1, enseigne1Etablissement="PÂTISSERIE")]
    write_csv(source / "stock.csv", STOCK, rows, encoding="latin-1")
    refused(source, out, BadSource, "« stock.csv » n’est pas en UTF-8.*Réenregistrez-le en UTF-8")
    assert yesterday()


def test_row_that_stops_in_the_middle(source, out, yesterday):
    path = write_csv(source / "stock.csv", STOCK, crowd(5))
    path.write_text(path.read_text() + "000000001,00011\n")
    refused(source, out, BadSource, "mal formé à la ligne 7")
    assert yesterday()


def test_count_of_facilities_that_is_no_number(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, crowd(50))
    (source / "bpe.csv").write_text("DEPCOM;TYPEQU;NB_EQUIP\n62498;B203;deux\n")
    refused(source, out, BadSource, "équipements « bpe.csv » est mal formé à la ligne 2")
    assert yesterday()


def test_facilities_in_latin_1(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, crowd(50))
    (source / "bpe.csv").write_bytes("DEPCOM;TYPEQU;LIBELLE\n62498;B203;Épicerie\n".encode("latin-1"))
    refused(source, out, BadSource, "n’est pas en UTF-8")
    assert yesterday()


def test_empty_file(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, crowd(5))
    (source / "units.csv").touch()
    refused(source, out, BadSource, "Le fichier « units.csv » est vide")
    assert yesterday()


def test_file_with_a_header_alone(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, [])
    refused(source, out, BuildFailed, "n’a aucune ligne")
    assert yesterday()


def test_two_files_of_the_same_dataset(source, out, yesterday):
    write_csv(source / "a.csv", STOCK, crowd(5))
    write_csv(source / "b.csv", STOCK, crowd(5), layout="2020")
    refused(source, out, BadSource, "Deux fichiers StockEtablissement .* « a.csv » et « b.csv »")
    assert yesterday()


def test_no_known_file(source, out, yesterday):
    (source / "notes.txt").write_text("hello")
    refused(source, out, BadSource, r"Pas de fichier StockEtablissement .*vu : notes.txt.*\./run fetch sirene")
    assert yesterday()


def test_legal_units_alone_are_named(source, out, yesterday):
    write_csv(source / "units.csv", UNITS, [unit(1)])
    refused(source, out, BadSource, "Pas de fichier StockEtablissement.*vu : units.csv")
    assert yesterday()


def test_no_folder(source, out, yesterday):
    refused(source / "absent", out, BadSource, "n’existe pas.*--source")
    assert yesterday()


def test_malformed_settings(source, out, yesterday):
    write_csv(source / "stock.csv", STOCK, crowd(5))
    (source / "etabli.json").write_text('{"stock_date": "hier"}')
    refused(source, out, BadSource, "« etabli.json » du dossier source est mal formé")
    assert yesterday()


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
def test_full_disk(good, out, yesterday, monkeypatch, module, name, position):
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(module, name, at_call(getattr(module, name), position, full))
    refused(good, out, BuildFailed, "Le disque est plein.*L’entrepôt précédent reste en place")
    assert yesterday()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_a_column_cut_short_by_a_full_disk_says_so(tmp_path):
    """numpy tells how many values it wrote, not why it stopped."""
    (tmp_path / "column.npy").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        writing.save_array(tmp_path / "column.npy", np.arange(100_000))
    assert caught.value.errno == errno.ENOSPC


def test_full_disk_seen_by_duckdb(good, out, yesterday, monkeypatch):
    full = duckdb.IOException("IO Error: Could not write file: No space left on device")
    monkeypatch.setattr(pipeline, "write_directory", at_call(details.write_directory, 0, full))
    refused(good, out, BuildFailed, "Le disque est plein")
    assert yesterday()


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit], ids=["interrupted", "terminated"])
@pytest.mark.parametrize(
    "step", ["read_stock", "read_history", "merge", "write_directory", "write_surroundings", "save_text"]
)
def test_interrupted_build(good, out, yesterday, monkeypatch, step, error):
    monkeypatch.setattr(pipeline, step, at_call(getattr(pipeline, step), 0, error))
    with pytest.raises(error):
        build(good, out)
    assert yesterday()


def test_build_that_a_power_cut_stopped_leaves_nothing_to_the_next(good, out, yesterday):
    left = out / ".0123.partial"
    left.mkdir()
    (left / "spells.start.npy").write_bytes(b"half")
    store = build(good, out)
    assert not left.exists()
    assert open_store(out).version == store.version


def test_failing_check_keeps_the_former_store(good, out, yesterday, monkeypatch):
    rule = ("Épisodes rangés", lambda _store: (False, "3 épisodes hors de leur rang"))
    monkeypatch.setitem(checks.CHECKS, "sorted", rule)
    refused(good, out, BuildFailed, r"Contrôles non passés : Épisodes rangés \(3 épisodes hors de leur rang\)")
    assert yesterday()


def test_two_builds_at_once(good, out, yesterday):
    with (out / writing.LOCK_NAME).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        refused(good, out, BuildFailed, "Une autre construction est en cours")
    assert yesterday()
    assert open_store(out).version != build(good, out).version


def test_full_disk_at_the_very_switch_leaves_the_new_version_for_the_next_build(good, out, yesterday, monkeypatch):
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(build_module, "switch", at_call(build_module.switch, 0, full))
        refused(good, out, BuildFailed, "Le disque est plein")
    assert len(open_store(out).spells) == 20
    assert len(build(good, out).spells) == 30 == len(open_store(out).spells)


def test_damaged_version_is_built_again(good, out):
    first = build(good, out)
    (first.path / "spells.end.npy").unlink()
    again = build(good, out)
    assert again.version == first.version
    assert len(again.spells) == 30


def test_no_store_yet(out):
    with pytest.raises(NoStore, match=said(r"Pas d’entrepôt .*\./run maillage build")):
        open_store(out)


@pytest.mark.parametrize("damage", ["manifest", "format", "array"])
def test_damaged_store_is_told(good, out, damage):
    folder = build(good, out).path
    if damage == "manifest":
        (folder / "manifest.json").write_text("{")
    elif damage == "format":
        text = (folder / "manifest.json").read_text()
        (folder / "manifest.json").write_text(text.replace('"format": 1', '"format": 0'))
    else:
        np.save(folder / "spells.start.npy", np.arange(3))
        (folder / "spells.end.npy").unlink()
    with pytest.raises(NoStore, match=said("illisible|autre format|incomplet")):
        open_store(out)
