"""A source folder and a stores root, and what to expect when a build is refused."""

import shutil

import pytest

from maillage.errors import BadSource
from maillage.store import open_store, writing
from maillage.store.build import build
from tests.maillage.messages import said
from tests.maillage.store.official_files import STOCK, crowd, write_csv


@pytest.fixture(autouse=True)
def no_fsync(monkeypatch):
    """A test does not survive a power cut: waiting for the disk would double its time."""
    monkeypatch.setattr(writing.os, "fsync", lambda _number: None)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "stores"


@pytest.fixture(scope="session")
def former_store(tmp_path_factory):
    """A stores root of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("yesterday")
    write_csv(folder / "source" / "stock.csv", STOCK, crowd(20))
    build(folder / "source", folder / "stores").close()
    return folder / "stores"


@pytest.fixture
def yesterday(former_store, out):
    """A store is already there: whatever happens next, it must stay as it is."""
    shutil.copytree(former_store, out)
    version = open_store(out).version

    def is_intact():
        now = open_store(out)
        left = [path.name for path in out.iterdir() if path.name not in {version, "current", ".lock"}]
        return (now.version, len(now.spells), left) == (version, 20, [])

    assert is_intact()
    return is_intact


@pytest.fixture
def stock(source):
    """A sound file; the tests add a bad one beside it, or spoil it."""
    return write_csv(source / "stock.csv", STOCK, crowd(300))


@pytest.fixture
def refused(source, out, yesterday):
    """A build that must be refused in these words and leave yesterday's store as it is."""

    def check(words, error=BadSource):
        with pytest.raises(error, match=said(words)) as caught:
            build(source, out)
        assert caught.value.message == str(caught.value)
        assert yesterday()

    return check
