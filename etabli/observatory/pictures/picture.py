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
    """« Source : Insee, base Sirene, données au 1er novembre 2026 · activité entièrement artisanale, … »."""
    source = answer.card.source.partition(" (")[0]
    scope = answer.scope_words or answer.question.scope.label
    return f"Source\u00a0: {source}, données au {long_date(answer.stock_date)} · {scope}."


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
        card.formula,
        f"Dénominateur\u00a0: {card.denominator}.",
        card.field,
        card.caveat,
        *answer.notes,
    )
