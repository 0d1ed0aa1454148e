"""The yearly convention of a framework: copied from last year's, as what is signed makes it read on its first day."""

from datetime import date

from django.db import transaction

from etabli.accounts.policies import Denied, Reader
from etabli.audit.actions import record
from etabli.pacts.changes import effect
from etabli.pacts.changes import foreseen as foreseeing
from etabli.pacts.changes.foreseen import Foreseen, Seat, departures, foreseen
from etabli.pacts.conventions import policies
from etabli.pacts.conventions.actions import locked, save_at_a_free_address, shortened
from etabli.pacts.conventions.copying import copy_axes, copy_parties
from etabli.pacts.documents import versions
from etabli.pacts.models import Convention, ConventionKind
from etabli.pacts.workflow import State
from etabli.registry.models import Perimeter
from etabli.ui import french


@transaction.atomic
def prepare_year(*, convention: Convention, by: Reader, year: int) -> Convention:
    """The yearly convention of a framework, copied from last year's, or from the framework when there is none.

    Its objectives come with the target that its model sets for that year, and no other. What is signed and applies by
    its first day is read in it; who leaves the framework by then is no party of it. Raises Denied.
    """
    framework = effect.catch_up(locked(convention.framework or convention))
    policies.check_can_steer(by, framework)
    then = foreseen(framework, max(date(year, 1, 1), framework.starts_on))
    starts_on, ends_on = max(date(year, 1, 1), then.starts_on), min(date(year, 12, 31), then.ends_on)
    if ends_on < starts_on:
        raise Denied(
            f"La convention cadre va du {french.long_date(then.starts_on)} au {french.long_date(then.ends_on)}\u00a0: "
            "choisissez une de ses années."
        )
    years = framework.years.exclude(state=State.ABANDONED)
    if years.filter(starts_on__year=year).exists():
        raise Denied(f"La convention annuelle de {year} existe déjà.")
    last = years.filter(starts_on__year__lt=year).order_by("-starts_on").first()
    model = effect.catch_up(locked(last)) if last else framework
    read = foreseen(model, starts_on) if last else then
    made = Convention(
        kind=ConventionKind.ANNUAL, framework=framework,
        perimeter=_perimeter(framework, then, read) if last else read.perimeter,
        title=f"{framework.title}\u00a0: objectifs {year}"[:200],
        short_title=shortened(f"{framework.short_title} {year}"), starts_on=starts_on, ends_on=ends_on,
        preamble=model.preamble, clauses=read.clauses,
    )  # fmt: skip
    save_at_a_free_address(made, f"{framework.slug} {year}")
    copy_parties(_seats(framework, read, starts_on), made)
    copy_axes(model, made, by, year, read.targets)
    record(
        by=by.user, verb="convention.prepared", about=made, organisation_id=by.organisation.pk,
        changes={"model": [None, model.pk], "year": [None, year]},
    )  # fmt: skip
    return made


def announced(convention: Convention) -> str:
    """What the officer is told before a year is prepared: which amendments it will read, and which ones it will not."""
    return foreseeing.announced(
        foreseeing.signed_ahead(convention.framework or convention),
        "Le projet d’une année qui commence ce jour-là ou plus tard en tient déjà compte. Une année commencée avant "
        "n’en tient pas compte\u00a0: changez-la dans le projet s’il le faut.",
    )


def _perimeter(framework: Convention, then: Foreseen, read: Foreseen) -> Perimeter:
    """A year that kept to the communes of its framework follows them; one that has its own keeps them."""
    signed = {version.content["perimeter"]["sha256"] for version in versions.signed(framework)}
    return then.perimeter if read.perimeter.sha256 in signed else read.perimeter


def _seats(framework: Convention, read: Foreseen, day: date) -> list[Seat]:
    gone = departures(framework)
    return [seat for seat in read.seats if gone.get(seat.organisation.pk, date.max) > day]
