"""The firms that the acts of a pact are about: those of the store where it has some, invented ones elsewhere."""

from dataclasses import dataclass
from datetime import date
from random import Random

from etabli import facts
from etabli.demo.pacts import numbers
from etabli.demo.pacts.bodies import BODIES
from etabli.registry import actions as registry
from etabli.registry.models import Beneficiary, Perimeter
from maillage.errors import NoStore
from maillage.reference.trades import Trade, trades
from maillage.territory import commune_name, population

BASKET = 160
LARGEST = 45  # communes that the invented firms are drawn from, most of the time
WORDS = ("Alouette", "Bruyère", "Cigale", "Érable", "Fougère", "Genêt", "Houx", "Iris", "Jasmin", "Lilas", "Mésange",
         "Noisetier", "Olivier", "Pervenche", "Roseau", "Sureau", "Tilleul", "Verveine")  # fmt: skip


@dataclass(frozen=True)
class Firm:
    """A firm as acts tell it; `name` is empty when Sirene knows it (as an invented file, here)."""

    siret: str
    commune: str
    trade: str
    band: str
    name: str = ""

    def opened(self, day: date) -> Beneficiary:
        """Its file in the registry."""
        return registry.open_firm(by=None, siret=self.siret, name=self.name, commune=self.commune, on=day)


def basket(perimeter: Perimeter, rng: Random, first: int, since: date) -> tuple[Firm, ...]:
    """Firms of a perimeter that were there on the day `since`; `first` is the rank of the first fictitious number."""
    return _of_the_store(perimeter, rng, since) or _invented(perimeter, rng, first)


def of_body(key: str) -> Firm:
    """The firm that an invented organisation is: its people read what was done with it."""
    rank, body = next((rank, body) for rank, body in enumerate(BODIES) if body.key == key)
    siret = numbers.seat(numbers.for_organisations(rank + 1)[rank])
    return Firm(siret, body.territory.partition(":")[2], "", "NN", body.name)


def _of_the_store(perimeter: Perimeter, rng: Random, since: date) -> tuple[Firm, ...]:
    try:
        store = facts.store()
    except NoStore:
        return ()
    here = sorted(set(perimeter.communes) & store.communes_present)
    rows = sorted({int(number) for number in store.spells.establishment[store.rows_in(here)]})
    if len(rows) < BASKET:
        return ()
    picked = rng.sample(range(len(rows)), min(len(rows), 5 * BASKET))
    told = facts.described([rows[one] for one in picked])
    living = [one for one in told if one.name and one.trade and one.created and one.created <= since]
    return tuple(Firm(one.siret, one.commune, one.trade, one.band or "") for one in living[:BASKET])


def _invented(perimeter: Perimeter, rng: Random, first: int) -> tuple[Firm, ...]:
    largest = sorted(perimeter.communes, key=lambda code: (-(population(code) or 0), code))
    crafts = [one for one in trades() if one.everyday]
    places = [rng.choice(largest[:LARGEST] if rng.random() < 0.7 else largest) for _ in range(BASKET)]
    drawn = [rng.choice(crafts) for _ in places]
    bands = [rng.choice(("NN", "NN", "01", "01", "02", "03", "11")) for _ in places]
    rows = zip(numbers.sirets(first, BASKET), places, drawn, bands, strict=True)
    return tuple(Firm(siret, place, craft.code, band, _name(craft, place, rng)) for siret, place, craft, band in rows)


def _name(craft: Trade, place: str, rng: Random) -> str:
    kind = craft.short[:1].upper() + craft.short[1:]
    return f"{kind} {rng.choice(WORDS)} {commune_name(place)} (fictif)"
