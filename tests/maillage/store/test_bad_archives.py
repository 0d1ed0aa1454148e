"""Archives that are damaged, locked or of another world: each is named, with the way out."""

import gzip
import zipfile

import pytest

from maillage.errors import BadSource
from maillage.store.build import build
from tests.maillage.messages import said
from tests.maillage.store.official_files import STOCK, crowd, write_csv

NOISE = b"\xff" * 30
ZIP_FLAGS, ZIP_METHOD = 6, 8  # where they are in the header of a member


@pytest.fixture
def stock(source):
    """A sound file; the tests add a bad one beside it, or spoil it."""
    return write_csv(source / "stock.csv", STOCK, crowd(300))


def refused(source, out, words, error=BadSource):
    with pytest.raises(error, match=said(words)):
        build(source, out)


def spoiled(content, position):
    return content[:position] + NOISE + content[position + len(NOISE) :]


def zipped(stock, patch=lambda content: content):
    """The stock as a zip, its bytes patched, in place of the plain file."""
    path = stock.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(stock, "stock.csv")
    stock.unlink()
    path.write_bytes(patch(path.read_bytes()))


def in_both_headers(offset, value):
    """Write a byte of the local header and its twin of the central directory."""

    def patch(content):
        changed = bytearray(content)
        central = changed.find(b"PK\x01\x02")
        changed[offset] = changed[central + offset + 2] = value
        return bytes(changed)

    return patch


@pytest.mark.parametrize("position", [60, -300])
def test_zip_with_a_damaged_body(stock, out, yesterday, position):
    zipped(stock, lambda content: spoiled(content, position % len(content)))
    refused(stock.parent, out, r"L’archive « stock.zip » est tronquée ou abîmée\. Téléchargez-la de nouveau")
    assert yesterday()


def test_zip_behind_a_password(stock, out, yesterday):
    zipped(stock, in_both_headers(ZIP_FLAGS, 1))
    refused(stock.parent, out, "« stock.zip » est protégée par un mot de passe.*Décompressez-la")
    assert yesterday()


def test_zip_in_a_compression_of_another_world(stock, out, yesterday):
    zipped(stock, in_both_headers(ZIP_METHOD, 9))
    refused(stock.parent, out, "« stock.zip » est compressée par une méthode inconnue.*Décompressez-la")
    assert yesterday()


@pytest.mark.parametrize("position", [30, -60])
def test_gzip_with_a_damaged_body(stock, out, yesterday, position):
    content = gzip.compress(stock.read_bytes())
    stock.with_suffix(".csv.gz").write_bytes(spoiled(content, position % len(content)))
    stock.unlink()
    refused(stock.parent, out, "« stock.csv.gz » est .*(tronqué|abîmé).*Téléchargez-le de nouveau")
    assert yesterday()


def test_damaged_gzip_beside_the_files_is_named_with_the_way_out(stock, out, yesterday):
    (stock.parent / "junk.gz").write_bytes(gzip.compress(b"")[:10] + b"\xff" * 500)
    refused(stock.parent, out, "« junk.gz » est tronqué ou abîmé.*retirez-le du dossier")
    assert yesterday()


def test_gzipped_outlines_damaged_in_the_middle(stock, out, yesterday):
    text = '{"type":"FeatureCollection","features":[' + ",".join(f'{{"n":{n * n}}}' for n in range(20_000)) + "]}"
    content = gzip.compress(text.encode())
    (stock.parent / "o.geojson.gz").write_bytes(spoiled(content, len(content) - 600))
    refused(stock.parent, out, "« o.geojson.gz » est tronqué ou abîmé")
    assert yesterday()
