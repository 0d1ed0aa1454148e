"""Every figure of a report opens onto the rows frozen with it: those of the reader's organisation, and no other."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from etabli.acts.kinds import Confidentiality
from etabli.acts.models import Act
from etabli.audit.models import Reading
from etabli.pacts.models import Evidence, FrozenRow, Measure
from etabli.pacts.reports import actions
from etabli.papers.models import Document
from tests.etabli.pacts import ground
from tests.etabli.pacts.ground import LENS
from tests.etabli.pacts.reports.test_pages import HERE, PUBLIC, go, published

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def address(told, title="Entreprises visitées", ending="/"):
    return f"{HERE}chiffres/{told.figures.get(title=title).pk}/lignes{ending}"


def words(answer):
    return answer.content.decode().replace("&nbsp;", NBSP)


def exported(answer):
    """The rows of a French CSV, its notes left out."""
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    return table[0], table[1 : table.index([])]


def test_a_figure_of_the_page_opens_onto_its_frozen_rows_and_nothing_that_came_since(client, cast, told):
    assert f'href="{address(told)}"' in words(go(client, cast.octave, HERE))
    ground.act(cast.chamber, "2025-03-11", ground.firm(), commune=LENS)
    ground.reverse(Act.objects.filter(commune=LENS).order_by("pk").first())
    page = words(go(client, cast.octave, address(told)))
    assert page.count('<th scope="row">10\u00a0mars 2025') == 10
    assert "11\u00a0mars 2025" not in page
    assert page.count("annulée depuis le gel") == 1
    heads, rows = exported(go(client, cast.octave, address(told, ending=".csv")))
    assert (len(rows), heads[-1], [row[-1] for row in rows].count("annulée depuis")) == (10, "Depuis le gel", 1)
    assert Reading.objects.filter(object_id=str(told.pk)).values_list("rows", flat=True)[0] == 10


def test_the_other_party_reads_numbers_alone(client, cast, told):
    page = words(go(client, cast.basile, address(told)))
    assert f"10{NBSP}lignes d’une autre partie" in page
    assert "10\u00a0mars" not in page
    assert exported(go(client, cast.basile, address(told, ending=".csv")))[1] == []
    assert not Reading.objects.exists()


def test_a_reserved_row_is_counted_and_closed(client, cast, told):
    kept = ground.act(cast.chamber, "2025-12-01", ground.firm(), confidentiality=Confidentiality.RESERVED)
    FrozenRow.objects.create(figure=told.figures.get(title="Entreprises formées"), act=kept)
    where = address(told, "Entreprises formées")
    page = words(go(client, cast.diane, where))  # a developer sees acts, and not the reserved ones
    assert f"1{NBSP}ligne réservée" in page
    assert "décembre 2025</th>" not in page
    assert len(exported(go(client, cast.diane, where.replace("lignes/", "lignes.csv")))[1]) == 1
    assert "décembre 2025</th>" in words(go(client, cast.octave, where))


def test_an_elected_member_of_the_same_house_is_not_told_of_another_party(client, cast, told, chair):
    assert "votre rôle ouvre les nombres" in words(go(client, chair.user, address(told)))


def test_a_stranger_and_the_public_open_no_row(client, cast, told):
    go(client, cast.etienne, address(told), 404)
    go(client, cast.octave, address(told).replace("/2025/", "/2024/"), 404)
    published(client, cast, told)
    client.logout()
    assert client.get(address(told)).status_code == 302
    assert "lignes/" not in client.get(PUBLIC).content.decode()


def test_rows_of_a_freeze_done_again_stay_those_of_that_freeze(client, cast, told, octave):
    first = address(told)
    again = actions.freeze_again(report=told, cut_off=date(2025, 1, 31), reason="Trop tard", by=octave)
    assert words(go(client, cast.octave, first)).count("10\u00a0mars 2025") == 10
    assert "Aucune ligne" in words(go(client, cast.octave, address(again)))
    assert f'href="{first}"' in words(go(client, cast.octave, f"{HERE}gels/1/"))


def test_a_typed_figure_opens_onto_its_piece(client, cast, told, octave):
    one = ground.objective(told.figures.first().axis, measure=Measure.EVIDENCE, title="Affiches", unit="affiches")
    piece = Document.objects.create(name="bon.pdf", media_type="application/pdf", size=1, sha256="0" * 64, path="x")
    made = Evidence.objects.create(
        objective=one, day=date(2025, 2, 1), value=900, label="Bon", document=piece, typed_by=cast.octave
    )
    again = actions.freeze_again(report=told, cut_off=date(2025, 12, 31), reason="Affiches oubliées", by=octave)
    page = words(go(client, cast.basile, address(again, "Affiches")))
    assert f"/pacte/lens-lievin/objectifs/{one.pk}/pieces/{made.pk}/" in page
    assert exported(go(client, cast.basile, address(again, "Affiches", ".csv")))[1][0][1:3] == ["900", "Bon"]


def test_one_row_or_fifty_ask_as_many_queries(client, cast, told):
    few, many = told.figures.get(title="Entreprises formées"), told.figures.get(title="Entreprises visitées")
    for _ in range(40):
        kept = ground.act(cast.chamber, "2025-03-10", ground.firm())
        FrozenRow.objects.create(figure=many, act=kept)
    asked = []
    for one in (few, many, few, many):
        with CaptureQueriesContext(connection) as counted:
            go(client, cast.octave, address(told, one.title))
        asked.append(len(counted))
    assert asked[2] == asked[3]
