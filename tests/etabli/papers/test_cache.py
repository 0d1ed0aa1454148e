"""The shelf of dear documents: made once, found again by another process, never in the way."""

import errno

import pytest

from etabli.papers import cache, fonts


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("ETABLI_DATA", str(tmp_path))
    return cache.Shelf("essai", suffix=".bin")


def test_a_document_is_made_once(shelf):
    made = []

    def make():
        made.append(1)
        return b"x"

    assert [shelf.remember("k", make) for _ in range(3)] == [b"x"] * 3
    assert made == [1]


def test_another_process_finds_it_on_disk(shelf):
    shelf.remember("k", lambda: b"first")
    shelf.forget()
    assert shelf.remember("k", lambda: b"second") == b"first"


def test_a_full_disk_costs_only_the_memory_of_it(shelf, monkeypatch, caplog):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(cache, "write_atomically", full)
    assert shelf.remember("k", lambda: b"x") == b"x"
    assert "not written" in caplog.text


def test_an_interrupted_write_leaves_nothing(tmp_path, monkeypatch):
    def broken(source, target):
        raise OSError(errno.EIO, "I/O error")

    monkeypatch.setattr(cache.Path, "replace", broken)
    with pytest.raises(OSError, match="I/O error"):
        cache.write_atomically(tmp_path / "a", b"content")
    assert list(tmp_path.iterdir()) == []


def test_the_process_keeps_a_bounded_number(shelf, monkeypatch):
    monkeypatch.setattr(cache, "SHELF_ENTRIES", 3)
    for number in range(10):
        shelf.remember(str(number), lambda: b"x")
    assert len(shelf._held) == 3


def test_the_disk_keeps_a_bounded_number(shelf, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "DISK_FILES", 50)
    for number in range(100):
        shelf.remember(str(number), lambda: b"x")
    assert len(list((tmp_path / "cache" / "essai").iterdir())) == 50


def test_keys_keep_their_parts_apart():
    assert cache.key_of("a", "b") != cache.key_of("ab", "") != cache.key_of("ab")


def as_file(folder):
    """A file where a folder is wanted: what a root user, too, cannot write into."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("not a folder")


def test_a_cache_that_cannot_be_read_or_written_serves_all_the_same(shelf, tmp_path):
    as_file(tmp_path / "cache")
    assert shelf.remember("k", lambda: b"x") == b"x"
    shelf.forget()
    assert shelf.remember("k", lambda: b"y") == b"y"


def test_a_file_cut_to_nothing_is_made_again(shelf):
    shelf.remember("k", lambda: b"x")
    shelf._path("k").write_bytes(b"")
    shelf.forget()
    assert shelf.remember("k", lambda: b"y") == b"y"


def test_a_full_disk_is_told_once_in_a_hundred_times(shelf, tmp_path, caplog):
    as_file(tmp_path / "cache")
    for number in range(150):
        shelf.remember(str(number), lambda: b"x")
    assert caplog.text.count("not written") == 2


def test_typefaces_find_another_folder(shelf, tmp_path, monkeypatch):
    as_file(tmp_path / "cache")
    fonts.folder.cache_clear()
    try:
        assert len(list(fonts.folder().glob("*.ttf"))) == 4
    finally:
        fonts.folder.cache_clear()
