"""Reads the succession links: which establishment of the store took over which one."""
# ruff: noqa: S608
# (SQL is put together from the column names of official layouts and from numbers, never from what a file contains)

import numpy as np

from maillage.sources import succession
from maillage.store.columns import Links
from maillage.store.reasons import Reason
from maillage.store.stock import Bounds
from maillage.store.workshop import Workshop

LINKS = succession.DATASET.name


def read_links(shop: Workshop, limits: Bounds) -> Links:
    """Links with both ends in the store and a day, sorted by day; the others are counted."""
    if not shop.table(LINKS):
        empty = np.empty(0, dtype=np.uint32)
        return Links(predecessor=empty, successor=empty, day=np.empty(0, dtype=np.int32))
    written = _written(shop, limits)
    tally = shop.tally(LINKS)
    tally.count(dict(shop.rows(f"SELECT reason, count(*) FROM ({written}) GROUP BY reason", LINKS)))
    joined = f"""
        SELECT before.id AS predecessor, after.id AS successor, day::INTEGER AS day
        FROM ({written}) AS link
        JOIN final AS before ON before.siret = TRY_CAST(link.before AS BIGINT)
        JOIN final AS after ON after.siret = TRY_CAST(link.after AS BIGINT)
        WHERE reason = {Reason.KEPT}
    """
    shop.run(f"CREATE TABLE link AS {joined}", LINKS)
    tally.move(Reason.OUTSIDE_LINK, tally.kept - shop.number("SELECT count(*) FROM link"))
    found = shop.arrays("SELECT DISTINCT predecessor, successor, day FROM link ORDER BY day, predecessor, successor")
    tally.move(Reason.DUPLICATE, tally.kept - len(found["day"]))
    return Links(**found)


def _written(shop: Workshop, limits: Bounds) -> str:
    links = shop.relation(LINKS)
    before, after = (links.digits(f"siretEtablissement{end}", 14) for end in ("Predecesseur", "Successeur"))
    digits = "'[0-9]{14}'"
    return f"""
        SELECT before, after, day,
               (CASE WHEN coalesce(NOT regexp_full_match(before, {digits}), true)
                       OR coalesce(NOT regexp_full_match(after, {digits}), true) THEN {Reason.BAD_NUMBER}
                     WHEN day IS NULL OR {limits.absurd("day")} THEN {Reason.ABSURD_DATE}
                     ELSE {Reason.KEPT} END)::UTINYINT AS reason
        FROM (SELECT {before} AS before, {after} AS after, {links.day("dateLienSuccession")} AS day FROM {links.sql})
    """
