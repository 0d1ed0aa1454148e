"""What the dashboards print: frozen values, French already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from etabli.pacts.dashboards.queries import Totals
from etabli.pacts.duties.duty import Duty
from etabli.pacts.frozen import Published
from etabli.pacts.models import Convention, Meeting
from etabli.pacts.objectives.forecast import GROUPS, Status
from etabli.pacts.objectives.progress import Progress
from etabli.registry import queries as registry
from etabli.ui import french
from etabli.ui.gauge import amount

MOST_ALERTS = 3


@dataclass(frozen=True)
class Card:
    """The definition of a key figure, as `c-definition` prints it; `plain` is read beside the figure."""

    label: str
    plain: str
    formula: str
    field: str
    coverage: str
    caveat: str
    source: str = "Registre des actes de la plateforme."
    denominator: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """One of the four figures at the head."""

    value: str
    label: str
    comparisons: tuple[str, ...]
    card: Card
    rows: str = ""
    behind: str = ""
    on: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alert:
    """One thing to look at: what, why, and where to go."""

    title: str
    text: str
    href: str
    link: str = "le voir"


@dataclass(frozen=True)
class AxisColumn:
    """An axis and its gauges."""

    title: str
    shown: tuple[Progress, ...]


def key_figures(convention: Convention, done: Totals, on: str, acts_at: str = "") -> list[KeyFigure]:
    """Money, firms, time, communes. `acts_at`: the list of acts that they open onto, empty for who sees no row."""
    whose = "Actes des parties à la convention, dans son périmètre signé, pendant la période."
    acts = french.counted(done.acts, "acte")
    each = f"{acts} · {french.number(done.acts / done.firms, 1)} par entreprise" if done.firms else acts
    caveat = "Un acte annulé ne compte pas\u202f; un acte saisi en retard compte à sa date."
    return [
        KeyFigure(
            french.euros(convention.budget), _over(convention),
            ("montant signé" if convention.budget is not None else "aucun montant dans la convention",),
            Card("Montant de la convention", "Ce que les parties ont promis d’y consacrer.",
                 "Montant écrit dans la convention.", "Toutes les parties.",
                 "Toute la convention.", "Ce n’est ni l’engagé ni le payé.", convention.source or "Convention."), on=on,
            rows=reverse("pacts:convention", args=[convention.slug]), behind="la convention",
        ),
        KeyFigure(
            french.number(done.firms), french.agreed("entreprises aidées", done.firms), (each,),
            Card("Entreprises aidées", "Qui a reçu au moins une aide, une fois chacun.",
                 "Bénéficiaires distincts d’au moins un acte, de quelque nature qu’il soit.",
                 whose, "Chaque entreprise compte une fois, même aidée sur plusieurs axes.", caveat), on=on,
            rows=acts_at, behind="les actes",
        ),
        KeyFigure(
            f"{french.number(done.hours)}\u00a0h", "de travail des équipes", (acts,),
            Card("Temps passé", "Les heures notées par les agents.", "Somme des minutes des actes, en heures.", whose,
                 "Le temps d’un atelier compte une fois, pas par participant.", caveat), on=on,
            rows=acts_at, behind="les actes",
        ),
        KeyFigure(
            french.number(done.communes), french.agreed("communes touchées", done.communes),
            (f"sur {french.number(done.within)} du périmètre",),
            Card("Communes touchées", "Où il s’est fait quelque chose.", "Communes distinctes d’au moins un acte.",
                 whose, "Commune de l’acte ce jour-là.", caveat), on=on,
            rows=acts_at, behind="les actes",
        ),
    ]  # fmt: skip


def _over(convention: Convention) -> str:
    years = convention.ends_on.year - convention.starts_on.year
    months = years * 12 + convention.ends_on.month - convention.starts_on.month + 1
    if months % 12 in (0, 1) and months >= 12:
        return f"sur {'un an' if months // 12 == 1 else f'{french.number(months // 12)} ans'}"
    return f"de {convention.starts_on.year} à {convention.ends_on.year}"


def to_decide(convention: Convention) -> list[Alert]:
    """Communes merged since the signature with one that was not signed: the list stays, partners decide."""
    where = reverse("pacts:amendments", args=[convention.slug])
    return [
        Alert("À trancher", one.alert.removeprefix("À trancher\u00a0: "), where, "les avenants")
        for one in registry.reach(convention.perimeter).to_decide
    ]


def due(duties: Iterable[Duty]) -> list[Alert]:
    """What the convention asks the reader for by a date, the most pressing first."""
    return [Alert(french.capitalised(one.subject), one.text, one.address) for one in duties]


_URGENCY = {Status.LATE: 0, Status.MISSED: 0, Status.WATCH: 1}


def alerts(shown: Sequence[Progress]) -> list[Alert]:
    """The objectives farthest from their target, late ones first; then targets lowered on the way."""
    behind = [one for one in shown if one.status in _URGENCY]
    behind.sort(key=lambda one: (_URGENCY[one.status], _reached(one), one.title))
    found = [Alert(one.title, f"{one.status_label}\u00a0: {one.gauge.sentence}", one.address) for one in behind]
    found += [
        Alert(one.title, french.capitalised(wanted.mark), one.address)
        for one in shown if one not in behind for wanted in one.wanted.values() if wanted.mark
    ]  # fmt: skip
    return found


def _reached(one: Progress) -> float:
    best = one.expected if one.expected is not None else one.course.realised
    return float(best or 0) / float(one.course.target or 1)


def columns(shown: Iterable[Progress]) -> list[AxisColumn]:
    """Axes in their order, each with its gauges."""
    found: dict[str, list[Progress]] = {}
    for one in shown:
        found.setdefault(one.objective.axis.title, []).append(one)
    return [AxisColumn(title, tuple(several)) for title, several in found.items()]


def meeting_words(meeting: Meeting | None, day: date | None) -> str:
    """« COPIL le 12 juin 2019 à Lens »."""
    if meeting is None or day is None:
        return ""
    place = f", {meeting.place}" if meeting.place else ""
    return f"{meeting.get_instance_display()} le {french.long_date(day)}{place}"


@dataclass(frozen=True)
class StatusCount:
    """How many objectives of a pact stand so, in which words, and the list of them."""

    count: int
    href: str
    words: str


@dataclass(frozen=True)
class PactLine:
    """One pact in a list or a comparison. `acts_at`: its acts, empty for who sees no row; `standings`: by `GROUPS`."""

    convention: Convention
    href: str
    state: str
    period: str
    communes: int
    done: Totals
    standings: tuple[StatusCount, ...]
    acts_at: str = ""


def pact_line(convention: Convention, done: Totals, shown: Sequence[Progress], acts_at: str = "") -> PactLine:
    """Counts of a pact beside those of others."""
    statuses, listed = [one.status for one in shown], reverse("pacts:objectives", args=[convention.slug])
    return PactLine(
        convention, reverse("pacts:dashboard", args=[convention.slug]), convention.state_today.label,
        f"{french.long_date(convention.starts_on)} – {french.long_date(convention.ends_on)}",
        len(convention.perimeter.communes), done,
        tuple(StatusCount(sum(one in group for one in statuses), f"{listed}?etat={code}", words)
              for code, (words, group) in GROUPS.items()), acts_at,
    )  # fmt: skip


@dataclass(frozen=True)
class Sum:
    """A line under the pacts compared: firms (None: kept secret), acts and hours."""

    name: str
    firms: int | None
    acts: int
    hours: Decimal


def sums(lines: Sequence[Totals], together: Totals, *, tells: bool) -> list[Sum]:
    """The lines added up, what several pacts count in them, and all the pacts together; nothing for one pact.

    `tells`: the number of common firms would tell which ones; it is kept secret, and what it is computed from.
    """
    if len(lines) < 2:
        return []
    firms, acts = sum(one.firms for one in lines), sum(one.acts for one in lines)
    hours = sum((one.hours for one in lines), Decimal())
    return [
        Sum("Somme des lignes", firms, acts, hours),
        Sum("dont déjà comptés dans un autre pacte", None if tells else firms - together.firms, acts - together.acts,
            hours - together.hours),
        Sum("Les pactes ensemble, chaque acte compté une fois", None if tells else together.firms, together.acts,
            together.hours),
    ]  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One objective in one year. `rows`: where the figure opens; `published`: the report, when it says another one."""

    year: int
    figure: str
    target: str
    rows: str
    published: Published | None


def by_year(
    shown: Sequence[Progress], years: Iterable[int], published: Mapping[tuple[int, int], Published]
) -> list[tuple[Progress, list[Cell]]]:
    """Each objective with its figure and its target of each year; the published figure when it is another one."""
    columns_of = list(years)
    return [(one, [_cell(one, year, published.get((one.objective.pk, year))) for year in columns_of]) for one in shown]


def _cell(one: Progress, year: int, said: Published | None) -> Cell:
    count, wanted = one.by_year.get(year), one.wanted.get(year)
    live = count.value if count else None
    return Cell(
        year, amount(live), amount(wanted.value) if wanted else "",
        f"{one.address}?annee={year}#lignes" if live is not None else "",
        said if said and said.differs(live) else None,
    )  # fmt: skip
