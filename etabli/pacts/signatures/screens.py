"""What the pages of versions and signatures are given."""

from dataclasses import dataclass
from datetime import date

from etabli.pacts.documents.printed import Printed
from etabli.pacts.models import Party, Signature


@dataclass(frozen=True)
class Signed:
    """A party before a version: its signature or the ways to give it."""

    party: Party
    signature: Signature | None
    holds: bool
    copy: str
    scan: str
    denied: str


@dataclass(frozen=True)
class VersionScreen:
    """The page of a version. `awaited_from`: signed by all, the day on which it will apply."""

    title: str
    standing: str
    printed: Printed
    sha256: str
    pdf_sha256: str
    in_force: bool
    awaited_from: date | None
    parties: tuple[Signed, ...]
    to_sign: bool
    own: tuple[Signed, ...]
