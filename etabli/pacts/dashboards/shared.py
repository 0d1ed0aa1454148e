"""What a dashboard says that other pacts count too, so that nobody adds two pacts up without knowing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from etabli.accounts.policies import Reader
from etabli.acts.kinds import Measure
from etabli.facts import Period
from etabli.pacts.models import Convention
from etabli.pacts.models.objective import COUNTED
from etabli.pacts.objectives import columns, overlaps, policies, wording
from etabli.pacts.objectives.progress import Progress
from etabli.pacts.objectives.selection import Selector
from etabli.pacts.objectives.shared import named, names_of
from etabli.pacts.objectives.standing import SIGNED, Register, Standing
from etabli.pacts.objectives.together import Common, common, others_of
from etabli.ui import french
from etabli.ui.gauge import amount
from maillage.secrecy import FEWEST_FIRMS


@dataclass(frozen=True)
class Link:
    """A number in words, and the list of acts that it opens onto; empty for who sees no row."""

    words: str
    href: str


@dataclass(frozen=True)
class Shared:
    """« 7 actes et 5 entreprises comptent aussi dans Pacte de Lens »; no number when few firms would be told."""

    pacts: str
    links: tuple[Link, ...] = ()
    verb: str = "compte"


def shared(
    reader: Reader, convention: Convention, standing: Standing, period: Period, known: Register, acts_at: str
) -> Shared | None:
    """What the other signed pacts of the same parties count too; None when there is nothing.

    `acts_at`: the list of the acts of the period, empty for who sees no row.
    """
    if convention.state not in SIGNED:
        return None
    found = common(convention, standing, period, known)
    if found is None:
        return None
    pacts = named(found.pacts, names_of(reader, known, found.pacts))
    firms = found.acts.total(found.of_firms, Measure.BENEFICIARIES)
    own, own_firms = (
        np.isin(found.acts.organisation[rows], sorted(reader.organisation_ids)) for rows in (found.both, found.of_firms)
    )
    others = [known.standings[pk] for pk in others_of(standing, known)]
    firms_at = acts_at if policies.may_tell_units_apart(reader, others) else ""
    few = 0 < firms < FEWEST_FIRMS and not (firms_at and own_firms.all())
    if few or found.tells_firms(reader.organisation_ids):
        return Shared(pacts)
    links = _links(found, firms, acts_at if own.any() else "", firms_at if own_firms.any() else "")
    return Shared(pacts, tuple(links), "compte" if len(found.both) + firms == 1 else "comptent")


def _links(found: Common, firms: int, acts_at: str, firms_at: str) -> list[Link]:
    links = []
    if len(found.both):
        hours = Decimal(found.acts.total(found.both, Measure.MINUTES)) / 60
        time = f" ({french.number(hours)}\u00a0h)" if hours else ""
        words = f"{french.counted(len(found.both), 'acte')}{time}"
        links.append(Link(words, f"{acts_at}&commun=actes" if acts_at else ""))
    if firms:
        words = french.counted(firms, "entreprise aidée", "entreprises aidées")
        links.append(Link(words, f"{firms_at}&commun=entreprises" if firms_at else ""))
    return links


def noted(reader: Reader, shown: Sequence[Progress], known: Register) -> list[Progress]:
    """The gauges, each with what other pacts promise too; three queries more when one of them shares."""
    counted = [one for one in shown if one.course.realised is not None and one.objective.measure in COUNTED]
    selectors = {one.objective: Selector.of(one.objective, known) for one in counted}
    asked = {one.objective: [one.counted_over] for one in counted if overlaps.is_shared(selectors[one.objective])}
    if not asked:
        return list(shown)
    acts = columns.read(asked, known)
    said = {
        one: overlaps.split(acts, selectors[one], periods[0], elsewhere=False, own=reader.organisation_ids)
        for one, periods in asked.items()
    }
    names = names_of(reader, known, {pact for split in said.values() for one in split.overlaps for pact in one.pacts})
    return [
        replace(one, notes=(*one.notes, _note(one, said[one.objective], names)))
        if one.objective in said and said[one.objective].overlaps else one
        for one in shown
    ]  # fmt: skip


def _note(one: Progress, split: overlaps.Split, names: dict[int, Convention]) -> str:
    pacts = named({pact for piece in split.overlaps for pact in piece.pacts}, names)
    rule = wording.sharing(one.objective)
    if split.tells_a_firm:
        return f"Une partie au moins répond aussi à la promesse d’un autre pacte, {pacts}\u00a0: {rule}"
    verb = "répond" if split.shared <= 1 else "répondent"
    here = sum((piece.counted for piece in split.overlaps), Decimal())
    said = f"{amount(split.shared)} sur {amount(split.whole)} {verb} aussi à la promesse d’un autre pacte, {pacts}"
    return f"{said}\u00a0: {rule}, {amount(here)} ici"
