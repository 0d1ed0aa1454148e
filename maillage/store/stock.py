"""Reads StockEtablissement: which rows are sound, which establishments may be craft, and where they are."""
# ruff: noqa: S608
# (SQL is put together from the column names of official layouts and from numbers, never from what a file contains)

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from maillage.reference.places.links import is_overseas_collectivity
from maillage.sources import etablissement, historique
from maillage.sources.relation import Relation
from maillage.sources.settings import FIRST_STOCK
from maillage.store.codes import Pair, code_table, number_codes
from maillage.store.columns import EPOCH, I32, UNKNOWN_START, to_day
from maillage.store.periods import CodeTable, State
from maillage.store.reasons import Reason
from maillage.store.workshop import Workshop
from maillage.territory import current_commune

STOCK = etablissement.DATASET.name
HISTORY = historique.DATASET.name
FIRST_DAY = to_day(date(1700, 1, 1))
YEARS_AHEAD = 2  # openings and closures are registered ahead of time
UNKNOWN_DATE = to_day(date(1900, 1, 1))  # what Sirene writes when it does not know
STATES = f"CASE etat WHEN 'A' THEN {State.ACTIVE} WHEN 'F' THEN {State.CLOSED} ELSE {State.UNKNOWN} END::UTINYINT"


@dataclass(frozen=True)
class Bounds:
    """Days outside which a date is absurd."""

    first: int
    last: int

    def absurd(self, day: str) -> str:
        """SQL condition on a day expression; an unknown day is not absurd."""
        return f"coalesce({day} NOT BETWEEN {self.first} AND {self.last}, false)"


def bounds(stock_date: date) -> Bounds:
    """From 1700 to two years after the stock."""
    return Bounds(FIRST_DAY, to_day(stock_date + timedelta(days=365 * YEARS_AHEAD)))


def known_day(day: str) -> str:
    """SQL of a day, UNKNOWN_START when empty or 1900-01-01."""
    return f"CASE WHEN {day} IS NULL OR {day} = {UNKNOWN_DATE} THEN {UNKNOWN_START} ELSE {day} END::INTEGER"


def stock_date(shop: Workshop, today: date) -> date:
    """The date of the stock: the latest day of treatment or of a period of its rows, from 1973 to today."""
    stock = shop.relation(STOCK)
    days = [stock.day(column) for column in ("dateDernierTraitementEtablissement", "dateDebut")]
    known = ", ".join(f"max({day}) FILTER ({day} BETWEEN {to_day(FIRST_STOCK)} AND {to_day(today)})" for day in days)
    latest = [day for day in shop.rows(f"SELECT {known} FROM {stock.sql}", STOCK)[0] if day is not None]
    return EPOCH + timedelta(days=max(latest)) if latest else today


def number_everything(shop: Workshop, communes: Sequence[str], trade_count: int) -> CodeTable:
    """Make the tables `code_number` and `commune_number` of what the files contain."""
    pairs: set[Pair] = set()
    for name in (STOCK, HISTORY):
        if shop.table(name):
            pairs.update(shop.rows(_distinct_pairs(shop.relation(name)), name))
    numbers = number_codes(pairs)
    codes = code_table(numbers, trade_count)
    craft = codes.may_be_craft()
    rows = [(nomenclature, code, number, bool(craft[number])) for (nomenclature, code), number in numbers.items()]
    shop.load_rows("code_number", "nomenclature VARCHAR, code VARCHAR, number USMALLINT, craft BOOLEAN", rows)
    stock = shop.relation(STOCK)
    written = shop.rows(f"SELECT DISTINCT {stock.text('codeCommuneEtablissement')} FROM {stock.sql}", STOCK)
    places = {code: number for number, code in enumerate(communes)}
    found = [(code, *_place(code, places)) for (code,) in written if code is not None]
    shop.load_rows("commune_number", "code VARCHAR, number USMALLINT, reason UTINYINT", found)
    return codes


def _distinct_pairs(relation: Relation) -> str:
    return f"SELECT DISTINCT {nomenclature(relation)}, {activity(relation)} FROM {relation.sql}"


def nomenclature(relation: Relation) -> str:
    """SQL of the nomenclature of the activity, '' when unknown."""
    return f"coalesce({relation.text('nomenclatureActivitePrincipaleEtablissement')}, '')"


def activity(relation: Relation) -> str:
    """SQL of the main activity, '' when unknown."""
    return f"coalesce({relation.text('activitePrincipaleEtablissement')}, '')"


def _place(code: str, places: dict[str, int]) -> tuple[int, Reason]:
    """Number of today's commune, and the reason to leave it out."""
    if is_overseas_collectivity(code):
        return 0, Reason.OVERSEAS
    current = current_commune(code)
    if current not in places:
        return 0, Reason.UNKNOWN_COMMUNE
    return places[current], Reason.KEPT


def read_stock(shop: Workshop, limits: Bounds) -> None:
    """Make the table `seen`: one row per row of the file, small numbers only, with the reason not to keep it."""
    stock = shop.relation(STOCK)
    no_date = f"{stock.is_no_date('dateCreationEtablissement')} OR {stock.is_no_date('dateDebut')}"
    shop.run(
        f"""
        CREATE TABLE seen AS
        WITH written AS (
            SELECT {stock.digits("siret", 14)} AS siret, {nomenclature(stock)} AS nomenclature,
                   {activity(stock)} AS activity, {stock.text("codeCommuneEtablissement")} AS commune,
                   {stock.day("dateCreationEtablissement")} AS created, {stock.day("dateDebut")} AS begun,
                   {stock.text("etatAdministratifEtablissement")} AS etat, {no_date} AS no_date,
                   {stock.day("dateDernierTraitementEtablissement")} AS treated
            FROM {stock.sql}
        )
        SELECT CASE WHEN regexp_full_match(siret, '[0-9]{{14}}') THEN CAST(siret AS BIGINT) ELSE -1 END AS siret,
               coalesce(place.number, 0)::USMALLINT AS commune, label.number AS code,
               {known_day("created")} AS created, {known_day("begun")} AS begun, {STATES} AS state,
               coalesce(treated, {UNKNOWN_START})::INTEGER AS treated,
               (CASE WHEN siret IS NULL OR NOT regexp_full_match(siret, '[0-9]{{14}}') THEN {Reason.BAD_NUMBER}
                     WHEN no_date OR {limits.absurd("created")} OR {limits.absurd("begun")} THEN {Reason.ABSURD_DATE}
                     WHEN written.commune IS NULL THEN {Reason.ABROAD}
                     ELSE place.reason END)::UTINYINT AS reason
        FROM written
        JOIN code_number AS label ON label.nomenclature = written.nomenclature AND label.code = written.activity
        LEFT JOIN commune_number AS place ON place.code = written.commune
        """,
        STOCK,
    )
    _set_duplicates_aside(shop)
    shop.tally(STOCK).count(dict(shop.rows("SELECT reason, count(*) FROM seen GROUP BY reason")))


def _set_duplicates_aside(shop: Workshop) -> None:
    """Of two sound rows with one SIRET the one treated last stays."""
    sound = f"reason = {Reason.KEPT}"
    twice = f"SELECT siret FROM seen WHERE {sound} GROUP BY siret HAVING count(*) > 1"
    if shop.rows(f"{twice} LIMIT 1"):
        shop.run(
            f"""
            UPDATE seen SET reason = {Reason.DUPLICATE} WHERE rowid IN (
                SELECT rowid FROM (
                    SELECT rowid, row_number() OVER (
                        PARTITION BY siret ORDER BY treated DESC, begun DESC, created, commune, code, rowid) AS place
                    FROM seen WHERE {sound} AND siret IN ({twice}))
                WHERE place > 1)
            """
        )


def choose_craft(shop: Workshop) -> None:
    """Make the table `kept`: sound establishments with a craft code today or in their history, numbered by place."""
    shop.run(f"CREATE TABLE craft AS {_craft_sirets(shop)}", HISTORY if shop.table(HISTORY) else "")
    shop.run(
        f"""
        CREATE TABLE kept AS
        SELECT (row_number() OVER (ORDER BY commune, siret) - 1)::UINTEGER AS id, siret, commune, code, created, begun,
               state, treated
        FROM seen SEMI JOIN craft USING (siret) WHERE reason = {Reason.KEPT}
        """
    )
    tally = shop.tally(STOCK)
    tally.move(Reason.NOT_CRAFT, tally.kept - shop.number("SELECT count(*) FROM kept"))


def _craft_sirets(shop: Workshop) -> str:
    today = "SELECT siret FROM seen SEMI JOIN (SELECT number FROM code_number WHERE craft) AS c ON c.number = seen.code"
    if not shop.table(HISTORY):
        return today
    history = shop.relation(HISTORY)
    return f"""
        {today} UNION
        SELECT TRY_CAST(siret AS BIGINT) AS siret
        FROM (SELECT {history.digits("siret", 14)} AS siret, {nomenclature(history)} AS nomenclature,
                     {activity(history)} AS code FROM {history.sql})
        SEMI JOIN (SELECT nomenclature, code FROM code_number WHERE craft) USING (nomenclature, code)
    """


def presence(shop: Workshop, count: int) -> I32:
    """Sound establishments of any activity, per commune number."""
    found = shop.arrays(f"SELECT commune, count(*) AS number FROM seen WHERE reason = {Reason.KEPT} GROUP BY commune")
    present = np.zeros(count, dtype=np.int32)
    present[found["commune"]] = found["number"]
    return present
