"""Archives that are damaged, locked or of another world: each is named, with the way out."""

import gzip
import zipfile

import pytest

NOISE = b"\xff" * 30
ZIP_FLAGS, ZIP_METHOD = 6, 8  # where they are in the header of a member


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
def test_zip_with_a_damaged_body(stock, position, refused):
    zipped(stock, lambda content: spoiled(content, position % len(content)))
    refused(r"L’archive « stock.zip » est tronquée ou abîmée\. Téléchargez-la de nouveau")


def test_zip_behind_a_password(stock, refused):
    zipped(stock, in_both_headers(ZIP_FLAGS, 1))
    refused("« stock.zip » est protégée par un mot de passe.*Décompressez-la")


def test_zip_in_a_compression_of_another_world(stock, refused):
    zipped(stock, in_both_headers(ZIP_METHOD, 9))
    refused("« stock.zip » est compressée par une méthode inconnue.*Décompressez-la")


@pytest.mark.parametrize("position", [30, -60])
def test_gzip_with_a_damaged_body(stock, position, refused):
    content = gzip.compress(stock.read_bytes())
    stock.with_suffix(".csv.gz").write_bytes(spoiled(content, position % len(content)))
    stock.unlink()
    refused("« stock.csv.gz » est .*(tronqué|abîmé).*Téléchargez-le de nouveau")


def test_damaged_gzip_beside_the_files_is_named_with_the_way_out(stock, refused):
    (stock.parent / "junk.gz").write_bytes(gzip.compress(b"")[:10] + b"\xff" * 500)
    refused("« junk.gz » est tronqué ou abîmé.*retirez-le du dossier")


def test_gzipped_outlines_damaged_in_the_middle(stock, refused):
    text = '{"type":"FeatureCollection","features":[' + ",".join(f'{{"n":{n * n}}}' for n in range(20_000)) + "]}"
    content = gzip.compress(text.encode())
    (stock.parent / "o.geojson.gz").write_bytes(spoiled(content, len(content) - 600))
    refused("« o.geojson.gz » est tronqué ou abîmé")
