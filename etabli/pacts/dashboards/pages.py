"""What the dashboards show, put together from the reads."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.facts import Period
from etabli.pacts import access
from etabli.pacts.conventions.queries import as_read
from etabli.pacts.dashboards import queries, screens, sentences, shared
from etabli.pacts.duties.queries import alerts as alerts_for
from etabli.pacts.frozen import published_figures
from etabli.pacts.models import Convention
from etabli.pacts.objectives.beside import with_published
from etabli.pacts.objectives.forecast import STATUS_RULE
from etabli.pacts.objectives.pages import Link, refusal, trail
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of, register_for
from etabli.pacts.objectives.standing import SIGNED, register, standings_of
from etabli.pacts.objectives.years import periods_of, whole_period, years_of
from etabli.pacts.workflow import IN_FORCE
from etabli.ui import french


def dashboard(
    reader: Reader, convention: Convention, today: date, year: int | None, *, aloud: bool = False
) -> dict[str, Any]:
    """One pact on one page; `aloud`, on the wall of a meeting, without what waits for the reader alone.

    `today` is the last day of the reader's organisation as a party, for who left.
    """
    left = access.left_on(reader, convention)
    found, today = objectives_of(convention, until=left), left or today
    known = register_for(reader, convention, found)
    then = as_read(reader, convention)
    period = periods_of(convention)[year] if year else whole_period(convention)
    until = queries.shown_until(period, today)
    standing, acts_at = queries.standing_of(reader, convention, known), _acts(reader, convention, until)
    with_others = shared.shared(reader, convention, standing, until, known, acts_at)
    done = queries.totals(convention, standing, until, known)
    shown = progress(convention, found, on=today, year=year, known=known, detail=False)
    if convention.state in SIGNED:
        shown = shared.noted(reader, shown, known)
        shown = shown if left else with_published(convention, shown)
    meeting = None if left else queries.next_meeting(convention)
    duties = [] if aloud or left else alerts_for(reader, convention, today, known)
    to_decide = [] if left else screens.to_decide(convention)
    on = f"du {french.long_date(until.start)} au {french.long_date(until.last)}"
    return {
        "title": sentences.title(convention, shown, today, year),
        "links": [Link("Pactes", reverse("pacts:mine")), Link(str(convention))],
        "convention": convention,
        "lead": _lead(then),
        "figures": screens.key_figures(then, done, on, acts_at),
        "shared": with_others,
        "axes": screens.columns(shown),
        "meeting": screens.meeting_words(meeting, timezone.localtime(meeting.starts_at).date() if meeting else None),
        "year": year,
        "years": list(years_of(then)),
        "may_write": reader.may(Permission.DRAFT_CONVENTION) and not refusal(reader, convention),
        "status_rule": STATUS_RULE,
        "shown": shown,
    } | _alerts([*to_decide, *screens.due(duties), *screens.alerts(shown)])


def _alerts(found: list[screens.Alert]) -> dict[str, Any]:
    """The first ones, and how many more."""
    return {"alerts": found[: screens.MOST_ALERTS], "more": len(found[screens.MOST_ALERTS :])}


def _acts(reader: Reader, convention: Convention, period: Period) -> str:
    """The list of the acts of a period, for who may open it."""
    if not reader.may(Permission.SEE_ACTS):
        return ""
    asked = {"pacte": convention.slug, "du": period.start.isoformat(), "au": period.last.isoformat()}
    return f"{reverse('diary:acts')}?{urlencode(asked)}"


def _lead(convention: Convention) -> str:
    communes = french.counted(len(convention.perimeter.communes), "commune")
    when = f"du {french.long_date(convention.starts_on)} au {french.long_date(convention.ends_on)}"
    return f"{convention.title} · {communes} · {when} · {convention.state_today.label}"


def mine(reader: Reader, today: date) -> dict[str, Any]:
    """The pacts of an organisation."""
    found = queries.pacts_of(reader)
    lines = [screens.pact_line(as_read(reader, one), queries.NOTHING, []) for one in found]
    running = [line for line in lines if line.convention.starts_on <= today and line.convention.state_today in IN_FORCE]
    others = [line for line in lines if line not in running]
    return {"title": "Mes pactes", "running": running, "others": others, "several": len(found) > 1,
            "may_write": reader.may(Permission.DRAFT_CONVENTION)}  # fmt: skip


def years(reader: Reader, convention: Convention, today: date) -> dict[str, Any]:
    """Objectives × years."""
    left = access.left_on(reader, convention)
    found = objectives_of(convention, until=left)
    shown = progress(convention, found, on=left or today, known=register_for(reader, convention, found))
    columns = list(years_of(as_read(reader, convention)))
    return {
        "title": f"{convention}\u00a0: les années côte à côte", "links": trail(convention), "convention": convention,
        "years": columns, "rows": screens.by_year(shown, columns, {} if left else published_figures(convention)),
    }  # fmt: skip


def comparison(reader: Reader, today: date) -> dict[str, Any]:
    """Signed pacts side by side; what several count is told under them, once."""
    found = [one for one in queries.pacts_of(reader) if one.state in SIGNED]
    objectives = objectives_of(*found)
    known = register(objectives)
    shown = {one.pk: list[Progress]() for one in found}
    days = {one.pk: access.left_on(reader, one) or today for one in found}
    periods = {one.pk: queries.shown_until(whole_period(one), days[one.pk]) for one in found}
    standings = standings_of(found)
    together, tells = queries.NOTHING, False
    if found:
        together, tells = queries.totals_of_all(found, standings, periods, known, reader.organisation_ids)
    for day in set(days.values()):  # one, but for who left some of them
        those = [one for one in objectives if days[one.axis.convention_id] == day]
        for one in progress(None, those, on=day, known=known, detail=False):
            shown[one.objective.axis.convention_id].append(one)
    lines = [
        screens.pact_line(as_read(reader, one), queries.totals(one, standings[one.pk], periods[one.pk], known),
                          shown[one.pk], _acts(reader, one, periods[one.pk]))
        for one in found
    ]  # fmt: skip
    return {
        "title": "Les pactes côte à côte", "links": [Link("Pactes", reverse("pacts:mine"))], "lines": lines,
        "sums": screens.sums([line.done for line in lines], together, tells=tells),
    }  # fmt: skip
