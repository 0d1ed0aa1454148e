"""A year of the Lens-Liévin pact beside what the officer notes: the acts of colleagues, a photo, its consent."""

import random
from datetime import date, timedelta

from etabli.acts.kinds import SOME_QPV, ActKind
from etabli.demo.pacts.reports import SHOP
from etabli.pacts.models import Convention
from etabli.pacts.reports.outputs import gauge_png
from etabli.registry.models import BeneficiaryIdentity
from tests.etabli.cast import Cast
from tests.etabli.pacts import ground

K = ActKind
NOTED = [K.VISIT] * 4 + [K.DIAGNOSTIC] * 2 + [K.MEETING] * 3 + [K.LABEL] + [K.CREATION] * 2
TRADES = ("Boulangerie", "Menuiserie", "Garage", "Salon", "Charpente", "Atelier")
NAMES = ("du Cordier", "des Corons", "de la Gare", "Dupuis", "du Terril", "de l’Escaut", "Lenoir", "du Beffroi")


def fill(cast: Cast, pact: Convention, *, year: int, acts: int = 60) -> None:
    """Acts of Alice over a year, drawn once for all, for invented firms of the perimeter."""
    drawn = random.Random(year)
    firms = {who: drawn.choice(pact.perimeter.communes) for who in (ground.firm() for _ in range(acts // 2))}
    names = [f"{trade} {name}" for trade in TRADES for name in NAMES]
    for who, name in zip(firms, drawn.sample(names, len(firms)), strict=True):
        BeneficiaryIdentity.objects.create(beneficiary=who, name=name, source="test", valid_from=date(2010, 1, 1))
    for number in range(acts):
        who, kind = drawn.choice(list(firms)), drawn.choice(NOTED)
        ground.act(
            cast.chamber, date(year, 1, 8) + timedelta(days=drawn.randrange(340)), who, kind=kind, commune=firms[who],
            minutes=drawn.choice((30, 45, 60, 90)), adviser=cast.alice, qpv=SOME_QPV if kind == K.CREATION else "",
            source=f"test:{year}:{number}",
        )  # fmt: skip


def photo() -> dict:
    """The drawing of a shop, as a file to choose."""
    return {"name": "devanture.png", "mimeType": "image/png", "buffer": gauge_png(SHOP.read_text(encoding="utf-8"))}


def consent() -> dict:
    """The written consent of somebody who does not exist."""
    return photo() | {"name": "accord.png"}
