"""Forms on files: why they are joined, why one is anonymised."""

from django import forms

from etabli.registry.actions import ErasureReason


class JoinForm(forms.Form):
    """Why two files are of one person."""

    reason = forms.CharField(
        label="Raison", max_length=200,
        help_text="Sans nom\u00a0: «\u00a0même SIRET\u00a0», «\u00a0devenue entreprise en mai\u00a0».",
        error_messages={"required": "Dites à quoi vous voyez que c’est la même personne ou la même entreprise."},
    )  # fmt: skip


class AnonymiseForm(forms.Form):
    """Why, and that it is meant."""

    reason = forms.ChoiceField(label="Raison", choices=ErasureReason.choices)
    sure = forms.BooleanField(
        label="J’ai compris que rien ne permettra de revenir en arrière",
        error_messages={"required": "Cochez la case pour confirmer\u00a0: l’effacement est définitif."},
    )
