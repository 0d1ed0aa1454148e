"""What an objective being written would have counted last year, with its rows: nothing is stored.

Nothing is left to another pact either: the year shown often belonged to the one before.
"""

from dataclasses import dataclass, replace
from datetime import date

from etabli.accounts.policies import Reader
from etabli.facts import Period
from etabli.pacts.models import Axis, Convention, Measure, Objective
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import queries
from etabli.pacts.objectives.figures import figures
from etabli.pacts.objectives.forms import ObjectiveForm
from etabli.pacts.objectives.queries import Line
from etabli.ui.gauge import Gauge

ROWS = 10


@dataclass(frozen=True)
class Preview:
    """The sentence, the first rows, and what is not shown of them."""

    year: int
    sentence: str
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    more: int = 0


def preview(reader: Reader, convention: Convention, form: ObjectiveForm, today: date) -> Preview | None:
    """What the form would have counted; None while it says too little to count."""
    form.is_valid()
    needed = {"axis", "measure", *ObjectiveForm.Meta.fields} & set(form.errors)
    if needed - {"title", "unit"} or "axis" not in form.cleaned_data:
        return None
    objective = _unsaved(form, form.cleaned_data["axis"])
    year = min(today.year - 1, convention.ends_on.year)
    period = Period.year(year)
    if objective.measure == Measure.EVIDENCE:
        return Preview(year, "Un chiffre saisi ne se compte pas d’avance\u00a0: chacun viendra avec sa pièce.")
    known = replace(queries.register_for(reader, convention, [objective]), objectives=())
    found = figures({objective: [period]}, known)[objective]
    gauge = Gauge("apercu", objective.unit or "unités", found.values[0].value)
    said = f"En {year}, cet objectif aurait compté {gauge.sentence.removesuffix(', sans cible')}."
    if found.refusal:
        said = found.refusal
    if objective.measure not in COUNTED:
        return Preview(year, said)
    behind = queries.behind(reader, objective, period, known)
    lines = tuple(queries.lines(reader, behind.rows[:ROWS]))
    return Preview(year, said, lines, tuple(behind.notes), max(0, behind.shown - ROWS))


def _unsaved(form: ObjectiveForm, axis: Axis) -> Objective:
    values = form.values() | {"unit": form.cleaned_data.get("unit") or "", "title": form.cleaned_data.get("title", "")}
    return Objective(pk=0, axis=axis, number=0, **values)
