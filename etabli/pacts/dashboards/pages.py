"""What the dashboards show, put together from the reads."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.accounts.roles import Permission
from etabli.facts import Period
from etabli.pacts.dashboards import queries, screens, sentences
from etabli.pacts.models import Convention
from etabli.pacts.objectives.forecast import STATUS_RULE
from etabli.pacts.objectives.pages import Link, refusal, trail
from etabli.pacts.objectives.progress import progress
from etabli.pacts.objectives.queries import objectives_of, register_for
from etabli.pacts.objectives.standing import SIGNED, standings_of
from etabli.pacts.objectives.years import periods_of, whole_period, years_of
from etabli.pacts.workflow import IN_FORCE
from etabli.ui import french


def dashboard(reader: Reader, convention: Convention, today: date, year: int | None) -> dict[str, Any]:
    """One pact on one page."""
    found = objectives_of(convention)
    known = register_for(reader, convention, found)
    period = periods_of(convention)[year] if year else whole_period(convention)
    until = queries.shown_until(period, today)
    done = queries.totals(convention, queries.standing_of(reader, convention, known), until, known)
    shown = progress(convention, found, on=today, year=year, known=known, detail=False)
    meeting = queries.next_meeting(convention)
    alerts = [*screens.to_decide(convention), *screens.alerts(shown)]
    on = f"du {french.long_date(until.start)} au {french.long_date(until.last)}"
    return {
        "title": sentences.title(convention, shown, today, year),
        "links": [Link("Pactes", reverse("pacts:mine")), Link(str(convention))],
        "convention": convention,
        "lead": _lead(convention),
        "figures": screens.key_figures(convention, done, on, _acts(reader, convention, until)),
        "axes": screens.columns(shown),
        "alerts": alerts[: screens.MOST_ALERTS],
        "more": len(alerts[screens.MOST_ALERTS :]),
        "meeting": screens.meeting_words(meeting, timezone.localtime(meeting.starts_at).date() if meeting else None),
        "year": year,
        "years": list(years_of(convention)),
        "may_write": reader.may(Permission.DRAFT_CONVENTION) and not refusal(reader, convention),
        "status_rule": STATUS_RULE,
        "shown": shown,
    }


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
    lines = [screens.pact_line(one, queries.NOTHING, []) for one in found]
    running = [line for line in lines if line.convention.starts_on <= today and line.convention.state_today in IN_FORCE]
    others = [line for line in lines if line not in running]
    return {"title": "Mes pactes", "running": running, "others": others, "several": len(found) > 1,
            "may_write": reader.may(Permission.DRAFT_CONVENTION)}  # fmt: skip


def years(reader: Reader, convention: Convention, today: date) -> dict[str, Any]:
    """Objectives × years."""
    found = objectives_of(convention)
    shown = progress(convention, found, on=today, known=register_for(reader, convention, found))
    columns = list(years_of(convention))
    return {
        "title": f"{convention}\u00a0: les années côte à côte", "links": trail(convention), "convention": convention,
        "years": columns, "rows": screens.by_year(shown, columns),
    }  # fmt: skip


def comparison(reader: Reader, today: date) -> dict[str, Any]:
    """Signed pacts side by side; firms helped by several are counted once below."""
    found = [one for one in queries.pacts_of(reader) if one.state in SIGNED]
    standings = standings_of(found)
    lines = []
    for one in found:
        objectives = objectives_of(one)
        known = register_for(reader, one, objectives)
        shown = progress(one, objectives, on=today, known=known, detail=False)
        period = queries.shown_until(whole_period(one), today)
        lines.append(screens.pact_line(one, queries.totals(one, standings[one.pk], period), shown))
    together = queries.firms_of_all(found, standings) if found else 0
    added = sum(line.done.firms for line in lines)
    return {
        "title": "Les pactes côte à côte", "links": [Link("Pactes", reverse("pacts:mine"))], "lines": lines,
        "together": together, "added": added, "repeated": added - together,
    }  # fmt: skip
