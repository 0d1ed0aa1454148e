"""Writes: an act is given to an axis, or taken back; a mission letter is drawn up and signed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from etabli.acts.models import Act
from etabli.audit import actions as audit
from etabli.audit.actions import Actor
from etabli.pacts.attributions import bundles, queries
from etabli.pacts.models import Attribution, Axis, Convention, MissionLetter, MissionShare
from etabli.papers.models import Document

WHOLE = 100


@transaction.atomic
def attribute(*, by: Actor | None, act: Act, axis: Axis, share: int = WHOLE, reason: str = "") -> Attribution:
    """An act counts in an axis for a share of it; 0 takes it back. Raises ValidationError.

    The minutes of one act are never paid twice: over all axes, so over all funders, its shares stay within 100 %.
    """
    locked = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)  # one hand at a time on the shares of an act
    shares = queries.standing(locked) | {axis.pk: share}
    if locked.minutes and sum(shares.values()) > WHOLE:
        already = sum(shares.values()) - share
        raise ValidationError(
            f"Le temps de cet acte est déjà réparti à {already}\u00a0%\u00a0: il reste {WHOLE - already}\u00a0% "
            f"pour l’axe «\u00a0{axis.title}\u00a0»."
        )
    made = Attribution(act=locked, axis=axis, share=share, by_id=by.pk if by else None, reason=reason[:120])
    made.clean_fields(exclude=["act", "axis", "by"])
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        made.validate_constraints()  # the words of the refusal: asked before, they would be three queries each time
        raise
    bundles.add(made)
    audit.record(
        by=by, verb="act_attributed", about=locked, organisation_id=locked.organisation_id,
        changes={"axis": [None, axis.pk], "share": [None, share]},
    )  # fmt: skip
    return made


@transaction.atomic
def move(*, by: Actor | None, act: Act, axis: Axis, reason: str = "") -> None:
    """The whole act goes to one axis; it is taken back from the others of the same convention, then of any other."""
    Act.objects.select_for_update(of=("self",)).get(pk=act.pk)  # before its shares are read: one hand at a time
    for former in Axis.objects.filter(pk__in=queries.standing(act)).exclude(pk=axis.pk):
        attribute(by=by, act=act, axis=former, share=0, reason=reason)
    if queries.standing(act).get(axis.pk) != WHOLE:
        attribute(by=by, act=act, axis=axis, reason=reason)


@transaction.atomic
def draw_up_mission(
    *, by: Actor, developer: Actor, convention: Convention, year: int, shares: dict[Axis, int],
    organisation_id: int | None = None,
) -> MissionLetter:  # fmt: skip
    """The mission letter of a year, written again as long as it is not signed. Raises ValidationError."""
    letter = MissionLetter.objects.select_for_update().filter(
        developer=developer.pk, convention=convention, year=year
    ).first() or MissionLetter(developer_id=developer.pk, convention=convention, year=year)  # fmt: skip
    if letter.signed_on:
        raise ValidationError("Cette lettre de mission est signée\u00a0: elle ne change plus.")
    if not convention.starts_on.year <= year <= convention.ends_on.year:
        raise ValidationError({"year": "La convention ne court pas cette année-là."})
    if any(axis.convention_id != convention.pk for axis in shares):
        raise ValidationError("Un axe de la lettre n’est pas de cette convention.")
    if sum(shares.values()) > WHOLE:
        raise ValidationError(f"Les parts du temps font {sum(shares.values())}\u00a0%\u00a0: 100\u00a0% au plus.")
    letter.save()
    letter.shares.all().delete()
    for axis, percent in shares.items():
        share = MissionShare(letter=letter, axis=axis, percent=percent)
        share.full_clean(exclude=["letter", "axis"])
        share.save()
    audit.record(
        by=by, verb="mission_drawn_up", about=letter, organisation_id=organisation_id,
        changes={"shares": [None, {str(axis.pk): percent for axis, percent in shares.items()}]},
    )  # fmt: skip
    return letter


@transaction.atomic
def sign_mission(
    *, by: Actor, letter: MissionLetter, on: date, document: Document | None = None, organisation_id: int | None = None
) -> MissionLetter:
    """From then on the letter proposes axes in the diary. Raises ValidationError."""
    locked = MissionLetter.objects.select_for_update().get(pk=letter.pk)
    if locked.signed_on:
        raise ValidationError("Cette lettre de mission est déjà signée.")
    if not locked.shares.exists():
        raise ValidationError("Donnez une part du temps à un axe au moins avant de signer.")
    locked.signed_on, locked.document = on, document
    locked.save(update_fields=["signed_on", "document"])
    audit.record(
        by=by, verb="mission_signed", about=locked, organisation_id=organisation_id,
        changes={"signed_on": [None, on.isoformat()]},
    )  # fmt: skip
    return locked
