"""A signed amendment takes effect: what it says becomes what the convention is. Past versions stay as they are."""

from datetime import date, timedelta
from decimal import Decimal

from etabli.accounts.models import Organisation
from etabli.accounts.policies import Reader
from etabli.audit.actions import record
from etabli.pacts.amendments.difference import Change, changes, targets_of
from etabli.pacts.models import Amendment, Party, Subject, Target, Version
from etabli.pacts.workflow import AmendmentState, State, check_amendment_move


def take_effect(*, amendment: Amendment, version: Version, by: Reader) -> None:
    """Called by the last signature, in its transaction."""
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
    _set_targets(before, version, told, by)
    amendment.state = AmendmentState.IN_FORCE
    amendment.save(update_fields=["state"])
    record(
        by=by.user, verb="amendment.in_force", about=amendment, organisation_id=by.organisation.pk,
        changes={"sha256": [before.sha256, version.sha256], "lines": [0, len(told)]},
    )  # fmt: skip


def _set_parties(amendment: Amendment, version: Version) -> None:
    named = {row["siren"]: row for row in version.content["parties"]}
    for party in amendment.convention.parties.select_related("organisation"):
        row = named.get(party.organisation.siren)
        if row is None:
            party.left_on = amendment.effective_on
        else:
            party.role, party.left_on = row["role"], None
            party.signatory_name, party.signatory_title = row["signatory_name"], row["signatory_title"]
        party.save()


def ensure_parties(amendment: Amendment) -> None:
    """A party that an amendment brings in must exist before it can sign.

    Until the last signature it left before the convention began: none of its acts counts, and nobody waits for it.
    """
    convention = amendment.convention
    known = set(convention.parties.values_list("organisation__siren", flat=True))
    never = convention.starts_on - timedelta(1)
    for row in amendment.proposed["parties"]:
        if row["siren"] not in known:
            Party.objects.create(
                convention=convention, organisation=Organisation.objects.get(siren=row["siren"]), left_on=never,
                role=row["role"], signatory_name=row["signatory_name"], signatory_title=row["signatory_title"],
            )  # fmt: skip


def dismiss_parties(amendment: Amendment) -> None:
    """The amendment is not to sign any more: whom it was bringing in is no party, unless a signature must be kept."""
    convention = amendment.convention
    convention.parties.filter(left_on__lt=convention.starts_on, signatures__isnull=True).delete()


def _set_targets(before: Version, version: Version, told: list[Change], by: Reader) -> None:
    """New rows, never overwritten ones; the reason says the amendment, and that a target was lowered late."""
    old, new = targets_of(before.content), targets_of(version.content)
    marks = {change.what: change.mark for change in told if change.subject is Subject.TARGETS}
    number = version.amendment.number if version.amendment else 0
    for key, (label, value) in new.items():
        if old.get(key, ("", ""))[1] != value:
            mark = marks.get(label, "")
            Target.objects.create(
                objective_id=key[0], year=int(key[1]), value=Decimal(value), set_by=by.user,
                reason=f"avenant n°\u00a0{number}" + (f", {mark}" if mark else ""),
            )  # fmt: skip
