"""Colours and habits of every chart, map and document, as plain values (the style sheet of the site has the same)."""

from typing import Any

from etabli.papers.fonts import FAMILY

PAPER, SHEET = "#FBF8F3", "#FFFFFF"
INK, INK_SOFT, LINE = "#20262E", "#56606B", "#E2DACE"
BLUE, CLAY, SAGE, OCHRE, BRICK = "#1F4E79", "#A6472B", "#3F6B4C", "#8A5A0B", "#9B1C1C"

RAMP = ("#E9EEF3", "#C9D7E4", "#9DB8D0", "#6C93B8", "#3F6E9B", "#1F4E79")  # pale to dark, one hue: order reads in grey
NO_DATA = "#F1ECE3"
QUIET = "#8C8577"  # a mark for what is absent: seen, not read first

# Territory first, then those it is compared with: told apart by colour, by dash and by the name at the end of the line.
SERIES = (BLUE, CLAY, INK_SOFT, SAGE, OCHRE, "#5B4A8A")
DASHES: tuple[list[int], ...] = ([], [5, 3], [2, 2], [8, 3], [8, 3, 2, 3], [1, 3])

# One colour and one marker per craft sector, everywhere; keys are values of `maillage.reference.trades.Sector`.
SECTOR_COLOURS = {"alimentation": OCHRE, "batiment": BLUE, "fabrication": CLAY, "services": SAGE}
SECTOR_SHAPES = {"alimentation": "circle", "batiment": "square", "fabrication": "triangle-up", "services": "diamond"}


def paler(colour: str, share: float = 0.5) -> str:
    """`colour` mixed with white: what is provisional. Opaque, so that no grid line shows through."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


FONT_SIZE = 13  # px, at the width the chart is drawn for


def chart(font_size: int = FONT_SIZE) -> dict[str, Any]:
    """The Vega-Lite configuration of every chart, its texts at `font_size` px."""
    small = {"labelFontSize": font_size, "titleFontSize": font_size, "titleFontWeight": "normal"}
    soft = {"labelColor": INK_SOFT, "titleColor": INK_SOFT}
    return {
        "font": FAMILY,
        "background": None,
        "view": {"stroke": None},
        # Vega describes axes and legends in English: the picture has its own French description.
        "axis": {"aria": False, **small, **soft, "labelPadding": 6, "gridColor": LINE, "domain": False, "ticks": False},
        "axisX": {"grid": False, "domain": True, "domainColor": LINE, "ticks": True, "tickColor": LINE, "tickSize": 4},
        "legend": {"aria": False, **small, **soft, "symbolStrokeWidth": 0},
        "text": {"color": INK, "fontSize": font_size, "baseline": "middle"},
        "line": {"strokeWidth": 2},
    }
