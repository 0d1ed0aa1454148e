"""`etabli.json` that does not say what it should, days that no stock can have."""

from datetime import date

import pytest

from maillage.errors import BadQuestion
from maillage.store.build import build
from tests.maillage.messages import said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "objet"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        ('{"covers":[5]}', "« covers » doit être une liste"),
        ('{"covers":"epci:246200364"}', "« covers » doit être une liste"),
        ('{"fictitious":"non"}', "« fictitious » doit être true ou false"),
        ('{"fictitious":1}', "« fictitious » doit être true ou false"),
        ('{"stock_date":"9999-12-31"}', "« stock_date » doit être une date"),
        ('{"stock_date":"0001-01-01"}', "« stock_date » doit être une date"),
        ('{"stock_date":"hier"}', "« stock_date » doit être une date"),
        ('{"stock_date":20261001}', "« stock_date » doit être une date"),
        ('{"bpe_year":"abc"}', "« bpe_year » doit être une année"),
        ('{"bpe_year":true}', "« bpe_year » doit être une année"),
        ('{"fetched":[]}', "« fetched »"),
    ],
)
def test_settings_that_do_not_say_what_they_should(stock, text, words, refused):
    (stock.parent / "etabli.json").write_text(text)
    refused(f"« etabli.json » du dossier source est mal formé : .*{words}.*Corrigez-le")


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_day_of_the_stock_that_no_calendar_of_sirene_has(stock, out, yesterday, day):
    with pytest.raises(BadQuestion, match=said("date du stock")):
        build(stock.parent, out, on=day)
    assert yesterday()
