"""Breaks of series: years from which a figure is not made as before. Drawn on every chart that crosses one.

2008: NAF rév. 2 replaces NAF rév. 1 (1 January). 2012: INSEE's Side replaces REE and recalculates back to here.
2022: new Sirene system. 2023: the single entry for formalities (guichet unique) opens, a fragile year.
"""

from collections.abc import Sequence

from etabli.observatory.pictures.canvas import Canvas, Layer, words
from etabli.observatory.pictures.lines import Frame, vertical
from etabli.papers import look

BREAKS = {2008: "NAF rév.\u00a02", 2012: "Side", 2022: "", 2023: "guichet unique"}
SENTENCES = {
    2008: "2008\u00a0: nouvelle nomenclature d’activités (NAF rév.\u00a02)",
    2012: "2012\u00a0: nouvelle source de l’Insee (Side)",
    2022: "2022\u00a0: nouveau système Sirene",
    2023: "2023\u00a0: guichet unique des formalités, année fragile",
}


def crossed(years: Sequence[int]) -> list[int]:
    """The breaks that separate two of the `years` shown."""
    return [year for year in BREAKS if years and min(years) < year <= max(years)]


def sentence(years: Sequence[int]) -> str:
    """« Ruptures de série – 2022 : …; 2023 : …. », or nothing."""
    found = crossed(years)
    if not found:
        return ""
    told = "\u202f; ".join(SENTENCES[year] for year in found)
    return f"Rupture{'s' if len(found) > 1 else ''} de série. {told}."


def break_layers(years: Sequence[int], frame: Frame, canvas: Canvas, *, top: float = 0) -> list[Layer]:
    """A dotted rule just before the first year made otherwise, and a short name above the frame."""
    found = crossed(years)
    places = [frame.px(year - 0.5) for year in found]
    rules = [{"px": round(place, 1), "py": -top, "py2": frame.height} for place in places]
    texts = []
    for year, place in zip(found, places, strict=True):
        half = canvas.text(BREAKS[year]) / 2
        texts.append({"px": round(min(max(place, half), frame.width - half), 1), "py": -canvas.font * 0.7 - top,
                      "words": BREAKS[year], "colour": look.INK_SOFT})  # fmt: skip
    return [
        vertical(rules, stroke=look.INK_SOFT, strokeWidth=1, strokeDash=[1, 3]),
        words([text for text in texts if text["words"]], align="center", fontStyle="italic"),
    ]
