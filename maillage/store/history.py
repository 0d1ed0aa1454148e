"""Reads StockEtablissementHistorique, fills it from today's stock where it is silent, and gives sorted periods."""
# ruff: noqa: S608
# (SQL is put together from the column names of official layouts and from numbers, never from what a file contains)

from maillage.store.columns import OPEN_END, UNKNOWN_START
from maillage.store.periods import Periods, State
from maillage.store.reasons import Reason
from maillage.store.stock import HISTORY, STATES, Bounds, activity, known_day, nomenclature
from maillage.store.workshop import Workshop

NO_HISTORY = """
    CREATE TABLE past (id UINTEGER, "start" INTEGER, "end" INTEGER, state UTINYINT, code USMALLINT)
"""
# Periods written by INSEE; a first period without a start takes the establishment's day of creation when there is one.
WRITTEN = f"""
    SELECT past.id, CASE WHEN past."start" = {UNKNOWN_START} AND kept.created < past."end" THEN kept.created
                         ELSE past."start" END AS "start", past."end", past.state, past.code
    FROM past JOIN kept USING (id)
"""
# Today's period, when the history does not reach it.
LATEST = f"""
    SELECT kept.id, greatest(kept.begun, reach.latest), {OPEN_END}, kept.state, kept.code
    FROM kept JOIN (SELECT id, max("end") AS latest FROM past GROUP BY id) AS reach USING (id)
    WHERE reach.latest < {OPEN_END}
"""
# Without any history: one period from the creation to today, or to the day of the closure.
ALONE = f"""
    SELECT kept.id, kept.created, CASE WHEN kept.state = {State.CLOSED} THEN kept.begun ELSE {OPEN_END} END,
           {State.ACTIVE}, kept.code
    FROM kept ANTI JOIN past USING (id)
    WHERE kept.state = {State.ACTIVE}
       OR (kept.state = {State.CLOSED} AND kept.begun <> {UNKNOWN_START} AND kept.created < kept.begun)
"""


def read_history(shop: Workshop, limits: Bounds) -> None:
    """Make the table `past`: the sound periods of the establishments in `kept`; count the others."""
    if not shop.table(HISTORY):
        shop.run(NO_HISTORY)
        return
    written = _written(shop, limits)
    tally = shop.tally(HISTORY)
    tally.count(dict(shop.rows(f"SELECT reason, count(*) FROM ({written}) GROUP BY reason", HISTORY)))
    tally.refuse_if_doubtful()
    shop.run(
        f"""
        CREATE TABLE past AS
        SELECT kept.id, written."start", written."end", written.state, label.number AS code
        FROM ({written}) AS written
        JOIN kept ON kept.siret = TRY_CAST(written.siret AS BIGINT)
        JOIN code_number AS label ON label.nomenclature = written.nomenclature AND label.code = written.activity
        WHERE reason = {Reason.KEPT}
        """,
        HISTORY,
    )
    tally.move(Reason.OTHER_ESTABLISHMENT, tally.kept - shop.number("SELECT count(*) FROM past"))


def _written(shop: Workshop, limits: Bounds) -> str:
    history = shop.relation(HISTORY)
    no_date = f"{history.is_no_date('dateDebut')} OR {history.is_no_date('dateFin')}"
    return f"""
        SELECT siret, nomenclature, activity, {known_day("first")} AS "start",
               coalesce(last + 1, {OPEN_END})::INTEGER AS "end", {STATES} AS state,
               (CASE WHEN siret IS NULL OR NOT regexp_full_match(siret, '[0-9]{{14}}') THEN {Reason.BAD_NUMBER}
                     WHEN no_date OR {limits.absurd("first")} OR {limits.absurd("last")} THEN {Reason.ABSURD_DATE}
                     WHEN first > last THEN {Reason.REVERSED_DATES}
                     ELSE {Reason.KEPT} END)::UTINYINT AS reason
        FROM (SELECT {history.digits("siret", 14)} AS siret, {nomenclature(history)} AS nomenclature,
                     {activity(history)} AS activity, {history.day("dateDebut")} AS first,
                     {history.day("dateFin")} AS last, {history.text("etatAdministratifEtablissement")} AS etat,
                     {no_date} AS no_date
              FROM {history.sql})
    """


def sorted_periods(shop: Workshop) -> Periods:
    """Every period of the establishments in `kept`, sorted by (establishment, start, end)."""
    found = shop.arrays(
        f"""
        SELECT id AS establishment, "start", "end", state::UTINYINT AS state, code
        FROM ({WRITTEN} UNION ALL {LATEST} UNION ALL {ALONE}) ORDER BY id, "start", "end", state, code
        """
    )
    return Periods(**found)
