"""Texts in UTF-16 and file names in Latin-1."""

import os

import pytest

from maillage.errors import BadQuestion
from maillage.store.build import build
from tests.maillage.messages import said


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_as_an_encoding(stock, encoding, refused):
    stock.write_bytes(stock.read_text().encode(encoding))
    refused("« stock.csv » n’est pas en UTF-8.*Réenregistrez-le en UTF-8")


def test_utf_16_notes_beside_are_strangers(stock, out):
    (stock.parent / "notes.txt").write_bytes("à lire".encode("utf-16"))
    assert build(stock.parent, out).manifest.unknown_files == ("notes.txt",)


def put_under_a_name_in_latin_1(folder, content):
    try:
        (folder / os.fsdecode("équipe.csv".encode("latin-1"))).write_bytes(content)
    except OSError:
        pytest.skip("this disk has UTF-8 names alone")


def test_stranger_whose_name_is_not_utf_8_is_listed(stock, out):
    put_under_a_name_in_latin_1(stock.parent, b"hello")
    assert build(stock.parent, out).manifest.unknown_files == ("\ufffdquipe.csv",)


def test_known_file_whose_name_is_not_utf_8_is_to_be_renamed(stock, refused):
    put_under_a_name_in_latin_1(stock.parent, stock.read_bytes())
    stock.unlink()
    refused("nom du fichier « \ufffdquipe.csv ».*Renommez-le")


def test_stores_root_whose_name_is_not_utf_8_is_to_be_renamed(stock, tmp_path):
    with pytest.raises(BadQuestion, match=said("« .*\ufffdquipe » a des signes illisibles. Renommez-le")):
        build(stock.parent, tmp_path / os.fsdecode("équipe".encode("latin-1")))
