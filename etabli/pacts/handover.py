"""What who leaves was to continue in the pacts goes to a colleague. What is over, or signed, stays in its name."""

from django.db.models import QuerySet
from django.utils import timezone

from etabli.accounts.models import Organisation, User
from etabli.accounts.queries import inherited_by
from etabli.audit.actions import record
from etabli.pacts.attributions.actions import draw_up_mission
from etabli.pacts.models import Convention, MissionLetter, Objective, Party, PartyRole
from etabli.pacts.workflow import State

OVER = (State.CLOSED, State.TERMINATED, State.ABANDONED)  # an expired convention still has its report to make


def hand_over(*, of: User, to: User, organisation: Organisation, by: User) -> int:
    """Objectives answered for, and mission letters of this year and the next ones; called by the action of accounts,
    in its transaction. Returns how many went to the other.
    """
    return _objectives(of, to, organisation, by) + _letters(of, to, organisation, by)


def _running(organisation: Organisation, *roles: str) -> QuerySet[Convention]:
    parties = Party.objects.filter(organisation__in={organisation.pk, *inherited_by(organisation)}, role__in=roles)
    return Convention.objects.filter(pk__in=parties.values("convention")).exclude(state__in=OVER)


def _objectives(of: User, to: User, organisation: Organisation, by: User) -> int:
    piloted = _running(organisation, PartyRole.PILOT)
    held = Objective.objects.select_for_update(of=("self",)).filter(responsible=of, axis__convention__in=piloted)
    moved = 0
    for objective in held:
        objective.responsible = to
        objective.save(update_fields=["responsible"])
        record(
            by=by, verb="objective.handed_over", about=objective, organisation_id=organisation.pk,
            changes={"responsible": [of.pk, to.pk]},
        )  # fmt: skip
        moved += 1
    return moved


def _letters(of: User, to: User, organisation: Organisation, by: User) -> int:
    """A letter that is not signed changes hands; a signed one is drawn up again for the other, who has it to sign."""
    running = _running(organisation, *PartyRole.values)
    held = MissionLetter.objects.select_for_update(of=("self",)).filter(
        developer=of, convention__in=running, year__gte=timezone.localdate().year
    )
    theirs = set(MissionLetter.objects.filter(developer=to).values_list("convention_id", "year"))
    moved = 0
    for letter in held.select_related("convention").prefetch_related("shares__axis"):
        if (letter.convention_id, letter.year) in theirs:
            continue  # the colleague already has a letter for that year: it stands
        if letter.signed_on:
            shares = {share.axis: share.percent for share in letter.shares.all()}
            draw_up_mission(by=by, developer=to, convention=letter.convention, year=letter.year, shares=shares)
        else:
            letter.developer = to
            letter.save(update_fields=["developer"])
        record(
            by=by, verb="mission_handed_over", about=letter, organisation_id=organisation.pk,
            changes={"developer": [of.pk, to.pk]},
        )  # fmt: skip
        moved += 1
    return moved
