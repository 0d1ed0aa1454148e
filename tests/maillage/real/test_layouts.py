"""One real stock, written in every way an official file may be: each gives the figures of the original."""

import csv
import gzip
import random
import zipfile
from pathlib import Path

import duckdb
import pytest

from maillage.errors import BuildFailed
from maillage.indicators import Question, ask, rows_behind
from maillage.store import open_store
from maillage.store.build import build
from maillage.territory import parse

pytestmark = pytest.mark.real_data
STOCK = "sirene/StockEtablissement_utf8_extrait_2020-06.csv"
UNITS = "sirene/StockUniteLegale_utf8_extrait_2020-06.csv"
NANTES_AND_OTHERS = "liste:44109,44184,80001,44055,04070"
DATES = ("dateCreationEtablissement", "dateDebut", "dateDernierTraitementEtablissement", "dateCreationUniteLegale")
NEW_2026 = ("coordonneeLambertAbscisseEtablissement", "activitePrincipaleNAF25Etablissement")


@pytest.fixture(scope="session")
def plain(real_data):
    """Rows of the two real files."""
    return [read(real_data / name) for name in (STOCK, UNITS)]


@pytest.fixture(scope="session")
def expected(real_data, plain, tmp_path_factory):
    """Figures of the two real files as they are."""
    folder = tmp_path_factory.mktemp("original")
    return figures(write_plain(folder / "source", plain), folder / "stores")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(source: Path, out: Path) -> dict[str, object]:
    """Answers that together read every column the engine needs."""
    store = build(source, out)
    where = parse(NANTES_AND_OTHERS)
    found: dict[str, object] = {
        f"{name} {by}": [(row.key, row.value) for row in ask(store, Question(name, where, by=by)).rows]
        for name in ("stock", "stock_firms", "age", "ess_share")
        for by in ("trade", "legal", "size")
    }
    found["creations"] = [(row.key, row.value) for row in ask(store, Question("creations", where, by="year")).rows]
    found["behind"] = store.describe(rows_behind(store, Question("stock", where)))
    found["seats"] = int(store.establishments.seat.sum())
    found["stock date"] = store.manifest.stock_date
    found["lines"] = [(source.kind, source.read, source.kept, source.set_aside) for source in store.manifest.sources]
    store.close()
    return found


def write_csv(path: Path, rows: list[dict[str, str]], names: list[str] | None = None, **style: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    encoding = str(style.pop("encoding", "utf-8"))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names or list(rows[0]), restval="", **style)  # type: ignore[arg-type] # passed on
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_plain(folder: Path, plain: list[list[dict[str, str]]]) -> Path:
    for name, rows in zip(("a.csv", "b.csv"), plain, strict=True):
        write_csv(folder / name, rows)
    return folder


def write_parquet(path: Path, rows: list[dict[str, str]], *, dates: str, empty: str) -> None:
    """`dates`: type of the dates (DATE, TIMESTAMP or VARCHAR); `empty`: NULL or '' where nothing is written."""
    text = write_csv(path.with_suffix(".tmp.csv"), rows)
    columns = []
    for name in rows[0]:
        value = f"nullif(\"{name}\", '')" if empty == "NULL" else f"coalesce(\"{name}\", '')"
        if name in DATES and dates != "VARCHAR":
            value = f"CAST(nullif(\"{name}\", '') AS {dates})"
        if name == "etablissementSiege":
            value = f'CAST("{name}" AS BOOLEAN)'
        columns.append(f'{value} AS "{name}"')
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {', '.join(columns)} FROM read_csv('{text}', all_varchar=true, header=true)) "
            f"TO '{path}' (FORMAT parquet)"
        )
    text.unlink()


def as_another_program_would(folder, plain):
    """Layout of 2026, columns in another order and unknown ones, byte order mark, CRLF, quotes everywhere."""
    rng = random.Random(1)
    for name, rows in zip(("a.csv", "b.csv"), plain, strict=True):
        more = [row | {"colonneDeDemain": "x, « y »"} for row in rows]
        names = [*more[0], *(NEW_2026 if name == "a.csv" else ())]
        write_csv(
            folder / name,
            more,
            rng.sample(names, len(names)),
            encoding="utf-8-sig",
            lineterminator="\r\n",
            quoting=csv.QUOTE_ALL,
        )


def as_times_and_line_breaks(folder, plain):
    """Dates with a time, line breaks inside texts, booleans with a capital."""
    timed = [
        [row | {date: f"{row[date]}T00:00:00" for date in DATES if len(row.get(date, "")) == 10} for row in rows]
        for rows in plain
    ]
    for row in timed[0]:
        row["complementAdresseEtablissement"] = 'HALL "B"\nESCALIER, 2'
        row["etablissementSiege"] = row["etablissementSiege"].title()
    write_plain(folder, timed)


def as_zip_and_gzip(folder, plain):
    paths = [write_csv(folder / name, rows) for name, rows in zip(("a.csv", "b.csv"), plain, strict=True)]
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(paths[0], "a.csv")
    (folder / "b.csv.gz").write_bytes(gzip.compress(paths[1].read_bytes()))
    for path in paths:
        path.unlink()


def as_parquet_dates(folder, plain):
    folder.mkdir()
    for name, rows in zip(("a", "b"), plain, strict=True):
        write_parquet(folder / f"{name}.parquet", rows, dates="DATE", empty="NULL")


def as_parquet_timestamps(folder, plain):
    folder.mkdir()
    for name, rows in zip(("a", "b"), plain, strict=True):
        write_parquet(folder / f"{name}.parquet", rows, dates="TIMESTAMP", empty="NULL")


def as_parquet_texts(folder, plain):
    folder.mkdir()
    for name, rows in zip(("a", "b"), plain, strict=True):
        write_parquet(folder / f"{name}.parquet", rows, dates="VARCHAR", empty="''")


WAYS = [value for name, value in sorted(globals().items()) if name.startswith("as_")]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_way_a_file_is_written_changes_no_figure(way, plain, expected, tmp_path):
    way(tmp_path / "source", plain)
    assert figures(tmp_path / "source", tmp_path / "stores") == expected


def test_bad_rows_are_set_aside_and_counted(plain, expected, tmp_path):
    """Fewer than 1 % for each reason: the figures of the others do not move."""
    sane = {row.siret for row in expected["behind"]}
    others = [number for number, row in enumerate(plain[0]) if row["siret"] not in sane]
    spoilt = [dict(row) for row in plain[0]]
    for number in others[:60]:
        spoilt[number]["codeCommuneEtablissement"] = "99999"
    for number in others[60:120]:
        spoilt[number]["dateDebut"] = "7490-01-01" if number % 2 else "0001-01-01"
    twins = [plain[0][number] for number in others[120:180]]
    found = figures(write_plain(tmp_path / "source", [[*spoilt, *twins], plain[1]]), tmp_path / "stores")
    assert [row.siret for row in found["behind"]] == [row.siret for row in expected["behind"]]
    stock = next(line for line in found["lines"] if line[0] == "StockEtablissement")
    assert stock[1] == 9_999 + 60
    assert [stock[3][reason] for reason in ("commune inconnue", "date absurde", "SIREN ou SIRET en double")] == [60] * 3


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("codeCommuneEtablissement", "99999", "commune inconnue"),
        ("dateDebut", "0001-01-01", "date absurde"),
        ("siret", "00032517500016", "SIREN ou SIRET en double"),
    ],
)
def test_more_than_one_percent_of_a_defect_fails_and_keeps_the_store(column, value, reason, plain, tmp_path):
    first = build(write_plain(tmp_path / "good", plain), tmp_path / "stores")
    spoilt = [row | {column: value} if number < 110 else row for number, row in enumerate(plain[0])]
    with pytest.raises(BuildFailed) as refused:
        build(write_plain(tmp_path / "bad", [spoilt, plain[1]]), tmp_path / "stores")
    assert reason in refused.value.message
    assert open_store(tmp_path / "stores").version == first.version
