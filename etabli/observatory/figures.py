"""The four key figures of a portrait, each beside what it is compared with."""

from collections.abc import Callable, Iterable

from etabli import facts
from etabli.facts import Answer, Question, card
from etabli.observatory.addresses import establishments
from etabli.observatory.comparisons import Beside
from etabli.observatory.pictures import links
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.screens import Figure
from etabli.observatory.sentences import FEW
from etabli.ui import french
from maillage.territory import Level, Territory

THREE_YEARS = "36"
PER = 10_000
HIDDEN = "secret statistique"
EARLIER = 3  # years of employees before that of the data
HEADS = "pour 10\u202f000\u00a0habitants"
HEADS_SHORT = "pour 10\u202f000\u00a0hab."
CAME = (
    "Venue d’une autre commune\u00a0: l’entreprise y a fermé un établissement artisanal, à moins d’un an de son "
    "ouverture ici\u202f; les communes hors des données ne sont pas connues."
)
Shown = Callable[[float | None], str]


def key_figures(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> tuple[Figure, ...]:
    """Firms, employees, creation rate, survival at three years."""
    few = (asker.total("stock_firms", where) or 0) < FEW
    if not asker.moves:
        moving = (_unknown("creation_rate", "taux de création"), _unknown("survival", "encore actives à 3\u00a0ans"))
    else:
        rate = _few_creations(asker, where) if few else _creation_rate(asker, where, compared)
        moving = (rate, _survival(asker, where, compared))
    return (_firms(asker, where, compared), _employees(asker, where, compared), *moving)


def _unknown(indicator: str, label: str) -> Figure:
    """A figure that this scope cannot have."""
    return Figure(value=french.ABSENT, label=label, comparisons=(NO_HISTORY,), card=card(indicator), on="")


def _few_creations(asker: Asker, where: Territory) -> Figure:
    """In a place of a few firms, creations are counted: a rate would jump with each of them."""
    answer = asker.ask("creations", where)
    series = asker.ask("creations", where, by="year")
    since = f"{french.number(series.total)} depuis {series.rows[0].key}" if series.rows else ""
    noun = "création" if (answer.total or 0) < 2 else "créations"
    came = _came(answer)
    return Figure(
        value=french.number(answer.total),
        label=f"{noun}, {_twelve_months(asker)}",
        comparisons=tuple(filter(None, [came, since if asker.reading.on is None else ""])),
        card=answer.card,
        on=f"12 mois avant le {french.long_date(asker.reading.on or answer.stock_date)}",
        notes=_came_notes(answer),
        rows=establishments(where, asker.reading, "creations") if answer.total else "",
    )


def _firms(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Figure:
    answer = asker.ask("stock_firms", where)
    density = None if where.population is None else asker.total("density", where)
    own = () if density is None else (f"{french.number(density, int(density < 10))}\u00a0{HEADS}",)
    beside = _line(compared, lambda other: asker.total("density", other), per_heads)
    return Figure(
        value=french.number(answer.total),
        label="entreprises artisanales" if (answer.total or 0) >= 2 else "entreprise artisanale",
        comparisons=(*own, *beside),
        card=answer.card,
        on=f"au {french.long_date(asker.reading.on or answer.stock_date)}",
        notes=answer.notes,
        rows=establishments(where, asker.reading, "stock_firms"),
    )


def _employees(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Figure:
    answer = asker.ask("employees", where)
    extra = answer.rows[0].extra if answer.rows else {}
    hidden = answer.total is None and bool(extra.get("secret"))
    known = _share(extra.get("known"), extra.get("establishments"))
    lines = [f"périmètre fixe\u00a0: {answer.scope_words}"]
    if answer.total is not None and known is not None:
        low, high = (french.number(_float(extra.get(name))) for name in ("low", "high"))
        lines.append(f"de {low} à {high}, effectif connu pour {french.percent(known, 0)} des établissements")
    own = _per_head(answer.total, where)
    if own is not None:
        lines.append(f"{french.number(own)}\u00a0{HEADS}")
    lines += joined((one.label, _employees_per_head(asker, one)) for one in compared)
    lines += _earlier(where)
    return Figure(
        value=HIDDEN if hidden else french.number(answer.total),
        label="emplois salariés" + (f", au {french.long_date(answer.stock_date)}" if asker.reading.on else ""),
        comparisons=tuple(lines),
        card=answer.card,
        on=f"au {french.long_date(answer.stock_date)}, date la plus récente où les effectifs sont connus",
        notes=answer.notes,
        in_words=hidden,
    )


def _earlier(where: Territory) -> list[str]:
    """« fin 2024, édition du 1er août 2027 : 3 008 », for the last years of bands that earlier editions had."""
    asked = [(year, facts.ask(Question("employees", where, on=day))) for year, day in facts.earlier_years()[-EARLIER:]]
    return [
        f"effectifs de fin {year}, édition du {french.long_date(answer.on)}\u00a0: "
        + (HIDDEN if answer.rows[0].extra.get("secret") else french.number(answer.total))
        for year, answer in asked
        if answer.on is not None and answer.rows[0].extra.get("establishments")
    ]


def _creation_rate(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Figure:
    answer = asker.ask("creation_rate", where)
    counts = _counts(answer)
    return Figure(
        value=french.percent(answer.total),
        label=f"taux de création, {_twelve_months(asker)}",
        comparisons=(*counts, *_line(compared, lambda other: asker.total("creation_rate", other), french.percent)),
        card=answer.card,
        on=f"12 mois avant le {french.long_date(asker.reading.on or answer.stock_date)}",
        notes=_came_notes(answer),
        rows=establishments(where, asker.reading, "creations"),
    )


def _came(answer: Answer) -> str:
    """« dont 2 venues d’une autre commune », of the creations of a commune; empty when none did."""
    where = answer.question.where
    count = facts.moved_in(answer.question) if where.level is Level.COMMUNE else 0
    return f"dont {french.counted(count, 'venue', 'venues')} d’une autre commune" if count else ""


def _came_notes(answer: Answer) -> tuple[str, ...]:
    """What « venue » means, when some came, then the notes of the count."""
    return (*([CAME] if _came(answer) else []), *links.flow_notes(answer, "création"))


def _twelve_months(asker: Asker) -> str:
    on = asker.reading.on
    return "12 derniers mois" if on is None else f"12 mois avant le {french.long_date(on)}"


def _counts(answer: Answer) -> tuple[str, ...]:
    extra = answer.rows[0].extra if answer.rows else {}
    births, base = _float(extra.get("numerator")), _float(extra.get("denominator"))
    if births is None or not base:
        return ()
    came = _came(answer)
    born = french.counted(int(births), "création") + (f", {came}," if came else "")
    return (f"{born} pour {french.counted(int(base), 'entreprise')}",)


def _survival(asker: Asker, where: Territory, compared: tuple[Beside, ...]) -> Figure:
    answer = asker.ask("survival", where)
    at_three = next((row for row in answer.rows if row.key == THREE_YEARS), None)
    value = None if at_three is None else at_three.value
    interval: tuple[str, ...] = ("moins de 10 créations\u00a0: pas de courbe",)
    if at_three is not None and value is not None:
        low, high = (french.number(_float(at_three.extra.get(name))) for name in ("low", "high"))
        interval = (f"intervalle à 95\u202f%\u00a0: {low}\u00a0–\u00a0{high}",)

    def three_years(other: Territory) -> float | None:
        return next((row.value for row in asker.ask("survival", other).rows if row.key == THREE_YEARS), None)

    return Figure(
        value=french.percent(value, 0),
        label="encore actives à 3\u00a0ans",
        comparisons=(*interval, *_line(compared, three_years, lambda share: french.percent(share, 0))),
        card=answer.card,
        on=cohort(answer),
        notes=links.survival_notes(answer, at_three),
        apart="#formes" if answer.rows or (asker.total("stock_firms", where) or 0) else "",
    )


def cohort(answer: Answer) -> str:
    """« entreprises créées de 2019 à 2023 »."""
    during = answer.during
    return "" if during is None else f"entreprises créées de {during.start.year} à {during.last.year}"


def _line(compared: tuple[Beside, ...], measure: Callable[[Territory], float | None], shown: Shown) -> tuple[str, ...]:
    """« territoires semblables : 8,6 % », « Lens-Liévin : 9,2 % »; nothing when nothing is known."""
    values = ((one.label, measure(one.where)) for one in compared)
    return joined((label, None if value is None else shown(value)) for label, value in values)


def per_heads(value: float | None, decimals: int = 0) -> str:
    """« 130 pour 10 000 hab. », short enough for the line of another territory."""
    return f"{french.number(value, decimals)} {HEADS_SHORT}"


def joined(parts: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    """« territoires semblables : 130 pour 10 000 hab. », of what is known."""
    return tuple(f"{label}\u00a0: {value}" for label, value in parts if value is not None)


def _employees_per_head(asker: Asker, one: Beside) -> str | None:
    """The sum of published cells over their inhabitants; None when one of them is hidden."""
    counts = [asker.total("employees", part) for part in one.parts]
    known = [count for count in counts if count is not None]
    value = _per_head(sum(known), one.where) if len(known) == len(counts) else None
    return None if value is None else per_heads(value)


def _per_head(count: float | None, where: Territory) -> float | None:
    return None if count is None or not where.population else PER * count / where.population


def _share(part: object, whole: object) -> float | None:
    known, all_of_them = _float(part), _float(whole)
    return None if known is None or not all_of_them else 100 * known / all_of_them


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
