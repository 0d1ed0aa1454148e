"""The key figures of one trade in a territory."""

from etabli import facts
from etabli.facts import Answer, Period
from etabli.observatory.addresses import establishments
from etabli.observatory.comparisons import beside
from etabli.observatory.figures import HEADS, cohort, joined, per_heads
from etabli.observatory.pictures import links
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.screens import Figure
from etabli.ui import french
from maillage.reference.trades import Trade
from maillage.territory import Territory

FLOWS = {"creations": ("création", "créations"), "closures": ("fermeture", "fermetures")}


def figures(asker: Asker, where: Territory, one: Trade) -> tuple[Figure, ...]:
    """Firms beside the comparisons, creations, closures, survival at three years."""
    firms = _firms(asker, where, one)
    if not asker.moves:
        labels = {"creations": "créations", "closures": "fermetures", "survival": "encore actives à 3\u00a0ans"}
        return (firms, *(_unknown(name, label) for name, label in labels.items()))
    flows = [asker.ask(name, where, trade=one.code) for name in FLOWS]
    survival = _survival(asker.ask("survival", where, trade=one.code))
    return (firms, *(_flow(answer, asker, one) for answer in flows), survival)


def _unknown(indicator: str, label: str) -> Figure:
    """A figure that has no value in this scope, and why."""
    return Figure(french.ABSENT, label, (NO_HISTORY,), facts.card(indicator), "")


def _firms(asker: Asker, where: Territory, one: Trade) -> Figure:
    answer = asker.ask("stock_firms", where, trade=one.code)
    own = _density(asker, where, one)
    others = [(other.label, _density(asker, other.where, one)) for other in beside(where)]
    return Figure(
        value=french.number(answer.total),
        label="entreprises" if (answer.total or 0) >= 2 else "entreprise",
        comparisons=(
            *(() if own is None else (f"{french.number(own, 1)}\u00a0{HEADS}",)),
            *joined((label, None if value is None else per_heads(value, 1)) for label, value in others),
        ),
        card=answer.card,
        on=f"au {french.long_date(asker.reading.on or answer.stock_date)}",
        notes=answer.notes,
        rows=establishments(where, asker.reading, "stock_firms", metier=one.code) if answer.total else "",
    )


def _density(asker: Asker, where: Territory, one: Trade) -> float | None:
    return asker.ask("density", where, trade=one.code).total if where.population else None


def _flow(answer: Answer, asker: Asker, one: Trade) -> Figure:
    where, on = answer.question.where, asker.reading.on
    when = "12 derniers mois" if on is None else f"12 mois avant le {french.long_date(on)}"
    return Figure(
        value=french.number(answer.total),
        label=f"{FLOWS[answer.card.id][(answer.total or 0) >= 2]}, {when}",
        comparisons=(),
        card=answer.card,
        on=_moment(answer.during),
        notes=links.flow_notes(answer, FLOWS[answer.card.id][0]),
        rows=establishments(where, asker.reading, answer.card.id, metier=one.code) if answer.total else "",
    )


def _moment(during: Period | None) -> str:
    return "" if during is None else f"du {french.long_date(during.start)} au {french.long_date(during.last)}"


def _survival(answer: Answer) -> Figure:
    row = next((row for row in answer.rows if row.key == "36" and row.value is not None), None)
    interval = "moins de 10 créations\u00a0: pas de courbe"
    if row is not None:
        low, high = (french.number(float(row.extra.get(name) or 0)) for name in ("low", "high"))
        interval = f"intervalle à 95\u202f%\u00a0: {low} – {high}"
    value = french.percent(None if row is None else row.value, 0)
    notes = links.survival_notes(answer, row)
    return Figure(value, "encore actives à 3\u00a0ans", (interval,), answer.card, cohort(answer), notes)
