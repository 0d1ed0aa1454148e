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
from etabli.pacts.dashboards import queries, screens, sentences, shared
from etabli.pacts.duties.queries import alerts as alerts_for
from etabli.pacts.former import all_as_read, as_read
from etabli.pacts.frozen import published_figures
from etabli.pacts.models import Convention
from etabli.pacts.objectives.beside import with_published
from etabli.pacts.objectives.forecast import STATUS_RULE
from etabli.pacts.objectives.pages import Link, refusal, trail, year_asked
from etabli.pacts.objectives.progress import Progress, progress
from etabli.pacts.objectives.queries import objectives_of, register_for
from etabli.pacts.objectives.standing import SIGNED, register, standings_of
from etabli.pacts.objectives.years import periods_of, whole_period, years_of
from etabli.pacts.workflow import IN_FORCE
from etabli.ui import french


def dashboard(
    reader: Reader, convention: Convention, today: date, asked: str = "", *, aloud: bool = False
) -> dict[str, Any]:
    """One pact on one page; `aloud`, on the wall of a meeting, without what waits for the reader alone.

    `asked`: the year of the address, empty for all of them. Raises Http404 for a year that the reader may not read.
    """
    days = access.last_days(reader, [convention])
    then, left = as_read(convention, days), days.get(convention.pk)
    year, today = year_asked(then, asked, left), left or today
    found = objectives_of(then, until=days)
    known = register_for(reader, then, found)
    until = queries.shown_until(periods_of(then)[year] if year else whole_period(then), today)
    standing, acts_at = queries.standing_of(reader, then, known), _acts(reader, convention, until)
    begun = until.start <= today
    with_others = shared.shared(reader, then, standing, until, known, acts_at) if begun else None
    done = queries.totals(then, standing, until, known) if begun else queries.NOTHING
    shown = progress(then, found, on=today, year=year, known=known, detail=False)
    if convention.state in SIGNED:
        shown = shared.noted(reader, shown, known)
        shown = shown if left else with_published(convention, shown)
    meeting = None if left else queries.next_meeting(convention)
    duties = [] if aloud or left else alerts_for(reader, convention, today, known)
    to_decide = [] if left else screens.to_decide(convention)
    on = f"du {french.long_date(until.start)} au {french.long_date(until.last)}"
    return {
        "title": sentences.title(then, shown, today, year),
        "links": [Link("Pactes", reverse("pacts:mine")), Link(str(convention))],
        "convention": convention,
        "lead": _lead(then),
        "figures": screens.key_figures(then, done, on, acts_at),
        "shared": with_others,
        "axes": screens.columns(shown),
        "meeting": screens.meeting_words(meeting, timezone.localtime(meeting.starts_at).date() if meeting else None),
        "year": year,
        "years": list(years_of(then, left)),
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
    then = all_as_read(found, access.last_days(reader, found))
    lines = [screens.pact_line(then[one.pk], queries.NOTHING, []) for one in found]
    running = [line for line in lines if line.convention.starts_on <= today and line.convention.state_today in IN_FORCE]
    others = [line for line in lines if line not in running]
    return {"title": "Mes pactes", "running": running, "others": others, "several": len(found) > 1,
            "may_write": reader.may(Permission.DRAFT_CONVENTION)}  # fmt: skip


def years(reader: Reader, convention: Convention, today: date) -> dict[str, Any]:
    """Objectives × years."""
    days = access.last_days(reader, [convention])
    then, left = as_read(convention, days), days.get(convention.pk)
    found = objectives_of(then, until=days)
    shown = progress(then, found, on=left or today, known=register_for(reader, then, found))
    columns = list(years_of(then, left))
    return {
        "title": f"{convention}\u00a0: les années côte à côte", "links": trail(convention), "convention": convention,
        "years": columns, "rows": screens.by_year(shown, columns, {} if left else published_figures(convention)),
    }  # fmt: skip


def comparison(reader: Reader, today: date) -> dict[str, Any]:
    """Signed pacts side by side; what several count is told under them, once."""
    signed = [one for one in queries.pacts_of(reader) if one.state in SIGNED]
    left = access.last_days(reader, signed)
    then = all_as_read(signed, left).values()
    found = [one for one in then if one.starts_on <= left.get(one.pk, one.starts_on)]
    objectives = objectives_of(*found, until=left)
    known = register(objectives)
    shown = {one.pk: list[Progress]() for one in found}
    periods = {one.pk: queries.shown_until(whole_period(one), left.get(one.pk, today)) for one in found}
    standings = standings_of(found)
    together, tells = queries.NOTHING, False
    if found:
        together, tells = queries.totals_of_all(found, standings, periods, known, reader.organisation_ids)
    for one in progress(None, objectives, on=today, known=known, detail=False, days=left):
        shown[one.objective.axis.convention_id].append(one)
    lines = [
        screens.pact_line(one, queries.totals(one, standings[one.pk], periods[one.pk], known), shown[one.pk],
                          _acts(reader, one, periods[one.pk]))
        for one in found
    ]  # fmt: skip
    return {
        "title": "Les pactes côte à côte", "links": [Link("Pactes", reverse("pacts:mine"))], "lines": lines,
        "sums": screens.sums([line.done for line in lines], together, tells=tells),
    }  # fmt: skip
