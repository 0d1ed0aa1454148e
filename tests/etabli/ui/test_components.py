"""Attributes of components are what they look like."""

import re

from tools.commands import ROOT

LIST_OF_NAMES = re.compile(r':[a-z_]+="\[\s*[a-z_]')


def test_no_attribute_lists_variables_for_it_would_stay_the_words_written_there():
    templates = [
        page for page in (ROOT / "etabli").rglob("templates/**/*.html") if LIST_OF_NAMES.search(page.read_text())
    ]
    assert templates == []
    assert LIST_OF_NAMES.search('<c-form-errors :forms="[form]" />')
