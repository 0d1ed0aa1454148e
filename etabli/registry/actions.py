"""Writes of the registry: open a file, change who it is about, join and separate, anonymise.

Events of the journal name nobody: they say which file, and what kind of change.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from etabli import facts
from etabli.audit import actions as audit
from etabli.audit.actions import Actor
from etabli.registry import queries
from etabli.registry.models import Beneficiary, BeneficiaryIdentity, BeneficiaryKind, BeneficiaryMerge
from maillage.reference.places.links import current_commune

UNNAMED = "Entreprise non nommée (diffusion partielle)"
SIRENE, TYPED = "Sirene", "saisie"
ERASED = "effacée avec le nom"
ANOTHER_FILE = "Un autre dossier porte ce SIRET\u00a0: rattachez les deux dossiers."


class ErasureReason(models.TextChoices):
    """Why somebody is erased; a code, so that the journal names nobody."""

    REQUEST = "request", "à la demande de la personne"
    RETENTION = "retention", "fin de la durée de conservation"


@dataclass(frozen=True)
class Identity:
    """Who somebody is from a day on, as given to an action."""

    name: str
    siret: str = ""
    commune: str = ""
    email: str = ""
    phone: str = ""
    source: str = TYPED


def from_store(siret: str) -> Identity | None:
    """What Sirene says of an establishment, when the store has it."""
    row = facts.establishment(siret)
    if row is None:
        return None
    return Identity(name=row.name or row.sign or UNNAMED, siret=siret, commune=row.commune, source=SIRENE)


@transaction.atomic
def open_firm(
    *, by: Actor | None, siret: str, name: str = "", commune: str = "", on: date, organisation_id: int | None = None
) -> Beneficiary:
    """The file of an establishment: the one that exists, else a new one, filled from Sirene when it knows it.

    Raises BadNumber; ValidationError when neither Sirene nor the caller gives a name.
    """
    number = queries.siret_of(siret)
    found = queries.by_siret(number)
    if found is not None:
        return found
    known = from_store(number)
    if known is None and not name.strip():
        raise ValidationError({"name": "Ce SIRET n’est pas dans les données chargées\u00a0: donnez aussi le nom."})
    identity = known or Identity(name=name, siret=number, commune=commune)
    try:
        with transaction.atomic():
            return _opened(BeneficiaryKind.FIRM, identity, by=by, on=on, organisation_id=organisation_id)
    except IntegrityError:  # somebody else has just opened it
        opened = queries.by_siret(number)
        if opened is None:
            raise
        return opened


@transaction.atomic
def open_person(*, by: Actor | None, identity: Identity, on: date, organisation_id: int | None = None) -> Beneficiary:
    """The file of a person who has no SIRET yet. Two persons may bear one name: a new file each time."""
    if identity.siret:
        raise ValidationError({"siret": "Une personne qui a un SIRET s’ouvre comme entreprise."})
    return _opened(BeneficiaryKind.PERSON, identity, by=by, on=on, organisation_id=organisation_id)


def _opened(
    kind: BeneficiaryKind, identity: Identity, *, by: Actor | None, on: date, organisation_id: int | None
) -> Beneficiary:
    beneficiary = Beneficiary.objects.create(kind=kind)
    _identified(beneficiary, identity, on=on)
    audit.record(
        by=by, verb="beneficiary_opened", about=beneficiary, organisation_id=organisation_id,
        changes={"kind": [None, kind.value]},
    )  # fmt: skip
    return beneficiary


def _identified(beneficiary: Beneficiary, identity: Identity, *, on: date) -> BeneficiaryIdentity:
    """One identity that starts that day. Raises ValidationError."""
    if identity.commune and current_commune(identity.commune) is None:
        raise ValidationError({"commune": f"Aucune commune ne porte le code {identity.commune}."})
    if not identity.name.strip():
        raise ValidationError({"name": "Donnez un nom."})
    number = queries.siret_of(identity.siret) if identity.siret else ""
    return BeneficiaryIdentity.objects.create(
        beneficiary=beneficiary,
        name=identity.name.strip()[:200],
        siret=number,
        siren=number[:9],
        commune=identity.commune,
        email=identity.email.strip().lower(),
        phone=identity.phone.strip(),
        source=identity.source,
        valid_from=on,
    )


@transaction.atomic
def change_identity(
    *, by: Actor | None, beneficiary: Beneficiary, identity: Identity, on: date, organisation_id: int | None = None
) -> BeneficiaryIdentity:
    """From that day somebody is called or registered otherwise; what they were before stays, with its dates."""
    locked = Beneficiary.objects.select_for_update().get(pk=beneficiary.pk)
    if locked.anonymised_at:
        raise ValidationError("Ce dossier est anonymisé\u00a0: il ne peut plus recevoir de nom.")
    current = locked.identities.filter(valid_to=None).first()
    if current and current.valid_from >= on:
        raise ValidationError(
            {"on": f"L’identité actuelle commence le {current.valid_from:%d/%m/%Y}\u00a0: plus tard."}
        )
    locked.identities.filter(valid_to=None).update(valid_to=on)
    if identity.siret and queries.by_siret(queries.siret_of(identity.siret)):
        raise ValidationError({"siret": ANOTHER_FILE})
    try:
        with transaction.atomic():
            changed = _identified(locked, identity, on=on)
    except IntegrityError as error:  # another file has just taken the number
        raise ValidationError({"siret": ANOTHER_FILE}) from error
    if changed.siret and locked.kind == BeneficiaryKind.PERSON:
        Beneficiary.objects.filter(pk=locked.pk).update(kind=BeneficiaryKind.FIRM)
    audit.record(
        by=by, verb="identity_changed", about=locked, organisation_id=organisation_id,
        changes={"on": [None, on.isoformat()]},
    )  # fmt: skip
    return changed


@transaction.atomic
def merge(
    *, by: Actor, kept: Beneficiary, absorbed: Beneficiary, reason: str, organisation_id: int | None = None
) -> BeneficiaryMerge:
    """Two files are of one person: distinct counts take them for one from now on. Raises ValidationError."""
    _lock_roots(kept.pk, absorbed.pk)
    if Beneficiary.objects.filter(pk__in=[kept.pk, absorbed.pk]).exclude(anonymised_at=None):
        raise ValidationError(
            "Un dossier anonymisé n’est plus celui de personne\u00a0: il ne se rattache à aucun autre."
        )
    merges = queries.active_merges()
    if queries.root(kept.pk, merges) == queries.root(absorbed.pk, merges):
        raise ValidationError("Ces deux dossiers n’en font déjà qu’un.")
    if absorbed.pk in merges:
        raise ValidationError("Ce dossier est déjà rattaché à un autre\u00a0: défaites d’abord ce rattachement.")
    made = BeneficiaryMerge(kept=kept, absorbed=absorbed, reason=reason.strip(), by_id=by.pk)
    made.full_clean(exclude=["by", "moved"])
    merges[absorbed.pk] = kept.pk
    made.moved = _point_to_roots(merges, {kept.pk, absorbed.pk})
    made.save()
    audit.record(
        by=by, verb="beneficiaries_merged", about=kept, organisation_id=organisation_id,
        changes={"absorbed": [None, absorbed.pk]},
    )  # fmt: skip
    return made


@transaction.atomic
def undo_merge(*, by: Actor, merge: BeneficiaryMerge, organisation_id: int | None = None) -> BeneficiaryMerge:
    """The two files are of two persons; each takes back what had been joined to it. Raises ValidationError."""
    _lock_roots(merge.kept_id)
    undone = BeneficiaryMerge.objects.select_for_update().get(pk=merge.pk)
    if undone.undone_at:
        raise ValidationError("Ce rattachement est déjà défait.")
    undone.undone_at, undone.undone_by_id = timezone.now(), by.pk
    undone.save(update_fields=["undone_at", "undone_by"])
    _point_to_roots(queries.active_merges(), {undone.kept_id, undone.absorbed_id})
    audit.record(
        by=by, verb="merge_undone", about=undone.kept, organisation_id=organisation_id,
        changes={"absorbed": [undone.absorbed_id, None]},
    )  # fmt: skip
    return undone


def _lock_roots(*members: int) -> None:
    """Lock the end of each chain: whoever joins or separates files of a group holds its root."""
    while True:
        merges = queries.active_merges()
        wanted = sorted({queries.root(pk, merges) for pk in members})
        list(Beneficiary.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
        merges = queries.active_merges()
        if sorted({queries.root(pk, merges) for pk in members}) == wanted:
            return


def _point_to_roots(merges: dict[int, int], around: set[int]) -> list[int]:
    """Set `canonical` of every file that hangs from those around; returns those that changed, sorted."""
    ends = {queries.root(pk, merges) for pk in around}
    group = {pk for pk in merges if queries.root(pk, merges) in ends} | around | ends
    changed = []
    for one in Beneficiary.objects.filter(pk__in=group).order_by("pk"):
        end = queries.root(one.pk, merges)
        canonical = None if end == one.pk else end
        if one.canonical_id != canonical:
            Beneficiary.objects.filter(pk=one.pk).update(canonical=canonical)
            changed.append(one.pk)
    return changed


@transaction.atomic
def anonymise(
    *, by: Actor | None, beneficiary: Beneficiary, reason: ErasureReason, organisation_id: int | None = None
) -> list[int]:
    """Erase who somebody was, in every file joined to theirs; the files stay, so that no count changes.

    Returns the files: their notes are erased by `acts.actions.forget`, which calls this.
    """
    _lock_roots(beneficiary.pk)
    end = queries.root(beneficiary.pk, queries.active_merges())
    group = Beneficiary.objects.filter(models.Q(pk=end) | models.Q(canonical=end))
    # Whoever writes a name in one of them holds it: their name is erased too.
    files = list(group.select_for_update().order_by("pk").values_list("pk", flat=True))
    BeneficiaryIdentity.objects.filter(beneficiary__in=files).delete()
    Beneficiary.objects.filter(pk__in=files, anonymised_at=None).update(anonymised_at=timezone.now())
    said = BeneficiaryMerge.objects.filter(models.Q(kept__in=files) | models.Q(absorbed__in=files))
    said.update(reason=ERASED)  # free text: it may name somebody
    audit.record(
        by=by, verb="beneficiary_anonymised", about=beneficiary, organisation_id=organisation_id,
        changes={"reason": [None, reason.value]},
    )  # fmt: skip
    return files
