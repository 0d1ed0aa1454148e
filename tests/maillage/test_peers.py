"""The eight EPCI most alike."""

from math import log

import numpy as np
import pytest

from maillage.errors import UnknownTerritory
from maillage.peers import FORMULA, NATURES, OVERSEAS, RULE, similar_epci
from maillage.reference.places import tables
from maillage.territory import region_of


def naive_peers(code: str, n: int) -> list[str]:
    """Slow twin of the rule, written from its French sentence, with numpy."""
    people = {c.code: c.population or 0 for c in tables.communes().values()}
    codes, rows, settings = [], [], []
    for epci in tables.epcis().values():
        inside = np.array([people[commune] for commune in epci.communes])
        codes.append(epci.code)
        towns = inside[inside >= 5000].sum() / inside.sum()
        rows.append([log(inside.sum()), log(inside.mean()), inside.max() / inside.sum(), towns, NATURES[epci.nature]])
        region = region_of(epci.communes[0])
        settings.append(2 if region in OVERSEAS else 1 if region == "11" else 0)
    traits = np.array(rows)
    one = codes.index(code)
    gaps = ((traits - traits[one]) / traits.std(axis=0)) ** 2 @ np.array([2, 1.5, 1, 1, 1])
    gaps += 4.0 * (np.array(settings) != settings[one])
    gaps[one] = np.inf
    return [codes[rank] for rank in np.lexsort((codes, gaps.round(9)))[:n]]


@pytest.mark.parametrize("code", ["246200364", "200093201", "200046977", "249740077", "200000172"])
def test_the_rule_gives_what_its_sentence_says(code: str) -> None:
    assert [peer.code for peer in similar_epci(code)] == naive_peers(code, 8)


def test_lens_lievin_is_compared_with_its_neighbours_of_the_coal_field() -> None:
    codes = [peer.code for peer in similar_epci("246200364")]
    assert {"245901160", "246200299"} <= set(codes)  # Valenciennes, Hénin-Carvin
    assert len(codes) == len(set(codes)) == 8
    assert "246200364" not in codes


def test_a_metropole_is_compared_with_metropoles() -> None:
    assert {peer.code for peer in similar_epci("200093201")} >= {"200046977", "243300316"}  # Lyon, Bordeaux


def test_known_areas_change_density_and_leave_out_what_they_do_not_cover() -> None:
    areas = {commune: 10.0 for epci in list(tables.epcis().values())[:40] for commune in epci.communes}
    covered = set(list(tables.epcis())[:40])
    asked = next(iter(covered))
    assert {peer.code for peer in similar_epci(asked, areas=areas)} <= covered
    assert similar_epci("246200364", areas=areas) == similar_epci("246200364")


def test_asking_for_fewer_gives_the_first_ones() -> None:
    assert similar_epci("246200364", 3) == similar_epci("246200364")[:3]


def test_an_unknown_epci_is_refused() -> None:
    with pytest.raises(UnknownTerritory, match="999999999"):
        similar_epci("999999999")


def test_the_rule_is_plain_french_and_the_formula_below_it_gives_the_weights() -> None:
    for word in ("population (2)", "densité (1,5)", "5\u202f000 habitants", "écart type", "logarithme"):
        assert word in FORMULA
    for word in ("habitants", "densité", "5\u202f000 habitants", "statut"):
        assert word in RULE
    assert not any(word in RULE for word in ("logarithme", "écart", "carré", "poids 2"))
