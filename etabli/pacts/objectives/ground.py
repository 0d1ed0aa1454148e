"""What stands behind an objective on an indicator of the territory: its source, its day, its place, its establishments.

The engine is asked again for the same days: the answer says which day or period it really took.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from etabli.facts import Answer, Moment, Period
from etabli.pacts.models import Measure, Objective
from etabli.pacts.objectives.figures import answers
from etabli.pacts.objectives.progress import Progress
from etabli.pacts.objectives.standing import Register
from etabli.pacts.objectives.wording import epci_code, trade_name
from etabli.ui import french
from maillage.errors import MaillageError
from maillage.territory import Territory, parse

WITH_ROWS = ("stock_firms", "stock", "creations", "closures", "creation_rate", "closure_rate", "density")
MOST_LISTED = 400  # communes that an address can name one by one


@dataclass(frozen=True)
class Opening:
    """A link to the observatory."""

    label: str
    href: str


@dataclass(frozen=True)
class Ground:
    """`moment`: the day or the days that were taken; `openings` lead to the establishments, or to the portrait."""

    indicator: str
    source: str
    moment: str
    edition: date
    place: str
    notes: tuple[str, ...]
    openings: tuple[Opening, ...]


def ground_of(shown: Progress, known: Register) -> Ground | None:
    """Of a figure of the territory; None for any other, and while the engine does not answer."""
    objective = shown.objective
    if objective.measure != Measure.INDICATOR:
        return None
    try:
        found = answers(objective, shown.counted_over, known)
    except MaillageError:
        return None
    communes = known.communes_on(objective, shown.counted_over.last)
    one, where = found[0], _place(communes)
    return Ground(
        indicator=one.card.label, source=one.card.source, moment=_moment(one), edition=one.stock_date,
        place=f"{where.name}, {french.counted(len(communes), 'commune')}",
        notes=tuple(dict.fromkeys(note for answer in found for note in answer.notes)),
        openings=tuple(_openings(objective, shown.counted_over, where, one)),
    )  # fmt: skip


def _moment(answer: Answer) -> str:
    if answer.during is not None:
        first, last = french.long_date(answer.during.start), french.long_date(answer.during.last)
        return f"du {first} au {last}"
    return f"au {french.long_date(answer.on or answer.stock_date)}"


def _place(communes: frozenset[str]) -> Territory:
    """The communes under the name that people know: an intercommunality when they are exactly its own."""
    try:
        found = parse(f"epci:{epci_code(min(communes))}")
    except MaillageError:
        found = None
    if found is not None and found.communes == communes:
        return found
    return parse(f"liste:{','.join(sorted(communes))}")


def _openings(objective: Objective, period: Period, where: Territory, answer: Answer) -> Sequence[Opening]:
    if where.level == "liste" and len(where.communes) > MOST_LISTED:
        return []
    keys = {"niveau": str(where.level), "code": where.key.partition(":")[2]}
    if objective.indicator not in WITH_ROWS:
        return [Opening("Portrait du territoire", reverse("observatory:portrait", kwargs=keys))]
    page = reverse("observatory:establishments", kwargs=keys)
    found = []
    for trade in objective.trades or [""]:
        asked = {"indicateur": objective.indicator} | ({"metier": trade} if trade else {})
        named = f", {trade_name(trade)}" if trade else ""
        if answer.card.moment is Moment.DAY:
            asked |= _on(answer)
            found.append(Opening(f"Établissements derrière ce chiffre{named}", f"{page}?{urlencode(asked)}"))
        else:
            found += [
                Opening(f"Établissements de l’année {year}{named}", f"{page}?{urlencode(asked | {'annee': year})}")
                for year in range(period.start.year, period.last.year + 1)
            ]
    return found


def _on(answer: Answer) -> dict[str, str]:
    return {"le": answer.on.isoformat()} if answer.on and answer.on != answer.stock_date else {}
