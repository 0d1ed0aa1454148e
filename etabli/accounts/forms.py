"""What is typed about organisations and their members."""

from typing import Any

from django import forms

from etabli.accounts import queries
from etabli.accounts.actions.organisations import checked_siren, proposed_territory
from etabli.accounts.models import Organisation, OrganisationKind, User
from etabli.accounts.roles import OUTSIDE, Role
from etabli.ui.fields import DayField
from etabli.ui.seen import Seen
from maillage.errors import MaillageError
from maillage.territory import Level, parse, search

LEVELS = {
    OrganisationKind.REGION: Level.REGION,
    OrganisationKind.EPCI: Level.EPCI,
    OrganisationKind.DEPARTEMENT: Level.DEPARTEMENT,
    OrganisationKind.COMMUNE: Level.COMMUNE,
}
ROLES = [
    ("Dans l’organisation", [(role.value, role.label) for role in Role if role not in OUTSIDE]),
    ("Accompagné par elle, ou acheteur", [(role.value, role.label) for role in Role if role in OUTSIDE]),
]


class TerritoryField(forms.CharField):
    """A place by its name or its code, kept as the engine writes it: « Lens-Liévin » → `epci:246200364`."""

    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse(text).key
        except MaillageError:
            found = search(text, 6)
        if not found:
            raise forms.ValidationError(f"Aucun lieu ne s’appelle «\u00a0{text}\u00a0». Essayez son nom officiel.")
        if len({place.level for place in found}) == len(found) == 1:
            return found[0].key
        keys = ", ".join(f"{place.key} ({place.name})" for place in found)
        raise forms.ValidationError(f"Plusieurs lieux sont possibles\u00a0: écrivez l’un de ces codes\u00a0: {keys}.")


class DescriptionForm(forms.Form):
    """Names and territory of an organisation."""

    name = forms.CharField(label="Nom complet", max_length=200)
    short_name = forms.CharField(
        label="Nom court", max_length=60, required=False, help_text="Celui des listes et des tableaux."
    )
    territory = TerritoryField(
        label="Territoire",
        required=False,
        max_length=60,
        help_text="Ce qu’elle administre ou dessert, par son nom ou son code. Une intercommunalité peut le laisser "
        "vide\u00a0: son SIREN le dit.",
    )


class ChangeDescriptionForm(Seen, DescriptionForm):
    """The same of an organisation that exists."""

    def now(self, row: Organisation) -> dict[str, Any]:
        """As the organisation is described."""
        return {name: getattr(row, name) for name in self.fields}


class OrganisationForm(DescriptionForm):
    """An organisation to register."""

    siren = forms.CharField(
        label="SIREN", max_length=20, help_text="Neuf chiffres. Un SIRET convient aussi, avec ou sans espaces."
    )
    kind = forms.ChoiceField(label="Nature", choices=OrganisationKind.choices)
    field_order = ["siren", "kind", "name", "short_name", "territory"]

    def clean_siren(self) -> str:
        siren = checked_siren(self.cleaned_data["siren"])
        known = Organisation.objects.filter(siren=siren).first()
        if known:
            raise forms.ValidationError(f"Elle est déjà inscrite\u00a0: {known.name}.")
        return siren

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, siren = cleaned.get("kind", ""), cleaned.get("siren", "")
        if not cleaned.get("territory") and siren:
            cleaned["territory"] = proposed_territory(kind, siren)
        level = LEVELS.get(OrganisationKind(kind)) if kind else None
        if level and cleaned.get("territory") and parse(cleaned["territory"]).level != level:
            self.add_error("territory", f"Pour cette nature, le territoire est\u00a0: {level.label}.")
        return cleaned


class InvitationForm(forms.Form):
    """Who to invite, and in which role."""

    email = forms.EmailField(label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label="Rôle", choices=ROLES)


class RoleForm(forms.Form):
    """One more role for a member."""

    role = forms.ChoiceField(label="Rôle", choices=ROLES)


class HandOverForm(forms.Form):
    """From whom, to whom."""

    of = forms.ModelChoiceField(User.objects.none(), label="Ce que tient")
    to = forms.ModelChoiceField(User.objects.none(), label="Passe à")

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = queries.members_of(organisation)
        self.fields["of"].queryset = members  # type: ignore[attr-defined] # a field of choices
        self.fields["to"].queryset = members  # type: ignore[attr-defined] # a field of choices


class SuccessionForm(forms.Form):
    """Who takes over, from when, by which act."""

    siren = forms.CharField(label="SIREN du successeur", max_length=20)
    on = DayField(label="À compter du")
    legal_basis = forms.CharField(
        label="Fondement", max_length=200, required=False, help_text="Arrêté, délibération, décret\u00a0: sa date."
    )

    def clean_siren(self) -> str:
        siren = checked_siren(self.cleaned_data["siren"])
        if not Organisation.objects.filter(siren=siren).exists():
            raise forms.ValidationError("Cette organisation n’est pas inscrite ici\u00a0: inscrivez-la d’abord.")
        return siren


class JoinForm(forms.Form):
    """Which organisation one would like to join."""

    siren = forms.CharField(label="SIREN de votre organisation", max_length=20, help_text="Neuf chiffres, ou un SIRET.")

    def clean_siren(self) -> str:
        siren = checked_siren(self.cleaned_data["siren"])
        if not Organisation.objects.filter(siren=siren).exists():
            raise forms.ValidationError(
                "Aucune organisation inscrite n’a ce SIREN. Demandez à la chambre de métiers de l’inscrire."
            )
        return siren
