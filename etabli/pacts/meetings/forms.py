"""Forms of meetings."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.pacts.models import Attendee, Convention, Instance, Meeting, Presence
from etabli.ui.fields import DayField
from etabli.ui.seen import Seen

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(forms.Form):
    """When, where, about what."""

    instance = forms.ChoiceField(label="Instance", choices=Instance.choices)
    day = DayField(label="Jour")
    hour = forms.TimeField(label="Heure", widget=CLOCK, initial=time(14))
    minutes = forms.IntegerField(label="Durée (minutes)", min_value=15, max_value=720, initial=120)
    place = forms.CharField(label="Lieu", max_length=200, required=False)
    video = forms.URLField(label="Lien de visioconférence", required=False, assume_scheme="https")
    agenda = forms.CharField(label="Ordre du jour", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    quorum = forms.IntegerField(label="Quorum (organisations présentes)", min_value=1, max_value=200, required=False)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        start = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
        kept = {name: data[name] for name in ("instance", "place", "video", "agenda", "quorum")}
        return {**kept, "starts_at": start, "ends_at": start + timedelta(minutes=data["minutes"])}

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """A meeting as the form shows it."""
        start = timezone.localtime(meeting.starts_at)
        length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
        kept = {name: getattr(meeting, name) for name in ("instance", "place", "video", "agenda", "quorum")}
        return {**kept, "day": start.date(), "hour": start.time(), "minutes": length}


class ChangeMeetingForm(Seen, MeetingForm):
    """The same for a meeting that exists."""

    def now(self, row: Meeting) -> dict[str, Any]:
        """As the form shows it."""
        return self.initial_of(row)


class AttendeeRow(forms.Form):
    """Somebody asked to come."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Nom", max_length=120, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation", required=False)
    presence = forms.ChoiceField(label="Présence", choices=Presence.choices, required=False, initial=Presence.ASKED)

    def __init__(self, *args: Any, convention: Convention, **options: Any) -> None:
        super().__init__(*args, **options)
        parties = Organisation.objects.filter(parties__convention=convention, parties__called=False)
        self.fields["organisation"].queryset = parties  # type: ignore[attr-defined] # a field of choices
        self.fields["organisation"].empty_label = "invité extérieur"  # type: ignore[attr-defined] # a field of choices

    @property
    def row(self) -> dict[str, Any] | None:
        """What the action takes; nothing for an empty line."""
        return self.cleaned_data if self.cleaned_data.get("name", "").strip() else None


class DecisionRow(forms.Form):
    """Something decided."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Décision", required=False)
    owner = forms.CharField(label="Responsable", max_length=120, required=False)
    due_on = DayField(label="Pour le", required=False)

    @property
    def row(self) -> dict[str, Any] | None:
        """What the action takes; nothing for an empty line."""
        return self.cleaned_data if self.cleaned_data.get("text", "").strip() else None


class MinutesForm(Seen, forms.Form):
    """What was said, and who came: a field `presence-12` for each person asked."""

    minutes = forms.CharField(label="Relevé de conclusions", required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, meeting: Meeting, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = list(meeting.attendees.all())
        for one in self.people:
            self.fields[_presence(one)] = forms.ChoiceField(label=one.name, choices=Presence.choices, required=False)
        self.initial = self.now(meeting)

    def now(self, row: Meeting) -> dict[str, Any]:
        """What the meeting says, who came."""
        return {"minutes": row.minutes, **{_presence(one): one.presence for one in row.attendees.all()}}

    @property
    def came(self) -> list[forms.BoundField]:
        """The fields of the people asked."""
        return [self[_presence(one)] for one in self.people]

    def presences(self) -> dict[int, str]:
        """What was chosen for each person."""
        chosen = {one.pk: self.cleaned_data[_presence(one)] for one in self.people}
        return {pk: presence for pk, presence in chosen.items() if presence}


def _presence(one: Attendee) -> str:
    return f"presence-{one.pk}"
