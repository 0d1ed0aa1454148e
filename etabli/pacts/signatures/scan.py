"""A signed copy that comes back as a PDF or a photo: the code at the foot of its pages says what it is."""

import re
from dataclasses import dataclass

from etabli.pacts.signatures import codes
from etabli.papers.storage import BadFile

OURS = re.compile(r"^https?://[^/\s]+/pacte/signature/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?:(\d{9})/)?$")


@dataclass(frozen=True)
class Found:
    """What the codes of a scan name. `siren` is empty when the copy is nobody's in particular."""

    key: str
    siren: str
    pages: int
    marked: int


def read(content: bytes) -> Found:
    """The version and the party of a scan. Raises BadFile: no code, a foreign one, or two different ones."""
    by_page = _texts_by_page(content)
    matches = [[match for text in texts if (match := OURS.match(text))] for texts in by_page]
    named = {(match[1], match[2] or "") for several in matches for match in several}
    if not named:
        raise BadFile(_without_code(foreign=any(by_page)))
    if len(named) > 1:
        raise BadFile(
            "Ce fichier mêle des pages de plusieurs documents ou de plusieurs exemplaires\u00a0: déposez un seul "
            "exemplaire à la fois."
        )
    ((key, siren),) = named
    return Found(key, siren, len(by_page), sum(map(bool, matches)))


def _without_code(*, foreign: bool) -> str:
    if foreign:
        return (
            "Le code lu sur ce document n’est pas celui d’une convention d’Établi\u00a0: numérisez "
            "l’exemplaire imprimé "
            "depuis la page de signature."
        )
    return (
        "Aucun code n’a été trouvé en bas des pages. Numérisez à plat, en 200 points par pouce, pages "
        "entières\u202f; une "
        "photo doit être nette et prise de face."
    )


def _texts_by_page(content: bytes) -> list[list[str]]:
    try:
        pages, texts = codes.texts_by_page(content)
    except codes.Unreadable as error:
        raise BadFile(
            "Ce fichier ne se lit pas jusqu’au bout\u00a0: il est abîmé, ou trop lourd à dessiner. Numérisez de "
            "nouveau l’exemplaire papier, en 200 points par pouce."
        ) from error
    if pages > codes.MOST_PAGES:
        raise BadFile(f"Ce fichier a {pages} pages\u00a0: un exemplaire signé en a {codes.MOST_PAGES} au plus.")
    return texts
