"""Files kept outside the web root, under the fingerprint of their content: two names of one content are one file.

An upload is recognised by what it is, never by its name: a short list of kinds, each opened by its real parser.
"""

import hashlib
import io
import os
import re
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings
from django.http import HttpResponse
from PIL import Image

from etabli.papers.errors import PaperError
from etabli.papers.models import Document

MOST_BYTES = 20 * 1024**2
MOST_PIXELS = 60_000_000
MOST_PAGES = 300
MOST_UNPACKED = 100 * 1024**2

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", DOCX: ".docx"}
PICTURES = frozenset({PNG, JPEG})
PAGES = PICTURES | {PDF}  # what a scan or a proof may be
TOO_LARGE = "Cette image est trop grande\u00a0: 60 millions de points au plus."
NAMES = {PDF: "PDF", PNG: "image PNG", JPEG: "photo JPEG", DOCX: "document Word (.docx)"}


class BadFile(PaperError):
    """A file that is not taken; the message says why and what to give instead, in French."""


def store(
    *, content: bytes, name: str, by: Any = None, organisation_id: int | None = None,
    kinds: frozenset[str] = frozenset(SUFFIXES),
) -> Document:  # fmt: skip
    """Check a file, keep it, and record it. Raises BadFile."""
    media_type = recognised(content, kinds)
    sha256 = hashlib.sha256(content).hexdigest()
    path = Path("documents") / sha256[:2] / f"{sha256}{SUFFIXES[media_type]}"
    _write(Path(settings.MEDIA_ROOT) / path, content)
    return Document.objects.create(
        name=clean_name(name, media_type),
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        path=path.as_posix(),
        organisation_id=organisation_id,
        added_by=by,
    )


def read(document: Document) -> bytes:
    """The content of a stored file, checked against its fingerprint. Raises BadFile when it was lost or changed."""
    try:
        content = (Path(settings.MEDIA_ROOT) / document.path).read_bytes()
    except OSError as error:
        raise BadFile(f"Le fichier «\u00a0{document.name}\u00a0» n’est plus sur le serveur.") from error
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise BadFile(
            f"Le fichier «\u00a0{document.name}\u00a0» n’a plus l’empreinte enregistrée\u00a0: il a été altéré."
        )
    return content


def response(document: Document) -> HttpResponse:
    """The file, saved under its name and never interpreted. Who may see it is the caller's question."""
    answer = HttpResponse(read(document), content_type=document.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{document.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def clean_name(name: str, media_type: str) -> str:
    """A name without folder, control sign or quote, ending as its content asks."""
    stem = Path(name.replace("\\", "/")).name
    stem = re.sub(r"[^\w .()’-]", "", stem.removesuffix(Path(stem).suffix)).strip(" .") or "document"
    return f"{stem[:120]}{SUFFIXES[media_type]}"


def recognised(content: bytes, kinds: frozenset[str]) -> str:
    """The media type of a content, opened by its parser. Raises BadFile."""
    wanted = " ou ".join(NAMES[kind] for kind in SUFFIXES if kind in kinds)
    if not content:
        raise BadFile("Ce fichier est vide\u00a0: choisissez-le de nouveau.")
    if len(content) > MOST_BYTES:
        raise BadFile(
            "Ce fichier dépasse 20\u00a0Mo\u00a0: numérisez-le en 200 points par pouce, ou en niveaux de gris."
        )
    found = next((kind for start, kind in _STARTS if content.startswith(start)), None)
    if found not in kinds:
        raise BadFile(f"Ce fichier n’est pas d’un type accepté\u00a0: donnez un {wanted}.")
    _OPENERS[found](content)
    return found


_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"PK\x03\x04", DOCX))


def _check_pdf(content: bytes) -> None:
    try:
        opened = pypdfium2.PdfDocument(content)
        pages = len(opened)
        opened.close()
    except pypdfium2.PdfiumError as error:
        raise BadFile("Ce PDF ne s’ouvre pas\u00a0: il est abîmé ou protégé par un mot de passe.") from error
    if not 0 < pages <= MOST_PAGES:
        raise BadFile(f"Ce PDF a {pages} pages\u00a0: il en faut entre 1 et {MOST_PAGES}.")


def _check_picture(content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadFile(TOO_LARGE)
                picture.load()  # to the last line: half a picture would only be found out when it is printed
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise BadFile(TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise BadFile("Cette image ne s’ouvre pas ou il en manque un bout\u00a0: refaites la photo.") from error


def _check_docx(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
            names = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise BadFile("Ce document Word ne s’ouvre pas\u00a0: enregistrez-le de nouveau au format .docx.") from error
    if "word/document.xml" not in names:
        raise BadFile("Ce fichier n’est pas un document Word\u00a0: enregistrez-le au format .docx.")
    if unpacked > MOST_UNPACKED:
        raise BadFile("Ce document Word est anormalement grand une fois ouvert\u00a0: allégez ses images.")


_OPENERS = {PDF: _check_pdf, PNG: _check_picture, JPEG: _check_picture, DOCX: _check_docx}


def _write(target: Path, content: bytes) -> None:
    """Beside, then renamed: nobody ever reads half a file."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
        Path(beside).replace(target)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
