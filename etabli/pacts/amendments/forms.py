"""Forms of an amendment: one part for each of its subjects, and no other."""

from dataclasses import dataclass
from typing import Any

from django import forms

from etabli.pacts import places
from etabli.pacts.amendments import fields
from etabli.pacts.changes.departing import Departing
from etabli.pacts.conventions.forms import UNNAMED, check_dates, checked_siren, known
from etabli.pacts.documents import versions
from etabli.pacts.models import Amendment, Subject
from etabli.ui import french
from etabli.ui.fields import DayField
from etabli.ui.seen import Seen
from maillage.territory import Territory


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
    leaving = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(found: Departing | None) -> dict[str, Any]:
        """An amendment that takes out who leaves the framework, from its last day there."""
        if found is None:
            return {}
        convention, organisation = found.party.convention, found.party.organisation
        signed = versions.signed(convention)
        day = max(found.left_on, convention.starts_on, *(one.applies_from for one in signed[-1:]))
        reason = f"{organisation.name} est partie à la convention cadre jusqu’au {french.long_date(found.left_on)}."
        return {"subjects": [Subject.PARTIES], "reason": reason, "effective_on": day, "leaving": organisation.siren}


@dataclass(frozen=True)
class Line:
    """A field, and the places that the name typed in it may mean."""

    field: forms.BoundField
    choice: str
    proposals: tuple[Territory, ...]


@dataclass(frozen=True)
class Block:
    """Lines under one legend."""

    legend: str
    look: str
    lines: list[Line]


class AmendmentForm(Seen, forms.Form):
    """The proposal, limited to the subjects of the amendment."""

    overtaken = (
        "Quelqu’un d’autre a changé cet avenant pendant que vous écriviez\u00a0: rien n’est enregistré. Votre saisie "
        "est gardée ci-dessous, le tableau «\u00a0Ce qui change\u00a0» dit la sienne\u00a0: comparez, puis enregistrez."
    )

    def __init__(self, *args: Any, amendment: Amendment, **options: Any) -> None:
        super().__init__(*args, **options)
        self.content = amendment.proposed
        subjects = [one for one in Subject if one in amendment.subjects]
        asked = fields.Asked(frozenset(subjects), amendment.base.content, amendment.proposed)
        self._groups = {subject: fields.FIELDS[subject](asked) for subject in subjects}
        for groups in self._groups.values():
            for group in groups:
                self.fields.update(group.fields)
        self._proposals: dict[str, tuple[Territory, ...]] = {}
        self._found: dict[str, Territory] = {}

    def now(self, row: Amendment) -> dict[str, Any]:
        """What the same form shows of another proposal."""
        return {name: field.initial for name, field in AmendmentForm(amendment=row).fields.items()}

    @property
    def parts(self) -> list[tuple[Subject, list[Block]]]:
        """The lines of each subject, group by group."""
        return [
            (
                subject,
                [Block(group.legend, group.look, [self._line(name) for name in group.fields]) for group in groups],
            )
            for subject, groups in self._groups.items()
        ]

    def _line(self, name: str) -> Line:
        return Line(self[name], f"choice-{name}", self._proposals.get(name, ()))

    def clean_added(self) -> str:
        """The communes that come in."""
        return self._place("added")

    def clean_removed(self) -> str:
        """The communes that leave a list too long for boxes."""
        return self._place("removed")

    def _place(self, name: str) -> str:
        """Keeps the text, and the territory that it means. Raises ValidationError; the choices are in the line."""
        text = str(self.cleaned_data[name]).strip()
        if not text:
            return ""
        found = places.find(str(self.data.get(f"choice-{name}") or "") or text, commune_first=True)
        self._proposals[name] = found.others
        if found.territory is None:
            raise forms.ValidationError(found.why)
        self._found[name] = found.territory
        return text

    def clean_new_siren(self) -> str:
        """Nine digits with their key."""
        return checked_siren(self.cleaned_data["new_siren"])

    def clean(self) -> dict[str, Any]:
        """A party that nobody knows yet has a name; a convention ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        siren = cleaned.get("new_siren")
        if siren and not known(siren) and not cleaned.get("new_name"):
            self.add_error("new_name", UNNAMED)
        check_dates(self, cleaned)
        return cleaned

    def values(self) -> dict[Subject, Any]:
        """What the action takes; the targets of new years come with the dates."""
        filled = fields.Filled(self.content, self.cleaned_data, self._found)
        subjects = list(self._groups)
        if Subject.TARGETS not in subjects and fields.targets_said(filled):
            subjects.append(Subject.TARGETS)
        return {subject: fields.SAID[subject](filled) for subject in subjects}
