"""Reads: a version, who signed it, what this reader may still sign."""

from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.pacts import access
from etabli.pacts.documents import printed, versions
from etabli.pacts.models import Convention, Party, Signature, Version
from etabli.pacts.signatures import actions, policies
from etabli.pacts.signatures.screens import Signed, VersionScreen


def version_or_404(reader: Reader, convention: Convention, number: int) -> Version:
    """One version of a convention that the reader may see, made before they left it."""
    known = access.known_to(reader, convention, Version.objects.filter(convention=convention), "made_at__date")
    rows = known.select_related("convention", "amendment", "document").prefetch_related("signatures__scan")
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def screen(reader: Reader, version: Version) -> VersionScreen:
    """The page of a version."""
    known = signatures_known(reader, version)
    parties = tuple(_signed(reader, version, party, known) for party in parties_of(version))
    left = access.left_on(reader, version.convention)
    day = left or timezone.localdate()
    standing = None if left else versions.in_force_on(version.convention, day)  # what reads today is no news of theirs
    complete = 0 < len(version.content["parties"]) == len(known)
    return VersionScreen(
        title=f"{version.convention.short_title}, version {version.number}",
        standing=versions.standing(version),
        printed=printed.printed(version.content),
        sha256=version.sha256,
        pdf_sha256=version.document.sha256,
        in_force=standing is not None and standing.pk == version.pk,
        awaited_from=version.applies_from if complete and version.applies_from > day else None,
        parties=parties,
        to_sign=left is None and is_open(version),
        own=tuple(line for line in parties if not line.denied),
    )


def signatures_known(reader: Reader, version: Version) -> list[Signature]:
    """Those given by the last day of who left, all of them for the others."""
    left = access.left_on(reader, version.convention)
    rows = version.signatures.all()
    return [one for one in rows if left is None or timezone.localdate(one.recorded_at) <= left]


def is_open(version: Version) -> bool:
    """Whether this version waits for signatures."""
    try:
        policies.check_open(version)
    except Denied:
        return False
    return True


def parties_of(version: Version) -> list[Party]:
    """The parties that a version names, in its order."""
    rows = version.convention.parties.select_related("organisation")
    known = {party.organisation.siren: party for party in rows}
    return [known[row["siren"]] for row in version.content["parties"] if row["siren"] in known]


def _signed(reader: Reader, version: Version, party: Party, known: list[Signature]) -> Signed:
    signature = next((one for one in known if one.party_id == party.pk), None)
    where = [version.convention.slug, version.number, party.organisation.siren]
    try:
        policies.check_can_sign(reader, version, party)
        denied = ""
    except Denied as refused:
        denied = refused.reason
    return Signed(
        party=party,
        signature=signature,
        holds=signature is not None and actions.seal_holds(signature),
        copy=reverse("pacts:copy", args=where),
        scan=reverse("pacts:scan", args=where) if signature and signature.scan else "",
        denied=denied,
    )


def in_force(convention: Convention, day: date) -> Version | None:
    """The version that read on a day."""
    return versions.in_force_on(convention, day)
