"""Versions: frozen when a text is put to signature, never changed; which one reads on a given day."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from etabli import facts
from etabli.accounts.models import Organisation, User
from etabli.pacts import former
from etabli.pacts.documents import paper, word
from etabli.pacts.documents.snapshot import Content, content_of, fingerprint
from etabli.pacts.models import Amendment, Convention, PartyRole, Version
from etabli.papers import storage
from etabli.ui import french
from maillage.errors import NoStore


def freeze(
    *, convention: Convention, by: User, applies_from: date, content: Content | None = None,
    amendment: Amendment | None = None,
) -> Version:  # fmt: skip
    """Freeze what the convention says (or `content`, for an amendment) as its next version. Called in a transaction."""
    content = content_of(convention) if content is None else content
    number = convention.versions.count() + 1
    version = Version(
        convention=convention, amendment=amendment, number=number, content=content, sha256=fingerprint(content),
        applies_from=applies_from, made_by=by,
    )  # fmt: skip
    version.document = storage.store(
        content=pdf_of(version), name=f"{convention.slug}-version-{number}.pdf", by=by, kinds=frozenset({storage.PDF})
    )
    version.save()
    return version


def pdf_of(version: Version, *, siren: str = "", copy_for: str = "") -> bytes:
    """The PDF of a version; with `siren`, the copy that one party signs."""
    mark = paper.Mark(address_of(version, siren), version.sha256, copy_for)
    made_on = timezone.localdate(version.made_at)
    return paper.pdf(
        version.content, standing=standing(version), made_on=made_on, mark=mark, fictitious=fictitious(),
        template=_template(version),
    )  # fmt: skip


def _template(version: Version) -> bytes | None:
    """The template of the pilot when the version was frozen: a copy printed later is the same paper."""
    sirens = [row["siren"] for row in version.content["parties"] if row["role"] == PartyRole.PILOT]
    pilot = Organisation.objects.filter(siren__in=sirens).first()
    return word.own_template(pilot, version.made_at) if pilot else None


def address_of(version: Version, siren: str = "") -> str:
    """What the QR says: a page of this site that leads to the version."""
    return f"{settings.PUBLIC_URL}/pacte/signature/{version.key}/{f'{siren}/' if siren else ''}"


def standing(version: Version) -> str:
    """« Version 2 (avenant n° 1), arrêtée le 3 mai 2019 »."""
    of = f" (avenant n°\u00a0{version.amendment.number})" if version.amendment else ""
    return f"Version {version.number}{of}, arrêtée le {french.long_date(timezone.localdate(version.made_at))}"


def last(convention: Convention) -> Version | None:
    """The version that was frozen last, signed or not."""
    return convention.versions.order_by("-number").first()


def signed(convention: Convention) -> list[Version]:
    """Versions signed by every party they name, oldest first."""
    rows = convention.versions.prefetch_related("signatures").order_by("number")
    return [version for version in rows if is_signed(version)]


def is_signed(version: Version) -> bool:
    """Whether every party that the version names has signed it."""
    return 0 < len(version.content["parties"]) == len(version.signatures.all())


def in_force_on(convention: Convention, day: date) -> Version | None:
    """The signed version that reads on a day; before the first, none."""
    return convention.versions.filter(pk__in=former.in_force({convention.pk: day}).values()).first()


def fictitious() -> bool:
    """Whether this site shows invented firms: its papers say so."""
    if settings.DEMO:
        return True
    try:
        return facts.store().manifest.fictitious
    except NoStore:
        return False
