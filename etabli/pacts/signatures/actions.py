"""Writes of signatures. The last one makes the convention, or the amendment, take effect."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.changes import effect
from etabli.pacts.conventions import moves
from etabli.pacts.documents import versions
from etabli.pacts.models import Convention, Method, Party, Signature, Version
from etabli.pacts.signatures import policies, scan
from etabli.pacts.signatures.provider import PROVIDER, Claim
from etabli.papers import storage
from etabli.papers.photos import without_place


@transaction.atomic
def sign(*, version: Version, party: Party, by: Reader, proof: str, read_sha256: str) -> Signature:
    """Electronic: the account, its password again, and the very fingerprint that the person had before their eyes."""
    _lock(version)
    policies.check_can_sign(by, version, party)
    if read_sha256 != version.sha256:
        raise Denied("Le texte affiché n’est pas celui de la dernière version\u00a0: rechargez la page et relisez-le.")
    policies.check_has_proof(by)
    if not PROVIDER.recognises(by.user, proof):
        raise Denied("Ce mot de passe n’est pas celui de votre compte\u00a0: rien n’est signé.")
    now = timezone.now()
    title = party.signatory_title
    return _keep(version, party, by, now, method=Method.ELECTRONIC, signed_on=timezone.localdate(now),
                 name=by.user.name or party.signatory_name, title=title)  # fmt: skip


def bring_paper(
    *, content: bytes, name: str, by: Reader, convention: Convention, signed_on: date, siren: str = ""
) -> Signature:
    """Paper: the scan names its version, and its party unless the copy is nobody's (`siren` says then whose).

    Pages are read before the transaction: that may take a minute. Raises Denied, BadFile.
    """
    storage.recognised(content, storage.PAGES)
    found = scan.read(content)
    clean = without_place(content)
    with transaction.atomic():
        version = _version_named(found.key, convention)
        _lock(version)
        party = _party_named(version, found.siren or siren)
        policies.check_can_bring_paper(by, version, party)
        if not timezone.localdate(version.made_at) <= signed_on <= timezone.localdate():
            raise Denied("Un exemplaire se signe après que la version a été arrêtée, et avant aujourd’hui.")
        kept = storage.store(
            content=clean, name=name, by=by.user, organisation_id=party.organisation_id, kinds=storage.PAGES
        )
        return _keep(version, party, by, timezone.now(), method=Method.PAPER, signed_on=signed_on,
                     name=party.signatory_name, title=party.signatory_title, scan=kept)  # fmt: skip


def _lock(version: Version) -> None:
    """Two last signatures at once: the second one waits, and sees the first."""
    Convention.objects.select_for_update().get(pk=version.convention_id)
    version.convention.refresh_from_db()


def _version_named(key: str, convention: Convention) -> Version:
    version = Version.objects.select_related("convention", "amendment").filter(key=key).first()
    if version is None:
        raise Denied(
            "Le code de ce document n’est celui d’aucune version de ce site\u00a0: vient-il d’un autre Établi\u202f?"
        )
    if version.convention_id != convention.pk:
        raise Denied(
            "Ce document est celui d’une autre convention\u00a0: déposez-le dans la page de la convention "
            "qu’il porte en titre."
        )
    return version


def _party_named(version: Version, siren: str) -> Party:
    if not siren:
        raise Denied(
            "Le code ne dit pas de quelle partie est cet exemplaire\u00a0: choisissez-la, puis déposez-le de nouveau."
        )
    party = version.convention.parties.select_related("organisation").filter(organisation__siren=siren).first()
    if party is None:
        raise Denied("La partie nommée par ce document n’est pas dans cette convention.")
    return party


def _keep(version: Version, party: Party, by: Reader, now: datetime, **values: Any) -> Signature:
    claim = Claim(str(version.key), version.sha256, party.organisation.siren, by.user.pk, now)
    acting = by.organisation if by.holds(party.organisation_id) else party.organisation
    made = Signature(
        version=version, party=party, organisation=acting, recorded_at=now, recorded_by=by.user,
        version_sha256=version.sha256, seal=PROVIDER.seal(claim), **values,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(
        by=by.user, verb="version.signed", about=version, organisation_id=by.organisation.pk,
        changes={"party": [None, party.organisation.siren], "method": [None, made.method],
                 "sha256": [None, version.sha256]},
    )  # fmt: skip
    _complete(version, by)
    return made


def _complete(version: Version, by: Reader) -> None:
    fresh = Version.objects.prefetch_related("signatures").select_related("amendment").get(pk=version.pk)
    if not versions.is_signed(fresh):
        return
    if fresh.amendment is None:
        moves.activate(convention=fresh.convention, by=by)
    else:
        effect.signed_by_all(amendment=fresh.amendment, by=by.user, organisation_id=by.organisation.pk)


def seal_holds(signature: Signature) -> bool:
    """Whether a signature is what was sealed: nothing of it was changed since."""
    version = signature.version
    claim = Claim(
        str(version.key), signature.version_sha256, signature.party.organisation.siren, signature.recorded_by_id,
        signature.recorded_at,
    )  # fmt: skip
    return version.sha256 == signature.version_sha256 and PROVIDER.seal(claim) == signature.seal
