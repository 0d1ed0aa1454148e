"""A store that is missing, cut or changed by hand: each file is named, with the two ways out, and a build mends it."""

import json
import shutil

import numpy as np
import pytest

from maillage.cli.main import main
from maillage.errors import DamagedStore, NoStore
from maillage.store import open_store
from maillage.store.build import build
from maillage.store.checks import check
from tests.maillage.messages import said
from tests.maillage.store.official_files import HISTORY, STOCK, UNITS, crowd, period, unit, write_csv

OPTIONAL = ("areas.npy", "bpe.json", "outlines.npy", "zones.json")  # a version may lack these
WAYS_OUT = r"Reconstruisez-le par « \./run maillage build --source DOSSIER », ou remettez le précédent en service"
SQUARE = "[[[2,50],[3,50],[3,51],[2,50]]]"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A source folder that gives every file of a store, and the store."""
    folder = tmp_path_factory.mktemp("sound")
    source = folder / "source"
    write_csv(source / "stock.csv", STOCK, crowd(30))
    write_csv(source / "history.csv", HISTORY, [period(1000, "2015-03-01")])
    write_csv(source / "units.csv", UNITS, [unit(1000)])
    (source / "bpe_2024.csv").write_text("DEPCOM;TYPEQU;NB_EQUIP\n62498;B203;2\n")
    (source / "density.csv").write_text("codgeo;niveau_densite\n62498;1\n")
    shape = f'{{"type":"Polygon","coordinates":{SQUARE}}}'
    feature = f'{{"properties":{{"code":"62498"}},"geometry":{shape}}}'
    (source / "o.geojson").write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')
    build(source, folder / "stores").close()
    return folder


@pytest.fixture
def version(sound, out):
    """The folder of a version, for a test to damage."""
    shutil.copytree(sound / "stores", out)
    return out / (out / "current").read_text()


def read_everything(root):
    store = open_store(root)
    answers = (store.outline("62498"), store.areas, store.bpe, store.zones, store.describe([0]), store.centre("62498"))
    assert all(answers)
    return store


def files(folder):
    """Every file of a version but the report; one column of each table stands for the others."""
    columns = {path.name.partition(".")[0]: path.name for path in folder.glob("*.*.npy")}
    others = {path.name for path in folder.iterdir() if path.name.count(".") == 1} - {"report.txt"}
    assert others >= {*OPTIONAL, "outlines.bin", "directory.duckdb", "manifest.json", "pointers.npy"}
    return sorted({*columns.values(), *others})


def test_every_file_missing_cut_or_overwritten_is_named(version):
    for path in (version / name for name in files(version)):
        content = path.read_bytes()
        for damage in (None, content[: len(content) // 2], b"\xff" * len(content), b"[1]"):
            path.unlink(missing_ok=True)
            if damage is not None:
                path.write_bytes(damage)
            elif path.name in OPTIONAL:
                continue
            with pytest.raises(DamagedStore, match=said(f"est abîmé : .*{WAYS_OUT}")) as told:
                read_everything(version.parent)
            assert f"«\u00a0{path.name}\u00a0»" in told.value.message, damage
        path.write_bytes(content)
    read_everything(version.parent)


@pytest.mark.parametrize(
    "change",
    [
        {"sources": 5},
        {"sources": [{"file": "a"}]},
        {"communes": ["62498"]},
        {"history": "oui"},
        {"stock_date": "hier"},
        {"built_at": None},
        {"band_year": "2024"},
        {"covers": "france"},
        {"unheard": 1},
    ],
    ids=str,
)
def test_manifest_of_another_shape_is_named(version, change):
    path = version / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DamagedStore, match=said(f"« manifest.json » est illisible. {WAYS_OUT}")):
        open_store(version.parent)


def test_manifest_without_a_key_is_named(version):
    path = version / "manifest.json"
    whole = json.loads(path.read_text())
    for name in ("version", "format", "communes", "stock_date", "band_year", "sources"):
        path.write_text(json.dumps({key: value for key, value in whole.items() if key != name}))
        with pytest.raises(DamagedStore, match=said("« manifest.json » est illisible")):
            open_store(version.parent)


def test_store_of_another_format_is_told(version):
    path = version / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    with pytest.raises(NoStore, match=said(f"est d’un autre format. {WAYS_OUT}")):
        open_store(version.parent)


def test_columns_of_unequal_lengths_are_told(version):
    np.save(version / "spells.start.npy", np.arange(3, dtype=np.int32))
    with pytest.raises(DamagedStore, match=said("les colonnes « spells » sont de longueurs inégales")):
        open_store(version.parent)


def test_index_that_does_not_fit_the_spells_is_told(version):
    pointers = np.load(version / "pointers.npy")
    np.save(version / "pointers.npy", pointers + 1)
    with pytest.raises(DamagedStore, match=said("index des communes ne va pas avec ses épisodes")):
        open_store(version.parent)


@pytest.mark.parametrize("text", ["0123456789abcdef", "", "..", "a\nb", "\0", "é" * 300], ids=repr)
def test_current_that_names_no_store_is_told(version, text):
    (version.parent / "current").write_text(text)
    with pytest.raises(DamagedStore, match=said(f"current » (ne nomme aucun entrepôt|est illisible).*{WAYS_OUT}")):
        open_store(version.parent)


def test_current_in_another_encoding_is_told(version):
    (version.parent / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(DamagedStore, match=said(f"current » est illisible. {WAYS_OUT}")):
        open_store(version.parent)


def test_check_says_which_rules_a_damaged_store_breaks(version):
    path = version / "spells.establishment.npy"
    np.save(path, np.load(path) + np.uint32(1000))
    (version / "directory.duckdb").unlink()
    broken = {result.name: result.detail for result in check(open_store(version.parent)) if not result.ok}
    assert {"numbers_exist", "agreement", "all_used", "directory"} <= set(broken)
    assert "«\u00a0directory.duckdb\u00a0» manque" in broken["directory"]


@pytest.mark.parametrize("name", ["spells.start.npy", "manifest.json", "directory.duckdb"])
def test_building_the_same_files_again_mends_a_damaged_version(sound, version, name):
    (version / name).write_bytes(b"")
    assert build(sound / "source", version.parent).path == version
    assert all(result.ok for result in check(read_everything(version.parent)))


def test_building_again_mends_what_only_the_checks_see(sound, version):
    path = version / "spells.establishment.npy"
    np.save(path, np.load(path) + np.uint32(1000))
    build(sound / "source", version.parent).close()
    assert all(result.ok for result in check(open_store(version.parent)))


@pytest.mark.parametrize("name", ["manifest.json", "spells.start.npy", "directory.duckdb", "current"])
@pytest.mark.parametrize(
    "command", ["show stock --where commune:62498", "rows stock --where commune:62498", "check", "diff"]
)
def test_no_command_ends_in_a_traceback_on_a_damaged_store(version, capsys, monkeypatch, command, name):
    monkeypatch.setenv("ETABLI_DATA", str(version.parent.parent))
    path = version.parent / name if name == "current" else version / name
    path.write_bytes(b"\xff\xfe")
    status = main(command.split())
    shown = capsys.readouterr()
    if name == "directory.duckdb" and command.startswith("show"):  # no name is read
        assert status == 0
    else:
        assert status == 2
        assert "Reconstruisez-le" in shown.out + shown.err or command == "diff"


def test_a_former_store_that_is_damaged_is_passed_over(sound, version, capsys, monkeypatch):
    monkeypatch.setenv("ETABLI_DATA", str(version.parent.parent))
    build(
        sound / "source", version.parent, on=open_store(version.parent).manifest.stock_date.replace(year=2027)
    ).close()
    (version / "spells.start.npy").unlink()
    assert main(["diff"]) == 2
    assert "Un seul entrepôt est construit" in capsys.readouterr().err
