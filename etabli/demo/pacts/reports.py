"""The yearly reports of a pact: frozen, written, read by the partner, published, on their days and by the actions."""

from datetime import date, timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from etabli.accounts.policies import Reader
from etabli.demo.pacts import clock, people
from etabli.demo.pacts.conventions import SHEET, Cast, officer_of
from etabli.demo.pacts.tables import Pact, Told, Yearly
from etabli.pacts.models import Convention, Report, Section
from etabli.pacts.reports import actions, enclosures, texts
from etabli.pacts.reports.outputs import gauge_png
from etabli.papers import typeset

PARTNER = "Basile"
SHOP = Path(__file__).with_name("atelier.svg")
UNTIL = date(2049, 12, 31)


def write(pact: Pact, convention: Convention, yearly: Yearly, cast: Cast) -> Report:
    """A report, as far as it goes."""
    officer = officer_of(pact, cast)
    with clock.on(yearly.frozen_on):
        cut_off = yearly.cut_off or date(yearly.year, 12, 31)
        report = actions.freeze(convention=convention, year=yearly.year, cut_off=cut_off, by=officer)
        actions.draft(report=report, by=officer)
    with clock.on(yearly.frozen_on + timedelta(days=10)):
        for told in yearly.told:
            _tell(report.sections.get(axis__number=told.axis), told, officer)
    if yearly.published_on:
        _publish(pact, report, yearly, cast)
    return report


def _tell(section: Section, told: Told, officer: Reader) -> None:
    texts.write(section=section, by=officer, comment=told.comment)
    if told.quotation:
        made = enclosures.add_quotation(
            section=section, by=officer, text=told.quotation, said_by=told.said_by, consent=_consent(told.said_by),
            consent_until=UNTIL,
        )  # fmt: skip
        if told.withdrawn:
            enclosures.withdraw(enclosure=made, by=officer)
    if told.photo:
        shop = ContentFile(gauge_png(SHOP.read_text(encoding="utf-8")), name="devanture.png")
        enclosures.add_photo(
            section=section, by=officer, photo=shop, alt=told.photo, consent=_consent(told.photo), consent_until=UNTIL
        )  # fmt: skip


def _consent(who: str) -> "ContentFile[bytes]":
    """The written consent of somebody who does not exist."""
    lines = ["Accord inventé pour la démonstration.", "Aucun document réel n’est derrière."]
    data = {"title": "Accord de publication", "figure": who, "lines": lines}
    return ContentFile(typeset.pdf(SHEET, data, made_on=UNTIL), name="accord.pdf")


def _publish(pact: Pact, report: Report, yearly: Yearly, cast: Cast) -> None:
    """Read by the partner, who asks one correction; validated on both sides; published."""
    officer, published = officer_of(pact, cast), yearly.published_on
    partner = people.acting(cast[1][PARTNER], cast[0][pact.parties[1].organisation])
    assert published is not None  # noqa: S101 - asked by the caller
    with clock.on(published - timedelta(days=21)):
        actions.submit(report=report, by=officer)
    with clock.on(published - timedelta(days=14)):
        section = report.sections.get(axis__number=yearly.told[0].axis)
        remark = actions.ask_correction(section=section, by=partner, text=yearly.asked)
    with clock.on(published - timedelta(days=10)):
        actions.answer(remark=remark, by=officer, answer=yearly.answer)
        actions.submit(report=report, by=officer)
        actions.agree(report=report, by=officer)
    with clock.on(published - timedelta(days=3)):
        actions.agree(report=report, by=partner)
    with clock.on(published):
        actions.publish(report=report, by=officer)
