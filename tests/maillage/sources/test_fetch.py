"""Downloads: whole, resumed, checked, never half in place, and explained in French when they fail."""

import hashlib
import json
from datetime import date

import pytest

from maillage.errors import BadQuestion, FetchFailed
from maillage.sources import fetch as module
from maillage.sources import transfer
from maillage.sources.fetch import addresses, fetch
from maillage.sources.settings import Settings, read_settings
from tests.maillage.messages import said

CONTENT = bytes(range(256)) * 20_000  # 5 MB: several pieces


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(transfer, "FIRST_PAUSE", 0.0)


def get(site, tmp_path, **address):
    return fetch("sirene", tmp_path, {"StockEtablissement": {"url": site.url("/a"), **address}}, progress=False)


def test_a_file_is_put_in_place_with_its_sha256(site, tmp_path):
    site.serve("/a", CONTENT)
    (fetched,) = get(site, tmp_path)
    assert fetched.path.read_bytes() == CONTENT
    assert fetched.sha256 == hashlib.sha256(CONTENT).hexdigest()
    noted = json.loads((tmp_path / "etabli.json").read_text())["fetched"]["StockEtablissement"]
    assert (noted["file"], noted["sha256"]) == (fetched.path.name, fetched.sha256)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["StockEtablissement.csv", "etabli.json"]


@pytest.mark.parametrize(
    ("start", "name"),
    [(b"PAR1", "x.parquet"), (b"PK\x03\x04", "x.zip"), (b"\x1f\x8b\x08\x00", "x.gz"), (b'{"a"', "x.geojson")],
)
def test_the_name_follows_what_the_file_is(site, tmp_path, start, name):
    site.serve("/a", start + b"...")
    (fetched,) = fetch("sirene", tmp_path, {"x": site.url("/a")}, progress=False)
    assert fetched.path.name == name


def test_a_cut_download_is_resumed_where_it_stopped(site, tmp_path):
    site.serve("/a", CONTENT)
    site.cuts["/a"] = [2_500_000, 1_000_000]
    (fetched,) = get(site, tmp_path)
    assert fetched.path.read_bytes() == CONTENT
    ranges = [asked for _path, asked in site.asked]
    assert ranges[0] is None
    assert len(ranges) == 3
    assert all(asked.startswith("bytes=") and asked != "bytes=0-" for asked in ranges[1:])


def test_a_later_run_resumes_what_a_former_one_left(site, tmp_path):
    site.serve("/a", CONTENT)
    site.cuts["/a"] = [6 * transfer.PIECE] * transfer.ATTEMPTS
    with pytest.raises(FetchFailed, match=said(r"s’est interrompu 5 fois .*elle reprendra")):
        get(site, tmp_path)
    site.asked.clear()
    (fetched,) = get(site, tmp_path)
    assert fetched.path.read_bytes() == CONTENT
    assert site.asked[0][1] == f"bytes={30 * transfer.PIECE}-"


def test_a_part_of_another_version_is_not_continued(site, tmp_path):
    site.serve("/a", CONTENT)
    site.cuts["/a"] = [6 * transfer.PIECE] * transfer.ATTEMPTS
    with pytest.raises(FetchFailed):
        get(site, tmp_path)
    site.serve("/a", CONTENT[::-1], etag='"2"')
    (fetched,) = get(site, tmp_path)
    assert fetched.path.read_bytes() == CONTENT[::-1]


def test_a_part_longer_than_the_file_is_begun_again(site, tmp_path):
    site.serve("/a", CONTENT)
    (tmp_path / "StockEtablissement.part").write_bytes(CONTENT + b"more")
    (tmp_path / ".StockEtablissement.part.version").write_text('"1"')
    (fetched,) = get(site, tmp_path)
    assert fetched.path.read_bytes() == CONTENT


def test_wrong_sha256_is_refused_and_the_file_in_place_stays(site, tmp_path):
    site.serve("/a", CONTENT)
    get(site, tmp_path)
    site.serve("/a", b"other", etag='"2"')
    with pytest.raises(FetchFailed, match=said("n’est pas celui attendu")):
        get(site, tmp_path, sha256=hashlib.sha256(CONTENT).hexdigest())
    assert (tmp_path / "StockEtablissement.csv").read_bytes() == CONTENT
    assert not list(tmp_path.glob("*.part"))


def test_right_sha256_is_accepted_in_any_case(site, tmp_path):
    site.serve("/a", CONTENT)
    (fetched,) = get(site, tmp_path, sha256=hashlib.sha256(CONTENT).hexdigest().upper())
    assert fetched.changed


def test_absent_file_says_where_to_correct_the_address(site, tmp_path):
    with pytest.raises(FetchFailed, match=said(r"« StockEtablissement » n’existe pas .*erreur 404.*ETABLI_SOURCES")):
        get(site, tmp_path)


def test_other_server_errors_are_told(site, tmp_path):
    site.serve("/a", CONTENT)
    site.errors["/a"] = 503
    with pytest.raises(FetchFailed, match=said("erreur 503")):
        get(site, tmp_path)


def test_unreachable_server_is_told(tmp_path):
    with pytest.raises(FetchFailed, match=said("Vérifiez la connexion")):
        fetch("sirene", tmp_path, {"x": "http://127.0.0.1:9/"}, progress=False)


def test_the_same_version_is_not_downloaded_twice(site, tmp_path):
    site.serve("/a", CONTENT)
    (first,) = get(site, tmp_path)
    (second,) = get(site, tmp_path)
    assert (first.changed, second.changed) == (True, False)
    assert second.path == first.path


def test_a_file_in_another_container_replaces_the_former_one(site, tmp_path):
    site.serve("/a", b"siren,nic")
    get(site, tmp_path)
    site.serve("/a", b"PAR1...", etag='"2"')
    (fetched,) = get(site, tmp_path)
    assert fetched.path.name == "StockEtablissement.parquet"
    assert not (tmp_path / "StockEtablissement.csv").exists()


def test_progress_goes_to_stderr(site, tmp_path, capsys):
    site.serve("/a", CONTENT)
    fetch("sirene", tmp_path, {"StockEtablissement": site.url("/a")})
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "StockEtablissement" in captured.err


def test_configured_addresses_replace_the_default_ones(site, tmp_path, monkeypatch):
    site.serve("/a", CONTENT)
    (tmp_path / "addresses.json").write_text(json.dumps({"sirene": {"StockUniteLegale": site.url("/a")}}))
    monkeypatch.setenv(module.ADDRESSES_VARIABLE, str(tmp_path / "addresses.json"))
    (fetched,) = fetch("sirene", tmp_path / "to", progress=False)
    assert fetched.name == "StockUniteLegale"
    assert read_settings(tmp_path / "to") == Settings()


def test_default_addresses_declare_that_france_is_whole(site, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "DEFAULTS", {"sirene": {"StockEtablissement": site.serve("/a", CONTENT)}})
    (tmp_path / "etabli.json").write_text('{"stock_date": "2026-11-01"}')
    fetch("sirene", tmp_path, progress=False)
    assert read_settings(tmp_path) == Settings(covers=("france",), stock_date=date(2026, 11, 1))


def test_the_four_stable_addresses_are_those_of_the_platform():
    urls = addresses("sirene")
    assert len(urls) == 4
    assert all(url.startswith("https://www.data.gouv.fr/api/1/datasets/r/") for url in urls.values())


@pytest.mark.parametrize(
    ("dataset", "words"), [("inconnu", "Jeu de données inconnu"), ("bpe", "Pas d’adresse pour « bpe »")]
)
def test_unknown_dataset_or_address_is_told(dataset, words):
    with pytest.raises(BadQuestion, match=said(words)):
        addresses(dataset)


def test_damaged_addresses_file_is_told(tmp_path, monkeypatch):
    (tmp_path / "addresses.json").write_text("{")
    monkeypatch.setenv(module.ADDRESSES_VARIABLE, str(tmp_path / "addresses.json"))
    with pytest.raises(BadQuestion, match=said("illisible")):
        addresses("sirene")
