"""One file over HTTP: received piece by piece beside its place, resumed after a cut, with progress."""

import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests
from tqdm import tqdm

from maillage.errors import FetchFailed

ATTEMPTS = 5
FIRST_PAUSE = 1.0  # seconds before the second attempt; doubled each time
TIMEOUT = (10, 60)  # seconds to connect, and between two pieces
PIECE = 1 << 16  # what a cut may lose
OK, PARTIAL_CONTENT, NOT_MODIFIED, NOT_FOUND, RANGE_REFUSED = 200, 206, 304, 404, 416
CUTS = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


@dataclass(frozen=True)
class Wanted:
    """A file to receive into `part`; `etag` is the server's mark of the version that we already have."""

    name: str
    url: str
    part: Path
    etag: str = ""


def receive(session: requests.Session, wanted: Wanted, *, progress: bool) -> str | None:
    """Fill the part file and return the mark of its version; None when ours is still the latest.

    A part left by a former run is continued if the server still has the same version. Raises FetchFailed.
    """
    cut: Exception | None = None
    for attempt in range(ATTEMPTS):
        try:
            with _ask(session, wanted) as answer:
                if answer.status_code == NOT_MODIFIED:
                    return None
                if answer.status_code == RANGE_REFUSED:  # the part is longer than the file: begin again
                    forget(wanted.part)
                    continue
                _refuse_errors(answer, wanted)
                if _fill(answer, wanted, progress=progress):
                    return answer.headers.get("ETag", "")
        except CUTS as error:
            cut = error
        if attempt < ATTEMPTS - 1:
            time.sleep(FIRST_PAUSE * 2**attempt)
    raise FetchFailed(_interrupted(wanted)) from cut


def forget(part: Path) -> None:
    """Remove a part file and the mark of its version."""
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _mark(part: Path) -> Path:
    return part.with_name(f".{part.name}.version")


def _ask(session: requests.Session, wanted: Wanted) -> requests.Response:
    headers = {"Accept-Encoding": "identity"}
    mark = _mark(wanted.part)
    if wanted.part.exists() and mark.exists():
        headers |= {"Range": f"bytes={wanted.part.stat().st_size}-", "If-Range": mark.read_text(encoding="utf-8")}
    elif wanted.etag:
        headers["If-None-Match"] = wanted.etag
    return session.get(wanted.url, headers=headers, stream=True, timeout=TIMEOUT)


def _refuse_errors(answer: requests.Response, wanted: Wanted) -> None:
    if answer.status_code in {OK, PARTIAL_CONTENT}:
        return
    host = urlsplit(wanted.url).hostname
    if answer.status_code == NOT_FOUND:
        message = (
            f"Le fichier « {wanted.name} » n’existe pas à l’adresse {wanted.url} (erreur 404). "
            "L’adresse a sans doute changé : corrigez-la dans le fichier que nomme ETABLI_SOURCES."
        )
        raise FetchFailed(message)
    raise FetchFailed(f"{host} refuse de donner « {wanted.name} » (erreur {answer.status_code}). Réessayez plus tard.")


def _fill(answer: requests.Response, wanted: Wanted, *, progress: bool) -> bool:
    """Write what comes; True when the whole file is there."""
    resumed = answer.status_code == PARTIAL_CONTENT
    if not resumed:
        forget(wanted.part)
        if version := answer.headers.get("ETag") or answer.headers.get("Last-Modified"):
            _mark(wanted.part).write_text(version, encoding="utf-8")
    before = wanted.part.stat().st_size if resumed else 0
    length = answer.headers.get("Content-Length")
    total = before + int(length) if length else None
    with (
        wanted.part.open("ab" if resumed else "wb") as file,
        tqdm(total=total, initial=before, unit="o", unit_scale=True, desc=wanted.name, disable=not progress) as bar,
    ):
        for piece in answer.iter_content(PIECE):
            file.write(piece)
            bar.update(len(piece))
    return total is None or wanted.part.stat().st_size == total


def _interrupted(wanted: Wanted) -> str:
    received = wanted.part.stat().st_size if wanted.part.exists() else 0
    return (
        f"Le téléchargement de « {wanted.name} » depuis {urlsplit(wanted.url).hostname} s’est interrompu "
        f"{ATTEMPTS} fois ({received} octets reçus). Vérifiez la connexion et relancez la même commande : "
        "elle reprendra où elle s’est arrêtée."
    )
