"""Forms of a report: the day of the freeze, the text of its axes, a correction asked, a line beside a figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from etabli.pacts.models import Basis, Party, Section
from etabli.pacts.reports.agreements import Said
from etabli.pacts.reports.contents import Content
from etabli.pacts.reports.texts import Overtaken, Stored, Typed, mark
from etabli.ui.fields import DayField


class FreezeForm(forms.Form):
    """The day up to which acts count."""

    cut_off = DayField(label="Date d’arrêt des chiffres", help_text="Les actes de ce jour comptent encore.")


class FreezeAgainForm(FreezeForm):
    """The same once more, with its reason."""

    reason = forms.CharField(label="Pourquoi figer de nouveau", max_length=300)


@dataclass(frozen=True)
class Written:
    """The field of one axis, and the text that was kept there in the meantime."""

    field: forms.BoundField
    stored: Stored | None


class TextForm(forms.Form):
    """What is written of each axis, on one page. A hidden field holds the mark of the text that one started from."""

    def __init__(
        self, sections: Iterable[Section], data: Mapping[str, str] | None, figures: Mapping[int, Sequence[Content]]
    ) -> None:
        super().__init__(data)
        self.stored: dict[str, Stored] = {}
        self.sections = {f"axe_{one.axis_id}": one for one in sections}
        for name, one in self.sections.items():
            self.fields[name] = forms.CharField(
                label=f"Axe {one.axis.number}. {one.axis.title}", required=False, initial=one.comment,
                help_text=_told(figures.get(one.axis_id, ())), widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip
            self.fields[_read(name)] = forms.CharField(
                required=False, initial=mark(one.comment), widget=forms.HiddenInput
            )

    def typed(self) -> list[Typed]:
        """What was typed for each section; a form that does not say what it started from started from nothing."""
        return [
            Typed(one, self.cleaned_data[name], self.cleaned_data[_read(name)] or mark(""))
            for name, one in self.sections.items()
        ]

    def overtaken(self, by: Overtaken) -> None:
        """Both texts come back: the typed one in its field, the stored one beside; what is sent next saw both.

        Fields that were not touched show what is stored.
        """
        self.add_error(None, by.reason)
        self.data = {key: self.data[key] for key in self.data}
        for name, one in self.sections.items():
            stored = by.stored[one.pk]
            if mark(self.cleaned_data[name]) == self.cleaned_data[_read(name)]:
                self.data[name] = stored.comment
            elif stored.overtaken:
                self.stored[name] = stored
            self.data[_read(name)] = mark(stored.comment)

    def axes(self) -> Iterator[Written]:
        """The fields to show."""
        for name in self.sections:
            yield Written(self[name], self.stored.get(name))


def _told(figures: Sequence[Content]) -> str:
    """« Entreprises visitées : 10 entreprises sur 30, non tenu. »: what the text is about."""
    told = []
    for one in figures:
        words = ", ".join(filter(None, (one["sentence"], one["state"])))
        told.append(f"{one['title']}\u00a0: {words[:1].lower()}{words[1:]}.")
    return " ".join(told)


def _read(name: str) -> str:
    return f"lu_{name.removeprefix('axe_')}"


class WordsForm(forms.Form):
    """A correction asked, or its answer."""

    text = forms.CharField(label="En une phrase ou deux", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class CorrectionForm(forms.Form):
    """A line beside a frozen figure."""

    value = forms.DecimalField(label="Chiffre corrigé", min_value=0, max_digits=14, decimal_places=2, localize=True)
    reason = forms.CharField(label="Raison", max_length=300)


class ConsentForm(forms.Form):
    """The written consent of somebody, and its end: both, or neither."""

    consent = forms.FileField(label="Accord écrit (PDF ou photo)", required=False)
    consent_until = DayField(
        label="Accord valable jusqu’au", required=False,
        help_text="Sans accord écrit, rien ne sort du dossier\u00a0: ni page publique, ni fichier.",
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A consent has its end; without one, what is added stays in the file."""
        data = super().clean() or {}
        if bool(data.get("consent")) != bool(data.get("consent_until")):
            raise forms.ValidationError("Un accord écrit a sa pièce et sa date de fin\u00a0: donnez les deux.")
        return data


class QuotationForm(ConsentForm):
    """Words of somebody."""

    text = forms.CharField(label="Citation", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    said_by = forms.CharField(label="Qui parle", max_length=160)
    field_order = ("text", "said_by", "consent", "consent_until")


class PhotoForm(ConsentForm):
    """A photo, said in words."""

    photo = forms.FileField(label="Photo (JPEG ou PNG)")
    alt = forms.CharField(label="Ce que montre la photo, pour qui ne la voit pas", max_length=200)
    field_order = ("photo", "alt", "consent", "consent_until")


class PartyField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic in its stubs alone
    """Parties by the name of their organisation."""

    def label_from_instance(self, obj: Party) -> str:
        """Without the role."""
        return obj.organisation.name


class AgreementForm(forms.Form):
    """The agreement of a party, given on paper or in a meeting."""

    party = PartyField(Party.objects.none(), label="Partie qui a donné son accord")
    name = forms.CharField(label="Qui l’a donné", max_length=120)
    title = forms.CharField(label="À quel titre", max_length=160, help_text="Par exemple «\u00a0maire\u00a0».")
    agreed_on = DayField(
        label="Accord donné le", help_text="En réunion, ce peut être avant la soumission, si le texte est le même."
    )
    basis = forms.ChoiceField(label="D’après", choices=Basis.choices)
    document = forms.FileField(label="La pièce (PDF ou photo)", help_text="Les parties la liront.")

    def __init__(self, parties: Sequence[Party], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Party.objects.filter(pk__in=[one.pk for one in parties]).select_related("organisation")
        self.fields["party"].queryset = rows  # type: ignore[attr-defined] # a field of choices
        if len(parties) == 1:
            self.initial.setdefault("party", parties[0].pk)

    def given(self) -> dict[str, Any]:
        """What `agreements.note` asks for."""
        data = self.cleaned_data
        said = Said(data["name"], data["title"], data["agreed_on"], data["basis"])
        return {"party": data["party"], "document": data["document"], "said": said}
