"""Writes of the ledger: record, reverse, forget. The roll-up and the journal follow in one transaction."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from etabli.accounts.models import Organisation, User
from etabli.acts import bundles
from etabli.acts.kinds import ActKind, Confidentiality, Origin, Theme
from etabli.acts.models import Act, ActNote
from etabli.audit import actions as audit
from etabli.audit.actions import Actor
from etabli.papers.models import Document
from etabli.registry import actions as registry
from etabli.registry.actions import ErasureReason
from etabli.registry.models import Beneficiary
from maillage.reference.bands import BANDS
from maillage.reference.places.links import current_commune
from maillage.reference.trades import trades

FIRST_DAY = date(2000, 1, 1)
LONGEST = 24 * 60
NOTE = 300
BAND_CODES = frozenset(band.code for band in BANDS)


@dataclass(frozen=True)
class Entry:
    """What was done, as given to `record`. `source`, "application:identifier", makes the act unique in its kind."""

    kind: ActKind
    day: date
    organisation: Organisation
    source: str
    beneficiary: Beneficiary | None = None
    commune: str = ""
    qpv: str = ""
    trade: str = ""
    band: str = ""
    adviser: User | None = None
    minutes: int = 0
    amount: int = 0
    quantity: int = 1
    themes: tuple[Theme, ...] = ()
    origin: Origin = Origin.DIARY
    placement: str = ""
    confidentiality: Confidentiality = Confidentiality.NORMAL
    proof: Document | None = None
    note: str = ""


def recorded(kind: str, source: str) -> Act | None:
    """The act already recorded from a source."""
    return Act.objects.filter(kind=kind, source=source).first()


@transaction.atomic
def record(*, by: Actor | None, entry: Entry) -> Act:
    """Write an act; the same source again gives the act already written and changes nothing. Raises ValidationError."""
    known = recorded(entry.kind, entry.source)
    if known is not None:
        return known
    _check(entry)
    act = _unsaved(entry)
    # Django would ask the database about each foreign key, unique field and constraint, three queries for one: the
    # database answers by itself, and is asked again for its words when it refuses.
    act.clean_fields(exclude=["beneficiary", "organisation", "adviser", "proof", "reverses"])
    try:
        with transaction.atomic():
            act.save(force_insert=True)
    except IntegrityError:
        known = recorded(entry.kind, entry.source)  # somebody else has just written it
        if known is None:
            act.validate_constraints(exclude=["source"])
            raise
        return known
    if entry.note.strip():
        ActNote.objects.create(act=act, text=entry.note.strip())
    bundles.add(act)
    audit.record(by=by, verb="act_recorded", about=act, organisation_id=act.organisation_id)
    return act


def _unsaved(entry: Entry) -> Act:
    return Act(
        kind=entry.kind,
        day=entry.day,
        organisation=entry.organisation,
        source=entry.source,
        beneficiary=entry.beneficiary,
        commune=entry.commune,
        qpv=entry.qpv,
        trade=entry.trade,
        band=entry.band,
        adviser=entry.adviser,
        minutes=entry.minutes,
        amount=entry.amount,
        quantity=entry.quantity,
        themes=joined(entry.themes),
        origin=entry.origin,
        placement=entry.placement,
        confidentiality=entry.confidentiality,
        proof=entry.proof,
        proof_sha256=entry.proof.sha256 if entry.proof else "",
    )


def joined(themes: tuple[Theme, ...]) -> str:
    """Themes as an act keeps them: "|energie|numerique|", sorted, each once; empty without theme."""
    return f"|{'|'.join(sorted({Theme(theme).value for theme in themes}))}|" if themes else ""


def _check(entry: Entry) -> None:
    """Raise ValidationError, by field, for what no constraint can see."""
    wrong: dict[str, str] = {}
    today = timezone.localdate()
    if not FIRST_DAY <= entry.day <= today:
        wrong["day"] = f"Le jour va du {FIRST_DAY:%d/%m/%Y} à aujourd’hui ({today:%d/%m/%Y})."
    if entry.commune and current_commune(entry.commune) is None:
        wrong["commune"] = f"Aucune commune ne porte le code {entry.commune}."
    if entry.trade and entry.trade not in {trade.code for trade in trades()}:
        wrong["trade"] = f"Le métier «\u00a0{entry.trade}\u00a0» n’existe pas."
    if entry.band and entry.band not in BAND_CODES:
        wrong["band"] = f"La tranche d’effectif «\u00a0{entry.band}\u00a0» n’existe pas."
    if entry.minutes > LONGEST:
        wrong["minutes"] = f"Un acte dure {LONGEST} minutes au plus\u00a0; notez un acte par jour."
    if unknown := sorted(set(entry.themes) - set(Theme)):
        wrong["themes"] = f"Thème inconnu\u00a0: {', '.join(unknown)}."
    if not all(entry.source.partition(":")):
        wrong["source"] = "La source s’écrit «\u00a0application:identifiant\u00a0»."
    if refused := _wrong_note(entry):
        wrong["note"] = refused
    if wrong:
        raise ValidationError(wrong)


def _wrong_note(entry: Entry) -> str:
    """Why the sentence is refused; empty when it may be kept."""
    note = entry.note.strip()
    if len(note) > NOTE:
        return f"Une phrase de {NOTE} caractères au plus\u00a0: celle-ci en a {len(note)}."
    if note and entry.beneficiary and entry.beneficiary.anonymised_at:
        return "Ce dossier est anonymisé\u00a0: laissez la phrase vide, elle ne serait plus effacée."
    return ""


@transaction.atomic
def reverse(*, by: Actor | None, act: Act) -> Act:
    """Cancel a whole act by its opposite, on the same day. Raises ValidationError."""
    original = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if original.reverses_id:
        raise ValidationError("Cet acte en annule déjà un autre\u00a0: notez plutôt l’acte de nouveau.")
    if Act.objects.filter(reverses=original).exists():
        raise ValidationError("Cet acte est déjà annulé.")
    opposite = Act.objects.get(pk=original.pk)
    opposite.pk, opposite.recorded_at, opposite.reverses = None, timezone.now(), original
    opposite.source = f"reverse:{original.pk}"
    opposite.minutes, opposite.amount, opposite.quantity = -original.minutes, -original.amount, -original.quantity
    opposite.save(force_insert=True)
    bundles.add(opposite)
    audit.record(by=by, verb="act_reversed", about=original, organisation_id=original.organisation_id)
    return opposite


@transaction.atomic
def forget(
    *, by: Actor | None, beneficiary: Beneficiary, reason: ErasureReason, organisation_id: int | None = None
) -> None:
    """Erase who a beneficiary was, and the notes of their acts; the acts stay, and every count with them."""
    files = registry.anonymise(by=by, beneficiary=beneficiary, reason=reason, organisation_id=organisation_id)
    ActNote.objects.filter(act__beneficiary__in=files).delete()
