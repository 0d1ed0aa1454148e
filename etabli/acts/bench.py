"""How long counting takes in a ledger of a million acts and twelve pacts: `python -m etabli.acts.bench [ACTS]`.

Works in a database of its own, made and removed as Django's tests do, on the engine that the settings name. Prints one
JSON object, which `./run bench` reads. The acts are written by the database itself: a formula of their number.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import django

django.setup()

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.acts import actions, bundles, queries
from etabli.acts.actions import Entry
from etabli.acts.kinds import ActKind, Measure
from etabli.acts.models import Act
from etabli.acts.queries import Selection
from etabli.registry.models import Beneficiary
from maillage.territory import parse

PACTS = 12
KINDS = tuple(kind for kind in ActKind if kind is not ActKind.ATTENDANCE)[:10]
YEARS = (2022, 2025)
FIRST_DAY = date(YEARS[0], 1, 1)
BUSIEST = 0.4  # share of the first pact
FIRMS_PER_ACT = 0.2
COMMUNES = 300
DAYS = 4 * 365
REPEAT = 7


def fill(acts: int) -> list[Organisation]:
    """Twelve chambers with their acts, spread over four years, thousands of firms and hundreds of communes."""
    chambers = [
        Organisation.objects.create(kind="chamber", name=f"Chambre {n}", short_name=f"C{n}", siren=f"{n:09d}")
        for n in range(PACTS)
    ]
    codes = sorted(parse("departement:62").communes)[:COMMUNES]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE place (n integer PRIMARY KEY, code varchar(5))")
        cursor.executemany("INSERT INTO place VALUES (%s, %s)", list(enumerate(codes)))
        cursor.execute("CREATE TEMPORARY TABLE sort (n integer PRIMARY KEY, kind varchar(30))")
        cursor.executemany("INSERT INTO sort VALUES (%s, %s)", [(n, kind.value) for n, kind in enumerate(KINDS)])
        _fill_firms(cursor, int(acts * FIRMS_PER_ACT))
        _fill_acts(cursor, acts, chambers)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Act]):
            cursor.execute(statement)
    bundles.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return chambers


def _fill_firms(cursor: CursorWrapper, firms: int) -> None:
    key = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    cursor.execute(
        f"""
        WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {firms})
        INSERT INTO registry_beneficiary (id, key, kind, opened_at) SELECT n, {key}, 'firm', %s FROM series
        """,  # noqa: S608 - numbers of our own
        [timezone.now()],
    )


def _fill_acts(cursor: CursorWrapper, acts: int, chambers: list[Organisation]) -> None:
    postgres = connection.vendor == "postgresql"
    day = f"DATE '{FIRST_DAY}' + ((series.n * 48271) %% {DAYS})::integer" if postgres else (
        f"date('{FIRST_DAY}', '+' || ((series.n * 48271) %% {DAYS}) || ' days')"
    )  # fmt: skip
    cursor.execute(
        f"""
        WITH RECURSIVE series(n) AS (
            SELECT CAST(1 AS bigint) UNION ALL SELECT n + 1 FROM series WHERE n < {acts}
        )
        INSERT INTO acts_act (id, kind, day, recorded_at, beneficiary_id, commune, qpv, trade, band, organisation_id,
                              minutes, amount, quantity, themes, origin, placement, confidentiality, source,
                              proof_sha256)
        SELECT series.n, sort.kind, {day}, %s, 1 + (series.n * 7919) %% {int(acts * FIRMS_PER_ACT)}, place.code, '', '',
               '', CASE WHEN series.n <= {int(acts * BUSIEST)} THEN {chambers[0].pk}
                        ELSE {chambers[1].pk} + series.n %% {PACTS - 1} END,
               30, 0, 1, CASE WHEN series.n %% 3 = 0 THEN '|energie|' ELSE '' END, 'demo', '', 'normal',
               'bench:' || series.n, ''
        FROM series
        JOIN sort ON sort.n = (series.n * 31 + series.n / 11) %% {len(KINDS)}
        JOIN place ON place.n = (series.n * 104729) %% {COMMUNES}
        """,  # noqa: S608 - numbers of our own
        [timezone.now()],
    )


def median_ms(work: Callable[[], object], repeat: int = REPEAT) -> float:
    """Median time after one run that does not count."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def measures(chambers: list[Organisation], acts: int) -> dict[str, tuple[float, str]]:
    """Name → milliseconds, and what was counted."""
    places = frozenset(sorted(parse("departement:62").communes)[:COMMUNES])
    busiest = Selection(organisations=frozenset({chambers[0].pk}), communes=places)
    share = round(50_000 / (acts * BUSIEST / 4 / len(KINDS)))  # kinds that make 50 000 acts of a year of the busiest
    year = replace(
        busiest,
        kinds=frozenset(KINDS[: max(1, min(share, len(KINDS)))]),
        since=date(YEARS[1], 1, 1),
        until=date(YEARS[1], 12, 30),
    )
    found = {}
    for name, wanted in (("objective", year), ("wide", busiest)):
        size = queries.count(wanted, Measure.ACTS)
        for measure in (Measure.ACTS, Measure.BENEFICIARIES, Measure.COMMUNES, Measure.MINUTES):
            expected = queries.count_directly(wanted, measure)
            if queries.count(wanted, measure) != expected:
                raise RuntimeError(f"{name}, {measure}: the roll-up differs from the acts")
            took = median_ms(lambda wanted=wanted, measure=measure: queries.count(wanted, measure))  # type: ignore[misc] # values bound in the loop
            found[f"acts_{name}_{measure}"] = took, f"{measure} parmi {size} actes, {connection.vendor}"
    direct = median_ms(lambda: queries.count_directly(busiest, Measure.BENEFICIARIES))
    found["acts_wide_without_roll_up"] = direct, f"beneficiaries sans les paquets, {connection.vendor}"
    found["acts_recorded"] = _recording(chambers[0]), f"noter un acte, {connection.vendor}"
    return found


def _recording(chamber: Organisation) -> float:
    """Median time to record one act in the busiest ledger, its bundle and its trace in the journal included."""
    numbers, firm = iter(range(10 * REPEAT + 1)), Beneficiary.objects.order_by("pk").first()
    return median_ms(
        lambda: actions.record(
            by=None, entry=Entry(KINDS[0], FIRST_DAY, chamber, f"recorded:{next(numbers)}", firm, minutes=30)
        ),
        10 * REPEAT,
    )


@contextmanager
def own_database() -> Iterator[None]:
    """A database for the time of a measure, on the engine of the settings."""
    before = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":  # a file, as in service: Django's tests would stay in memory
        connection.settings_dict["TEST"]["NAME"] = str(settings.DATA_DIR / "bench-acts.sqlite3")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(str(before), verbosity=0)


def main() -> None:
    """Make, measure, print, remove."""
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with own_database():
        found = measures(fill(acts), acts)
    print(json.dumps({name: {"ms": round(took, 2), "what": what} for name, (took, what) in found.items()}))


if __name__ == "__main__":
    main()
