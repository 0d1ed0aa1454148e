"""Writes of the diary: note an act, correct one, cancel one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from etabli.accounts.policies import Denied, Reader
from etabli.acts import actions as ledger
from etabli.acts.actions import Entry
from etabli.acts.kinds import SOME_QPV, ActKind, Origin, Theme
from etabli.acts.models import Act
from etabli.acts.policies import check_can_record, check_can_reverse
from etabli.pacts.attributions import actions as attributions
from etabli.pacts.attributions import queries
from etabli.pacts.attributions.actions import WHOLE
from etabli.pacts.diary import carried, firms
from etabli.pacts.diary.firms import SIRET, Facts
from etabli.pacts.models import Axis
from etabli.papers import storage, uploads
from etabli.papers.models import Document
from etabli.ui import french

PROPOSED = "propose"
NO_THEME = "aucun"


@dataclass(frozen=True)
class Noted:
    """What the form says, once checked. `key` is drawn by the page, or by the telephone without network.

    `axis` is an axis, none, or `PROPOSED`: the one that suits best. `amount` is in cents.
    """

    key: UUID
    chosen: str
    firm: str
    commune: str
    axis: Axis | str | None
    kind: str
    minutes: int
    note: str
    day: date
    proof: "File[bytes] | None" = None
    qpv: bool = False
    amount: int | None = None
    quantity: int | None = None
    theme: str = ""  # asked where objectives of the axis tell its themes apart; `NO_THEME`: of none

    @property
    def source(self) -> str:
        """The source of the act."""
        return f"diary:{self.key}"


@transaction.atomic
def note(reader: Reader, noted: Noted, replaced: Act | None = None) -> Act:
    """Record what was done, for whom and for which axis; the same key again changes nothing.

    What the form does not show is that of the act it replaces. Raises Denied, ValidationError, BadNumber, BadFile.
    """
    check_can_record(reader)
    known = ledger.recorded(noted.kind, noted.source)
    author = replaced.adviser if replaced else reader.user
    if known is not None:
        if known.adviser_id != (author.pk if author else None):
            raise Denied("Cet acte est déjà noté par une autre personne.")
        return known
    chosen = noted.chosen
    said = firms.facts_of(chosen.removeprefix(SIRET)) if chosen.startswith(SIRET) else Facts()
    beneficiary = firms.open_chosen(reader, chosen, name=noted.firm, commune=noted.commune, on=noted.day)
    if beneficiary is not None and not chosen.startswith(SIRET):
        held = beneficiary.identities.filter(valid_to=None).first()
        said = Facts(commune=held.commune) if held and not held.siret else firms.facts_of(held.siret) if held else said
    commune = noted.commune or said.commune
    axis, reason = _axis_of(reader, noted, commune)
    entry = Entry(
        kind=ActKind(noted.kind), day=noted.day, organisation=reader.organisation, source=noted.source,
        beneficiary=beneficiary, commune=commune, trade=said.trade, band=said.band,
        qpv=SOME_QPV if noted.qpv else "", adviser=author, minutes=noted.minutes,
        origin=Origin.DIARY, note=noted.note,
        themes=_themes_of(axis, noted) if axis else (),
        amount=noted.amount or 0, quantity=1 if noted.quantity is None else noted.quantity,
        proof=_stored(reader, noted.proof),
    )  # fmt: skip
    shares = {axis: WHOLE} if axis else {}
    if replaced is not None:
        entry, shares = carried.into(entry, shares, replaced, said=bool(noted.theme))
    act = ledger.record(by=reader.user, entry=entry)
    for axis, share in shares.items():
        attributions.attribute(by=reader.user, act=act, axis=axis, share=share, reason=reason)
    return act


def _axis_of(reader: Reader, noted: Noted, commune: str) -> tuple[Axis | None, str]:
    """The axis chosen, else the one that suits this kind in this commune that day; and why."""
    if not isinstance(noted.axis, str):
        return noted.axis, "choix de l’auteur"
    ranked = queries.proposals(
        queries.open_axes(reader.organisation_ids, noted.day), developer=reader.user, day=noted.day, kind=noted.kind,
        commune=commune,
    )  # fmt: skip
    return (ranked[0].axis, f"proposé\u00a0: {ranked[0].reason}") if ranked else (None, "")


def _themes_of(axis: Axis, noted: Noted) -> tuple[Theme, ...]:
    """The themes of the axis; one of them where its objectives tell them apart, lest the act count for each.

    Raises ValidationError, on the theme, when none was chosen.
    """
    themes = tuple(Theme(theme) for theme in axis.themes if theme in Theme)
    if noted.theme == NO_THEME:
        return ()
    if noted.theme:
        if noted.theme not in themes:
            raise ValidationError(
                {"theme": f"L’axe «\u00a0{axis}\u00a0» n’a pas ce thème\u00a0: choisissez-en un des siens."}
            )
        return (Theme(noted.theme),)
    if queries.tells_themes_apart(axis, noted.kind):
        names = french.enumeration([str(theme.label) for theme in themes], "ou")
        raise ValidationError({"theme": f"Pour l’axe «\u00a0{axis}\u00a0», dites lequel\u00a0: {names}, ou aucun."})
    return themes


def _stored(reader: Reader, given: "File[bytes] | None") -> Document | None:
    if given is None:
        return None
    return uploads.keep(given, by=reader.user, organisation_id=reader.organisation.pk, kinds=storage.PAGES)


@transaction.atomic
def correct(reader: Reader, act: Act, noted: Noted) -> Act:
    """Cancel an act and note it otherwise. Raises what `note` and `cancel` raise."""
    known = ledger.recorded(noted.kind, noted.source)
    if known is None:
        cancel(reader, act)
    return note(reader, noted, act)


@transaction.atomic
def cancel(reader: Reader, act: Act) -> None:
    """Cancel an act by its opposite. Raises Denied, ValidationError."""
    check_can_reverse(reader, act)
    if act.origin != Origin.DIARY:
        raise ValidationError("Cet acte vient d’un autre service\u00a0: il se corrige là où il a été enregistré.")
    ledger.reverse(by=reader.user, act=act)
