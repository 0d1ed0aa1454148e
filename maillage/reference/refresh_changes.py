"""What changed in the country between two editions of the tables, as French lines."""

import csv
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Table = dict[str, list[str]]


class Change(NamedTuple):
    """One change: kind (commune_added, commune_removed, commune_renamed, epci_…, list_to_decide), code, line."""

    kind: str
    code: str
    line: str


def _table(text: str) -> Table:
    return {row[0]: row[1:] for row in list(csv.reader(text.splitlines()))[1:]}


def _communes(old: Table, new: Table, former: Table) -> Iterator[Change]:
    for code in sorted(new.keys() - old.keys()):
        yield Change("commune_added", code, f"Commune nouvelle : {new[code][0]} ({code}).")
    for code in sorted(old.keys() - new.keys()):
        heir = former[code][2] if code in former else ""
        after = f", aujourd’hui dans {new[heir][0]} ({heir})" if heir in new else ", sans commune d’accueil connue"
        yield Change("commune_removed", code, f"Commune disparue : {old[code][0]} ({code}){after}.")
    for code in sorted(code for code in old.keys() & new.keys() if old[code][0] != new[code][0]):
        yield Change("commune_renamed", code, f"Commune renommée : {old[code][0]} ({code}) devient {new[code][0]}.")


def _named(codes: set[str], communes: Table) -> str:
    return ", ".join([f"{communes[code][0]} ({code})" if code in communes else code for code in sorted(codes)])


def _epcis(old: Table, new: Table, communes: Table) -> Iterator[Change]:
    for code in sorted(new.keys() - old.keys()):
        yield Change("epci_added", code, f"EPCI nouveau : {new[code][1]} ({code}).")
    for code in sorted(old.keys() - new.keys()):
        yield Change("epci_removed", code, f"EPCI disparu : {old[code][1]} ({code}).")
    for code in sorted(old.keys() & new.keys()):
        before, after = set(old[code][2].split()), set(new[code][2].split())
        moves = [
            f"{verb} {_named(some, communes)}"
            for verb, some in (("gagne", after - before), ("perd", before - after))
            if some
        ]
        if moves:
            yield Change("epci_changed", code, f"EPCI modifié : {new[code][1]} ({code}) {' et '.join(moves)}.")
        if old[code][1] != new[code][1]:
            yield Change("epci_renamed", code, f"EPCI renommé : {old[code][1]} ({code}) devient {new[code][1]}.")


def _lists(lists: Table, communes: Table) -> Iterator[Change]:
    for code, (name, as_of, members, _source) in lists.items():
        lost = set(members.split()) - communes.keys()
        if lost:
            line = f"À trancher : la liste « {name} » du {as_of} contient des communes disparues : {', '.join(lost)}."
            yield Change("list_to_decide", code, line)


def changes(previous: Mapping[str, str], fresh: Mapping[str, str]) -> tuple[Change, ...]:
    """Changes between two sets of tables given as texts by file name; communes first, then EPCI, then lists."""
    if not previous["communes.csv"]:
        return ()  # a first edition is no change
    old, new = ({name: _table(text) for name, text in texts.items()} for texts in (previous, fresh))
    communes = new["communes.csv"]
    return (
        *_communes(old["communes.csv"], communes, new["former.csv"]),
        *_epcis(old["epci.csv"], new["epci.csv"], old["communes.csv"] | communes),
        *_lists(old.get("lists.csv", {}), communes),
    )
