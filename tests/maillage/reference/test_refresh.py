"""Refresh of the tables of places: same input, same bytes; a bad package touches nothing."""

import errno
import gzip
import io
import json
import tarfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maillage.errors import BadSource
from maillage.reference import refresh_checks, refresh_package
from maillage.reference.places import tables
from maillage.reference.refresh import refresh

Country = dict[str, list[dict[str, Any]]]

README = "| Année | Version |\n|-------|-------|\n| 2026  | 6.0.0   |\n| 2025  | 5.3.0   |\n"
LISTS = "code,name,as_of,communes,source\nvieux-pays,Terroir,2015-01-01,01001 01002,essai\n"


def commune(code: str, name: str, **more: object) -> dict[str, Any]:
    fields = {"typeLiaison": 0, "departement": "01", "region": "84", "type": "commune-actuelle"}
    return {"code": code, "nom": name, **fields, "codesPostaux": ["01900"], "population": 100} | more


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> Country:
    """Three communes, one déléguée, one arrondissement, one EPCI; the size check is lowered to fit."""
    monkeypatch.setattr(refresh_checks, "LEAST", {"communes": 1, "epci": 1, "departements": 1, "regions": 1})
    return {
        "communes": [
            commune("01003", "L'Étang", anciensCodes=["01009", "01008"]),
            commune("01001", "Abbaye"),
            commune("01002", "Bourg"),
            commune("01008", "Vieil Étang", type="commune-deleguee", chefLieu="01003"),
            commune("01201", "Abbaye 1er Arrondissement", type="arrondissement-municipal", commune="01001"),
        ],
        "epci": [{"code": "200000001", "nom": "CC d'Essai", "type": "CC", "membres": [{"code": "01001"}]}],
        "departements": [{"code": "01", "nom": "Ain", "region": "84", "typeLiaison": 5}],
        "regions": [{"code": "84", "nom": "Auvergne-Rhône-Alpes", "typeLiaison": 1}],
    }


def contents(country: Mapping[str, object], version: str = "6.0.0") -> dict[str, str]:
    about = {"name": refresh_package.PACKAGE, "version": version}
    files = {f"package/data/{stem}.json": json.dumps(records) for stem, records in country.items()}
    return files | {"package/package.json": json.dumps(about), "package/README.md": README}


def archive(path: Path, files: Mapping[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            packed.addfile(member, io.BytesIO(text.encode()))
    return path


def unpacked(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "lists.csv").write_text(LISTS, encoding="utf-8")
    return folder


def test_archive_folder_and_bare_files_give_the_same_bytes(country: Country, tmp_path: Path, into: Path) -> None:
    refresh(archive(tmp_path / "p.tgz", contents(country)), into=into)
    from_archive = written(into)
    bare = tmp_path / "bare"
    bare.mkdir()
    for stem, records in country.items():
        (bare / f"{stem}.json.gz").write_bytes(gzip.compress(json.dumps(records).encode()))
    for path in (
        unpacked(tmp_path / "folder", contents(country)),
        tmp_path / "folder" / "package",
        tmp_path / "folder" / "package" / "data",
    ):
        assert refresh(path, into=into).rewritten == ()
    assert refresh(bare, into=into, on=date(2026, 1, 1)).lines[-1].endswith("rien n’a été changé.")
    assert written(into) == from_archive


def test_tables_hold_what_the_package_says(country: Country, tmp_path: Path, into: Path) -> None:
    report = refresh(archive(tmp_path / "p.tgz", contents(country)), into=into)
    assert (report.geography, report.version) == (date(2026, 1, 1), "6.0.0")
    assert (into / "communes.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "01001,Abbaye,0,100,01900",
        "01002,Bourg,0,100,01900",
        "01003,L’Étang,0,100,01900",
    ]
    assert (into / "former.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "01008,Vieil Étang,deleguee,01003",
        "01009,,ancienne,01003",
    ]
    assert "200000001,CC,CC d’Essai,01001" in (into / "epci.csv").read_text(encoding="utf-8")
    assert "population_year,2023" in (into / "edition.csv").read_text(encoding="utf-8")


def test_the_report_says_in_french_what_changed(country: Country, tmp_path: Path, into: Path) -> None:
    refresh(archive(tmp_path / "old.tgz", contents(country, "5.3.0")), into=into)
    merged = [record for record in country["communes"] if record["code"] != "01002"]
    merged[0] |= {"nom": "Grand Étang", "anciensCodes": ["01002"]}
    merged.append(commune("01004", "Neuve"))
    country |= {
        "communes": merged,
        "epci": [
            country["epci"][0] | {"membres": [{"code": "01003"}]},
            {"code": "200000002", "nom": "CC Neuve", "type": "CC", "membres": [{"code": "01001"}]},
        ],
    }
    report = refresh(archive(tmp_path / "new.tgz", contents(country)), into=into)
    assert [change.line for change in report.changes] == [
        "Commune nouvelle\u00a0: Neuve (01004).",
        "Commune disparue\u00a0: Bourg (01002), aujourd’hui dans Grand Étang (01003).",
        "Commune renommée\u00a0: L’Étang (01003) devient Grand Étang.",
        "EPCI nouveau\u00a0: CC Neuve (200000002).",
        "EPCI modifié\u00a0: CC d’Essai (200000001) gagne Grand Étang (01003) et perd Abbaye (01001).",
        "À trancher\u00a0: la liste «\u00a0Terroir\u00a0» du 2015-01-01 contient des communes disparues\u00a0: 01002.",
    ]


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


def _climbing(path: Path) -> Path:
    return archive(path, {"package/../../etc/x": "{}"})


def _linking(path: Path) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        link = tarfile.TarInfo("package/data/communes.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hosts"
        packed.addfile(link)
    return path


def _text(path: Path) -> Path:
    path.write_text("une page d’erreur", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path, "n’existe pas"),
        (_text, "abîmé, incomplet, ou d’une autre sorte"),
        (_climbing, "élément suspect"),
        (_linking, "élément suspect"),
        (lambda path: archive(path, {"package/index.js": ""}), "ne contient pas communes.json"),
    ],
)
def test_another_file_is_refused(make: Callable[[Path], Path], said: str, tmp_path: Path, into: Path) -> None:
    before = written(into)
    with pytest.raises(BadSource, match=said):
        refresh(make(tmp_path / "file.tgz"), into=into)
    assert written(into) == before


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("package/data/epci.json", "[{", "n’est pas du JSON lisible"),
        ("package/data/epci.json", '{"a": 1}', "n’est pas une liste de lieux"),
        ("package/data/epci.json", '[{"code": "1"}]', "il manque « nom, type, membres » à 1"),
        ("package/data/epci.json", "[]", "au moins 1"),
        ("package/package.json", '{"name": "left-pad", "version": "1.0.0"}', "Ce paquet est left-pad"),
        ("package/package.json", "[]", "package.json est illisible"),
        ("package/README.md", "", "millésime de ces fichiers est inconnu"),
    ],
)
def test_a_damaged_package_is_refused(
    name: str, text: str, said: str, country: Country, tmp_path: Path, into: Path
) -> None:
    before = written(into)
    with pytest.raises(BadSource) as refused:
        refresh(archive(tmp_path / "p.tgz", contents(country) | {name: text}), into=into)
    assert said in refused.value.message.replace("\u00a0", " ")
    assert written(into) == before


def test_a_truncated_archive_is_refused(country: Country, tmp_path: Path, into: Path) -> None:
    with pytest.raises(BadSource, match="abîmé"):
        refresh(_cut(archive(tmp_path / "p.tgz", contents(country))), into=into)


@pytest.mark.parametrize(
    ("stem", "record", "said"),
    [
        (
            "epci",
            {"code": "200000002", "nom": "CC B", "type": "CC", "membres": [{"code": "01001"}]},
            "01001 est à la fois",
        ),
        ("epci", {"code": "200000002", "nom": "CC B", "type": "CC", "membres": [{"code": "99"}]}, "inconnue (99)"),
        ("epci", {"code": "200000001", "nom": "CC B", "type": "CC", "membres": []}, "deux fois le même code"),
        ("communes", commune("01001", "Double"), "deux fois la même commune"),
        ("communes", commune("01007", "Perdue", type="commune-associee", chefLieu="09999"), "01007"),
        ("communes", commune("02001", "Loin", departement="02"), "ni département ni région"),
    ],
)
def test_a_package_that_contradicts_itself_is_refused(
    stem: str, record: dict[str, Any], said: str, country: Country, tmp_path: Path, into: Path
) -> None:
    country[stem].append(record)
    with pytest.raises(BadSource) as refused:
        refresh(archive(tmp_path / "p.tgz", contents(country)), into=into)
    assert said in refused.value.message
    assert list(written(into)) == ["lists.csv"]


def test_a_part_of_the_country_is_refused(
    country: Country, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(refresh_checks.LEAST, "communes", 30_000)
    with pytest.raises(BadSource, match="au moins 30\u202f000"):
        refresh(archive(tmp_path / "p.tgz", contents(country)), into=into)


def test_an_archive_far_too_large_is_refused(
    country: Country, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_package, "LARGEST", 1_000)
    with pytest.raises(BadSource, match="bien plus gros"):
        refresh(archive(tmp_path / "p.tgz", contents(country)), into=into)


def test_a_full_disk_leaves_the_old_tables(
    country: Country, tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh(archive(tmp_path / "old.tgz", contents(country)), into=into)
    before = written(into)
    country["communes"][1]["nom"] = "Abbaye-la-Neuve"
    country["regions"][0]["nom"] = "Région d'essai"
    write_text = Path.write_text

    def full(self: Path, *args: Any, **kwargs: Any) -> int:
        if "regions" in self.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_text(self, *args, **kwargs)

    package = archive(tmp_path / "new.tgz", contents(country))
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(BadSource, match="n’ont pas pu être écrites"):
        refresh(package, into=into)
    assert written(into) == before


@pytest.mark.real_data
def test_the_real_package_gives_the_committed_bytes(real_data: Path, tmp_path: Path) -> None:
    refresh(real_data / "cog", into=tmp_path, on=tables.edition().geography)
    for path in tmp_path.iterdir():
        if path.name != "edition.csv":  # the bare files do not carry the version of the package
            assert path.read_bytes() == (tables.HERE / path.name).read_bytes(), path.name
