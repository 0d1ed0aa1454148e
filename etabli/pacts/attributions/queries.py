"""The axes an act may serve, best first with the reason; and where it stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db.models import Q

from etabli.accounts.models import User
from etabli.acts.models import Act
from etabli.pacts.attributions import bundles
from etabli.pacts.models import Attribution, Axis, MissionShare, Objective
from etabli.pacts.workflow import State

RUNNING = (State.ACTIVE, State.SUSPENDED, State.EXPIRED, State.CLOSED)  # signed one day: a late act finds its year


@dataclass(frozen=True)
class Proposal:
    """An axis that an act may serve; `weight` orders, `reason` says why it comes here."""

    axis: Axis
    weight: int
    reason: str


def open_axes(organisations: Iterable[int], day: date) -> list[Axis]:
    """Axes of the signed conventions that run that day with some organisations as parties; a « volet » gives way."""
    running = Q(
        convention__state__in=RUNNING, convention__starts_on__lte=day, convention__ends_on__gte=day,
        convention__parties__organisation__in=sorted(organisations), convention__parties__called=False,
        axes__isnull=True,
    )  # fmt: skip
    stays = Q(convention__parties__left_on__isnull=True) | Q(convention__parties__left_on__gte=day)
    found = Axis.objects.filter(running & stays).select_related("convention__perimeter").distinct()
    return list(found.order_by("-convention__starts_on", "convention", "number", "pk"))


def proposals(
    axes: list[Axis], *, developer: User | None, day: date, kind: str, themes: Iterable[str] = (), commune: str = ""
) -> list[Proposal]:
    """Axes in the order in which they suit: objectives that count this kind, themes, then the mission letter."""
    here = [axis for axis in axes if not commune or commune in axis.convention.perimeter.communes]
    missions = MissionShare.objects.filter(letter__developer=developer, letter__year=day.year)
    time = dict(missions.exclude(letter__signed_on=None).values_list("axis", "percent"))
    counting = {
        axis
        for axis, kinds in Objective.objects.filter(axis__in=here).values_list("axis", "kinds")
        if kind in kinds
    }  # fmt: skip
    found = [_weighed(axis, time.get(axis.pk, 0), set(themes), counts=axis.pk in counting) for axis in here]
    return sorted(found, key=lambda one: -one.weight)


def _weighed(axis: Axis, percent: int, themes: set[str], *, counts: bool) -> Proposal:
    shared = themes & set(axis.themes)
    reasons = [
        (400 * len(shared), "mêmes thèmes"),
        (200 * counts, "un objectif compte ces actes"),
        (percent, f"lettre de mission, {percent}\u00a0% du temps"),
    ]
    reason = next((said for weight, said in reasons if weight), "périmètre de la convention")
    return Proposal(axis, sum(weight for weight, _ in reasons), reason)


def tells_themes_apart(axis: Axis, kind: str) -> bool:
    """Whether two objectives of an axis count acts of this kind, each for themes that the other has not."""
    promised = axis.objectives.filter(withdrawn_at=None).values_list("kinds", "themes")
    asked = [set(themes) for kinds, themes in promised if themes and kind in kinds]
    return any(one.isdisjoint(other) for one, other in combinations(asked, 2))


def standing(act: Act) -> dict[int, int]:
    """Axis → share of an act: the last word on each, withdrawn ones left out."""
    rows = Attribution.objects.filter(act=act).order_by("pk").values_list("axis", "share")
    return {axis: share for axis, share in dict(rows).items() if share}


def axes_of(organisations: Iterable[int]) -> list[Axis]:
    """Every axis of the signed conventions of some organisations, the latest convention first."""
    signed = Q(
        convention__state__in=RUNNING, convention__parties__organisation__in=sorted(organisations),
        convention__parties__called=False,
    )  # fmt: skip
    found = Axis.objects.filter(signed).select_related("convention").distinct()
    return list(found.order_by("-convention__starts_on", "convention", "number", "pk"))


def acts_of(axis: Axis) -> frozenset[int]:
    """Acts that stand on an axis, or on those inside it when it is a volet."""
    given = bundles.read([axis.convention.framework_id or axis.convention_id])
    inside = {axis.pk, *axis.axes.values_list("pk", flat=True)}
    return frozenset().union(*(given[one].acts.tolist() for one in inside & given.keys()))
