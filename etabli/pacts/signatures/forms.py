"""Signing: a password typed again, or a scan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from etabli.pacts.models import Party
from etabli.papers.storage import MOST_BYTES
from etabli.ui.fields import DayField


class SignForm(forms.Form):
    """The fingerprint that was before the eyes of the person comes back with the password."""

    read = forms.BooleanField(
        label="J’ai lu cette version et je la signe au nom de mon organisation.",
        error_messages={"required": "Cochez la case pour dire que vous signez."},
    )
    password = forms.CharField(
        label="Votre mot de passe, de nouveau", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)


class ScanForm(forms.Form):
    """A PDF or a photo of the signed copy."""

    scan = forms.FileField(
        label="Exemplaire signé, en PDF ou en photo",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
    )
    signed_on = DayField(label="Signé le")
    party = forms.ChoiceField(
        label="Partie, si le code ne la dit pas", required=False, help_text="L’exemplaire imprimé d’ici la dit."
    )

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(party.organisation.siren, party.organisation.name) for party in parties]
        self.fields["party"].choices = [("", "celle du code"), *named]  # type: ignore[attr-defined] # a field of choices

    def clean_scan(self) -> Any:
        """A file that is too heavy is not even opened."""
        file = self.cleaned_data["scan"]
        if file.size > MOST_BYTES:
            raise ValidationError("Ce fichier dépasse 20\u00a0Mo\u00a0: numérisez-le en 200 points par pouce.")
        return file
