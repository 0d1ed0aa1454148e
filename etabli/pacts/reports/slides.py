"""A report as slides: a title, each axis with its gauges and its notes, the decisions."""

import io
from typing import Any

from pptx import Presentation
from pptx.util import Cm, Pt

from etabli.pacts.reports.contents import Content
from etabli.pacts.reports.outputs import decision, gauge_png, lines

FAMILY = "Source Sans Pro"
PER_SLIDE = 4
TITLE, TITLE_ONLY = 0, 5  # layouts of the library's own template


def pptx(content: Content) -> bytes:
    """The presentation; what is read with each figure stands in the notes of its slide."""
    show = Presentation()
    show.core_properties.title, show.core_properties.author = content["title"], "Établi"
    show.core_properties.language = "fr-FR"
    show.slide_width, show.slide_height = Cm(33.87), Cm(19.05)
    first = show.slides.add_slide(show.slide_layouts[TITLE])
    _placed(first.shapes.title, 5, 4)
    _said(first.shapes.title, content["title"], 40)
    _placed(first.placeholders[1], 10, 5)
    _said(first.placeholders[1], f"{content['convention']}\n{content['subtitle']}", 20)
    for axis in content["axes"]:
        for start in range(0, len(axis["figures"]), PER_SLIDE):
            _axis(show, axis, axis["figures"][start : start + PER_SLIDE], more=start > 0)
    if content["decisions"]:
        slide = _titled(show, "Décisions de l’année")
        _said(_box(slide, 4, 13), "\n".join(decision(one) for one in content["decisions"]), 18)
    saved = io.BytesIO()
    show.save(saved)
    return saved.getvalue()


def _axis(show: Any, axis: Content, figures: list[Content], *, more: bool) -> None:
    slide = _titled(show, f"Axe {axis['number']}. {axis['title']}{' (suite)' if more else ''}")
    for place, figure in enumerate(figures):
        top = 3.6 + 3.7 * place
        _said(_box(slide, top, 1.2), figure["title"], 16, bold=True)
        if figure["svg"]:
            drawn = slide.shapes.add_picture(io.BytesIO(gauge_png(figure["svg"])), Cm(2), Cm(top + 1.15), Cm(29))
            drawn._element._nvXxPr.cNvPr.set("descr", figure["alt"])  # noqa: SLF001 - the library has no other way
        _said(_box(slide, top + 2.15, 1.2), figure["sentence"], 14)
    told = [*axis["comment"]]
    for figure in figures:
        told += [figure["title"], *lines(figure)]
    slide.notes_slide.notes_text_frame.text = "\n".join(told)


def _titled(show: Any, title: str) -> Any:
    slide = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])
    _placed(slide.shapes.title, 1, 2.2)
    _said(slide.shapes.title, title, 28, bold=True)
    return slide


def _placed(shape: Any, top: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Cm(2), Cm(top), Cm(29), Cm(height)


def _box(slide: Any, top: float, height: float) -> Any:
    return slide.shapes.add_textbox(Cm(2), Cm(top), Cm(29), Cm(height))


def _said(shape: Any, text: str, size: int, *, bold: bool = False) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.font.name, paragraph.font.size, paragraph.font.bold = FAMILY, Pt(size), bold
