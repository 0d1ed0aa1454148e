"""Forms of a report: the day of the freeze, the text of an axis, a correction asked, a line beside a figure."""

from django import forms

from etabli.ui.fields import DayField

LONG = forms.Textarea(attrs={"rows": 5})


class FreezeForm(forms.Form):
    """The day up to which acts count."""

    cut_off = DayField(label="Date d’arrêt des chiffres", help_text="Figé, un bilan ne se recompte plus.")


class SectionForm(forms.Form):
    """What is written of an axis."""

    comment = forms.CharField(label="Ce qui s’est passé cette année", required=False, widget=LONG)


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
    consent_until = DayField(label="Accord valable jusqu’au", required=False)

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
