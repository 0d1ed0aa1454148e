"""A text keeps its width in any typeface."""

from etabli.papers import fonts
from etabli.papers.pinning import pinned


def test_each_text_says_its_length():
    drawing = '<svg><text font-size="13px" font-weight="600">Lens &amp; Liévin</text></svg>'
    length = fonts.width("Lens & Liévin", 13, "Semibold")
    assert f'textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs">Lens &amp; Liévin</text>' in pinned(drawing)


def test_it_is_said_once():
    once = pinned('<text font-size="13px">Lens</text>')
    assert pinned(once) == once


def test_a_text_without_size_is_left_alone():
    assert pinned("<text>Lens</text>") == "<text>Lens</text>"
