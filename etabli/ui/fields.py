"""Form fields as French people fill them: amounts in euros, dates."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MOST_EUROS = 10**12


class EurosField(forms.CharField):
    """« 140 000 », « 140000,50 € » → cents; empty → None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """Cents. Raises ValidationError."""
        text = "".join(str(value or "").split()).replace("€", "").replace(",", ".")
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise ValidationError("Écrivez un montant en euros, par exemple 140\u202f000.") from error
        if not amount.is_finite() or amount < 0 or amount > MOST_EUROS:
            raise ValidationError("Un montant est un nombre positif d’euros.")
        return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))

    def prepare_value(self, value: Any) -> Any:
        """Cents of a row as euros; what somebody typed comes back as typed."""
        if not isinstance(value, int):
            return value
        euros = Decimal(value) / 100
        return f"{euros:.2f}".replace(".", ",") if value % 100 else f"{euros:.0f}"


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("error_messages", {"invalid": "Écrivez une date, par exemple 16/11/2017."})
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y"], **options)

    def to_python(self, value: Any) -> date | None:
        """A day between 1900 and 2100: a slip of the finger is told. Raises ValidationError."""
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2100:
            raise ValidationError("Cette année n’est pas plausible.")
        return day


class CountField(forms.DecimalField):
    """« 2 700 », « 12,5 » → Decimal: spaces and the French comma are taken as they are typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        options.setdefault("error_messages", {"invalid": "Écrivez un nombre, par exemple 2\u202f700."})
        super().__init__(min_value=0, max_digits=14, decimal_places=2, **options)

    def to_python(self, value: Any) -> Any:
        """The number, or None. Raises ValidationError."""
        return super().to_python("".join(str(value or "").split()).replace(",", ".") or None)
