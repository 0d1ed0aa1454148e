"""Forms of an amendment: one section for each of its subjects, and no other."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from etabli.pacts.amendments.difference import targets_of
from etabli.pacts.conventions.forms import UNNAMED, checked_siren, known
from etabli.pacts.documents.snapshot import Content, plain
from etabli.pacts.models import Amendment, PartyRole, Subject
from etabli.ui.fields import DayField, EurosField


class NewAmendment(forms.Form):
    """What it will change, why, from when."""

    subjects = forms.MultipleChoiceField(
        label="Ce qu’il change", choices=Subject.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un objet."},
    )  # fmt: skip
    reason = forms.CharField(label="Pourquoi", widget=forms.Textarea(attrs={"rows": 2}))
    effective_on = DayField(
        label="Applicable à compter du",
        help_text="Un jour à venir est possible\u00a0: signé avant, l’avenant ne change la convention que ce jour-là.",
    )


class AmendmentForm(forms.Form):
    """The proposal, limited to the subjects of the amendment."""

    def __init__(self, *args: Any, amendment: Amendment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.subjects = [Subject(one) for one in amendment.subjects]
        self.content: Content = amendment.proposed
        for subject in self.subjects:
            self.fields.update(_FIELDS[subject](self.content))
        if Subject.PERIMETER in self.subjects:  # a commune taken out by mistake can be put back
            offered = dict(amendment.base.content["perimeter"]["communes"]) | dict(
                self.content["perimeter"]["communes"]
            )
            self.fields["communes"].choices = _named(offered.items())  # type: ignore[attr-defined] # a field of choices

    def clean_new_siren(self) -> str:
        """Nine digits with their key."""
        return checked_siren(self.cleaned_data["new_siren"])

    def clean(self) -> dict[str, Any]:
        """A party that nobody knows yet has a name."""
        cleaned = super().clean() or self.cleaned_data
        siren = cleaned.get("new_siren")
        if siren and not known(siren) and not cleaned.get("new_name"):
            self.add_error("new_name", UNNAMED)
        return cleaned

    def values(self) -> dict[Subject, Any]:
        """What the action takes."""
        return {subject: _VALUES[subject](self) for subject in self.subjects}


def _date_fields(content: Content) -> dict[str, forms.Field]:
    head = content["convention"]
    return {
        "starts_on": DayField(label="Début", initial=date.fromisoformat(head["starts_on"])),
        "ends_on": DayField(label="Fin", initial=date.fromisoformat(head["ends_on"])),
    }


def _budget_fields(content: Content) -> dict[str, forms.Field]:
    return {"budget": EurosField(label="Montant total", required=False, initial=content["convention"]["budget"])}


def _clause_fields(content: Content) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 5})
    clauses = content["convention"]["clauses"]
    return {
        "clauses": forms.CharField(label="Dispositions particulières", required=False, widget=area, initial=clauses)
    }


def _perimeter_fields(content: Content) -> dict[str, forms.Field]:
    communes = content["perimeter"]["communes"]
    return {
        "communes": forms.MultipleChoiceField(
            label="Communes qui restent", choices=_named(communes), initial=[code for code, _ in communes],
            widget=forms.CheckboxSelectMultiple, error_messages={"required": "Laissez au moins une commune."},
        )
    }  # fmt: skip


def _named(communes: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(code, f"{name} ({code})") for code, name in communes]


def _target_fields(content: Content) -> dict[str, forms.Field]:
    return {
        f"target-{pk}-{year}": forms.DecimalField(
            label=label, min_value=0, max_digits=14, decimal_places=2, initial=Decimal(value), localize=True
        )
        for (pk, year), (label, value) in targets_of(content).items()
    }


def _party_fields(content: Content) -> dict[str, forms.Field]:
    made: dict[str, forms.Field] = {}
    for party in content["parties"]:
        siren, name = party["siren"], party["name"]
        if party["role"] != PartyRole.PILOT:
            made[f"keep-{siren}"] = forms.BooleanField(label=f"{name} reste partie", required=False, initial=True)
        made[f"signatory-{siren}"] = forms.CharField(
            label=f"Signataire de {name}", required=False, max_length=120, initial=party["signatory_name"]
        )
        made[f"title-{siren}"] = forms.CharField(
            label=f"Qualité du signataire de {name}", required=False, max_length=160, initial=party["signatory_title"]
        )
    made["new_siren"] = forms.CharField(label="SIREN d’une nouvelle partie", required=False, max_length=14)
    made["new_name"] = forms.CharField(label="Son nom", required=False, max_length=200)
    made["new_signatory"] = forms.CharField(label="Son signataire", required=False, max_length=120)
    return made


def _parties(form: AmendmentForm) -> list[dict[str, str]]:
    data = form.cleaned_data
    rows = [
        {"siren": party["siren"], "name": party["name"], "role": party["role"],
         "signatory_name": data[f"signatory-{party['siren']}"], "signatory_title": data[f"title-{party['siren']}"]}
        for party in form.content["parties"]
        if party["role"] == PartyRole.PILOT or data[f"keep-{party['siren']}"]
    ]  # fmt: skip
    if data["new_siren"]:
        rows.append({"siren": data["new_siren"], "name": data["new_name"], "role": PartyRole.PARTNER.value,
                     "signatory_name": data["new_signatory"], "signatory_title": ""})  # fmt: skip
    return rows


def _targets(form: AmendmentForm) -> dict[tuple[int, str], str]:
    return {(pk, year): plain(form.cleaned_data[f"target-{pk}-{year}"]) for pk, year in targets_of(form.content)}


_FIELDS = {
    Subject.DATES: _date_fields, Subject.BUDGET: _budget_fields, Subject.CLAUSE: _clause_fields,
    Subject.PERIMETER: _perimeter_fields, Subject.TARGETS: _target_fields, Subject.PARTIES: _party_fields,
}  # fmt: skip
_VALUES = {
    Subject.DATES: lambda form: (form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]),
    Subject.BUDGET: lambda form: form.cleaned_data["budget"],
    Subject.CLAUSE: lambda form: form.cleaned_data["clauses"],
    Subject.PERIMETER: lambda form: {"kept": form.cleaned_data["communes"]},
    Subject.TARGETS: _targets,
    Subject.PARTIES: _parties,
}
