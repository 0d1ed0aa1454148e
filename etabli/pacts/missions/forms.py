"""Forms of a mission letter: who, which year, which share of the time for each axis; then the signature."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from etabli.accounts.models import User
from etabli.accounts.policies import Reader
from etabli.pacts.missions import queries
from etabli.pacts.models import Axis, Convention, MissionLetter
from etabli.pacts.objectives.years import years_of
from etabli.ui.fields import DayField
from etabli.ui.seen import Seen

OUT = {"invalid": "Écrivez un nombre entier, de 0 à 100.", "max_value": "Une part du temps va de 0 à 100\u00a0%%.",
       "min_value": "Une part du temps va de 0 à 100\u00a0%%."}  # fmt: skip


class SharesForm(forms.Form):
    """A percentage of the time for each axis of a convention."""

    def __init__(
        self, convention: Convention, *args: Any, standing: Mapping[int, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.axes = queries.axes(convention)
        for axis in self.axes:
            self.fields[f"share_{axis.pk}"] = forms.IntegerField(
                label=f"{axis.title} (%)", min_value=0, max_value=100, required=False, error_messages=OUT,
                initial=(standing or {}).get(axis.pk), widget=forms.TextInput({"inputmode": "numeric"}),
            )  # fmt: skip
        for axis in self.axes[:1]:
            self.fields[f"share_{axis.pk}"].help_text = "Du temps de l’année. Le reste est hors de cette convention."

    def shares(self) -> dict[Axis, int]:
        """The axes that are given some time."""
        given = {axis: self.cleaned_data[f"share_{axis.pk}"] for axis in self.axes}
        return {axis: percent for axis, percent in given.items() if percent}


class ChangeSharesForm(Seen, SharesForm):
    """The same for a letter that exists."""

    def now(self, row: MissionLetter) -> dict[str, Any]:
        """Its shares."""
        standing = {share.axis_id: share.percent for share in row.shares.all()}
        return {f"share_{axis.pk}": standing.get(axis.pk) for axis in self.axes}


class LetterForm(SharesForm):
    """The first writing: for whom and for which year, too."""

    developer = forms.ModelChoiceField(User.objects.none(), label="Personne", empty_label="choisir")
    year = forms.TypedChoiceField(label="Année", coerce=int)

    def __init__(self, reader: Reader, convention: Convention, *args: Any, **kwargs: Any) -> None:
        super().__init__(convention, *args, **kwargs)
        years = years_of(convention)
        self.fields["developer"].queryset = queries.developers(reader)  # type: ignore[attr-defined] # a field of choices
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined] # the same
        self.fields["year"].initial = min(max(timezone.localdate().year, years[0]), years[-1])


class SignatureForm(forms.Form):
    """When it was signed, and the paper when there is one."""

    on = DayField(
        label="Signée le", error_messages=dict.fromkeys(("required", "invalid"), "Écrivez le jour de la signature.")
    )
    document = forms.FileField(
        label="Lettre signée", required=False, help_text="PDF ou image\u00a0: elle se relit ici."
    )
