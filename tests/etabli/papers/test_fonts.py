"""One typeface, only its TTF files, measured as it is drawn."""

from etabli.papers import fonts


def test_the_folder_holds_the_four_ttf_and_nothing_else():
    names = sorted(path.name for path in fonts.folder().iterdir())
    assert names == [f"SourceSansPro-{weight}.ttf" for weight in ("Bold", "It", "Regular", "Semibold")]


def test_width_adds_the_letters_up():
    assert fonts.width("ii", 10) == 2 * fonts.width("i", 10)
    assert fonts.width("W", 10) > 2 * fonts.width("i", 10)
    assert fonts.width("a", 20) == 2 * fonts.width("a", 10)


def test_wrapping_keeps_every_word_within_the_limit():
    text = "Le tissu est serré autour de Lens et de Liévin, lâche au sud"
    lines = fonts.wrap(text, 16, 200)
    assert " ".join(lines) == text
    assert all(fonts.width(line, 16) <= 200 for line in lines)


def test_wrapping_never_cuts_at_a_no_break_space():
    assert all("10\u202f000" in line or "10" not in line for line in fonts.wrap("pour 10\u202f000 habitants", 16, 60))
