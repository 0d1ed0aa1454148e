"""Photos and quotations of a section, with the written consent without which they are neither printed nor published."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.audit.actions import record
from etabli.pacts.models import Photo, Quotation, Section
from etabli.pacts.reports import policies
from etabli.pacts.reports.actions import locked
from etabli.papers import storage, uploads
from etabli.papers.models import Document


@transaction.atomic
def add_quotation(
    *, section: Section, by: Reader, text: str, said_by: str, consent: Any = None, consent_until: date | None = None
) -> Quotation:
    """Keep words. Raises Denied, BadFile."""
    policies.check_can_write(by, locked(section.report))
    made = Quotation(
        section=section, text=text.strip(), said_by=said_by.strip(), consent=_consent(consent, by),
        consent_until=consent_until,
    )  # fmt: skip
    _added(made, by, "report.quotation")
    return made


@transaction.atomic
def add_photo(
    *, section: Section, by: Reader, photo: Any, alt: str, consent: Any = None, consent_until: date | None = None
) -> Photo:
    """Keep a photo. Raises Denied, BadFile."""
    policies.check_can_write(by, locked(section.report))
    document = stored(photo, by, storage.PICTURES)
    made = Photo(
        section=section, document=document, alt=alt.strip(), consent=_consent(consent, by), consent_until=consent_until
    )  # fmt: skip
    _added(made, by, "report.photo")
    return made


def _consent(given: Any, by: Reader) -> Document | None:
    return stored(given, by, storage.PAGES) if given else None


def stored(given: Any, by: Reader, kinds: frozenset[str]) -> Document:
    """A file kept for the reader's organisation."""
    return uploads.keep(given, by=by.user, organisation_id=by.organisation.pk, kinds=kinds)


def _added(made: Photo | Quotation, by: Reader, verb: str) -> None:
    made.full_clean()
    made.save()
    record(by=by.user, verb=verb, about=made, organisation_id=by.organisation.pk)


@transaction.atomic
def withdraw(*, enclosure: Photo | Quotation, by: Reader) -> None:
    """Somebody took their consent back: nothing shows it any more, whatever the state; a line says that it was."""
    policies.check_can_correct(by, enclosure.section.report)
    if enclosure.removed_at is not None:
        return
    enclosure.removed_at = timezone.now()
    enclosure.save(update_fields=["removed_at"])
    record(by=by.user, verb="report.withdrawn", about=enclosure, organisation_id=by.organisation.pk)


@transaction.atomic
def discard(*, enclosure: Photo | Quotation, by: Reader) -> None:
    """It should not have been added: gone without a line, while the text is being written. Raises Denied."""
    policies.check_can_write(by, locked(enclosure.section.report))
    record(by=by.user, verb="report.discarded", about=enclosure, organisation_id=by.organisation.pk)
    enclosure.delete()
