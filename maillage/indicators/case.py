"""A question made ready to compute: dates and scope settled, territory checked, facts selected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.columnar.facts import Facts, Mask
from maillage.columnar.selection import Fabric, From, fabric
from maillage.columnar.tallies import distinct
from maillage.errors import BadQuestion, NotCovered
from maillage.indicators.calendar import days, default_during
from maillage.indicators.card import Card, Grouping, Moment, Regime
from maillage.indicators.catalogue import card
from maillage.indicators.past import day_of, edition_at, employees_edition
from maillage.indicators.question import Period, Question
from maillage.reference.places.links import arrondissements_by_commune
from maillage.reference.trades import Sector, trade, trades
from maillage.scope import ActivityScope, Applied, SizeScope
from maillage.store import Coverage, Store, to_day
from maillage.territory import members, population

SERIES = (Grouping.YEAR, Grouping.MONTH)


@dataclass(frozen=True, eq=False)
class Case:
    """One question, settled. ``size`` is None when no size test applies (past dates, all flows).

    ``during`` stops where the store does: a year that is not over is answered up to the last day known, and a note says
    so.
    """

    store: Store
    question: Question
    card: Card
    by: Grouping | None
    on: date
    during: Period
    activity: ActivityScope
    size: SizeScope | None
    fabric: Fabric
    coverage: Coverage
    kept_trades: NDArray[np.bool_]  # by trade number of the store
    source: From  # what the NAFA codes and, for a protected measure, the headcount bands are read from

    @property
    def applied(self) -> Applied:
        """The scope in which the figure is counted."""
        return Applied(self.activity, self.size)

    @cached_property
    def unread(self) -> frozenset[str]:
        """In a place partly read, the communes for display of which the store holds nothing; else none."""
        if not self.coverage.is_partial:
            return frozenset()
        missing, parts = frozenset(self.coverage.missing), arrondissements_by_commune()
        shown = members(self.question.where)
        return frozenset(code for code in shown if missing.issuperset(parts.get(code) or (code,)))

    @property
    def people(self) -> int | None:
        """Inhabitants of the territory, or of the part of it that was read; None when unknown."""
        where = self.question.where
        if not self.unread:
            return where.population
        return sum(population(code) or 0 for code in members(where) if code not in self.unread) or None

    @property
    def day(self) -> int:
        """``on`` as a day number."""
        return to_day(self.on)

    @property
    def stock_day(self) -> int:
        """The store's date as a day number."""
        return to_day(self.store.manifest.stock_date)

    def chosen(self, facts: Facts) -> Mask:
        """Spells of the trade or sector asked for."""
        mask: Mask = self.kept_trades[facts.trade]
        return mask

    def active_firms(self, day: int) -> NDArray[np.uint32]:
        """Distinct firms with an active spell at the start of ``day``, of the trade or sector asked for."""
        facts = self.fabric.facts
        return distinct(facts.firm[facts.active(day) & self.chosen(facts)])

    def active(self, day: int | None = None) -> Facts:
        """Spells active at the start of ``day`` (default: ``on``), of the trade or sector asked for."""
        facts = self.fabric.facts
        return facts.take(facts.active(self.day if day is None else day) & self.chosen(facts))


def settle(store: Store, question: Question) -> Case:
    """Check and complete a question. Raises UnknownIndicator, UnknownTrade, BadQuestion, NotCovered."""
    wanted = card(question.indicator)
    by = _grouping(wanted, question.by)
    _check_moment(store, question, wanted, by)
    coverage = store.covers(question.where)
    if not coverage.complete:
        raise NotCovered(f"{coverage.reason} Aucun chiffre n’est donné pour un territoire incomplet.")
    on, bands = _day(store, question, wanted)
    during = _clipped(question.during or default_during(wanted, by, store.manifest.stock_date), store)
    first = during.start if wanted.moment is Moment.PERIOD or by in SERIES else on
    dated = wanted.moment is Moment.DAY and by not in SERIES
    activity, nafa = _activity(store, question, on if dated else None)
    source = From(nafa, bands)
    # a firm that has just opened or closed has no band yet, or no longer: flows are counted whatever the size
    sized = bands is not None or first >= sizes_since(store)
    size = question.scope.size if wanted.moment is Moment.DAY and sized else None
    if by is Grouping.SIZE and size is None:
        raise BadQuestion(
            f"Sirene n’a pas d’historique des effectifs : une répartition par taille commence au plus tôt le "
            f"{sizes_since(store).isoformat()}."
        )
    if coverage.is_partial:
        _refuse_nothing_read(store, question, coverage, (to_day(on), to_day(on) + 1) if dated else _bounds(during))
    return Case(
        store, question, wanted, by, on, during, activity, size,
        fabric(store, question.where.communes, activity, size, source),
        coverage,
        _kept_trades(store, question.trade, question.sector),
        source,
    )  # fmt: skip


def _day(store: Store, question: Question, wanted: Card) -> tuple[date, int | None]:
    """The day of a question and, for employees of an earlier year, the edition that publishes them."""
    on = question.on or store.manifest.stock_date
    if wanted.regime is not Regime.PROTECTED:
        return on, None
    edition = employees_edition(store, on)
    return day_of(store, edition), edition


def _activity(store: Store, question: Question, on: date | None) -> tuple[ActivityScope, int | None]:
    """The activity scope that applies, and the edition whose NAFA codes tell it. `on`: None for a period or a series.

    Where no code is known, the widest certain thing that can be said is the activity wholly craft.
    """
    asked = question.scope.activity
    if asked is not ActivityScope.CERTAIN or (on is not None and on >= store.manifest.stock_date):
        return asked, None
    edition = None if on is None else edition_at(store, on)
    return (ActivityScope.ACTIVITY, None) if edition is None else (asked, edition)


def _bounds(during: Period) -> tuple[int, int]:
    return to_day(during.start), to_day(during.end)


def _refuse_nothing_read(store: Store, question: Question, coverage: Coverage, days: tuple[int, int]) -> None:
    """Raise NotCovered where the part that was read holds no craft establishment in ``days``: 0 would be made up."""
    facts = fabric(store, question.where.communes, ActivityScope.POSSIBLE, None).facts
    first, end = days
    if not ((facts.start < end) & (facts.end > first)).any():
        raise NotCovered(
            f"{coverage.reason} Aucun établissement artisanal n’y est actif à ce moment-là\u00a0: "
            "aucun chiffre n’est donné pour un lieu lu en partie. Charger des fichiers qui le contiennent."
        )


def sizes_since(store: Store) -> date:
    """First day for which the store's headcount bands may be used: 1 January of their year."""
    manifest = store.manifest
    return date(manifest.band_year or manifest.stock_date.year, 1, 1)


def _grouping(wanted: Card, by: str | None) -> Grouping | None:
    if by is None:
        return None
    name = by.partition(":")[0]
    if name not in wanted.by:
        allowed = ", ".join(wanted.by)
        raise BadQuestion(f"« {wanted.label} » ne se répartit pas par « {by} ». Répartitions possibles : {allowed}.")
    return Grouping(name)


def _check_moment(store: Store, question: Question, wanted: Card, by: Grouping | None) -> None:
    stock_date = store.manifest.stock_date
    if question.on and question.during:
        raise BadQuestion("Choisir une date (--on) ou une période (--during), pas les deux.")
    if question.trade and question.sector:
        raise BadQuestion("Choisir un métier ou un secteur, pas les deux.")
    if wanted.moment is Moment.PERIOD and question.on:
        raise BadQuestion(f"« {wanted.label} » se mesure sur une période : --during 2024-01-01..2024-12-31.")
    if wanted.moment is Moment.DAY and question.during and by not in SERIES:
        raise BadQuestion(f"« {wanted.label} » se mesure à une date : --on {stock_date.isoformat()}.")
    if by in SERIES and question.on:
        raise BadQuestion("Une série par mois ou par année prend une période : --during 2015..2024.")
    _check_reach(question, stock_date)


def _check_reach(question: Question, stock_date: date) -> None:
    """A day must be known; a period may start a year before the first one, and end with the year of the last one."""
    first, last = days(stock_date)
    on, during = question.on, question.during
    known = on is None or first <= on <= last
    if during is not None:
        earliest, latest = first.replace(year=first.year - 1), date(last.year + 1, 1, 1)
        known = known and earliest <= during.start <= last and during.end <= latest
    if not known:
        bounds = f"du {first.isoformat()} au {last.isoformat()}"
        raise BadQuestion(f"L’entrepôt répond {bounds}\u00a0: choisir un jour ou une période entre eux.")


def _clipped(during: Period, store: Store) -> Period:
    """The part of the period that the store knows: up to its date, excluded."""
    end = min(during.end, store.manifest.stock_date)
    return Period(during.start, end) if during.start < end else during


@lru_cache(maxsize=512)
def _kept_trades(store: Store, code: str | None, sector: str | None) -> NDArray[np.bool_]:
    known = store.manifest.trades
    if code:
        trade(code)
        return np.array([name == code for name in known], dtype=bool)
    if sector:
        if sector not in list(Sector):
            raise BadQuestion(f"Le secteur « {sector} » n’existe pas. Secteurs : {', '.join(Sector)}.")
        inside = {item.code for item in trades() if item.sector == sector}
        return np.array([name in inside for name in known], dtype=bool)
    return np.ones(len(known), dtype=bool)
