"""Which lines of the journal are shown, in the query string: `?quoi=lectures&qui=12&du=2026-01-01`."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from etabli.accounts.models import Membership, User
from etabli.accounts.policies import Reader
from etabli.pacts.journal.wording import FAMILIES
from etabli.ui.fields import DayField

CHANGES, READINGS = "changements", "lectures"


class JournalFilter(forms.Form):
    """The filters; each can be left empty, and one that is wrong sets no condition."""

    quoi = forms.ChoiceField(
        label="Ce que l’on regarde", required=False,
        choices=[(CHANGES, "ce qui a été changé"), (READINGS, "les lignes nominatives lues")],
    )  # fmt: skip
    qui = forms.ChoiceField(label="Par", required=False)
    sur = forms.ChoiceField(
        label="Sujet", required=False, choices=[("", "tous"), *((key, label) for key, (label, _) in FAMILIES.items())]
    )
    du = DayField(label="Du", required=False)
    au = DayField(label="Au", required=False)

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qui"].choices = [("", "tout le monde"), *_people(reader)]  # type: ignore[attr-defined] # a field of choices

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        data = super().clean() or self.cleaned_data
        if data.get("du") and data.get("au") and data["du"] > data["au"]:
            self.add_error("au", "La fin vient avant le début\u00a0: échangez les deux jours.")
        return data

    @property
    def readings(self) -> bool:
        """Whether readings are asked for."""
        return self.is_valid() and self.cleaned_data["quoi"] == READINGS

    @property
    def narrows(self) -> bool:
        """Whether some lines are left out."""
        return any(self.data.get(name) for name in self.fields if name != "quoi")

    def conditions(self, who: str) -> dict[str, Any]:
        """Conditions on a table of the journal; `who` is its column of people."""
        self.is_valid()
        data = self.cleaned_data
        asked = {
            who: data.get("qui"), "at__gte": _midnight(data.get("du")),
            "at__lt": _midnight(data["au"] + timedelta(days=1)) if data.get("au") else None,
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value}

    def verbs(self) -> list[str]:
        """The verbs of the subject asked for; none when every one is."""
        self.is_valid()
        return list(FAMILIES[self.cleaned_data["sur"]][1]) if self.cleaned_data.get("sur") else []

    def query(self) -> str:
        """The query string of the list, for its files."""
        pairs = [(name, self.data.get(name, "")) for name in self.fields]
        return f"?{urlencode([pair for pair in pairs if pair[1]])}"


def _people(reader: Reader) -> list[tuple[str, str]]:
    """Whoever holds or held a role there, by name."""
    held = Membership.objects.filter(organisation__in=reader.organisation_ids).values("user")
    return [(str(one.pk), str(one)) for one in User.objects.filter(pk__in=held).order_by("name", "email")]


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
