"""Writes of reports: freeze, then from one state to the next, and the lines beside frozen figures.

What is written of each axis is in `texts.py`, what is added to it in `enclosures.py`.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.awaited import waiting_parties
from etabli.pacts.changes import effect
from etabli.pacts.models import (
    Convention,
    FigureCorrection,
    FrozenFigure,
    FrozenRow,
    OpenedRow,
    Report,
    ReportAgreement,
    ReportMove,
    Section,
    SectionRemark,
)
from etabli.pacts.objectives import years
from etabli.pacts.reports import freezing, policies, reading
from etabli.pacts.reports.instant import one_instant
from etabli.pacts.reports.seal import report_fingerprint
from etabli.pacts.workflow import AmendmentState, IllegalTransition, ReportState, check_report_move
from etabli.ui import french

BATCH = 5000


def freeze(*, convention: Convention, year: int, cut_off: date, by: Reader) -> Report:
    """Count every objective of a year and keep it for ever, with its rows. Raises Denied."""
    _check_first_freeze(by, convention, year)
    convention = _caught_up(convention)
    applied = _applied(convention)
    counted = _counted(Report(convention=convention, year=year, cut_off=cut_off), by)
    with transaction.atomic():
        convention = _held(convention)
        _check_first_freeze(by, convention, year)
        _check_still(convention, applied)
        return _kept(counted, by)


def _held(convention: Convention) -> Convention:
    return Convention.objects.select_for_update().get(pk=convention.pk)


@transaction.atomic
def _caught_up(convention: Convention) -> Convention:
    """What should apply already does before anything is counted, whether or not the daily round has passed."""
    return effect.catch_up(_held(convention))


def _applied(convention: Convention) -> int:
    return convention.amendments.filter(state=AmendmentState.IN_FORCE).count()


def _check_still(convention: Convention, applied: int) -> None:
    """Raise Denied when an amendment has applied since: targets, parties and communes were read in two states."""
    if _applied(convention) != applied:
        raise Denied("Un avenant s’est appliqué pendant le calcul\u00a0: rien n’est figé. Figez de nouveau.")


def _check_first_freeze(by: Reader, convention: Convention, year: int) -> None:
    policies.check_can_prepare(by, convention)
    if Report.objects.filter(convention=convention, year=year).exists():
        raise Denied(f"Le bilan {year} est déjà figé. Une erreur se corrige par une ligne à côté du chiffre.")


def freeze_again(*, report: Report, cut_off: date, reason: str, by: Reader) -> Report:
    """Count again, on another day or because of what was written down late; what was frozen before stays readable.

    Texts, photos, words and corrections still asked go with the new one, which everybody reads again. Raises Denied.
    """
    policies.check_can_freeze_again(by, report)
    if not reason.strip():
        raise Denied("Dites pourquoi les chiffres sont figés de nouveau.")
    convention = _caught_up(report.convention)
    applied = _applied(convention)
    counted = _counted(
        Report(convention=convention, year=report.year, cut_off=cut_off, number=report.number + 1,
               reason=reason.strip()),
        by,
    )  # fmt: skip
    with transaction.atomic():
        convention = _held(convention)
        report = locked(report)
        policies.check_can_freeze_again(by, report)
        _check_still(convention, applied)
        made = _kept(counted, by)
        for section in report.sections.all():
            _carried(section, made)
    return made


def _carried(section: Section, to: Report) -> None:
    """The same text in the new report, where the axis still has an objective."""
    new = to.sections.filter(axis=section.axis_id).first()
    if new is None:
        return
    new.comment = section.comment
    new.save(update_fields=["comment"])
    rows: list[Any] = [*section.photos.all(), *section.quotations.all(), *section.remarks.filter(answered_at=None)]
    for row in rows:
        row.pk, row.section = None, new
        row._state.adding = True  # noqa: SLF001 - how Django copies a row
        row.save()


Figures = list[tuple[FrozenFigure, freezing.Counted]]


def _counted(report: Report, by: Reader) -> tuple[Report, Figures]:
    """All that the freeze says, read at one instant and not written yet: figures are counted apart from their rows.

    Nothing is locked meanwhile: whoever writes an act does not wait for it.
    """
    convention, year = report.convention, report.year
    _check_dates(convention, year, report.cut_off)
    with one_instant():
        several = freezing.counted(convention, year, report.cut_off)
        if not several:
            raise Denied("Cette convention n’a aucun objectif\u00a0: il n’y a rien à compter.")
        report.head, report.decisions, report.store, report.frozen_by = (
            freezing.head(convention, year, report.cut_off),
            freezing.decisions(convention, year, report.cut_off),
            freezing.store_version(),
            by.user,
        )
        figures = freezing.figures(report, several)
    report.sha256 = report_fingerprint(report, figures)
    return report, list(zip(figures, several, strict=True))


def _kept(counted: tuple[Report, Figures], by: Reader) -> Report:
    report, figures = counted
    report.full_clean()
    report.save()
    for figure, one in figures:
        figure.save()
        rows = [FrozenRow(figure=figure, act_id=pk) for pk in one.acts]
        rows += [FrozenRow(figure=figure, evidence_id=pk) for pk in one.evidence]
        FrozenRow.objects.bulk_create(rows, batch_size=BATCH)
        opened = [OpenedRow(figure=figure, act_id=pk) for pk in one.opened]
        OpenedRow.objects.bulk_create(opened, batch_size=BATCH)
    for axis in {figure.axis_id for figure, _ in figures}:
        Section.objects.create(report=report, axis_id=axis)
    _arrive(report, ReportState.FROZEN, by)
    return report


def _check_dates(convention: Convention, year: int, cut_off: date) -> None:
    if year not in years.years_of(convention):
        raise Denied(f"La convention ne court pas en {year}.")
    if cut_off > timezone.localdate():
        raise Denied("La date d’arrêt est à venir\u00a0: attendez ce jour, ou choisissez-en un passé.")
    first = years.periods_of(convention)[year].start
    if cut_off < first:
        raise Denied(f"La date d’arrêt précède l’année du bilan, qui commence le {french.long_date(first)}.")


def _arrive(report: Report, state: ReportState, by: Reader) -> ReportMove:
    before = policies.state_of(report).value if state is not ReportState.FROZEN else None
    made = ReportMove.objects.create(report=report, state=state, by=by.user, organisation=by.organisation)
    record(
        by=by.user, verb=f"report.{state.value}", about=report, organisation_id=by.organisation.pk,
        changes={"state": [before, state.value]},
    )  # fmt: skip
    return made


def locked(report: Report) -> Report:
    """The report, which nobody else moves nor freezes again until the end of the transaction. Raises Denied."""
    held = Report.objects.select_for_update(of=("self",)).select_related("convention").get(pk=report.pk)
    policies.check_is_current(held)
    return held


def _go(report: Report, to: ReportState, by: Reader) -> ReportMove:
    try:
        check_report_move(policies.state_of(report), to)
    except IllegalTransition as error:
        raise Denied(str(error)) from error
    return _arrive(report, to, by)


@transaction.atomic
def draft(*, report: Report, by: Reader) -> Report:
    """Begin to write around the frozen figures."""
    report = locked(report)
    policies.check_can_prepare(by, report.convention)
    _go(report, ReportState.DRAFTING, by)
    return report


@transaction.atomic
def submit(*, report: Report, by: Reader) -> Report:
    """Give the text to the other parties; every correction asked has its answer first."""
    report = locked(report)
    policies.check_can_prepare(by, report.convention)
    waiting = open_remarks(report)
    if waiting:
        asked = french.counted(waiting, "correction demandée", "corrections demandées")
        raise Denied(f"Il manque encore la réponse à {asked}.")
    _go(report, ReportState.CROSS_READING, by)
    return report


def open_remarks(report: Report) -> int:
    """Corrections that wait for the pilot."""
    return SectionRemark.objects.filter(section__report=report, answered_at__isnull=True).count()


@transaction.atomic
def ask_correction(*, section: Section, by: Reader, text: str) -> SectionRemark:
    """A party asks to correct a section: the report goes back to its author."""
    report = locked(section.report)
    policies.check_can_read_across(by, report)
    if not text.strip():
        raise Denied("Écrivez ce qu’il faut corriger.")
    made = SectionRemark.objects.create(
        section=section, organisation=by.organisation, author=by.user, text=text.strip()
    )  # fmt: skip
    _go(report, ReportState.TO_CORRECT, by)
    return made


@transaction.atomic
def answer(*, remark: SectionRemark, by: Reader, answer: str) -> SectionRemark:
    """What was done of a correction asked."""
    policies.check_can_write(by, locked(remark.section.report))
    if not answer.strip():
        raise Denied("Répondez en une phrase\u00a0: l’autre partie la lira.")
    remark.answer, remark.answered_at = answer.strip(), timezone.now()
    remark.save(update_fields=["answer", "answered_at"])
    record(by=by.user, verb="report.answered", about=remark, organisation_id=by.organisation.pk)
    return remark


@transaction.atomic
def agree(*, report: Report, by: Reader) -> Report:
    """The reader's parties validate this reading; the last one makes the report valid."""
    report = locked(report)
    parties = policies.check_can_read_across(by, report)
    move = reading.last_reading(report)
    for party in parties:
        ReportAgreement.objects.get_or_create(move=move, party=party, defaults={"by": by.user})
    record(by=by.user, verb="report.agreed", about=report, organisation_id=by.organisation.pk)
    complete(report, by)
    return report


def complete(report: Report, by: Reader) -> None:
    """Valid once nobody is awaited any more."""
    if not waiting_for(report):
        _go(report, ReportState.VALIDATED, by)


def waiting_for(report: Report) -> list[str]:
    """Short names of the parties that have not validated the present reading."""
    return [one.organisation.short_name for one in waiting_parties(report)]


@transaction.atomic
def publish(*, report: Report, by: Reader) -> Report:
    """Open the public page, aggregated."""
    report = locked(report)
    policies.check_can_publish(by, report)
    _go(report, ReportState.PUBLISHED, by)
    return report


@transaction.atomic
def correct(*, figure: FrozenFigure, by: Reader, value: Decimal, reason: str) -> FigureCorrection:
    """A line beside a frozen figure, with its author and its reason; the figure does not change."""
    policies.check_can_correct(by, locked(figure.report))
    made = FigureCorrection(
        figure=figure, value=value, reason=reason.strip(), author=by.user, organisation=by.organisation
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(
        by=by.user, verb="report.corrected", about=figure, organisation_id=by.organisation.pk,
        changes={"correction": [None, str(value)]},
    )  # fmt: skip
    return made
