"""How long the engine takes to answer: one question, and all those of a portrait."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial

import duckdb
import numpy as np

from maillage.bench.figure import Figure, figure, median_ms, seconds
from maillage.bench.scene import Scene, Set
from maillage.indicators import Period, Question, arrivals, ask
from maillage.store import Store, open_store
from maillage.territory import Territory, epci_of, members, parse

TEN_YEARS = Period.years(2016, 2025)
PEER = "DuckDB, SQL sur les Parquet officiels (codes NAF bruts, ni métier, ni taille, ni reprise)"


def questions(where: Territory) -> tuple[Question, ...]:
    """What a portrait asks about one territory."""
    return (
        Question("stock_firms", where),
        Question("stock_firms", where, by="trade"),
        Question("stock_firms", where, by="sector"),
        Question("stock_firms", where, by="commune"),
        Question("stock_firms", where, by="size"),
        Question("density", where),
        Question("employees", where),
        Question("creations", where, during=TEN_YEARS, by="year"),
        Question("closures", where, during=TEN_YEARS, by="year"),
        Question("creation_rate", where),
        Question("survival", where),
        Question("specialisation", where, by="trade"),
        Question("presence", where, by="trade"),
    )


def stock(scene: Scene) -> Iterator[Figure]:
    """Firms by trade in one EPCI, each asked for the first time."""
    for name, one in _sets(scene):
        yield figure(
            f"stock_{name}",
            first_time_ms(one, lambda where: (Question("stock_firms", where, by="trade"),)),
            "ms",
            f"entreprises par métier d’une intercommunalité jamais demandée, {one.shops} établissements",
            peer=(PEER, median_ms(partial(_stock_by_sql, one, scene.home), 7)),
            limit=_touch(one, scene.home),
        )


def portrait(scene: Scene) -> Iterator[Figure]:
    """Every question of a portrait, about territories never asked before."""
    for name, one in _sets(scene):
        yield figure(
            f"portrait_{name}",
            first_time_ms(one, questions),
            "ms",
            f"les {len(questions(scene.home))} questions d’un portrait jamais demandé, {one.shops} établissements",
            peer=(f"{PEER}\u00a0: stock, créations et fermetures seulement", sql_ms(one, scene.home)),
            limit=_touch(one, scene.home),
        )


def moved_in(scene: Scene) -> Iterator[Figure]:
    """Among the creations of one commune in a year, those that came from another: every spell is looked at."""
    for name, one in _sets(scene):
        store = open_store(one.store.path)
        communes = [max((parse(f"commune:{code}") for code in members(where)), key=_people) for where in alike(store)]
        times = [1000 * seconds(partial(arrivals.moved_in, store, Question("creations", where))) for where in communes]
        yield figure(
            f"moved_in_{name}",
            statistics.median(times[1:]),
            "ms",
            f"créations d’une commune en un an venues d’une autre, {one.shops} établissements",
            peer=("DuckDB, SQL sur les Parquet officiels", median_ms(partial(_moved_in_by_sql, one, communes[0]), 7)),
            limit=median_ms(partial(np.count_nonzero, one.store.spells.closing), 51),
        )


def _people(where: Territory) -> int:
    return where.population or 0


def first_time_ms(one: Set, asked: Callable[[Territory], tuple[Question, ...]]) -> float:
    """Median over territories of the time taken by their questions: the engine remembers what it was asked once.

    The store is opened anew, since what is remembered belongs to it; the first territory does not count, because it
    pays for tables that are read once.
    """
    store = open_store(one.store.path)
    times = [1000 * seconds(partial(_ask_all, store, asked(where))) for where in alike(store)]
    return statistics.median(times[1:])


def alike(store: Store) -> tuple[Territory, ...]:
    """EPCI of the store of 100 000 to 500 000 inhabitants, fifteen at most, in the order of their codes."""
    codes = sorted({epci for code in store.manifest.communes if (epci := epci_of(code))})
    whole = (where for where in map(parse, (f"epci:{code}" for code in codes)) if store.covers(where).complete)
    chosen = [where for where in whole if 100_000 <= (where.population or 0) <= 500_000]
    return tuple(chosen[:15])


def sql_ms(one: Set, where: Territory) -> float:
    """What the peer takes for the stock, the creations and the closures of one territory, in ms."""
    return median_ms(lambda: (_stock_by_sql(one, where), _flows_by_sql(one, where)), 7)


def _ask_all(store: Store, asked: tuple[Question, ...]) -> None:
    for question in asked:
        ask(store, question)


def _sets(scene: Scene) -> Iterator[tuple[str, Set]]:
    yield "small", scene.small
    yield "large", scene.large


def _stock_by_sql(one: Set, where: Territory) -> object:
    with duckdb.connect() as connection:
        rows = connection.sql(f"FROM {one.file('StockEtablissement')}").filter(
            f"etatAdministratifEtablissement = 'A' AND codeCommuneEtablissement IN ({_codes(where)})"
        )
        return rows.aggregate("activitePrincipaleEtablissement, count(DISTINCT siren)").fetchall()


def _flows_by_sql(one: Set, where: Territory) -> object:
    with duckdb.connect() as connection:
        here = connection.sql(f"FROM {one.file('StockEtablissement')}").filter(
            f"codeCommuneEtablissement IN ({_codes(where)})"
        )
        births = here.aggregate("year(dateCreationEtablissement), activitePrincipaleEtablissement, count(*)").fetchall()
        gone = here.filter("etatAdministratifEtablissement = 'F'")
        return births, gone.aggregate("year(dateDebut), activitePrincipaleEtablissement, count(*)").fetchall()


def _moved_in_by_sql(one: Set, where: Territory) -> object:
    """Firms with an establishment opened here in the last year of the stock and another closed elsewhere around it."""
    until = one.store.manifest.stock_date
    here, day = f"codeCommuneEtablissement IN ({_codes(where)})", "dateCreationEtablissement"
    with duckdb.connect() as connection:
        everything = connection.sql(f"FROM {one.file('StockEtablissement')}")
        recent = f"{here} AND {day} BETWEEN DATE '{until}' - INTERVAL 1 YEAR AND DATE '{until}'"
        born = everything.filter(recent).project(f"siren, {day} AS born").set_alias("born")
        gone = everything.filter(f"NOT {here} AND etatAdministratifEtablissement = 'F'").set_alias("gone")
        pairs = born.join(gone, "born.siren = gone.siren AND abs(gone.dateDebut - born.born) <= 365")
        return pairs.aggregate("count(DISTINCT born.siren)").fetchall()


def _codes(where: Territory) -> str:
    return ", ".join(f"'{code}'" for code in sorted(where.communes))


def _touch(one: Set, where: Territory) -> float:
    """Floor, in ms: reading once the dates and trades of the spells of the territory."""
    spells = one.store.spells
    rows = one.store.rows_in(where.communes)

    def work() -> None:
        np.bincount(spells.trade[rows])
        spells.start[rows].sum()
        spells.end[rows].sum()

    return median_ms(work, 51)
