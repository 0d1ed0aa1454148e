"""Writes of mission letters, as a reader of a party does them; `attributions` keeps them."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from etabli.accounts.models import User
from etabli.accounts.policies import Reader
from etabli.pacts.attributions import actions as attributions
from etabli.pacts.conventions.actions import locked
from etabli.pacts.missions import policies
from etabli.pacts.models import Axis, Convention, MissionLetter
from etabli.papers.models import Document
from etabli.ui.seen import Still, whatever


@transaction.atomic
def draw_up(
    *, by: Reader, convention: Convention, developer: User, year: int, shares: Mapping[Axis, int]
) -> MissionLetter:
    """The first writing of a letter. Raises Denied; ValidationError, also when there is one for that year already."""
    policies.check_can_manage(by, locked(convention))
    policies.check_is_ours(by, developer)
    if MissionLetter.objects.filter(developer=developer, convention=convention, year=year).exists():
        raise ValidationError(f"{developer} a déjà une lettre de mission pour {year}\u00a0: ouvrez-la dans la liste.")
    return _written(by, developer, convention, year, shares)


@transaction.atomic
def rewrite(
    *, by: Reader, letter: MissionLetter, shares: Mapping[Axis, int], still: Still = whatever
) -> MissionLetter:  # fmt: skip
    """Other shares for a letter that is not signed. Raises Denied, ValidationError."""
    rows = MissionLetter.objects.select_for_update(of=("self",)).select_related("convention", "developer")
    letter = rows.get(pk=letter.pk)
    policies.check_can_change(by, letter)
    still(letter)
    return _written(by, letter.developer, letter.convention, letter.year, shares)


def _written(
    by: Reader, developer: User, convention: Convention, year: int, shares: Mapping[Axis, int]
) -> MissionLetter:
    return attributions.draw_up_mission(
        by=by.user, developer=developer, convention=convention, year=year, shares=dict(shares),
        organisation_id=by.organisation.pk,
    )  # fmt: skip


@transaction.atomic
def sign(*, by: Reader, letter: MissionLetter, on: date, document: Document | None = None) -> MissionLetter:
    """From then on the letter changes no more, and proposes axes in the diary. Raises Denied, ValidationError."""
    policies.check_can_change(by, letter)
    if on > timezone.localdate():
        raise ValidationError({"on": "Ce jour est à venir\u00a0: notez la signature quand elle a eu lieu."})
    return attributions.sign_mission(
        by=by.user, letter=letter, on=on, document=document, organisation_id=by.organisation.pk
    )
