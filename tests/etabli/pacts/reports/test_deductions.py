"""What a frozen report says, less one's own acts, names no firm that somebody else helped: page, files, communes."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from odfdo import Document

from etabli.accounts.roles import Role
from etabli.pacts.models import FrozenFigure, OpenedRow
from etabli.pacts.objectives import policies
from etabli.pacts.reports import actions, pages, rows
from etabli.pacts.reports.contents import content_of
from etabli.pacts.reports.differences import differences
from etabli.pacts.reports.seal import broken
from etabli.pacts.reports.sheet import sheets
from etabli.papers.ods import workbook
from tests.etabli.cast import person
from tests.etabli.pacts import attacks, ground
from tests.etabli.pacts.attacks import by_own_acts
from tests.etabli.pacts.ground import LENS, LIEVIN
from tests.etabli.pacts.reports.test_pages import go

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]
HERE = "/pacte/notre/bilan/2025/"


@pytest.fixture(autouse=True)
def after(time_machine):
    time_machine.move_to(date(2026, 1, 20))


def frozen(mine, octave):
    return actions.freeze(convention=mine.axis.convention, year=2025, cut_off=date(2025, 12, 31), by=octave)


@pytest.mark.parametrize("ground_of", attacks.GROUNDS)
def test_no_firm_is_missing_from_the_frozen_rows_for_what_somebody_else_did(client, cast, octave, ground_of):
    mine, acts = ground_of(cast)
    report = frozen(mine, octave)
    figure, known = report.figures.get(), by_own_acts(mine, acts)
    assert figure.value != len(known)  # what somebody else did counts
    opened = rows.opened(octave, mine.axis.convention, 2025, figure.pk)
    assert {act.beneficiary_id for act in opened.behind.rows} == known
    assert "diraient" in opened.notes[0] or "dirait" in opened.notes[0]
    said = len([act for act in acts if act.beneficiary_id in known])
    where = f"{HERE}chiffres/{figure.pk}/lignes"
    text = go(client, cast.octave, f"{where}.csv").content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table.index([]) - 1 == said
    book = dict(sheets(octave, report, content_of(report, public=False)))
    assert len(book["Lignes"].rows) == said
    assert any("dirai" in note for note in book["Objectifs"].notes)
    assert "La somme des communes peut différer" in go(client, cast.octave, f"{where}/").content.decode()
    assert Document(io.BytesIO(workbook([*book.items()]))).body.get_table(name="Lignes").height >= said
    assert not broken(report)


@pytest.mark.parametrize("ground_of", attacks.GROUNDS)
@pytest.mark.parametrize("public", [True, False])
def test_no_commune_of_a_report_less_our_own_rows_leaves_a_firm(cast, octave, ground_of, public):
    mine, acts = ground_of(cast)
    (figure,) = content_of(frozen(mine, octave), public=public)["axes"][0]["figures"]
    known = by_own_acts(mine, acts)
    places = {act.beneficiary_id: act.commune for act in acts if act.beneficiary_id in known}
    own = Counter(places.values())
    told = {part["name"]: part["number"] for part in figure["parts"] if part["number"] is not None}
    names = {LENS: "Lens", LIEVIN: "Liévin"}
    assert told
    assert told.items() <= {names[code]: number for code, number in own.items()}.items()
    assert "La somme des communes peut différer du chiffre" in figure["parts_note"]


def test_the_sum_of_the_communes_less_the_figure_is_not_that_of_one_firm(cast, octave):
    mine, _ = attacks.left(cast)
    (figure,) = content_of(frozen(mine, octave), public=True)["axes"][0]["figures"]
    assert figure["number"] == 9
    assert [part["number"] for part in figure["parts"]].count(None) == 1
    assert sum(part["number"] or 0 for part in figure["parts"]) == 6


def test_who_reads_every_act_of_the_other_pact_opens_the_rows_of_the_figure(cast, octave):
    ours, other = (ground.convention(cast.chamber, *places) for places in ((LENS, LIEVIN), (LENS,)))
    mine, _ = (ground.objective(ground.axis(one)) for one in (ours, other))
    for place in (LENS, *(LIEVIN,) * 4):
        ground.act(cast.chamber, "2025-03-10", ground.firm(), commune=place)
    figure = frozen(mine, octave).figures.get()
    assert figure.value == 4
    assert rows.opened(octave, ours, 2025, figure.pk).behind.shown == 4


def test_the_rows_of_an_old_freeze_that_would_tell_stay_shut(client, cast, octave, monkeypatch):
    mine, _ = attacks.left(cast)
    kept = policies.kept_from
    monkeypatch.setattr(policies, "kept_from", lambda *_: frozenset())
    report = frozen(mine, octave)
    monkeypatch.setattr(policies, "kept_from", kept)
    figure = report.figures.get()
    monkeypatch.setattr(FrozenFigure, "from_db", _without_apart(FrozenFigure.from_db))
    assert rows.opened(octave, mine.axis.convention, 2025, figure.pk).behind.shown == 0
    assert "ne s’ouvrent pas" in go(client, cast.octave, f"{HERE}chiffres/{figure.pk}/lignes/").content.decode()
    assert "Lignes" not in dict(sheets(octave, report, content_of(report, public=False)))


def _without_apart(read):
    def from_db(*asked):
        found = read(*asked)
        found.apart = None
        return found

    return from_db


def test_as_many_queries_for_one_row_opened_as_for_fifty(cast, octave):
    mine, _ = attacks.left(cast)
    report = frozen(mine, octave)

    def asked():
        with CaptureQueriesContext(connection) as counted:
            sheets(octave, report, content_of(report, public=False))
            rows.opened(octave, mine.axis.convention, 2025, report.figures.get().pk)
        return len(counted)

    first = asked()
    for _ in range(40):
        OpenedRow.objects.create(figure=report.figures.get(), act=ground.act(cast.chamber, who=ground.firm()))
    assert asked() == first


def test_no_number_of_rows_tells_the_firm_by_how_many_acts_it_has(client, cast, octave):
    mine, acts = attacks.left(cast)
    for _ in range(6):  # the firm that the other pact counts is the only one with seven acts
        ground.act(cast.chamber, "2025-03-11", acts[0].beneficiary, commune=LENS)
    convention = mine.axis.convention
    (line,) = pages.freeze(convention, 2025, date(2025, 12, 31))["lines"]
    assert line["rows"] == len(acts) + 6
    report = frozen(mine, octave)
    for number in range(5):
        ground.act(cast.other_chamber, "2025-05-06", acts[1 + number].beneficiary, commune=LENS)
    (one,) = differences(report)
    assert (one.late, one.gone) == (0, 0)
    assert "le calcul ou les données ont changé" in one.sentence
    elected = person("Rose Hubert", cast.chamber, Role.ELECTED)
    for address in (
        f"/pacte/notre/objectifs/{mine.pk}/?annee=2025",
        f"{HERE}chiffres/{report.figures.get().pk}/lignes/",
    ):
        text = go(client, elected, address).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
        assert f"{len(acts) + 6} lignes" in text
