"""The portrait screen as the data of its document: texts only, ready to be set."""

from typing import Any

from etabli.observatory.pictures.canvas import PAPER
from etabli.observatory.pictures.picture import Picture
from etabli.observatory.screens import CitedLine, Figure, Opening, Portrait, ZoneTable
from etabli.papers import charts
from etabli.ui.french import capitalised, enumeration

CHARTS = ("creations", "survie", "mouvement")
INSTEAD_OF_MAP = ("mouvement",)  # what the first page of a commune has in the place of the map
NO_GAP = "Les métiers du quotidien sont présents plusieurs fois dans chaque commune, ou absents."
TRADES, GAPS, ABSENT, CITED, NOTES = 12, 5, 24, 2, 6  # what two pages hold, at their smallest type
BESIDE_ZONES = 10, 4  # trades and gaps of a first page that has a map and zonings


def document(screen: Portrait, *, page: str) -> dict[str, Any]:
    """The data of `portrait.typ`; `page` is the public address of the portrait."""
    drawings = {name: drawing.picture for name, drawing in screen.drawings.items()}
    trades, gaps = BESIDE_ZONES if screen.zones and "carte" in drawings else (TRADES, GAPS)
    first = INSTEAD_OF_MAP if "carte" not in drawings else ()
    place = " · ".join(part for part in (screen.kind, screen.communes, screen.inhabitants) if part)
    return {
        "title": screen.title,
        "kicker": "Portrait de l’artisanat",
        "lead": f"{place} · {_moment(screen)}",
        "fictitious": screen.fictitious,
        "foot": _foot(screen, page),
        "figures": [_figure(figure) for figure in screen.figures],
        "map": _picture(drawings["carte"]) if "carte" in drawings else None,
        "situation": _picture(drawings["situation"]) if "situation" in drawings else None,
        "first_charts": [_picture(drawings[name]) for name in first if name in drawings],
        "charts": [_picture(drawings[name]) for name in CHARTS if name in drawings and name not in first],
        "sector_title": screen.sector_title,
        "sectors": [
            {"code": line.code, "label": line.label, "count": line.count, "share": line.share,
             "balance": line.balance, "bar": float(line.bar)}
            for line in screen.sectors
        ],
        "trades_title": screen.trades_title,
        "trades": [
            {"label": line.label, "sector": line.sector, "count": line.count, "creations": line.creations,
             "closures": line.closures, "specialisation": line.specialisation}
            for line in screen.trades[:trades]
        ],
        "gaps_title": screen.gaps_title,
        "gaps_none": NO_GAP,
        "gaps_rule": screen.gaps_rule,
        "gaps": [{"label": gap.label, "sentence": _ended(gap.sentence)} for gap in screen.gaps[:gaps]],
        "gaps_more": _listed([gap.label[:1].lower() + gap.label[1:] for gap in screen.gaps[gaps:]]),
        "zones": [] if screen.zones is None else [_zoning(table) for table in screen.zones.tables],
        "openings": [_opening(line) for line in screen.openings.lines] if "carte" not in drawings else [],
        "absent": _listed([link.label for link in screen.absent]),
        "compared": f"{screen.comparison_words} {screen.comparison_rule}".strip(),
        "cited": [_cited(line) for line in screen.cited[:CITED]],
        "definitions": [_definition(figure) for figure in screen.figures],
        "notes": _notes(screen, page),
    }  # fmt: skip


def _foot(screen: Portrait, page: str) -> str:
    parts = ["Source\u00a0: Insee, base Sirene", _moment(screen), page]
    if screen.fictitious:
        parts.insert(0, "DONNÉES FICTIVES")
    return " · ".join(parts)


def _moment(screen: Portrait) -> str:
    past = f"situation au {screen.past}, " if screen.past else ""
    return f"{past}données au {screen.day}"


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.value,
        "in_words": figure.in_words,
        "label": figure.label,
        "comparisons": list(figure.comparisons),
    }


def _picture(picture: Picture) -> dict[str, str]:
    drawing = charts.svg(picture.draw(PAPER), label=picture.label) if picture.drawn else ""
    return {"title": picture.title, "svg": drawing, "alt": picture.label, "unit": _ended(picture.unit)}


def _zoning(table: ZoneTable) -> dict[str, Any]:
    lines = [{"label": line.label, "count": line.count, "creations": line.creations} for line in table.lines]
    return {"name": capitalised(table.short), "lines": lines}


def _opening(line: Opening) -> dict[str, str]:
    return {"day": line.day, "trade": capitalised(line.trade), "sign": line.sign}


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "\u202f!", "\u202f?")) else f"{sentence}."


def _listed(labels: list[str]) -> str:
    """« Boucherie, boulangerie et 3 autres. », or nothing."""
    if not labels:
        return ""
    shown = labels[:ABSENT]
    others = len(labels) - len(shown)
    return f"{capitalised(enumeration([*shown, f'{others} autres'] if others else shown))}."


def _longest(sources: list[str]) -> list[str]:
    """Those that do not begin another one, as « Sirene (unités légales) » does « Sirene (unités légales, liens) »."""
    return [one for one in sources if not any(other.startswith(one.rstrip(")")) for other in sources if other != one)]


def _cited(line: CitedLine) -> dict[str, str]:
    computed = f"– {line.computed}" if line.computed else ""
    return {"words": line.words, "source": f"{line.source}.", "computed": computed}


def _definition(figure: Figure) -> dict[str, str]:
    when = f" {capitalised(figure.on)}." if figure.on else ""
    return {"label": figure.card.label, "text": f"{figure.card.formula}{when} {figure.card.caveat}"}


def _notes(screen: Portrait, page: str) -> list[str]:
    words = "\u202f; ".join(filter(None, [screen.scope_words, screen.apart]))
    scope = f"Périmètre\u00a0: {words}. {screen.unknown_sizes}".strip()
    notes = [scope, *screen.notes[:NOTES]]
    sources = _longest(list(dict.fromkeys(figure.card.source for figure in screen.figures)))
    zonings = [] if screen.zones is None else [table.source for table in screen.zones.tables]
    fields = list(dict.fromkeys(figure.card.field for figure in screen.figures))[:1]
    notes += [
        f"Sources\u00a0: {enumeration(sources)}.",
        f"Zonages\u00a0: {enumeration(zonings)}." if zonings else "",
        *fields,
        f"Cette page, à jour et avec ses tableaux\u00a0: {page}",
    ]
    return [note for note in dict.fromkeys(notes) if note]
