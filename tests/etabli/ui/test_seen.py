"""A stale form: what was typed is kept, what somebody else wrote is taken or told, and nothing is refused in vain."""

import re
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from etabli.ui.fields import DayField, EurosField
from etabli.ui.seen import Seen

TEXT = "Un préambule.\r\nSur deux lignes."
ROW = {
    "title": "Pacte", "preamble": TEXT.replace("\r", ""), "day": "2026-01-01", "budget": 14_000_000, "kind": "b",
    "tags": ["x"], "open": True,
}  # fmt: skip


class Form(Seen, forms.Form):
    """One field of each look."""

    title = forms.CharField()
    preamble = forms.CharField(widget=forms.Textarea, required=False)
    day = DayField()
    budget = EurosField(required=False)
    kind = forms.ChoiceField(choices=[("a", "Un"), ("b", "Deux"), ("c", "Trois")])
    tags = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], required=False)
    open = forms.BooleanField(required=False)

    def now(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row itself."""
        return row


SHOWN = "title=Pacte&day=2026-01-01&budget=140000&kind=b&tags=x&open=on"


def seen(row: dict[str, Any]) -> str:
    return re.findall('value="([^"]*)"', Form(initial=row).seen)[0]


def sent(query: str, now: dict[str, Any]) -> Form:
    """What was filled over `ROW`, received when the row is another one."""
    data = QueryDict(query, mutable=True)
    data.setdefault("preamble", TEXT)
    data["seen"] = seen(ROW)
    form = Form(data, initial=now)
    form.is_valid()
    return form


def test_what_nobody_else_changed_is_taken_however_it_is_typed():
    assert not sent(SHOWN.replace("140000", "150 000"), ROW).errors


def test_a_form_sent_untouched_or_twice_refuses_nothing():
    form = sent(SHOWN, ROW | {"title": "Autre"})
    assert not form.errors
    assert form.cleaned_data["title"] == "Autre"
    assert not sent(SHOWN.replace("Pacte", "Autre"), ROW | {"title": "Autre"}).errors


def test_fields_left_as_they_were_take_what_the_other_wrote_and_the_form_is_refused_once():
    now = ROW | {"title": "Autre", "kind": "c", "tags": ["x", "y"], "open": False, "budget": None}
    form = sent(SHOWN.replace("2026-01-01", "2026-02-01"), now)
    assert list(form.errors) == ["__all__"]
    assert form["title"].value() == "Autre"
    assert form["kind"].value() == "c"
    assert form["tags"].value() == ["x", "y"]
    assert not form["open"].value()
    assert form["day"].value() == "2026-02-01"
    assert not form["budget"].value()
    again = Form(QueryDict(f"{form.data.urlencode()}&seen={seen(now)}".replace(f"seen={seen(ROW)}&", "")), initial=now)
    assert again.is_valid()


def test_a_field_that_both_wrote_says_what_is_stored():
    form = sent(SHOWN.replace("kind=b", "kind=a"), ROW | {"kind": "c"})
    assert "kind" in form.errors
    assert form["kind"].help_text == "Enregistré\u00a0: Trois"
    assert form["kind"].value() == "a"


def test_the_action_asks_again_under_its_lock():
    form = sent(SHOWN.replace("Pacte", "Pacte neuf"), ROW)
    form.still(dict(ROW))
    with pytest.raises(ValidationError, match="rien n’est enregistré"):
        form.still(ROW | {"title": "Autre"})


def test_a_form_that_does_not_say_what_it_showed_is_taken():
    form = Form(QueryDict(SHOWN), initial=ROW | {"title": "Autre"})
    assert form.is_valid()
