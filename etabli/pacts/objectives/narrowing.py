"""A part of a figure in an address, `?partie=commune:62498`, and the rows of that part alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.http import Http404

from etabli.acts.columns import Columns, Rows
from etabli.pacts.objectives import wording
from etabli.pacts.objectives.cutting import cut

PACT = "pacte"
MOST_DIGITS = 9  # of the number of a pact
MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Part:
    """One part of a figure: of a dimension of `wording.DIMENSIONS`, or of what other pacts claim too (`PACT`)."""

    dimension: str
    key: str

    @property
    def name(self) -> str:
        """« commune : Lens »."""
        if self.of_pacts:
            return "aussi retenu par un autre pacte" if self.key else "ce pacte seul"
        return f"{wording.DIMENSIONS[self.dimension]}\u00a0: {wording.part_name(self.dimension, self.key)}"

    @property
    def of_pacts(self) -> bool:
        """Whether it is a piece of what is selected, not of the figure."""
        return self.dimension == PACT

    @property
    def asked(self) -> str:
        """As the address says it."""
        return f"{self.dimension}:{self.key}"

    @property
    def pacts(self) -> frozenset[int]:
        """The other pacts of a piece. Raises Http404 for what is no number."""
        numbers = [one for one in self.key.split("-") if one]
        if not all(one.isascii() and one.isdecimal() and len(one) <= MOST_DIGITS for one in numbers):
            raise Http404
        return frozenset(map(int, numbers))


def part_asked(text: str) -> Part | None:
    """The part of an address; None for the whole figure. Raises Http404 for one that no figure has."""
    if not text:
        return None
    dimension, colon, key = text.partition(":")
    if not colon or (dimension != PACT and dimension not in wording.DIMENSIONS):
        raise Http404
    if not key.isprintable() or (dimension == "month" and not MONTH.fullmatch(key)):
        raise Http404
    return Part(dimension, key)


def piece(pacts: Iterable[int]) -> Part:
    """The part that these other pacts claim too."""
    return Part(PACT, "-".join(str(pact) for pact in sorted(pacts)))


def query(year: int | None, part: Part | None = None) -> str:
    """The query string of a figure, of one of its parts."""
    asked = ({"annee": str(year)} if year else {}) | ({"partie": part.asked} if part else {})
    return f"?{urlencode(asked)}" if asked else ""


def inside(acts: Columns, rows: Rows, part: Part) -> Rows:
    """Of the acts of a figure, those of a part; the acts of a piece are `overlaps.acts_of`."""
    codes, places = cut(acts, rows, part.dimension)
    return rows[np.isin(places, [place for place, code in enumerate(codes) if code == part.key])]
