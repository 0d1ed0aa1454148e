"""One trade commune by commune: where it is, where it is not and how far the nearest one is."""

from collections.abc import Mapping

from etabli import facts
from etabli.observatory.addresses import address, establishments
from etabli.observatory.around import KM, nearest, surroundings
from etabli.observatory.questions import Asker
from etabli.observatory.scopes import Reading
from etabli.observatory.trade.screens import CommuneLine, Communes, NearLine
from etabli.ui import french
from maillage.reference.trades import Trade
from maillage.territory import Level, Territory, alphabetical, commune_name, members, parse
from maillage.watch import Nearest, by_distance

MOST = 200  # communes in the table: beyond, the map and the files say more than a page
MOST_ABSENT = 100
SHORT = 60  # lines read without a frame that scrolls
NEAREST = 5
PER = 10_000


def counts(asker: Asker, where: Territory, one: Trade) -> dict[str, int]:
    """Commune → establishments of the trade, 0 included."""
    rows = asker.ask("presence", where, by="commune", trade=one.code).rows
    return {row.key: int(row.extra.get("count") or 0) for row in rows}


def communes(where: Territory, one: Trade, found: Mapping[str, int], reading: Reading) -> Communes:
    """Communes that have the trade, those with the most first, then by name; then those without."""
    names = {code: alphabetical(commune_name(code)) for code in found if found[code]}
    present = sorted(names, key=lambda code: (-found[code], names[code]))
    absent = [code for code in members(where) if not found.get(code)]
    hidden = len(present) - MOST
    shown = absent if present else []  # of a trade that is nowhere, the title has said all
    return Communes(
        title=f"Dans {french.counted(len(present), 'commune') if present else 'aucune commune'}"
        f" sur {french.number(len(found))}",
        lines=tuple(_line(_commune(code), found[code], reading, one) for code in present[:MOST]),
        hidden=f"et {french.counted(hidden, 'autre commune', 'autres communes')}" if hidden > 0 else "",
        absent_title=f"Aucun établissement dans {french.counted(len(shown), 'commune')}" if shown else "",
        absent=tuple(_absent(code, found, reading) for code in shown) if len(shown) <= MOST_ABSENT else (),
        whole=len(present) <= SHORT,
    )


def near(asker: Asker, where: Territory, one: Trade) -> tuple[str, tuple[NearLine, ...]]:
    """Around a commune: a title, and the nearest communes that have the trade, those of its portrait."""
    if where.level is not Level.COMMUNE or surroundings(where) is None:
        return "", ()
    found = nearest(asker, where, one)[:NEAREST]
    limit = f"à moins de {french.number(KM)}\u00a0km"
    title = "Au plus près" if found else f"Aucun autre {limit}"
    return title, tuple(_near(place, asker.reading, one) for place in found)


def _commune(code: str) -> Territory:
    return parse(f"commune:{code}")


def _line(place: Territory, count: int, reading: Reading, one: Trade) -> CommuneLine:
    density = None if not place.population else PER * count / place.population
    return CommuneLine(
        name=place.name,
        href=address(place, "trade", metier=one.code) + reading.query(),
        count=french.number(count),
        density=french.number(density, 1),
        alone=count == 1,
        rows=establishments(place, reading, "stock", metier=one.code),
    )


def _absent(code: str, found: Mapping[str, int], reading: Reading) -> NearLine:
    nearest = next(iter(by_distance(code, found, facts.store().centre)), None)
    where = "" if nearest is None else f"le plus proche {_commune(nearest.commune).at}, {_km(nearest)}"
    return NearLine(commune_name(code), address(_commune(code)) + reading.query(), where)


def _near(place: Nearest, reading: Reading, one: Trade) -> NearLine:
    where = _commune(place.commune)
    counted = french.counted(place.count, "établissement")
    return NearLine(where.name, establishments(where, reading, "stock", metier=one.code), f"{counted}, {_km(place)}")


def _km(place: Nearest) -> str:
    return f"à {french.number(place.km, 1)}\u00a0km"
