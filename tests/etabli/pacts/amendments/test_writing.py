"""The form of an amendment, without JavaScript: communes brought in by name, targets of the years that dates bring."""

import re
from datetime import date

import pytest

from etabli.accounts.policies import Denied
from etabli.pacts.amendments import actions, forms
from etabli.pacts.documents.printed import printed
from etabli.pacts.models import Amendment, Convention, Subject, Target
from etabli.pacts.workflow import AmendmentState
from maillage.territory import parse
from tests.etabli.cast import as_user
from tests.etabli.pacts.conftest import sign_all

pytestmark = pytest.mark.django_db
ARRAS, LENS, AVION = "62041", "62498", "62065"


@pytest.fixture
def draft(draft: Convention, octave) -> Convention:
    """The usual draft, with an objective and its targets."""
    made = draft.axes.get(number=1).objectives.create(number=1, title="Entreprises aidées", unit="entreprises")
    for year in (2018, 2019, 2020):
        Target.objects.create(objective=made, year=year, value=100, set_by=octave.user)
    return draft


@pytest.fixture
def active(to_sign: Convention, octave) -> Convention:
    return sign_all(to_sign, octave)


def opened(active: Convention, octave, *subjects: Subject) -> Amendment:
    return actions.open_amendment(
        convention=active, by=octave, subjects=subjects, reason="Suite", effective_on=date(2019, 7, 1)
    )


@pytest.fixture
def page(active, octave, client, cast):
    """The page of an amendment, posted to as a browser without JavaScript would: `page(subjects, **typed)`."""
    as_user(client, cast.octave)
    made: list[Amendment] = []

    def send(*subjects: Subject, **typed):
        made[:] = made or [opened(active, octave, *subjects)]
        one = Amendment.objects.select_related("base").get(pk=made[0].pk)
        form = forms.AmendmentForm(amendment=one)
        kept = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        filled = {name: value for name, value in (kept | typed).items() if value is not None}
        answer = client.post(f"/pacte/{active.slug}/avenants/1/", filled)
        one.refresh_from_db()
        return answer, one

    return send


def codes(amendment: Amendment) -> set[str]:
    return {code for code, _ in amendment.proposed["perimeter"]["communes"]}


def test_what_somebody_wrote_since_the_page_was_opened_is_not_written_over(active, octave, client, cast):
    """The page says what it had shown; another proposal refuses it, keeps what was typed, and shows its own mark."""
    here, made = f"/pacte/{active.slug}/avenants/1/", opened(active, octave, Subject.BUDGET, Subject.CLAUSE)
    mark = re.compile(r'name="seen" type="hidden" value="([^"]+)"')
    page = as_user(client, cast.octave).get(here).content.decode()
    mine = {"seen": mark.findall(page)[0], "budget": "150000", "clauses": "Ma clause."}
    actions.write(amendment=made, by=octave, values={Subject.CLAUSE: "Une autre clause."})
    answer = client.post(here, mine)
    told = answer.content.decode()
    assert (answer.status_code, "Quelqu’un d’autre a changé cet avenant" in told) == (422, True)
    assert "Ma clause." in told
    made.refresh_from_db()
    assert made.proposed["convention"]["clauses"] == "Une autre clause."
    assert client.post(here, mine | {"seen": mark.findall(told)[0]}).status_code == 302
    made.refresh_from_db()
    assert made.proposed["convention"]["clauses"] == "Ma clause."


def test_communes_come_in_by_name_and_by_code_and_go_out_by_their_box(page, active):
    answer, made = page(Subject.PERIMETER, added=f"Arras, {AVION}")
    assert answer.status_code == 302
    assert codes(made) == {*active.perimeter.communes, ARRAS}
    assert made.perimeter.name.endswith("(37\u00a0communes)")
    assert "communes" not in printed(made.proposed)["perimeter"]["name"], "its count stands beside it"
    assert made.perimeter.as_of == active.perimeter.as_of, "mergers since the signature are still looked for"
    answer, made = page(communes=sorted(codes(made) - {LENS}))
    assert codes(made) == {*active.perimeter.communes, ARRAS} - {LENS}, "what was brought in stays"
    answer, made = page(communes=sorted(active.perimeter.communes))
    assert (made.perimeter, codes(made)) == (None, set(active.perimeter.communes)), "all put back: the signed list"


def test_a_name_of_several_places_is_asked_again_with_its_choices(page):
    answer, made = page(Subject.PERIMETER, added="Saint-Martin")
    said = answer.content.decode()
    assert answer.status_code == 422
    assert said.count('name="choice-added"') > 1
    assert 'value="Saint-Martin"' in said
    chosen = answer.context["form"].parts[0][1][0].lines[0].proposals[0]
    answer, made = page(added="Saint-Martin", **{"choice-added": chosen.key})
    assert chosen.code in codes(made)


def test_an_unknown_place_is_told_and_nothing_is_written(page, active):
    answer, made = page(Subject.PERIMETER, added="Nulle-Part-les-Bains")
    assert answer.status_code == 422
    assert "Aucun territoire ne s’appelle" in answer.content.decode()
    assert codes(made) == set(active.perimeter.communes)


def test_a_perimeter_keeps_a_commune(page):
    answer, _ = page(Subject.PERIMETER, communes=[])
    assert answer.status_code == 422
    assert "au moins une commune" in answer.content.decode()


def test_a_long_list_is_changed_by_names(page, monkeypatch):
    monkeypatch.setattr("etabli.pacts.amendments.fields.MOST_BOXES", 3)
    answer, made = page(Subject.PERIMETER, added="Arras", removed="Lens")
    assert answer.status_code == 302
    assert ARRAS in codes(made)
    assert LENS not in codes(made)
    answer, made = page(removed="Arras")
    assert not codes(made) & {ARRAS, LENS}, "the first change stays"


def test_a_commune_that_comes_in_is_in_the_convention_once_signed(page, active, octave):
    _, made = page(Subject.PERIMETER, added="Arras")
    actions.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)
    assert ARRAS in sign_all(active, octave).perimeter.communes


@pytest.mark.parametrize("subjects", [(Subject.DATES,), (Subject.DATES, Subject.TARGETS)])
def test_dates_bring_the_targets_of_their_new_years(page, active, octave, subjects):
    objective = active.axes.get(number=1).objectives.get()
    _, made = page(*subjects, ends_on="2022-12-31")
    answer, made = page(**{f"target-{objective.pk}-2021": "2 700", f"target-{objective.pk}-2022": ""})
    assert answer.status_code == 302
    kept = made.proposed["axes"][0]["objectives"][0]["targets"]
    assert kept == {"2018": "100", "2019": "100", "2020": "100", "2021": "2700"}
    actions.move(amendment=made, by=octave, to=AmendmentState.TO_SIGN)
    sign_all(active, octave)
    assert Target.objects.get(objective=objective, year=2021).value == 2700


def test_dates_alone_change_no_target_that_was_signed(active, octave):
    made = opened(active, octave, Subject.DATES)
    pk = active.axes.get(number=1).objectives.get().pk
    values = {
        Subject.TARGETS: {(pk, "2019"): "1", (pk, "2021"): "7"},
        Subject.DATES: (date(2018, 1, 1), date(2021, 1, 1)),
    }
    made = actions.write(amendment=made, by=octave, values=values)
    targets = made.proposed["axes"][0]["objectives"][0]["targets"]
    assert targets == {"2018": "100", "2019": "100", "2020": "100", "2021": "7"}
    made = actions.write(amendment=made, by=octave, values={Subject.DATES: (date(2018, 1, 1), date(2020, 1, 1))})
    assert "2021" not in made.proposed["axes"][0]["objectives"][0]["targets"], "the year is given up again"


def test_a_target_that_was_set_is_not_emptied(page, active):
    pk = active.axes.get(number=1).objectives.get().pk
    answer, _ = page(Subject.TARGETS, **{f"target-{pk}-2019": ""})
    assert answer.status_code == 422
    assert "écrivez 0" in answer.content.decode()


def test_another_territory_takes_the_place_of_the_list(active, octave):
    made = opened(active, octave, Subject.PERIMETER)
    where = parse("epci:245901160")
    made = actions.write(amendment=made, by=octave, values={Subject.PERIMETER: {"territory": where}})
    assert codes(made) == set(where.communes)
    with pytest.raises(Denied, match="au moins une"):
        actions.write(amendment=made, by=octave, values={Subject.PERIMETER: {"kept": []}})
