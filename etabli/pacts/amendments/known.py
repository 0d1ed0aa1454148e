"""Amendments as a reader knows them: for who left, those put to sign by their last day, and as they stood that day."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.audit.models import Event
from etabli.pacts import access
from etabli.pacts.models import Amendment, Convention, Version
from etabli.pacts.workflow import AmendmentState

TAKEN_BACK = frozenset({AmendmentState.DRAFT, AmendmentState.ABANDONED})


def known(reader: Reader, convention: Convention, **only: object) -> list[Amendment]:
    """The amendments of a convention, the last first. To who left, a draft was not told; nor is what became of it."""
    rows = Amendment.objects.filter(convention=convention, **only).order_by("-number")
    rows = rows.select_related("base", "convention", "perimeter")
    left = access.left_on(reader, convention)
    if left is None:
        return list(rows)
    told = Version.objects.filter(convention=convention, made_at__date__lte=left).values("amendment")
    kept = list(rows.filter(pk__in=told).prefetch_related("versions__signatures"))
    moved = _moved(kept, left)
    return [_then(row, left, moved.get(row.pk, AmendmentState.TO_SIGN)) for row in kept]


def put_to_sign(reader: Reader, row: Amendment) -> Version | None:
    """The version that was put to sign last, of those that the reader knows."""
    rows = access.known_to(reader, row.convention, row.versions.all(), "made_at__date")
    return rows.select_related("document", "amendment").order_by("-number").first()


def frozen(reader: Reader, row: Amendment) -> Version | None:
    """The same, unless the amendment, one of those that the reader knows, was taken back since."""
    return None if row.state in TAKEN_BACK else put_to_sign(reader, row)


def _moved(rows: Iterable[Amendment], day: date) -> dict[int, AmendmentState]:
    """By amendment, what it was last put to by a day, end of the day: to sign, taken back or abandoned."""
    told = Event.objects.filter(
        verb="amendment.moved", object_kind=Amendment._meta.label_lower, object_id__in=[str(row.pk) for row in rows],
        at__date__lte=day,
    ).order_by("at", "pk")  # fmt: skip
    return {int(pk): AmendmentState(changes["state"][-1]) for pk, changes in told.values_list("object_id", "changes")}


def _then(row: Amendment, day: date, moved: AmendmentState) -> Amendment:
    """What it proposed and how far it was signed on a day: to be read, never saved."""
    versions = [one for one in row.versions.all() if timezone.localdate(one.made_at) <= day]
    version = max(versions, key=lambda one: one.number)
    signed = sum(timezone.localdate(one.recorded_at) <= day for one in version.signatures.all())
    row.proposed, row.state = version.content, moved
    if moved is AmendmentState.TO_SIGN and signed == len(version.content["parties"]):
        row.state = AmendmentState.IN_FORCE if row.effective_on <= day else AmendmentState.SIGNED
    return row
