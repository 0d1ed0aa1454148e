"""A report frozen after an amendment tells the convention of the year that it counts, not of the day of the freeze."""

from datetime import date

import pytest

from etabli.pacts.amendments import actions
from etabli.pacts.models import Subject
from etabli.pacts.reports import actions as reports
from etabli.pacts.workflow import AmendmentState
from tests.etabli.pacts import ground
from tests.etabli.pacts.conftest import parties, party, sign_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_store")]


def test_a_year_frozen_after_an_amendment_tells_its_own_communes_parties_and_dates(to_sign, octave, cast, time_machine):
    ground.objective(to_sign.axes.get(number=1), measure="acts")
    pact = sign_all(to_sign, octave)
    time_machine.move_to(date(2020, 2, 15))
    values = {
        Subject.PERIMETER: {"kept": [code for code in pact.perimeter.communes if code != ground.LENS]},
        Subject.PARTIES: parties(party("000000208", "partner", "Étienne Faure")),
        Subject.DATES: (pact.starts_on, date(2021, 12, 31)),
    }
    amendment = actions.open_amendment(
        convention=pact, by=octave, subjects=list(values), reason="Suite", effective_on=date(2020, 1, 1)
    )
    actions.write(amendment=amendment, by=octave, values=values)
    actions.move(amendment=amendment, by=octave, to=AmendmentState.TO_SIGN)
    pact = sign_all(pact, octave)
    told = {
        year: reports.freeze(convention=pact, year=year, cut_off=date(2020, 2, 15), by=octave).head
        for year in (2019, 2020)
    }
    assert [len(told[year]["perimeter"]["communes"]) for year in told] == [36, 35]
    assert [told[year]["parties"][1]["siren"] for year in told] == ["246200364", "000000208"]
    assert [told[year]["ends_on"] for year in told] == ["2020-11-15", "2021-12-31"]
