"""What a visitor of the watch asks to see, in the query string: `?evenement=ouverture&secteur=batiment`."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from etabli.facts import Event
from etabli.observatory import typed
from maillage.reference.trades import Sector, Trade, trade
from maillage.watch import Kind

WORDS = {
    Kind.LAST_GONE: "disparition", Kind.LAST_LEFT: "dernier", Kind.OPENED: "ouverture", Kind.REOPENED: "reouverture",
    Kind.TAKEN_OVER: "reprise", Kind.MOVED_IN: "arrivee", Kind.MOVED_OUT: "depart", Kind.MOVED: "demenagement",
    Kind.CHANGED_ACTIVITY: "changement", Kind.CLOSED: "fermeture",
}  # fmt: skip
KINDS: dict[str, Kind | None] = {WORDS[kind]: kind for kind in Kind}
SECTORS: dict[str, Sector | None] = {sector.value: sector for sector in Sector}


@dataclass(frozen=True)
class Wanted:
    """One kind of event, one sector, or all."""

    kind: Kind | None = None
    sector: Sector | None = None

    def keeps(self, event: Event) -> bool:
        """Is `event` wanted?"""
        right_sector = self.sector is None or main_trade(event).sector is self.sector
        return right_sector and (self.kind is None or event.kind is self.kind)

    @property
    def query(self) -> str:
        """`?evenement=…&secteur=…` with what was chosen, empty when all is wanted."""
        pairs = {} if self.kind is None else {"evenement": WORDS[self.kind]}
        pairs |= {} if self.sector is None else {"secteur": self.sector.value}
        return f"?{urlencode(pairs)}" if pairs else ""


def wanted_from(query: QueryDict) -> Wanted:
    """Reads `evenement` and `secteur`; empty means all. Raises BadQuestion, which says what may be written."""
    kind = typed.one_of(query, "evenement", KINDS, None, {WORDS[one]: one.label for one in Kind})
    return Wanted(kind, typed.one_of(query, "secteur", SECTORS, None))


def main_trade(event: Event) -> Trade:
    """The trade of an event: the new one, or the one that was left."""
    return trade(event.trade or event.old_trade or "")
