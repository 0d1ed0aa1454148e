"""The form of the diary: few fields, each with a default, and nothing typed lost when something is wrong."""

import re
import uuid
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.acts.kinds import ActKind, Theme
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.diary import firms, places
from etabli.pacts.diary.actions import NO_THEME, PROPOSED
from etabli.pacts.diary.firms import FILE, NOBODY, PERSON, SIRET, Proposal
from etabli.pacts.models import Axis
from etabli.registry.queries import BadNumber, siret_of
from etabli.ui.fields import EurosField

KINDS = (
    ActKind.VISIT, ActKind.MEETING, ActKind.PHONE, ActKind.OUTREACH, ActKind.DIAGNOSTIC, ActKind.ACTION,
    ActKind.CREATION, ActKind.TAKEOVER,
)  # fmt: skip
OTHER_KIND = "autre"
MORE_KINDS: tuple[tuple[str, tuple[ActKind, ...]], ...] = (
    ("Accompagnement", (ActKind.PLAN, ActKind.SUPPORT_CLOSED)),
    ("Ateliers et formations", (ActKind.SESSION, ActKind.TRAINING, ActKind.APPRENTICE)),
    ("Aides et marchés", (ActKind.GRANT_AWARDED, ActKind.GRANT_PAID, ActKind.TENDER_WON)),
    ("Coopérations", (ActKind.GROUPING, ActKind.COOPERATION)),
    ("Territoire et communication", (ActKind.SETTLED, ActKind.CHARTER, ActKind.PLACEMENT, ActKind.LABEL)),
)  # fmt: skip
MOST_COUNTED = 100_000
MINUTES = (15, 30, 45, 60, 90, 120, 180)
OTHER = 0
WHOLE_NUMBER = re.compile(r"\b\d(?:\s?\d){13}\b")
MISSING = {"required": "Choisissez."}


class AxisField(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """An axis chosen, none, or the one that suits best once the kind and the commune are known (`PROPOSED`)."""

    def to_python(self, value: Any) -> Any:
        """An axis, None, or `PROPOSED`. Raises ValidationError."""
        return PROPOSED if value == PROPOSED else super().to_python(value)

    def offer(self, axes: QuerySet[Axis], proposed: Axis | None) -> None:
        """These axes; the proposal first, when there is one."""
        self.queryset = axes
        first = [(PROPOSED, f"proposé\u00a0: {proposed}")] if proposed else []
        self.choices = [*first, ("", "hors convention"), *((str(axis.pk), str(axis)) for axis in axes)]
        self.initial = PROPOSED if proposed else None


class DiaryForm(forms.Form):
    """What was done. `proposals` holds the firms among which to choose when a name was typed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    firm = forms.CharField(
        label="Entreprise", required=False, max_length=200,
        help_text="Nom ou SIRET. Laissez vide s’il n’y en a pas.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    chosen = forms.CharField(required=False, max_length=60)
    commune = forms.CharField(
        label="Commune", required=False, max_length=100,
        help_text="Celle de l’entreprise si vous laissez vide.",
        widget=forms.TextInput({"list": "communes", "autocomplete": "off"}),
    )  # fmt: skip
    qpv = forms.BooleanField(label="Dans un quartier prioritaire (QPV)", required=False)
    axis = AxisField(
        Axis.objects.none(), label="Axe", required=False, help_text="Sans choix, il suit la nature et la commune.",
    )  # fmt: skip
    theme = forms.ChoiceField(
        label="Thème", required=False, choices=[("", "celui de l’axe"), (NO_THEME, "aucun"), *Theme.choices],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="Nature", choices=[*((kind.value, kind.label) for kind in KINDS), (OTHER_KIND, "autre")],
        initial=ActKind.VISIT, widget=forms.RadioSelect, error_messages=MISSING,
    )  # fmt: skip
    other_kind = forms.ChoiceField(
        label="Autre nature", required=False,
        choices=[("", "choisir"),
                 *((group, [(kind.value, kind.label) for kind in kinds]) for group, kinds in MORE_KINDS)],
    )  # fmt: skip
    minutes = forms.TypedChoiceField(
        label="Durée", coerce=int, initial=30, widget=forms.RadioSelect, error_messages=MISSING,
        choices=[(number, f"{number} min") for number in MINUTES] + [(OTHER, "autre")],
    )  # fmt: skip
    other_minutes = forms.IntegerField(label="Autre durée, en minutes", required=False, min_value=0, max_value=1440)
    note = forms.CharField(
        label="En une phrase", required=False, max_length=300,
        widget=forms.Textarea({"rows": 2}), help_text="Elle s’efface si la personne le demande.",
    )  # fmt: skip
    day = forms.DateField(label="Jour", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    amount = EurosField(label="Montant", required=False, help_text="En euros, pour une aide ou un marché.")
    quantity = forms.IntegerField(
        label="Quantité", required=False, min_value=0, max_value=MOST_COUNTED,
        help_text="Combien d’exemplaires, de personnes, de spots\u00a0: 1 si vous laissez vide.",
    )  # fmt: skip
    proof = forms.FileField(
        label="Photo ou pièce", required=False,
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,application/pdf"}),
    )  # fmt: skip

    def __init__(self, reader: Reader, *args: Any, day: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.proposals = reader, list[Proposal]()
        self.fields["day"].initial = timezone.localdate
        axes = attributions.open_axes(reader.organisation_ids, day or timezone.localdate())
        self.place = places.beat(reader.organisation, axes)
        ranked = attributions.proposals(
            axes, developer=reader.user, day=day or timezone.localdate(), kind=ActKind.VISIT
        )
        choice = self.fields["axis"]
        assert isinstance(choice, AxisField)  # noqa: S101 - for the type checker
        offered = Axis.objects.filter(pk__in=[axis.pk for axis in axes]).order_by("convention", "number")
        choice.offer(offered, ranked[0].axis if ranked else None)

    def clean_commune(self) -> str:
        """The code of the commune."""
        try:
            return places.commune_of(self.cleaned_data["commune"], self.place)
        except places.UnknownPlace as unknown:
            raise forms.ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        """Settle what, for whom and how long."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == OTHER_KIND:
            data["kind"] = data.get("other_kind")
            if not data["kind"] and "other_kind" not in self.errors:
                self.add_error("other_kind", "Choisissez ce qui a été fait dans la liste.")
        if data.get("minutes") == OTHER:
            if data.get("other_minutes") is None and "other_minutes" not in self.errors:
                self.add_error("other_minutes", "Écrivez la durée en minutes.")
            data["minutes"] = data.get("other_minutes")
        number = WHOLE_NUMBER.search(data.get("firm", ""))
        data["chosen"] = self._chosen(number[0] if number else data.get("firm", ""), data.get("chosen", ""))
        if number:  # « 732 829 320 00074 Garage Dupont »: a name for whom Sirene does not know
            data["firm"] = data.get("firm", "").replace(number[0], "").strip(" ,;:-·")
        if data["chosen"] == PERSON and not data.get("firm"):
            self.add_error("firm", "Écrivez le nom de la personne.")
        return data

    def _chosen(self, typed: str, chosen: str) -> str:
        """What the choice and the text designate together; an error and its proposals when they do not."""
        if chosen.startswith(FILE) and firms.file_of(self.reader, chosen) is None:
            self.add_error("firm", "Ce dossier n’est pas suivi par votre organisation\u00a0: cherchez de nouveau.")
            return NOBODY
        if chosen in (NOBODY, PERSON) or chosen.startswith((FILE, SIRET)):
            return chosen
        if not typed:
            return NOBODY
        if sum(character.isdigit() for character in typed) >= 9:
            try:
                return f"{SIRET}{siret_of(typed)}"
            except BadNumber as wrong:
                self.add_error("firm", str(wrong))
                return NOBODY
        self.proposals = firms.proposals(self.reader, typed, self.place)
        self.add_error("firm", "Choisissez ci-dessous l’entreprise, la personne, ou aucune.")
        return NOBODY
