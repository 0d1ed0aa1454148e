"""The latest openings of a territory: trade, commune, day, and the sign when it is public."""

from datetime import date

from etabli import facts
from etabli.facts import EstablishmentRow, Period
from etabli.observatory.addresses import address, establishments
from etabli.observatory.questions import NO_HISTORY, Asker
from etabli.observatory.screens import Opening, Openings
from etabli.ui import french
from maillage.reference.trades import trade
from maillage.territory import Level, Territory, parse

MOST = 5
READ = 4 * MOST  # a firm that has just come to crafts may have an old establishment, which is no opening
MASKED = "diffusion partielle\u00a0: enseigne masquée"
NONE = "Aucune ouverture dans les douze mois."


def openings(asker: Asker, where: Territory) -> Openings:
    """Establishments of the creations of the last twelve months, the latest first."""
    reading = asker.reading
    lines = _lines(asker, where) if asker.moves else ()
    reason = "" if lines else NONE if asker.moves else f"{french.capitalised(NO_HISTORY)}."
    return Openings(
        lines=lines,
        reason=reason,
        rows=establishments(where, reading, "creations") if lines else "",
        watch=address(where, "watch"),
        until=french.long_date(_during(asker).last),
    )


def _during(asker: Asker) -> Period:
    return Period.rolling_year(asker.reading.on or facts.store().manifest.stock_date)


def _lines(asker: Asker, where: Territory) -> tuple[Opening, ...]:
    during = _during(asker)
    numbers = facts.rows_behind(facts.Question("creations", where, during=during, scope=asker.reading.scope), READ)
    found = [(row.created, row) for row in facts.described(numbers) if row.created]
    opened = [(on, row) for on, row in found if during.start <= on < during.end]
    latest = sorted(opened, key=lambda one: one[0], reverse=True)[:MOST]
    return tuple(_line(asker, where, on, row) for on, row in latest)


def _line(asker: Asker, where: Territory, on: date, row: EstablishmentRow) -> Opening:
    found, year = trade(row.trade), (asker.reading.on or facts.store().manifest.stock_date).year
    return Opening(
        on=on,
        day=french.short_date(on, year),
        trade=found.short,
        href=address(where, "trade", metier=found.code) + asker.reading.query(),
        sector=found.sector.value,
        at="" if where.level is Level.COMMUNE else parse(f"commune:{row.commune}").at.replace(" ", "\u00a0", 1),
        sign=MASKED if row.status else row.sign or "",
        masked=bool(row.status),
    )
