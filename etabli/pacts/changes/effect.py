"""A signed amendment takes effect on its day: what it says becomes what the convention is, and not before.

Past versions stay as they are; which one reads on a day is in `documents.versions`.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from etabli.accounts.models import Organisation, User
from etabli.audit.actions import record
from etabli.pacts import access
from etabli.pacts.changes.difference import Change, changes, targets_of
from etabli.pacts.models import Amendment, Convention, Party, Subject, Target, Version
from etabli.pacts.workflow import OVER, AmendmentState, State, check_amendment_move


def signed_by_all(*, amendment: Amendment, by: User, organisation_id: int) -> None:
    """Called by the last signature, in its transaction: it applies at once when its day has come."""
    check_amendment_move(AmendmentState(amendment.state), AmendmentState.SIGNED)
    amendment.state = AmendmentState.SIGNED
    amendment.save(update_fields=["state"])
    record(by=by, verb="amendment.signed", about=amendment, organisation_id=organisation_id)
    apply_due(convention=amendment.convention, on=timezone.localdate(), by=by)


@transaction.atomic
def apply_all(*, on: date) -> int:
    """The machine's move: every amendment whose day has come. Returns how many took effect."""
    waiting = Convention.objects.filter(
        pk__in=Amendment.objects.filter(state=AmendmentState.SIGNED, effective_on__lte=on).values("convention")
    ).exclude(state__in=OVER)
    return sum(apply_due(convention=one, on=on) for one in waiting.select_for_update().order_by("pk"))


def catch_up(convention: Convention) -> Convention:
    """Of a locked convention, what applies by today applies before anything is written from it, round or not."""
    if State(convention.state) not in OVER:
        apply_due(convention=convention, on=timezone.localdate())
    return convention


def apply_due(*, convention: Convention, on: date, by: User | None = None) -> int:
    """The amendments of one convention that apply by a day, in the order in which they were made."""
    rows = convention.amendments.filter(state=AmendmentState.SIGNED, effective_on__lte=on)
    due = list(rows.select_related("base", "perimeter", "made_by").order_by("number"))
    for amendment in due:
        amendment.convention = convention
        _take_effect(amendment, amendment.versions.order_by("-number")[0], by)
    return len(due)


def _take_effect(amendment: Amendment, version: Version, by: User | None) -> None:
    check_amendment_move(AmendmentState(amendment.state), AmendmentState.IN_FORCE)
    convention, content = amendment.convention, version.content
    before = amendment.base
    head = content["convention"]
    convention.starts_on, convention.ends_on = (date.fromisoformat(head[name]) for name in ("starts_on", "ends_on"))
    convention.budget, convention.clauses = head["budget"], head["clauses"]
    if amendment.perimeter:
        convention.perimeter = amendment.perimeter
    if convention.state == State.EXPIRED and convention.ends_on >= amendment.effective_on:
        convention.state = State.ACTIVE
    convention.save()
    _set_parties(amendment, version)
    told = changes(before.content, content, amendment.effective_on)
    _set_targets(amendment, version, told)
    amendment.state = AmendmentState.IN_FORCE
    amendment.save(update_fields=["state"])
    record(
        by=by, verb="amendment.in_force", about=amendment, organisation_id=access.pilot_of(convention),
        changes={"sha256": [before.sha256, version.sha256], "lines": [0, len(told)]},
    )  # fmt: skip


def _set_parties(amendment: Amendment, version: Version) -> None:
    named = {row["siren"]: row for row in version.content["parties"]}
    for party in amendment.convention.parties.select_related("organisation"):
        row = named.get(party.organisation.siren)
        if row is None:
            if not party.called:
                party.left_on = party.left_on or amendment.effective_on  # who left before keeps its day
        else:
            party.role, party.left_on, party.called = row["role"], None, False
            party.signatory_name, party.signatory_title = row["signatory_name"], row["signatory_title"]
        party.save()


def ensure_parties(amendment: Amendment) -> None:
    """A party that an amendment brings in must exist before it can sign.

    Until the amendment applies it is called, no more: none of its acts counts, nobody waits for it.
    """
    convention = amendment.convention
    known = set(convention.parties.values_list("organisation__siren", flat=True))
    for row in amendment.proposed["parties"]:
        if row["siren"] not in known:
            Party.objects.create(
                convention=convention, organisation=Organisation.objects.get(siren=row["siren"]), called=True,
                role=row["role"], signatory_name=row["signatory_name"], signatory_title=row["signatory_title"],
            )  # fmt: skip


def dismiss_parties(amendment: Amendment) -> None:
    """The amendment is not to sign any more: whom it was bringing in is no party, unless a signature must be kept."""
    convention = amendment.convention
    convention.parties.filter(called=True, signatures__isnull=True).delete()


def _set_targets(amendment: Amendment, version: Version, told: list[Change]) -> None:
    """New rows, never overwritten ones; the reason says the amendment, and that a target was lowered late."""
    old, new = targets_of(amendment.base.content), targets_of(version.content)
    marks = {change.what: change.mark for change in told if change.subject is Subject.TARGETS}
    since = _since(amendment, version)
    for key, (label, value) in new.items():
        if old.get(key, ("", ""))[1] != value:
            mark = marks.get(label, "")
            Target.objects.create(
                objective_id=key[0], year=int(key[1]), value=Decimal(value), set_by=amendment.made_by, set_at=since,
                reason=f"avenant n°\u00a0{amendment.number}" + (f", {mark}" if mark else ""),
            )  # fmt: skip


def _since(amendment: Amendment, version: Version) -> datetime:
    """Its day, or its last signature when that came later: not the passage of the round that found it."""
    day = timezone.make_aware(datetime.combine(amendment.effective_on, time()))
    return max([day, *(one.recorded_at for one in version.signatures.all())])
