"""Before and after: what an amendment changes, computed from two contents; late lowered targets are marked."""

from dataclasses import asdict, dataclass
from datetime import date

from etabli.pacts.documents.printed import day
from etabli.pacts.documents.snapshot import Content
from etabli.pacts.models import Amendment, PartyRole, Subject
from etabli.ui import french

ABSENT = "—"


@dataclass(frozen=True)
class Change:
    """One line of the table. `mark` is a warning in words, empty most of the time."""

    subject: Subject
    what: str
    before: str
    after: str
    mark: str = ""


def changes(before: Content, after: Content, on: date) -> list[Change]:
    """Everything that differs, in the order of the subjects. `on` is the day the amendment takes effect."""
    return [
        *_dates(before["convention"], after["convention"]),
        *_perimeter(before["perimeter"], after["perimeter"]),
        *_budget(before["convention"], after["convention"]),
        *_targets(before, after, on),
        *_parties(before["parties"], after["parties"]),
        *_clauses(before["convention"], after["convention"]),
    ]


def whole(amendment: Amendment) -> Content:
    """What is signed: the text proposed, with why, from when, and the table, so that the fingerprint holds them too."""
    table = changes(amendment.base.content, amendment.proposed, amendment.effective_on)
    head = {"number": amendment.number, "reason": amendment.reason, "effective_on": amendment.effective_on.isoformat()}
    return {**amendment.proposed, "amendment": {**head, "changes": [asdict(change) for change in table]}}


def _dates(before: Content, after: Content) -> list[Change]:
    named = (("starts_on", "Début"), ("ends_on", "Fin"))
    return [
        Change(Subject.DATES, label, day(before[name]), day(after[name]))
        for name, label in named
        if before[name] != after[name]
    ]


def _perimeter(before: Content, after: Content) -> list[Change]:
    old, new = dict(before["communes"]), dict(after["communes"])
    found = []
    if old.keys() != new.keys():
        counts = [french.counted(len(communes), "commune") for communes in (old, new)]
        found.append(Change(Subject.PERIMETER, "Nombre de communes", *counts))
    found += [Change(Subject.PERIMETER, f"{old[code]} ({code})", "dedans", "dehors") for code in old if code not in new]
    found += [Change(Subject.PERIMETER, f"{new[code]} ({code})", "dehors", "dedans") for code in new if code not in old]
    return found


def _budget(before: Content, after: Content) -> list[Change]:
    if before["budget"] == after["budget"]:
        return []
    return [Change(Subject.BUDGET, "Montant", french.euros(before["budget"]), french.euros(after["budget"]))]


def objectives_of(content: Content) -> list[Content]:
    """The objectives of every axis."""
    return [objective for axis in content["axes"] for objective in axis["objectives"]]


def targets_of(content: Content) -> dict[tuple[int, str], tuple[str, str]]:
    """`{(objective id, year): (label, value)}`."""
    return {
        (objective["id"], year): (f"{objective['title']} ({objective['unit']}), {year}", value)
        for objective in objectives_of(content)
        for year, value in objective["targets"].items()
    }


def years_in(content: Content) -> range:
    """The calendar years that the dates of a content touch."""
    first, last = (date.fromisoformat(content["convention"][name]).year for name in ("starts_on", "ends_on"))
    return range(first, last + 1)


def new_years(signed: Content, proposed: Content) -> list[int]:
    """The years that proposed dates bring."""
    return [year for year in years_in(proposed) if year not in years_in(signed)]


def _targets(before: Content, after: Content, on: date) -> list[Change]:
    old, new = targets_of(before), targets_of(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, becomes = old.get(key, ("", ""))[1], new.get(key, ("", ""))[1]
        if was == becomes:
            continue
        label = (new.get(key) or old[key])[0]
        begun = on > date(int(key[1]), 1, 1)
        lowered = bool(was) and (not becomes or float(becomes) < float(was))
        mark = "cible abaissée après le début de la période" if lowered and begun else ""
        found.append(Change(Subject.TARGETS, label, _number(was), _number(becomes), mark))
    return found


def _number(text: str) -> str:
    return text.replace(".", ",") or ABSENT


def _parties(before: list[Content], after: list[Content]) -> list[Change]:
    old, new = ({party["siren"]: party for party in parties} for parties in (before, after))
    found = []
    for siren in sorted(old.keys() | new.keys()):
        name = (new.get(siren) or old[siren])["name"]
        was, becomes = _told(old.get(siren)), _told(new.get(siren))
        if was != becomes:
            found.append(Change(Subject.PARTIES, name, was, becomes))
    return found


def _told(party: Content | None) -> str:
    if party is None:
        return ABSENT
    return ", ".join(
        part for part in (PartyRole(party["role"]).label, party["signatory_name"], party["signatory_title"]) if part
    )


def _clauses(before: Content, after: Content) -> list[Change]:
    if before["clauses"] == after["clauses"]:
        return []
    return [
        Change(Subject.CLAUSE, "Dispositions particulières", before["clauses"] or ABSENT, after["clauses"] or ABSENT)
    ]
