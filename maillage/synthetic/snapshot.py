"""What the register knows of a population on one day, as plain arrays ready to be written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from maillage.synthetic import years
from maillage.synthetic.activities import activities
from maillage.synthetic.firms import BAND_CODES
from maillage.synthetic.keys import nic_numbers
from maillage.synthetic.periods import Periods, current, periods
from maillage.synthetic.population import Population

Integers = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[np.generic]]

NO_BAND = BAND_CODES.index("")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Columns of the four files, by name; one position per row of the file."""

    shops: Columns
    firms: Columns
    periods: Columns
    links: Columns


def snapshot(population: Population, on: date) -> Snapshot:
    """The register on the morning of ``on``: nothing later is known, nothing earlier is forgotten."""
    day = years.day(on.year, on.month, on.day)
    shops, firms = population.shops, population.firms
    table = periods(shops, day)
    now = current(table, len(shops))
    known = np.flatnonzero(now >= 0)
    nic = _nic(population)
    siren = firms.siren[shops.firm]
    seat = _seats(population, known)
    stock = _stock(population, table, now, known, on) | {
        "siren": siren[known],
        "nic": nic[known],
        "seat": seat[known],
        "band": _bands(population, table, now, known),
    }
    linked = np.flatnonzero(population.links.day <= day)
    before, after = population.links.before[linked], population.links.after[linked]
    return Snapshot(
        shops=stock,
        firms=_units(population, stock),
        periods=_history(population, table, siren, nic),
        links={
            "siren_before": siren[before],
            "nic_before": nic[before],
            "siren_after": siren[after],
            "nic_after": nic[after],
            "day": population.links.day[linked],
            "seat": population.links.seat[linked],
        },
    )


def _nic(population: Population) -> Integers:
    """NIC of each establishment: its rank in its firm, and the key of the SIRET."""
    firm = population.shops.firm
    first = np.searchsorted(firm, firm, side="left")
    rank = np.arange(len(firm)) - first + 1
    return nic_numbers(population.firms.siren[firm], rank)


def _seats(population: Population, known: Integers) -> npt.NDArray[np.bool_]:
    """Whether each establishment is the seat: the last of its firm's line of seats opened so far."""
    candidates = known[population.shops.chain[known]]
    last = np.full(len(population.firms), -1, dtype=np.int64)
    last[population.shops.firm[candidates]] = candidates
    seat = np.zeros(len(population.shops), dtype=np.bool_)
    seat[last[last >= 0]] = True
    return seat


def _stock(population: Population, table: Periods, now: Integers, known: Integers, on: date) -> Columns:
    shops, firms = population.shops, population.firms
    period = now[known]
    owner = shops.firm[known]
    day = years.day(on.year, on.month, on.day)
    dice = shops.dice[known]
    treated = table.first[period].astype(np.int64) + 3 + dice % 17
    return {
        "firm": owner,
        "commune": shops.commune[known],
        "start": shops.start[known],
        "since": table.first[period],
        "treated": np.minimum(treated, day - 1),
        "count": np.bincount(table.shop, minlength=len(shops))[known],
        "active": table.active[period],
        "activity": table.activity[period],
        "era": table.era[period],
        "employer": table.employer[period],
        "registered": _registered(table.activity[period], shops.start[known], dice),
        "partial": firms.partial[owner],
        "form": firms.form[owner],
        "sign": firms.sign[owner],
        "head": firms.head[owner],
        "named": firms.named[owner],
        "typed": shops.start[known] >= years.day(2023),
        "x": shops.x[known],
        "y": shops.y[known],
        "dice": dice,
        "trade": firms.activity[owner],
        "oddity": oddity(shops.start[known], dice),
    }


def oddity(start: years.Days, dice: Integers) -> Integers:
    """Flaws of the real register: 1, an old date of creation was lost; 2, a date in the year 1; 0, none."""
    lost = (start < years.day(1990)) & (dice % 89 == 0)
    absurd = dice % 9973 == 1
    return np.where(absurd, 2, np.where(lost, 1, 0))


def _registered(activity: Integers, start: years.Days, dice: Integers) -> Integers:
    """Which NAFA code of its activity an establishment has: 0 for none, else 1, 2, 3…

    The trades register closed at the end of 2022: codes are rarer since. Activities that are craft in part have one
    for six in ten.
    """
    table = activities()
    codes = np.array([len(one.nafa) for one in table])[activity]
    partial = np.array([len(one.nafa) > 0 and one.nafa[0][-1] in "PQRST" for one in table])[activity]
    odds = np.where(partial, 60, np.where(start < years.day(2023), 82, 48))
    drawn = (dice >> 8) % 100 < odds
    # The first code of the list is the usual one.
    which = 1 + np.where((dice >> 16) % 10 < 6, 0, (dice >> 20) % np.maximum(codes, 1))
    return np.where(drawn & (codes > 0), which, 0)


def _bands(population: Population, table: Periods, now: Integers, known: Integers) -> Integers:
    """Headcount band of the establishment: that of its firm for a seat, less elsewhere, none once it is closed."""
    band = population.firms.band[population.shops.firm[known]]
    secondary = ~population.shops.chain[known] & (band > 1) & (band < NO_BAND)
    band = np.where(secondary, band - 1, band)
    return np.where(table.active[now[known]], band, NO_BAND)


def _units(population: Population, stock: Columns) -> Columns:
    """Legal units born by then, alive as long as one establishment is."""
    firms = population.firms
    size = len(firms)
    owner = stock["firm"].astype(np.int64)
    alive = np.bincount(owner, weights=stock["active"], minlength=size) > 0
    last = np.full(size, np.iinfo(np.int32).min, dtype=np.int64)
    np.maximum.at(last, owner, stock["since"].astype(np.int64))
    treated = np.zeros(size, dtype=np.int64)
    np.maximum.at(treated, owner, stock["treated"].astype(np.int64))
    seats = np.flatnonzero(stock["seat"])
    nic = np.zeros(size, dtype=np.int64)
    activity, era = nic.copy(), nic.copy()
    nic[owner[seats]] = stock["nic"][seats]
    activity[owner[seats]], era[owner[seats]] = stock["activity"][seats], stock["era"][seats]
    which = np.flatnonzero(np.bincount(owner, minlength=size))
    same = ("siren", "start", "form", "employer", "partial", "social", "surname", "first_name", "sign", "head", "named")
    columns: Columns = {name: getattr(firms, name)[which] for name in same}
    return columns | {
        "trade": firms.activity[which],
        "alive": alive[which],
        "since": last[which],
        "treated": treated[which],
        "nic": nic[which],
        "activity": activity[which],
        "era": era[which],
        "band": np.where(alive, firms.band, NO_BAND)[which],
        "typed": firms.start[which] >= years.day(2023),
    }


def _history(population: Population, table: Periods, siren: Integers, nic: Integers) -> Columns:
    """Every period, with what changed since the one before it; only a first period may lack its date."""
    shops, firms = population.shops, population.firms
    owner = shops.firm[table.shop]
    flaws = oddity(shops.start, shops.dice)[table.shop]
    follows = np.concatenate([[False], table.shop[1:] == table.shop[:-1]])
    code = table.activity * 4 + table.era
    return {
        "siren": siren[table.shop],
        "nic": nic[table.shop],
        "first": table.first,
        "last": table.last,
        "active": table.active,
        "activity": table.activity,
        "era": table.era,
        "employer": table.employer,
        "start": shops.start[table.shop],
        "trade": firms.activity[owner],
        "sign": firms.sign[owner],
        "head": firms.head[owner],
        "named": firms.named[owner],
        "form": firms.form[owner],
        "partial": firms.partial[owner],
        "typed": shops.start[table.shop] >= years.day(2023),
        "oddity": np.where(follows, 0, flaws),
        "new_state": follows & _differs(table.active),
        "new_code": follows & _differs(code),
        "new_employer": follows & _differs(table.employer),
    }


def _differs(values: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    return np.concatenate([[False], values[1:] != values[:-1]])
