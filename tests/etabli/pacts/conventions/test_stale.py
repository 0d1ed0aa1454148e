"""A form of several lines opened before somebody else wrote: nothing of theirs is lost without a word."""

import re

import pytest

from etabli.pacts.conventions import actions, contents
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import axis, parties, party

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<(?:input|textarea)[^>]*name="([^"]+)"(?:[^>]*?value="([^"]*)")?[^>]*>(?:([^<]*)</textarea>)?')
CHOICE = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.DOTALL)


def shown(page: str) -> dict[str, str]:
    """The fields of the form of a page, as it would send them untouched."""
    body = page[page.index('class="form-wide"') :]
    found = {
        name: typed.strip() or value for name, value, typed in FIELD.findall(body)
        if "-themes" not in name and name != "csrfmiddlewaretoken"
    }  # fmt: skip
    for select in CHOICE.finditer(body):
        chosen = re.search(r'<option value="([^"]*)" selected', select[0])
        found[select[1]] = chosen[1] if chosen else ""
    return found


def test_an_axis_that_somebody_added_is_neither_removed_nor_hidden(client, cast, draft, octave):
    address = f"/pacte/{draft.slug}/convention/axes/"
    page = as_user(client, cast.octave).get(address).content.decode()
    mine = shown(page) | {"axes-0-title": "Transition des commerces"}
    kept = [axis(one.title, one.pk) for one in draft.axes.order_by("number")]
    contents.set_axes(convention=draft, by=octave, rows=[*kept, axis("Argile")])
    answer = client.post(address, mine)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Quelqu’un d’autre a changé cette liste" in told
    assert "Transition des commerces" in told
    assert "Argile" in told
    assert draft.axes.get(number=1).title == "Transition numérique"
    assert client.post(address, shown(told)).status_code == 302
    titles = list(draft.axes.order_by("number").values_list("title", flat=True))
    assert titles == ["Transition des commerces", "Rénovation énergétique", "Renouvellement urbain", "Argile"]


def test_a_party_that_somebody_changed_is_not_overwritten_at_once(client, cast, two_parties, octave):
    address = f"/pacte/{two_parties.slug}/convention/parties/"
    mine = shown(as_user(client, cast.octave).get(address).content.decode())
    changed = party("246200364", "funder", "Rose Noël")
    actions.set_parties(convention=two_parties, by=octave, rows=parties(changed, party("000000208", "partner")))
    told = client.post(address, mine)
    assert told.status_code == 422
    assert 'value="000000208"' in told.content.decode()
    assert two_parties.parties.get(organisation=cast.agglomeration).signatory_name == "Rose Noël"


def test_actions_of_an_axis_added_since_are_shown_not_lost(client, cast, draft, octave):
    address = f"/pacte/{draft.slug}/convention/actions/"
    mine = shown(as_user(client, cast.octave).get(address).content.decode())
    kept = [axis(one.title, one.pk) for one in draft.axes.order_by("number")]
    contents.set_axes(convention=draft, by=octave, rows=[*kept, axis("Argile")])
    last = draft.axes.get(title="Argile")
    rows = {last.pk: [{"id": None, "title": "Four commun", "purpose": "", "public": ""}]}
    contents.set_actions(convention=draft, by=octave, rows=rows)
    told = client.post(address, mine)
    assert told.status_code == 422
    assert "Four commun" in told.content.decode()
    assert last.actions.get().title == "Four commun"


def test_a_form_that_is_up_to_date_is_taken(client, cast, two_parties):
    for name in ("axes", "parties", "actions"):
        address = f"/pacte/{two_parties.slug}/convention/{name}/"
        mine = shown(as_user(client, cast.octave).get(address).content.decode())
        assert client.post(address, mine).status_code == 302, name
    assert two_parties.axes.count() == 3
    assert two_parties.parties.count() == 2
