"""Which rows of a frozen figure a reader opens: its own, or those that their acts tell (`policies.kept_from`)."""

from collections.abc import Sequence
from datetime import timedelta

from etabli.accounts.policies import Reader
from etabli.facts import Period
from etabli.pacts.models import FrozenFigure
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import policies, wording
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.standing import register

CLOSED = (
    "Les lignes de ce chiffre ne s’ouvrent pas\u00a0: il fut figé avant que l’on garde celles qui ne disent rien d’un "
    "autre pacte."
)


def kept_apart(reader: Reader, figures: Sequence[FrozenFigure]) -> dict[int, str]:
    """Figures whose rows would tell the reader whom somebody else helps → why, in words."""
    olds = [one for one in figures if one.apart is None and one.measure in COUNTED]
    apart = {one.pk: frozenset(one.apart) for one in figures if one.apart is not None} | _found_today(olds)
    return {
        one.pk: CLOSED if one.apart is None else wording.left_in(
            shared=policies.ANYBODY not in apart[one.pk], around=policies.ANYBODY in apart[one.pk]
        )
        for one in figures if not policies.reads_all_of(reader, apart.get(one.pk, ()))
    }  # fmt: skip


def _found_today(olds: Sequence[FrozenFigure]) -> dict[int, frozenset[int]]:
    """For figures frozen before it was kept with them: as their objectives stand now."""
    if not olds:
        return {}
    for one in olds:
        one.objective.axis.convention = one.report.convention
    known = register([one.objective for one in olds])
    return {one.pk: policies.kept_from(Selector.of(one.objective, known), _period(one)) for one in olds}


def _period(figure: FrozenFigure) -> Period:
    return Period(figure.counted_from, figure.counted_to + timedelta(days=1))
