"""The page « Données »: every row read is kept, or set aside for a reason."""

from etabli.observatory.reports import build_report


def number(text: str) -> int:
    return int(text.replace("\u202f", ""))


def test_rows_add_up_for_each_file(demo):
    for source in build_report().sources:
        assert number(source.read) == number(source.kept) + sum(number(count) for _, count in source.set_aside)


def test_the_edition_says_what_it_is(demo):
    facts = dict(build_report().facts)
    assert facts["Nature"] == "données fictives"
    assert facts["Date des données"] == "1er\u00a0novembre 2026"


def test_the_page_shows_every_file_and_its_reasons(demo, visit):
    page, report = visit("/donnees/"), build_report()
    for source in report.sources:
        assert source.file in page.text
        assert all(reason in page.text.replace("\u00a0", " ").replace("\u202f", " ") for reason, _ in source.set_aside)
