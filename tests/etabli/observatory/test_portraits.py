"""The portrait says what the engine says, and each of its numbers can be counted again by hand."""

import re
from collections import Counter
from datetime import date

import pytest
from django.http import QueryDict

from etabli import facts
from etabli.observatory.comparisons import beside, peers
from etabli.observatory.gaps import everyday
from etabli.observatory.portraits import portrait
from etabli.observatory.print.document import GAPS, document
from etabli.observatory.scopes import Reading, reading_from
from etabli.ui import french
from maillage.reference.trades import trade
from maillage.scope import ActivityScope, Scope, SizeScope
from maillage.store import OPEN_END, Coverage
from maillage.store.columns import to_day
from maillage.territory import commune_name, parse
from maillage.watch.nearest import kilometres

LENS = parse("epci:246200364")
FIRST_NEAR = r'<li><a href="[^"]*">([^<]+)</a> <span>\d+[^<]*, à ([^<]+)</span>'


@pytest.fixture
def screen(demo):
    return portrait(LENS, Reading())


@pytest.fixture
def active(demo):
    """(firm, establishment, trade code, commune) of every spell in scope on the day of the data, one by one."""
    found, day = [], to_day(demo.manifest.stock_date)
    facts_of = demo.spells
    for row in demo.rows_in(LENS.communes):
        firm = int(facts_of.firm[row])
        small = int(demo.firms.band[firm]) in (0, 1, 2, 3, 4, 255)  # NN, 00, 01, 02, 03 (up to 9), unknown
        legal = int(demo.firms.legal[firm]) in (0, 1, 2)
        # entirely craft by its code, or partly and registered as craft (it has a NAFA code)
        craft = int(facts_of.reach[row]) in (0, 1) or demo.establishments.certain[facts_of.establishment[row]] == 1
        now = facts_of.start[row] <= day < facts_of.end[row] or facts_of.end[row] == OPEN_END
        if small and legal and craft and now and facts_of.start[row] <= day:
            code = demo.manifest.trades[facts_of.trade[row]]
            found.append((firm, int(facts_of.establishment[row]), code, demo.manifest.communes[facts_of.commune[row]]))
    return found


def test_the_headline_counts_distinct_firms(screen, active):
    assert screen.figures[0].value == french.number(len({firm for firm, *_ in active}))


def test_sectors_and_trades_count_distinct_firms_of_each(screen, active):
    by_sector = Counter(sector for _, sector in {(firm, trade(code).sector) for firm, _, code, _ in active})
    assert {line.code: line.count for line in screen.sectors} == {
        sector.value: french.number(count) for sector, count in by_sector.items()
    }
    by_trade = Counter(code for _, code in {(firm, code) for firm, _, code, _ in active})
    assert [line.count for line in screen.trades] == [french.number(count) for _, count in by_trade.most_common(12)]


def test_the_bars_are_relative_to_the_largest_sector(screen):
    assert max(float(line.bar) for line in screen.sectors) == 100.0
    assert all(0 <= float(line.bar) <= 100 for line in screen.sectors)


def test_a_single_one_is_a_single_establishment_and_its_commune_is_named(screen, active):
    sites = Counter((code, commune) for _, _, code, commune in set(active))
    for gap in screen.gaps:
        code = next(one.code for one in everyday() if french.capitalised(one.short) == gap.label)
        alone = [commune for (name, commune), count in sites.items() if name == code and count == 1]
        assert f"dans {french.counted(len(alone), 'commune')}" in gap.sentence
        assert all(commune_name(commune) in gap.sentence for commune in alone[:18]) or len(alone) > 18


def test_fragile_trades_come_in_the_order_that_is_told(screen):
    assert "alimentation d’abord" in screen.gaps_rule
    found = [next(one for one in everyday() if french.capitalised(one.short) == gap.label) for gap in screen.gaps]
    foods = [one.sector == "alimentation" for one in found]
    assert foods == sorted(foods, reverse=True)
    assert not any(gap.label.split()[0] in screen.gaps_title for gap in screen.gaps)


def test_a_village_is_told_where_the_nearest_one_is(demo):
    where = parse("commune:62003")
    screen = portrait(where, Reading())
    assert "vol d’oiseau" in screen.gaps_rule
    counts = Counter()
    day = to_day(demo.manifest.stock_date)
    spells = demo.spells
    for row in range(len(spells.start)):
        code = demo.manifest.trades[spells.trade[row]]
        firm = int(spells.firm[row])
        craft = spells.reach[row] in (0, 1) or demo.establishments.certain[spells.establishment[row]] == 1
        small = int(demo.firms.band[firm]) in (0, 1, 2, 3, 4, 255) and int(demo.firms.legal[firm]) in (0, 1, 2)
        if code == "coiffure" and spells.start[row] <= day < spells.end[row] and craft and small:
            counts[demo.manifest.communes[spells.commune[row]]] += 1
    here = demo.centre("62003")
    others = [code for code in counts if code != "62003" and demo.centre(code)]
    nearest = min(others, key=lambda code: kilometres(here, demo.centre(code)))
    told = " ".join(link.label for link in screen.absent) + " ".join(gap.label + gap.sentence for gap in screen.gaps)
    km = french.number(kilometres(here, demo.centre(nearest)), 1)
    alone = f"le suivant {parse(f'commune:{nearest}').at}, {km}\u00a0km"
    absent = f"({commune_name(nearest)}, {km}\u00a0km)"
    assert (alone if counts["62003"] else absent) in told


@pytest.mark.parametrize("where", ["commune:62570", "commune:62498", "commune:62003"])
def test_the_nearest_one_of_a_portrait_is_the_first_of_the_page_of_the_trade(demo, visit, where):
    """Whatever the intercommunalité: 62570 has nearer neighbours beyond its own."""
    place = parse(where)
    screen = portrait(place, Reading())
    assert screen.gaps or screen.absent
    told = [(gap.href, gap.sentence) for gap in screen.gaps] + [(link.href, link.label) for link in screen.absent]
    for href, words in told:
        first = re.search(FIRST_NEAR, visit(href).html)
        assert (first is None) == ("km" not in words)
        if first is not None:
            name, km = first.groups()
            assert words.rstrip(")").endswith(km)
            assert name in words or f" {parse(commune_key(name)).at}, " in words


def commune_key(name):
    """« commune:62498 » for « Lens »."""
    return next(f"commune:{code}" for code in facts.store().manifest.communes if commune_name(code) == name)


def test_a_printed_commune_names_every_trade_that_its_title_counts(demo):
    where = next(
        place
        for code in sorted(LENS.communes)
        if len(portrait(place := parse(f"commune:{code}"), Reading()).gaps) > GAPS
    )
    screen = portrait(where, Reading())
    printed = document(screen, page="")
    assert screen.gaps_title.startswith(f"{len(screen.gaps)}\u00a0métiers")
    assert len(printed["gaps"]) == GAPS
    assert all(gap.label.lower() in printed["gaps_more"].lower() for gap in screen.gaps[GAPS:])
    assert all(gap.sentence.startswith("un seul établissement, le suivant ") for gap in screen.gaps)


def test_each_figure_stands_beside_the_similar_territories(screen):
    firms, _, creations, survival = screen.figures  # a hidden cell may leave employees without comparison
    beside_it = [next(line for line in one.comparisons if "semblables" in line) for one in (firms, creations, survival)]
    units = ("pour 10\u202f000\u00a0hab.", "\u202f%", "\u202f%")
    assert all(line.startswith("territoires semblables\u00a0: ") for line in beside_it)
    assert all(line.endswith(unit) for line, unit in zip(beside_it, units, strict=True))
    assert all(peer.short_name in screen.comparison_words for peer in peers(LENS))
    assert "nombre d’habitants" in screen.comparison_rule
    assert "logarithme" not in screen.comparison_rule


def test_similar_territories_are_added_up_before_a_rate_is_made(demo):
    together = beside(LENS)[0].where
    found = peers(LENS)
    count = sum(facts.ask(facts.Question("creations", peer)).total for peer in found)
    assert facts.ask(facts.Question("creations", together)).total == pytest.approx(count, abs=len(found))
    assert together.population == sum(peer.population for peer in found)


def test_a_commune_is_compared_with_its_epci_and_has_no_map(demo):
    lens = portrait(parse("commune:62498"), Reading())
    assert [one.label for one in beside(parse("commune:62498"))] == ["Lens-Liévin"]
    assert "carte" not in lens.drawings
    assert lens.communes == ""


def test_figures_open_onto_their_establishments(screen):
    assert screen.figures[0].rows == "/territoires/epci/246200364/etablissements/?indicateur=stock_firms"
    assert screen.figures[1].rows == "", "employees are protected: no list"


def test_cited_figures_stand_alone_on_fictitious_data(screen):
    assert "2 400 enseignes" in {french.spaced(line.words).replace("\u202f", " ") for line in screen.cited}
    assert {line.computed for line in screen.cited} == {""}


def test_cited_figures_stand_beside_ours_on_real_data(demo):
    object.__setattr__(demo.manifest, "fictitious", False)
    try:
        lines = {line.words: line.computed for line in portrait(LENS, Reading()).cited}
    finally:
        object.__setattr__(demo.manifest, "fictitious", True)
    assert any(computed.startswith("Calculé ici") for computed in lines.values())


def test_a_judging_title_needs_the_agreement_of_the_authority(demo, settings):
    plain = portrait(LENS, Reading()).title
    assert plain.endswith("habitants")
    settings.PUBLISHED_TERRITORIES = frozenset({LENS.key})
    judged = portrait(LENS, Reading()).title
    assert judged.startswith(plain)


def test_a_past_day_is_said_everywhere(demo, visit):
    page = visit("/territoires/epci/246200364/?le=2021-01-01").text.replace("\u00a0", " ")
    assert "Lens-Liévin comptait" in page
    assert "situation au 1er janvier 2021, données au 1er novembre 2026" in page
    assert "taux de création, 12 mois avant le 1er janvier 2021" in page
    assert "emplois salariés, au 1er novembre 2026" in page, "headcounts have no history"


def test_from_a_past_day_one_comes_back_with_the_same_scope(demo, visit):
    links = visit("/territoires/epci/246200364/?taille=49&le=2021-01-01").links
    assert "?taille=49" in links


@pytest.fixture
def two_communes_missing(demo, monkeypatch):
    """Files that were declared to cover nothing, and lack two communes of Lens-Liévin."""
    covers = type(demo).covers

    def lacking(store, where):
        if where != LENS:
            return covers(store, where)
        return Coverage(True, ("62003", "62498"), 34 / 36, "34 des 36 communes.")

    monkeypatch.setattr(type(demo), "covers", lacking)


def test_a_territory_held_in_part_says_so_before_its_figures(two_communes_missing, visit):
    text = visit("/territoires/epci/246200364/").text
    assert text.index("Territoire incomplet") < text.index("entreprises artisanales\n")


def test_nobody_is_compared_with_a_territory_held_in_part(two_communes_missing):
    assert LENS not in {one.where for one in beside(parse("commune:62498"))}


SMALL = (parse("commune:62003"), parse("commune:62793"))  # Acheville, Servins: a few firms each


@pytest.mark.parametrize("where", [LENS, parse("commune:62498")])
def test_the_headline_rate_is_the_last_point_of_the_chart(demo, where):
    screen = portrait(where, Reading())
    last = screen.drawings["creations"].picture.sheet.rows[-1][1]
    assert screen.figures[2].value == french.percent(last)
    sectors = facts.ask(facts.Question("balance", where, by="sector"))
    bar = screen.drawings["mouvement"].picture.sheet.rows[-1]
    assert sum(row.value for row in sectors.rows) == bar[4]


@pytest.mark.parametrize(("query", "reach"), [("", (0, 1)), ("?perimetre=possible&le=2021-01-01", (0, 1, 2))])
def test_the_line_of_ten_years_counts_the_firms_of_each_first_of_january(demo, query, reach):
    """Whatever their size: bands have no history."""
    spells, counts = demo.spells, {}
    for row in demo.rows_in(LENS.communes):
        firm = int(spells.firm[row])
        certain = demo.establishments.certain[spells.establishment[row]] == 1
        if int(demo.firms.legal[firm]) in (0, 1, 2) and (int(spells.reach[row]) in reach or certain):
            for year in range(2016, 2027):
                if spells.start[row] <= to_day(date(year, 1, 1)) < spells.end[row]:
                    counts.setdefault(year, set()).add(firm)
    picture = portrait(LENS, reading_from(QueryDict(query[1:]))).drawings["mouvement"].picture
    assert [row[1] for row in picture.sheet.rows] == [len(counts[year]) for year in range(2016, 2027)]
    before, after = len(counts[2016]), len(counts[2026])
    more = "de plus" if after > before else "de moins"
    assert picture.title == (
        f"{french.number(abs(after - before))}\u00a0entreprises {more} qu’il y a dix ans\u00a0: "
        f"de {french.number(before)} à {french.number(after)}"
    )
    assert any("toutes tailles" in note and "au 1er" in note for note in picture.sheet.notes)


def test_the_words_of_the_scope_tell_which_figures_have_a_size(screen):
    assert screen.scope_words.endswith("10 salariés au plus")
    assert screen.apart.endswith("toutes tailles")


@pytest.mark.parametrize(
    "query", ["?taille=49", "?perimetre=possible", "?perimetre=certain&taille=249", "?le=2021-01-01"]
)
def test_employees_are_said_to_be_counted_in_one_scope_whatever_is_chosen(demo, visit, query):
    fixed = f"activité entièrement artisanale, {SizeScope.UPTO10.label}"
    reading = reading_from(QueryDict(query[1:]))
    jobs = portrait(LENS, reading).figures[1]
    assert jobs.value == portrait(LENS, Reading()).figures[1].value
    assert jobs.comparisons[0] == f"périmètre fixe\u00a0: {fixed}"
    assert fixed in jobs.card.coverage
    text = visit(f"/territoires/epci/246200364/{query}").text
    assert f"emplois salariés\u00a0: toujours {fixed}" in text
    printed = document(portrait(LENS, reading), page="")
    assert any(f"emplois salariés\u00a0: toujours {fixed}" in note for note in printed["notes"])
    assert printed["figures"][1]["comparisons"][0].endswith(fixed)


def test_under_the_craft_code_nothing_that_moves_is_shown(demo):
    screen = portrait(LENS, Reading(Scope(ActivityScope.CERTAIN)))
    assert [figure.value for figure in screen.figures[2:]] == [french.ABSENT] * 2
    assert all("pas d’historique" in figure.comparisons[0] for figure in screen.figures[2:])
    assert {name for name, one in screen.drawings.items() if one.picture.drawn} == {"carte"}
    assert all(
        "pas d’historique" in screen.drawings[name].picture.unit for name in ("creations", "mouvement", "survie")
    )
    assert {line.balance for line in screen.sectors} == {french.ABSENT}
    assert {(line.creations, line.closures) for line in screen.trades} == {(french.ABSENT, french.ABSENT)}


@pytest.mark.parametrize("where", SMALL)
def test_a_few_firms_are_counted_not_rated(demo, where):
    screen = portrait(where, Reading())
    firms = facts.ask(facts.Question("stock_firms", where)).total
    assert firms < 20
    creations = screen.figures[2]
    assert "%" not in creations.value
    assert creations.comparisons[0].endswith("depuis 2016")
    assert not screen.drawings["creations"].picture.drawn
    assert not screen.drawings["survie"].picture.drawn
    assert "%" not in screen.sector_title
    assert all(line.specialisation == "trop peu" for line in screen.trades if int(line.count) < 5)
