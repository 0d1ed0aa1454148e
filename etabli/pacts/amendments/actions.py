"""Writes of amendments: open, change, put to sign, take back, abandon. Taking effect is in `changes.effect`."""

import copy
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.amendments import perimeter, policies
from etabli.pacts.changes import difference, effect
from etabli.pacts.conventions.actions import check_once, locked, organisation_of
from etabli.pacts.conventions.policies import check_can_steer
from etabli.pacts.documents import versions
from etabli.pacts.documents.snapshot import Content
from etabli.pacts.models import Amendment, Convention, PartyRole, Subject
from etabli.pacts.workflow import AmendmentState, IllegalTransition, check_amendment_move
from etabli.ui import french
from etabli.ui.seen import Still, whatever

Values = Mapping[Subject, Any]
Writer = Callable[[Amendment, Content, Any], None]


@transaction.atomic
def open_amendment(
    *, convention: Convention, by: Reader, subjects: Sequence[Subject], reason: str, effective_on: date,
    leaving: str = "",
) -> Amendment:  # fmt: skip
    """A copy of what was signed last, to be changed where the subjects allow and nowhere else.

    `leaving`: the SIREN of a party that the first proposal already takes out. Raises Denied.
    """
    convention = effect.catch_up(locked(convention))
    policies.check_can_amend(by, convention)
    if not subjects:
        raise Denied("Dites ce que l’avenant change\u00a0: choisissez au moins un objet.")
    base = versions.signed(convention)[-1]
    first, last = (date.fromisoformat(base.content["convention"][name]) for name in ("starts_on", "ends_on"))
    if not first <= effective_on <= last:
        raise Denied("Un avenant s’applique pendant la convention, entre son début et sa fin.")
    if effective_on < base.applies_from:
        raise Denied(
            "Un avenant ne s’applique pas avant celui qu’il complète\u00a0: au plus tôt le "
            f"{french.long_date(base.applies_from)}."
        )
    made = Amendment(
        convention=convention, base=base, number=convention.amendments.count() + 1, reason=reason.strip(),
        subjects=sorted(Subject(one).value for one in subjects), effective_on=effective_on,
        proposed={key: copy.deepcopy(part) for key, part in base.content.items() if key != "amendment"},
        made_by=by.user,
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(
        by=by.user, verb="amendment.opened", about=made, organisation_id=by.organisation.pk,
        changes={"subjects": [[], made.subjects]},
    )  # fmt: skip
    return write(amendment=made, by=by, values=_without(made, leaving)) if leaving else made


def _without(made: Amendment, siren: str) -> Values:
    return {Subject.PARTIES: [row for row in made.proposed["parties"] if row["siren"] != siren]}


def _changed(amendment: Amendment) -> list[str]:
    """The subjects on which its proposal changes the text."""
    told = difference.changes(amendment.base.content, amendment.proposed, amendment.effective_on)
    return sorted({change.subject.value for change in told})


@transaction.atomic
def write(*, amendment: Amendment, by: Reader, values: Values, still: Still = whatever) -> Amendment:
    """Change the proposal: `{Subject.BUDGET: 15_000_000, Subject.TARGETS: {(12, "2019"): "90"}, …}`.

    `still` is asked of the locked row, to write over no other proposal than the one that the author was shown.
    """
    effect.catch_up(locked(amendment.convention))
    amendment = Amendment.objects.select_for_update(of=("self",)).select_related("convention").get(pk=amendment.pk)
    policies.check_can_write(by, amendment)
    still(amendment)
    content = copy.deepcopy(amendment.proposed)
    writers: dict[Subject, Writer] = {**_WRITERS, Subject.PARTIES: partial(_write_parties, by)}
    for subject in Subject:  # dates before the targets of their years
        if subject in values:
            policies.check_subject(amendment, subject)
            writers[subject](amendment, content, values[subject])
    before = _changed(amendment)
    amendment.proposed = content
    amendment.save()
    record(
        by=by.user, verb="amendment.written", about=amendment, organisation_id=by.organisation.pk,
        changes={"subjects": [before, _changed(amendment)]},
    )  # fmt: skip
    return amendment


def _write_dates(amendment: Amendment, content: Content, value: tuple[date, date]) -> None:
    first, last = value
    if last < first:
        raise Denied("Une convention se termine après son début.")
    content["convention"] |= {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    signed = difference.targets_of(amendment.base.content)
    for objective in difference.objectives_of(content):  # a year given up again keeps no target
        objective["targets"] = {
            year: target for year, target in objective["targets"].items()
            if int(year) in difference.years_in(content) or (objective["id"], year) in signed
        }  # fmt: skip


def _write_budget(_amendment: Amendment, content: Content, value: int | None) -> None:
    content["convention"]["budget"] = value


def _write_clauses(_amendment: Amendment, content: Content, value: str) -> None:
    content["convention"]["clauses"] = value.strip()


def _write_targets(amendment: Amendment, content: Content, value: Mapping[tuple[int, str], str]) -> None:
    """An objective of the convention, a year of the amendment: others are ignored, nothing else is reachable.

    An amendment of dates alone gives targets to the years that it brings, and to no other.
    """
    open_years = {str(year) for year in difference.years_in(content)}
    if Subject.TARGETS not in amendment.subjects:
        open_years = {str(year) for year in difference.new_years(amendment.base.content, content)}
    for objective in difference.objectives_of(content):
        writable = open_years | (set(objective["targets"]) if Subject.TARGETS in amendment.subjects else set())
        wanted = {
            year: target for (pk, year), target in value.items()
            if pk == objective["id"] and target and year in writable
        }  # fmt: skip
        objective["targets"] = dict(sorted({**objective["targets"], **wanted}.items()))


def _write_parties(by: Reader, _amendment: Amendment, content: Content, value: Sequence[Mapping[str, Any]]) -> None:
    check_once(value)
    known = {party["siren"]: party for party in content["parties"]}
    if [row["siren"] for row in value if row["role"] == PartyRole.PILOT] != [
        party["siren"] for party in content["parties"] if party["role"] == PartyRole.PILOT
    ]:
        raise Denied("Un avenant ne change pas le pilote\u00a0: c’est une autre convention.")
    blank = {"deliberation_number": "", "deliberation_on": ""}
    content["parties"] = [
        {
            **blank, **known.get(row["siren"], {}), "siren": row["siren"], "name": organisation_of(row, by).name,
            "role": row["role"], "signatory_name": row["signatory_name"], "signatory_title": row["signatory_title"],
        }
        for row in value
    ]  # fmt: skip


_WRITERS: dict[Subject, Writer] = {
    Subject.DATES: _write_dates,
    Subject.BUDGET: _write_budget,
    Subject.CLAUSE: _write_clauses,
    Subject.PERIMETER: perimeter.write,
    Subject.TARGETS: _write_targets,
}


@transaction.atomic
def move(*, amendment: Amendment, by: Reader, to: AmendmentState) -> Amendment:
    """Put to sign (a version is frozen), take back to draft, or abandon."""
    effect.catch_up(locked(amendment.convention))
    amendment = Amendment.objects.select_for_update(of=("self",)).select_related("convention").get(pk=amendment.pk)
    check_can_steer(by, amendment.convention)
    if to in (AmendmentState.SIGNED, AmendmentState.IN_FORCE):
        raise Denied("Un avenant entre en vigueur de lui-même, le jour qu’il dit, après la dernière signature.")
    try:
        check_amendment_move(AmendmentState(amendment.state), to)
    except IllegalTransition as error:
        raise Denied(str(error)) from error
    if to is AmendmentState.TO_SIGN:
        if not difference.changes(amendment.base.content, amendment.proposed, amendment.effective_on):
            raise Denied("Cet avenant ne change encore rien\u00a0: il n’y a rien à signer.")
        effect.ensure_parties(amendment)
        versions.freeze(
            convention=amendment.convention, by=by.user, applies_from=amendment.effective_on,
            content=difference.whole(amendment), amendment=amendment,
        )  # fmt: skip
    else:
        effect.dismiss_parties(amendment)
    record(
        by=by.user, verb="amendment.moved", about=amendment, organisation_id=by.organisation.pk,
        changes={"state": [amendment.state, to.value]},
    )  # fmt: skip
    amendment.state = to
    amendment.save(update_fields=["state"])
    return amendment
