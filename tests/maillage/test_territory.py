"""Territories as values: what `parse` reads, what contains what, how search ranks."""

from datetime import date

import pytest

from maillage.errors import UnknownTerritory
from maillage.reference.places import tables
from maillage.territory import (
    Level,
    Territory,
    commune_name,
    current_commune,
    departement_of,
    epci_of,
    leaf_codes,
    members,
    parents,
    parse,
    population,
    region_of,
    search,
)

CALL = "epci:246200364"


def keys(found: tuple[Territory, ...]) -> list[str]:
    return [territory.key for territory in found]


def naive_population(communes: list[str]) -> int:
    """Slow twin: read the table again, line by line."""
    total = 0
    for line in (tables.HERE / "communes.csv").read_text(encoding="utf-8").splitlines():
        code, *_, people, _postcodes = line.split(",")
        if code in communes:
            total += int(people)
    return total


def test_lens_lievin_has_36_communes() -> None:
    call = parse(CALL)
    assert (call.level, call.code, call.name) == (Level.EPCI, "246200364", "CA de Lens - Liévin")
    assert (call.count, len(call.communes), call.short_name, call.key) == (36, 36, "Lens-Liévin", CALL)


def test_population_is_the_sum_of_the_communes() -> None:
    for where in (CALL, "epci:200046977", "departement:75", "liste:62498,62510"):
        territory = parse(where)
        assert territory.population == naive_population(list(members(territory)))


def test_aubagne_of_2015_has_12_communes_one_in_the_var_and_is_no_epci() -> None:
    aubagne = parse("liste:pays-aubagne-etoile")
    assert (aubagne.count, aubagne.as_of) == (12, date(2015, 1, 1))
    assert [code for code in aubagne.communes if departement_of(code) == "83"] == ["83120"]
    assert keys(parents(aubagne)) == ["epci:200054807", "region:93", "france"]
    with pytest.raises(UnknownTerritory):
        parse("epci:241300268")


def test_every_commune_of_a_named_list_is_a_commune_of_today() -> None:
    for row in tables.named_lists().values():
        assert [code for code in row.communes if current_commune(code) != code] == []


def test_lyon_4e_rolls_up_into_lyon_and_its_metropole() -> None:
    croix_rousse = parse("commune:69384")
    assert (croix_rousse.communes, croix_rousse.count) == (frozenset({"69384"}), 1)
    assert keys(parents(croix_rousse)) == [
        "commune:69123",
        "epci:200046977",
        "departement:69",
        "region:84",
        "france",
    ]
    assert (epci_of("69384"), departement_of("69384"), region_of("69384")) == ("200046977", "69", "84")


def test_lyon_holds_its_nine_arrondissements_and_counts_one() -> None:
    lyon = parse("commune:69123")
    assert lyon.communes == {"69123", *(f"6938{n}" for n in range(1, 10))}
    assert (lyon.count, members(lyon)) == (1, ("69123",))
    assert lyon.population == sum(population(f"6938{n}") or 0 for n in range(1, 10))


def test_a_list_of_two_arrondissements_counts_two() -> None:
    both = parse("liste:69385,69384")
    assert (both.key, both.count, members(both)) == ("liste:69384,69385", 2, ("69384", "69385"))
    assert both.population == (population("69384") or 0) + (population("69385") or 0)


def test_a_list_naming_lyon_and_one_arrondissement_counts_lyon_once() -> None:
    both = parse("liste:69123,69384")
    assert (both.count, both.population) == (1, population("69123"))


def test_former_codes_lead_to_the_commune_of_today() -> None:
    assert current_commune("59355") == "59350"  # Lomme, associated with Lille
    assert current_commune("01340") == "01015"  # vanished into Arboys en Bugey
    assert current_commune("69384") == "69384"
    assert current_commune("99999") is None
    assert parse("commune:59355") == parse("commune:59350")
    assert (commune_name("59355"), commune_name("59350")) == ("Lomme", "Lille")


def test_every_commune_is_in_one_epci_at_most_and_only_four_islands_are_in_none() -> None:
    seen: dict[str, int] = {}
    for epci in tables.epcis().values():
        for code in epci.communes:
            seen[code] = seen.get(code, 0) + 1
    assert set(seen.values()) == {1}
    wholes = members(parse("france"))
    assert sorted(code for code in wholes if epci_of(code) is None) == ["22016", "29083", "29155", "85113"]


def test_levels_nest_and_add_up_to_france() -> None:
    france = parse("france")
    departements = [parse(f"departement:{code}") for code in {departement_of(code) for code in france.communes}]
    assert len(departements) == 101
    assert frozenset().union(*(each.communes for each in departements)) == france.communes == frozenset(leaf_codes())
    assert sum(each.population or 0 for each in departements) == france.population


def test_leaf_codes_follow_region_departement_epci_code() -> None:
    leaves = leaf_codes()
    order = [(region_of(code), departement_of(code), epci_of(code) or "", code) for code in leaves]
    assert order == sorted(order)
    assert len(leaves) == len(set(leaves)) < 65_536
    positions = sorted(leaves.index(code) for code in parse(CALL).communes)
    assert positions == list(range(positions[0], positions[0] + 36))


def test_keys_are_read_back() -> None:
    for where in (CALL, "commune:2A004", "departement:62", "region:32", "france", "liste:pays-aubagne-etoile"):
        assert parse(where).key == where
        assert parse(parse(where).key) == parse(where)
    assert parse("département:62") == parse("departement:62")
    assert parse("commune:2a004") == parse("commune:2A004")
    assert parse("liste:62510, 62498,62510").key == "liste:62498,62510"


def test_a_territory_is_no_parent_of_itself_and_parents_are_larger() -> None:
    assert keys(parents(parse("france"))) == []
    assert keys(parents(parse("departement:75"))) == ["region:11", "france"]
    assert keys(parents(parse("commune:75056"))) == ["epci:200054781", "departement:75", "region:11", "france"]
    assert keys(parents(parse(CALL))) == ["departement:62", "region:32", "france"]


def test_members_are_sorted_by_name_without_accents() -> None:
    names = [commune_name(code) for code in members(parse(CALL))]
    assert names[0] == "Ablain-Saint-Nazaire"
    assert names.index("Éleu-dit-Leauwette") < names.index("Estevelles") < names.index("Fouquières-lès-Lens")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("Lens", "epci:246200364 (CA de Lens - Liévin)"),
        ("zone:Lievain", "commune:62510 (Liévin)"),
        ("epci:246200365", "epci:246200364 (CA de Lens - Liévin)"),
        ("region:bretagne", "region:53 (Bretagne)"),
        ("commune:99999", "99999"),
        ("liste:62498,99999", "99999"),
        ("liste:62498,59355", "remplacez 59355 par 59350"),
        ("commune:98735", "outre-mer"),
        ("departement:987", "outre-mer"),
        ("", "epci:246200364"),
    ],
)
def test_an_unknown_place_is_refused_with_what_to_write(where: str, said: str) -> None:
    with pytest.raises(UnknownTerritory) as refused:
        parse(where)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lens", ["commune:62498", CALL]),
        ("LENS - LIEVIN", [CALL]),
        ("liévin lens", [CALL]),
        ("Lens (62)", ["commune:62498", CALL]),
        ("CALL", [CALL]),
        ("mel", ["epci:200093201"]),
        ("62300", ["commune:62498"]),
        ("69004", ["commune:69384", "commune:69123"]),
        ("62498", ["commune:62498"]),
        ("62", ["departement:62"]),
        ("246200364", [CALL]),
        (CALL, [CALL]),
        ("arras", ["epci:200033579", "commune:62041"]),
        ("mans", ["commune:72181"]),
        ("st-omer", ["commune:62765"]),
        ("paris", ["commune:75056", "departement:75"]),
        ("pays d’aubagne", ["liste:pays-aubagne-etoile"]),
        ("lyon 4", ["commune:69384"]),
        ("Paris 15", ["commune:75115"]),
        ("1000 étangs", ["epci:247000854"]),
        ("Lens 62300", ["commune:62498"]),
        ("Arbignieu", ["commune:01015"]),
        ("lievain", ["commune:62510"]),
        ("agglomération Lens-Liévin", [CALL]),
        ("communauté d’agglomération de Lens-Liévin", [CALL]),
        ("mairie de Liévin", ["commune:62510"]),
        ("mairie de lievn", ["commune:62510"]),
        ("département du Pas-de-Calais", ["departement:62"]),
        ("région Bretagne", ["region:53"]),
        ("France", ["france"]),
        ("la france", ["france"]),
        ("france entière", ["france"]),
        ("hauts-de-france", ["region:32"]),
        ("paca", ["region:93"]),
        ("grand est", ["region:44"]),
        ("la région de Guebwiller", ["epci:246800569"]),
        ("ville du bois", ["commune:91665"]),
    ],
)
def test_search_puts_first_what_was_meant(text: str, first: list[str]) -> None:
    assert keys(search(text))[: len(first)] == first


def test_search_finds_nothing_in_noise_and_keeps_its_limit() -> None:
    assert search("xyzzy") == search("") == search("  ") == search("--") == ()
    assert len(search("saint", limit=7)) == 7
    assert len(set(search("saint", limit=50))) == 50


def test_words_around_a_name() -> None:
    said = [
        (parse(where).of, parse(where).at)
        for where in ("commune:62498", "commune:72181", "departement:62", "departement:01", "region:53", CALL)
    ]
    assert said == [
        ("de Lens", "à Lens"),
        ("du Mans", "au Mans"),
        ("du Pas-de-Calais", "dans le Pas-de-Calais"),
        ("de l’Ain", "dans l’Ain"),
        ("de Bretagne", "en Bretagne"),
        ("de la CA de Lens - Liévin", "dans la CA de Lens - Liévin"),
    ]
    assert parse("commune:69384").of == "de Lyon 4e"
