"""The fields of each subject of an amendment, in groups that have a legend; and what they say once filled."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from etabli.pacts.changes.difference import new_years, objectives_of, years_in
from etabli.pacts.documents.snapshot import Content, plain
from etabli.pacts.models import PartyRole, Subject
from etabli.ui.fields import CountField, DayField, EurosField
from maillage.territory import alphabetical

MOST_BOXES = 200  # communes that one ticks off; a longer list is changed by names
PLACES = "Un nom ou un code, ou plusieurs séparés par des virgules\u202f; une intercommunalité entière convient aussi."
CALM = {"autocomplete": "off"}


@dataclass(frozen=True)
class Asked:
    """What fields are made from: the subjects announced, the signed content, the proposed one."""

    subjects: frozenset[Subject]
    signed: Content
    content: Content


@dataclass(frozen=True)
class Group:
    """Fields that go together. `look`: `targets` when they stand side by side."""

    fields: Mapping[str, forms.Field]
    legend: str = ""
    look: str = ""


Groups = list[Group]


def dates(asked: Asked) -> Groups:
    """Both ends; and the targets of the years that they bring, even when targets were not announced."""
    head = asked.content["convention"]
    named = (("starts_on", "Début"), ("ends_on", "Fin"))
    ends: dict[str, forms.Field] = {
        name: DayField(label=label, initial=date.fromisoformat(head[name])) for name, label in named
    }
    found = [Group(ends)]
    if Subject.TARGETS not in asked.subjects:
        found += _targets(asked, new_years(asked.signed, asked.content))
    return found


def budget(asked: Asked) -> Groups:
    """The whole amount."""
    amount = asked.content["convention"]["budget"]
    return [Group({"budget": EurosField(label="Montant total", required=False, help_text="En euros.", initial=amount)})]


def clauses(asked: Asked) -> Groups:
    """The words of the end."""
    area = forms.Textarea(attrs={"rows": 5})
    text = asked.content["convention"]["clauses"]
    made = forms.CharField(label="Dispositions particulières", required=False, widget=area, initial=text)
    return [Group({"clauses": made})]


def perimeter(asked: Asked) -> Groups:
    """Communes to bring in are typed; those to take out are ticked off, and can be put back."""
    signed, proposed = (dict(one["perimeter"]["communes"]) for one in (asked.signed, asked.content))
    offered = signed | proposed
    added = _place("Communes à ajouter")
    if len(offered) > MOST_BOXES:
        return [Group({"added": added, "removed": _place("Communes à retirer")})]
    named = sorted(offered.items(), key=lambda pair: (alphabetical(pair[1]), pair[0]))
    boxes = forms.MultipleChoiceField(
        label="Communes du périmètre", choices=_named(named), required=False, initial=list(proposed),
        widget=forms.CheckboxSelectMultiple, help_text="Décochez celles qui en sortent, recochez celles qui y restent.",
    )  # fmt: skip
    return [Group({"added": added, "communes": boxes})]


def _place(label: str) -> forms.Field:
    return forms.CharField(
        label=label, required=False, max_length=4000, widget=forms.TextInput(attrs=CALM), help_text=PLACES
    )


def _named(communes: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(code, f"{name} ({code})") for code, name in communes]


def targets(asked: Asked) -> Groups:
    """Each objective, each year of the proposed dates: one already set is changed, never emptied."""
    return _targets(asked, years_in(asked.content))


def _targets(asked: Asked, years: Iterable[int]) -> Groups:
    return [
        Group(_years(objective, years), f"{objective['title']} ({objective['unit']})", "targets")
        for objective in objectives_of(asked.content)
        if years
    ]


def _years(objective: Content, years: Iterable[int]) -> dict[str, forms.Field]:
    known = {int(year): Decimal(value) for year, value in objective["targets"].items()}
    return {
        f"target-{objective['id']}-{year}": CountField(
            label=f"Cible {year}", required=year in known,
            initial=plain(known[year]).replace(".", ",") if year in known else None,
            error_messages={
                "invalid": "Écrivez un nombre, par exemple 2\u202f700.",
                "required": "Une cible fixée ne s’efface pas\u00a0: écrivez 0.",
            },
        )
        for year in sorted({*years, *known})
    }  # fmt: skip


def parties(asked: Asked) -> Groups:
    """Each party and who signs for it, then a new one."""
    found = [Group(_party(party), party["name"]) for party in asked.content["parties"]]
    new = {
        "new_siren": forms.CharField(label="SIREN", required=False, max_length=14),
        "new_name": forms.CharField(label="Nom, si le SIREN n’est pas connu", required=False, max_length=200),
        "new_signatory": forms.CharField(label="Signataire", required=False, max_length=120),
    }
    return [*found, Group(new, "Une nouvelle partie")]


def _party(party: Content) -> dict[str, forms.Field]:
    siren, made = party["siren"], dict[str, forms.Field]()
    if party["role"] != PartyRole.PILOT:
        made[f"keep-{siren}"] = forms.BooleanField(label="reste partie", required=False, initial=True)
    made[f"signatory-{siren}"] = forms.CharField(
        label="Signataire", required=False, max_length=120, initial=party["signatory_name"]
    )
    made[f"title-{siren}"] = forms.CharField(
        label="Qualité du signataire", required=False, max_length=160, initial=party["signatory_title"]
    )
    return made


FIELDS = {
    Subject.DATES: dates, Subject.PERIMETER: perimeter, Subject.BUDGET: budget, Subject.TARGETS: targets,
    Subject.PARTIES: parties, Subject.CLAUSE: clauses,
}  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """A valid form: what it says, and the territories behind the names that it holds."""

    content: Content
    data: Mapping[str, Any]
    places: Mapping[str, Any] = field(default_factory=dict)


def targets_said(filled: Filled) -> dict[tuple[int, str], str]:
    """`{(objective id, year): value}`, the empty ones left out."""
    found = {}
    for name, value in filled.data.items():
        if name.startswith("target-") and value is not None:
            _, pk, year = name.split("-")
            found[int(pk), year] = plain(value)
    return found


def parties_said(filled: Filled) -> list[dict[str, str]]:
    """The rows that the action takes."""
    data = filled.data
    rows = [
        {"siren": party["siren"], "name": party["name"], "role": party["role"],
         "signatory_name": data[f"signatory-{party['siren']}"], "signatory_title": data[f"title-{party['siren']}"]}
        for party in filled.content["parties"]
        if party["role"] == PartyRole.PILOT or data[f"keep-{party['siren']}"]
    ]  # fmt: skip
    if data["new_siren"]:
        rows.append({"siren": data["new_siren"], "name": data["new_name"], "role": PartyRole.PARTNER.value,
                     "signatory_name": data["new_signatory"], "signatory_title": ""})  # fmt: skip
    return rows


SAID: dict[Subject, Callable[[Filled], Any]] = {
    Subject.DATES: lambda filled: (filled.data["starts_on"], filled.data["ends_on"]),
    Subject.PERIMETER: lambda filled: {"kept": filled.data.get("communes"), **filled.places},
    Subject.BUDGET: lambda filled: filled.data["budget"],
    Subject.TARGETS: targets_said,
    Subject.PARTIES: parties_said,
    Subject.CLAUSE: lambda filled: filled.data["clauses"],
}
