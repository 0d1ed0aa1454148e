"""The gauge: where an objective started, what is done, where it leads, what was promised. One drawing for the page, the
report, the PDF and the public page; the sentence under it says the same in words.

Lengths are percentages, so that the bar is as wide as its place and nothing in it is stretched.
"""

from dataclasses import dataclass
from decimal import Decimal

from etabli.ui import french

BLUE, STRIPE, TRACK, INK, SOFT = "#1F4E79", "#7D93AB", "#F1ECE3", "#20262E", "#56606B"
HEIGHT = 22  # pixels; the bar takes the 14 in the middle, ticks the whole
ROOM = Decimal("1.06")  # beyond the farthest mark


@dataclass(frozen=True)
class Gauge:
    """Values in the unit people say. `key` is unique on the page; `horizon` is « fin 2021 ».

    `begun`: whether its period has begun.
    """

    key: str
    unit: str
    realised: Decimal | None
    target: Decimal | None = None
    baseline: Decimal = Decimal()
    forecast: Decimal | None = None
    horizon: str = ""
    begun: bool = True

    @property
    def value_text(self) -> str:
        """« 1 243 »."""
        return amount(self.realised)

    @property
    def rest(self) -> str:
        """« entreprises sur 2 700 (61 au départ), au rythme actuel 2 410 fin 2021 »."""
        if self.realised is None:
            unknown = "chiffre inconnu" if self.begun else "pas encore commencé"
            return unknown + (f", {amount(self.target)} visés" if self.target is not None else "")
        said = self.unit if self.unit == "%" else french.agreed(self.unit, self.realised)
        sign = f"{french.NARROW}%" if self.unit == "%" else ""
        said += f" sur {amount(self.target)}{sign}" if self.target is not None else ", sans cible"
        if self.baseline:
            said += f" ({amount(self.baseline)} au départ)"
        if self.forecast is not None:
            return f"{said}, au rythme actuel {amount(self.forecast)} {self.horizon}".rstrip()
        return f"{said}, {self.horizon}" if self.horizon else said

    @property
    def sentence(self) -> str:
        """The whole sentence under the bar."""
        if self.realised is None:
            return french.capitalised(self.rest)
        return f"{self.value_text}{french.WIDE}{self.rest}"

    @property
    def description(self) -> str:
        """What the drawing shows, for those who do not see it."""
        marks = [("départ", self.baseline or None), ("réalisé", self.realised), ("prévision", self.forecast),
                 ("cible", self.target)]  # fmt: skip
        told = [f"{name} {amount(value)}" for name, value in marks if value is not None]
        return f"Jauge{french.WIDE}: {', '.join(told) or 'aucun chiffre'}"

    @property
    def drawing(self) -> str:
        """For a page: as wide as its place."""
        return self.svg("100%")

    def svg(self, width: str = "300") -> str:
        """The drawing. `width` in pixels for paper; colours are attributes, as the security policy asks."""
        marks = [self.baseline, self.realised, self.forecast, self.target]
        reach = max((value for value in marks if value is not None), default=Decimal()) * ROOM or Decimal(1)

        def at(value: Decimal) -> str:
            return f"{max(Decimal(), 100 * value / reach):.2f}%"

        done, hatch = self.realised or Decimal(), f"hachures-{self.key}"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="gauge-bar" width="{width}" height="{HEIGHT}" role="img" '
            f'aria-label="{self.description}">',
            f'<defs><pattern id="{hatch}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#E3E8EE"/>'
            f'<rect width="2" height="6" fill="{STRIPE}"/></pattern></defs>',
            f'<rect y="4" width="100%" height="14" rx="2" fill="{TRACK}"/>',
        ]
        if self.forecast is not None and self.forecast > done:
            parts.append(
                f'<rect x="{at(done)}" y="4" width="{at(self.forecast - done)}" height="14" fill="url(#{hatch})"/>'
            )
        parts.append(f'<rect y="4" width="{at(done)}" height="14" rx="2" fill="{BLUE}"/>')
        parts.append(_tick(at(self.baseline), SOFT, 2))
        if self.target is not None:
            parts.append(_tick(at(self.target), INK, 3))
        return "".join([*parts, "</svg>"])


def _tick(place: str, colour: str, width: int) -> str:
    """A vertical mark over the bar, with a white rim where it crosses the blue."""
    left = 0 if place == "0.00%" else -width / 2
    mark = _stroke(place, left, width, colour)
    return mark if left == 0 else _stroke(place, left - 1, width + 2, "#FFFFFF") + mark


def _stroke(place: str, left: float, width: int, colour: str) -> str:
    return f'<rect x="{place}" width="{width}" height="{HEIGHT}" fill="{colour}" transform="translate({left:g} 0)"/>'


def amount(value: Decimal | None) -> str:
    """« 1 243 », « 12,5 »: no decimal when there is none to say."""
    if value is None:
        return french.ABSENT
    return french.number(value, 0 if value == value.to_integral_value() or abs(value) >= 100 else 1)
