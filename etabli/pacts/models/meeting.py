"""Meetings of the committees of a convention: who was asked, who came, what was decided, who does it by when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.pacts.models.convention import Convention


class Instance(models.TextChoices):
    """The steering committee decides; the technical committee prepares."""

    COPIL = "copil", "comité de pilotage"
    COTECH = "cotech", "comité technique"


class MeetingState(models.TextChoices):
    """A meeting is prepared, called, held; or cancelled."""

    PREPARED = "prepared", "en préparation"
    CALLED = "called", "convoquée"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"


class Meeting(models.Model):
    """One meeting. `sequence` grows each time its invitation changes; `uid` stays, so that calendars follow."""

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="meetings", verbose_name="convention")
    instance = models.CharField("instance", max_length=10, choices=Instance, default=Instance.COPIL)
    state = models.CharField("état", max_length=10, choices=MeetingState, default=MeetingState.PREPARED, editable=False)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=200, blank=True)
    video = models.URLField("lien de visioconférence", blank=True)
    agenda = models.TextField("ordre du jour", blank=True)
    quorum = models.PositiveSmallIntegerField("quorum (organisations présentes)", null=True, blank=True)
    minutes = models.TextField("relevé de conclusions", blank=True)
    uid = models.UUIDField("identifiant d’agenda", default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField("révision de l’invitation", default=0, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="préparée par")

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="pacts_meeting_ends_after_it_starts",
                violation_error_message="Une réunion se termine après son début.",
            ),
        ]

    def __str__(self) -> str:
        day = timezone.localtime(self.starts_at).strftime("%d/%m/%Y")
        return f"{Instance(self.instance).name} du {day}"


class Presence(models.TextChoices):
    """Whether somebody who was asked came."""

    ASKED = "asked", "sans réponse"
    PRESENT = "present", "présent"
    REMOTE = "remote", "en visioconférence"
    EXCUSED = "excused", "excusé"
    ABSENT = "absent", "absent"


class Attendee(models.Model):
    """Somebody asked to a meeting, for an organisation of the pact or as a guest (no organisation)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees", verbose_name="réunion")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organisation"
    )
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse électronique", blank=True)
    presence = models.CharField("présence", max_length=10, choices=Presence, default=Presence.ASKED)

    class Meta:
        verbose_name = "participant"
        verbose_name_plural = "participants"
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """What was decided, who does it, by when, and the day it was done."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name="réunion")
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("décision")
    owner = models.CharField("responsable", max_length=120, blank=True)
    due_on = models.DateField("pour le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="pacts_decision_number_is_unique",
                violation_error_message="Une autre décision porte déjà ce numéro.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
