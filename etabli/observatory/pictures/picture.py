"""A picture: what is drawn, what is seen in it in one sentence, and the table that says the same."""

from collections.abc import Callable
from dataclasses import dataclass, field

from etabli.observatory.pictures.canvas import NARROW, WIDE, Canvas, Spec
from etabli.papers import charts
from etabli.papers.frames import Frame
from etabli.papers.sheets import Sheet
from etabli.ui.french import enumeration, long_date
from maillage.indicators import Answer

FICTITIOUS = "Données fictives"


@dataclass(frozen=True)
class Picture:
    """A chart or a map of a territory.

    `title` is a sentence that says what is seen, `description` what a reader who cannot see it needs (the table gives
    each value), `unit` the caption, `sheet` the table, `draw` the drawing on a given canvas. One that is not
    `drawn` has its sentence and its reason only.
    """

    name: str
    title: str
    description: str
    unit: str
    sheet: Sheet
    frame: Frame
    draw: Callable[[Canvas], Spec] = field(repr=False, compare=False)
    drawn: bool = True

    @property
    def spec(self) -> Spec:
        """The Vega-Lite specification at the width of a column."""
        return self.draw(WIDE)

    @property
    def label(self) -> str:
        """Alternative text: the sentence, then the description."""
        return f"{self.title}. {self.description}"

    @property
    def svg(self) -> str:
        """Markup for a page: the drawing for wide columns and the one for narrow ones; the style sheet shows one."""
        if not self.drawn:
            return ""
        wide = charts.inline(self.draw(WIDE), label=self.label, css_class="picture picture-wide")
        narrow = charts.inline(self.draw(NARROW), label=self.label, css_class="picture picture-narrow")
        return wide + narrow

    def svg_file(self) -> bytes:
        """The drawing with its title and its source, as an SVG file."""
        return charts.file(self.spec, label=self.label, frame=self.frame)

    def png_file(self) -> bytes:
        """The drawing with its title and its source, as a PNG file twice as wide as the SVG."""
        return charts.png(self.spec, frame=self.frame)


def source_line(answer: Answer) -> str:
    """« Source : Insee, base Sirene, données au 1er novembre 2026 · situation au 1er janvier 2021 · activité… »."""
    source = answer.card.source.partition(" (")[0]
    said = (f"{source}, données au {long_date(answer.stock_date)}", moment_words(answer), scope_of(answer))
    return f"Source\u00a0: {' · '.join(filter(None, said))}."


def scope_of(answer: Answer) -> str:
    """The craft scope that was applied: wider than the one asked for when the past has no sizes."""
    return answer.scope_words


def moment_words(answer: Answer) -> str:
    """« situation au 1er janvier 2021 », « du 1er janvier 2016 au 31 octobre 2026 »; empty at the day of the data."""
    if answer.during is not None:
        return f"du {long_date(answer.during.start)} au {long_date(answer.during.last)}"
    return "" if answer.on in (None, answer.stock_date) else f"situation au {long_date(answer.on)}"


def mention_of(answer: Answer) -> str:
    """The same for machines: « Insee, Sirene, 2026-11-01, situation au 2021-01-01 »."""
    said = f"Insee, Sirene, {answer.stock_date.isoformat()}"
    if answer.during is not None:
        return f"{said}, du {answer.during.start.isoformat()} au {answer.during.last.isoformat()}"
    return said if answer.on in (None, answer.stock_date) else f"{said}, situation au {answer.on.isoformat()}"


def frame_of(title: str, unit: str, *answers: Answer) -> Frame:
    """Words around a file: its title above; unit, source, scope and fiction below."""
    places = dict.fromkeys(answer.question.where.name for answer in answers)
    notes = [f"{enumeration(list(places))}. {unit}.", source_line(answers[0])]
    if any(answer.fictitious for answer in answers):
        notes.append(f"{FICTITIOUS}.")
    return Frame(title, tuple(notes))


def notes_of(answer: Answer) -> tuple[str, ...]:
    """What the notes of a table say: source, scope, definition, warnings."""
    card = answer.card
    return (
        source_line(answer),
        f"{card.label}\u00a0: {card.plain}",
        card.exact,
        f"Rapporté à\u00a0: {card.denominator}.",
        card.field,
        card.caveat,
        *answer.notes,
    )
