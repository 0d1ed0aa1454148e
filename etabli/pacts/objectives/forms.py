"""The builder of an objective: what is counted, how much each year; the rest has sound defaults."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict
from django.utils import timezone

from etabli.accounts.models import User
from etabli.accounts.queries import current_memberships
from etabli.acts.kinds import AWAITING, ActKind, Theme
from etabli.facts import cards
from etabli.pacts import places
from etabli.pacts.models import Action, Aggregation, Axis, Convention, Evidence, Measure, Objective, PartyRole
from etabli.pacts.objectives import wording
from etabli.pacts.objectives.years import targets, years_of
from etabli.registry.models import Perimeter
from etabli.ui import french
from etabli.ui.fields import CountField, DayField
from etabli.ui.seen import Seen
from maillage.reference.trades import trades

FEW_COMMUNES = 60  # more are not ticked one by one
UNITS = {
    Measure.ACTS: "actes", Measure.BENEFICIARIES: "entreprises", Measure.COMMUNES: "communes", Measure.AMOUNT: "€",
    Measure.MINUTES: "heures", Measure.QUANTITY: "unités",
}  # fmt: skip
SEVERAL = forms.CheckboxSelectMultiple
KIND_CHOICES = [
    (kind.value, f"{kind.label} (en attente du service)" if kind in AWAITING else kind.label) for kind in ActKind
]  # fmt: skip


def _codes(label: str, choices: Iterable[tuple[str, Any]], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=SEVERAL, help_text=help_text
    )


class ObjectiveForm(Seen, forms.ModelForm):  # type: ignore[type-arg] # not subscriptable at run time
    """One objective of a convention. `first` names the fields of a usual one; the others lie under « plus »."""

    kinds = _codes("Natures d’actes comptées", KIND_CHOICES, "Aucune cochée\u00a0: toutes.")
    themes = _codes("Thèmes", Theme.choices, "Aucun coché\u00a0: tous.")
    absent_kinds = _codes("Sans aucun acte de nature", KIND_CHOICES, "Par exemple une boutique sans commande.")
    denominator_kinds = _codes("Rapporté aux actes de nature", KIND_CHOICES)
    disaggregations = _codes("Répartir par", [(code, wording.DIMENSIONS[code]) for code in wording.DISAGGREGATIONS])
    trades = forms.MultipleChoiceField(
        label="Métiers", required=False, choices=[(one.code, one.label) for one in trades()],
        help_text="Aucun choisi\u00a0: tous.",
    )  # fmt: skip
    communes = forms.MultipleChoiceField(
        label="Communes", required=False, widget=SEVERAL, help_text="Aucune cochée\u00a0: tout le périmètre."
    )
    places = forms.CharField(
        label="Communes de cet objectif", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Laissez vide\u00a0: tout le périmètre. Sinon une intercommunalité, ou des communes, par leur nom "
        "ou leur code, séparées par des virgules.",
    )  # fmt: skip
    indicator = forms.ChoiceField(label="Indicateur du territoire", required=False)

    class Meta:
        model = Objective
        fields = [
            "axis", "title", "measure", "unit", "nature", "themes", "only_qpv", "trades", "window_days", "absent_kinds",
            "indicator", "denominator_measure", "denominator_kinds", "baseline", "baseline_note", "aggregation",
            "sharing", "share_percent", "disaggregations", "awaiting_service", "kinds",
            "responsible", "action",
        ]  # fmt: skip
        labels = {"title": "Ce qui est promis", "unit": "Unité, au pluriel", "measure": "On compte des"}
        help_texts = {
            "unit": "Laissez vide\u00a0: entreprises, actes, communes, €, heures, selon ce qui est compté.",
            "window_days": "Un autre de ces actes à tant de jours\u00a0; pour un état, les derniers jours.",
            "baseline": "D’où l’on part\u00a0: 0 le plus souvent.",
            "share_percent": "Quand le partage est à k\u202f%.",
            "action": "La fiche-action de cet axe qu’il mesure, s’il y en a une.",
            "awaiting_service": "Un service qui n’est pas encore en place\u00a0: c’est écrit sous le chiffre.",
        }

    first = ("axis", "title", "kinds", "measure")

    def __init__(self, convention: Convention, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.convention = convention
        axes = Axis.objects.filter(convention=convention).order_by("number")
        self.fields["axis"] = forms.ModelChoiceField(axes, label="Axe", empty_label=None)
        self.fields["unit"].required = self.fields["baseline"].required = self.fields["share_percent"].required = False
        self.fields["nature"].required = self.fields["aggregation"].required = self.fields["sharing"].required = False
        self._offer("indicator", [("", "aucun"), *((one.id, one.label) for one in cards())])
        pilots = convention.parties.filter(role=PartyRole.PILOT).values("organisation")
        people = Q(memberships__in=current_memberships().filter(organisation__in=pilots))
        if self.instance.responsible_id:
            people |= Q(pk=self.instance.responsible_id)
        self._among("responsible", User.objects.filter(people).distinct().order_by("name", "pk"), "personne en propre")
        actions = Action.objects.filter(axis__convention=convention).order_by("axis__number", "number")
        self._among("action", actions, "aucune en propre")
        self._offer_places()
        for year in () if self.instance.pk else years_of(convention):
            self.fields[f"target_{year}"] = CountField(label=f"Cible {year}", required=False)

    def _merge(self) -> list[str] | None:
        return super()._merge() if self.instance.pk else None  # a new one, or a preview, was shown nothing

    def now(self, row: Objective) -> dict[str, Any]:
        """Its fields, and the communes of its own as they are asked."""
        own = row.perimeter.communes if row.perimeter else []
        return {**model_to_dict(row, list(self.fields)), "communes": own, "places": ", ".join(own)}

    def _among(self, name: str, rows: QuerySet[Any], empty: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset, field.empty_label = rows, empty

    def _offer_places(self) -> None:
        """Boxes to tick for few communes, a text for many; what the objective holds comes first."""
        communes, held = self.convention.perimeter.communes, self.instance.perimeter
        if len(communes) <= FEW_COMMUNES:
            del self.fields["places"]
            self._offer("communes", [(code, wording.place_name(code)) for code in communes])
            self.initial["communes"] = held.communes if held else []
        else:
            del self.fields["communes"]
            self.initial["places"] = ", ".join(held.communes) if held else ""

    def clean_places(self) -> list[str]:
        """The communes named, within the signed perimeter. Raises ValidationError."""
        text = self.cleaned_data["places"].strip()
        if not text:
            return []
        found = places.find(text)
        if found.territory is None:
            several = ", ".join(f"{one.name} ({one.key})" for one in found.others)
            raise forms.ValidationError(f"Lequel\u00a0? {several}. Écrivez ce qui est entre parenthèses." if several
                                        else found.why)  # fmt: skip
        signed = set(self.convention.perimeter.communes)
        outside = sorted(found.territory.communes - signed)
        if outside and (not signed & found.territory.communes or "," in text):
            named = french.enumeration([f"{wording.place_name(code)} ({code})" for code in outside[:5]])
            raise forms.ValidationError(f"Hors du périmètre de la convention\u00a0: {named}. Retirez-les d’ici.")
        return sorted(found.territory.communes & signed)

    def clean_action(self) -> Action | None:
        """An action of the axis chosen. Raises ValidationError."""
        action: Action | None = self.cleaned_data["action"]
        if action and self.cleaned_data.get("axis") and action.axis_id != self.cleaned_data["axis"].pk:
            raise forms.ValidationError(f"Cette fiche-action est de l’axe «\u00a0{action.axis}\u00a0»\u00a0: changez "
                                        "l’axe, ou la fiche-action.")  # fmt: skip
        return action

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    @property
    def usual(self) -> list[forms.BoundField]:
        """The fields of a usual objective, in order, without the targets."""
        return [self[name] for name in self.first]

    @property
    def yearly(self) -> list[forms.BoundField]:
        """One target a year."""
        return [self[name] for name in self.fields if name.startswith("target_")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What a usual objective leaves as it is."""
        known = {*self.first, *(field.name for field in self.yearly)}
        return [field for field in self if field.name not in known and getattr(field.field, "choices", True)]

    @property
    def more_is_wrong(self) -> bool:
        """Whether an error lies under « plus », that must then be open."""
        return any(field.errors for field in self.more)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("nature", "aggregation", "sharing", "share_percent", "baseline"):
            if cleaned.get(name) in (None, ""):
                cleaned[name] = getattr(Objective(), name)
        measure = cleaned.get("measure", "")
        cleaned["unit"] = cleaned.get("unit") or ("%" if cleaned.get("denominator_measure") else UNITS.get(measure, ""))
        if not cleaned["unit"]:
            self.add_error("unit", "Écrivez ce que compte ce chiffre, au pluriel\u00a0: salariés, créations…")
        if cleaned.get("denominator_measure"):
            cleaned["aggregation"] = Aggregation.RATIO
        elif cleaned.get("aggregation") == Aggregation.RATIO:
            self.add_error("denominator_measure", "Un rapport se calcule sur deux comptes\u00a0: choisissez le second.")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes, own perimeter included (made, not saved)."""
        names = [name for name in self.Meta.fields if name != "axis" and name in self.cleaned_data]
        wanted = {name: self.cleaned_data[name] for name in names}
        communes = sorted(self.cleaned_data.get("communes") or self.cleaned_data.get("places") or [])
        held = self.instance.perimeter if self.instance.pk else None
        wanted["perimeter"] = held if held and sorted(held.communes) == communes else None
        if communes and wanted["perimeter"] is None:
            wanted["perimeter"] = Perimeter(
                name="Périmètre de l’objectif", communes=communes, as_of=self.convention.perimeter.as_of
            )  # fmt: skip
        return wanted

    def targets(self) -> dict[int, Decimal]:
        """The years that have one."""
        return targets_in(self)


class TargetsForm(Seen, forms.Form):
    """One target a year, as they stand; the reason stays beside those that changed."""

    def __init__(self, objective: Objective, standing: Mapping[int, Decimal], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for year in years_of(objective.axis.convention):
            known = standing.get(year)
            self.fields[f"target_{year}"] = CountField(
                label=f"Cible {year}", required=known is not None,
                error_messages={
                    "invalid": "Écrivez un nombre, par exemple 2\u202f700.",
                    "required": "Une cible fixée ne s’efface pas\u00a0: écrivez 0.",
                },
            )  # fmt: skip
        self.initial = self.now(objective)
        self.fields["reason"] = forms.CharField(
            label="Raison du changement", max_length=200, required=False,
            help_text="Demandée quand une cible est abaissée\u00a0; elle reste à côté de la cible.",
        )  # fmt: skip

    def now(self, row: Objective) -> dict[str, Any]:
        """The targets that stand."""
        standing = targets(row.targets.all())
        return {f"target_{year}": typed(one.value) for year, one in standing.items()}

    def targets(self) -> dict[int, Decimal]:
        """The years that have one."""
        return targets_in(self)


def targets_in(form: forms.BaseForm) -> dict[int, Decimal]:
    """What the fields `target_2027`… of a valid form say, by year; the empty ones left out."""
    years = {name: int(name.removeprefix("target_")) for name in form.fields if name.startswith("target_")}
    return {year: form.cleaned_data[name] for name, year in years.items() if form.cleaned_data[name] is not None}


def typed(value: Decimal) -> str:
    """A number as one types it: « 2700 », « 12,5 »."""
    return f"{value.normalize():f}".replace(".", ",")


class EvidenceForm(forms.Form):
    """A figure read in a document: the day, the figure, what it is, the document."""

    day = DayField(label="Au")
    value = CountField(label="Chiffre")
    label = forms.CharField(label="Ce que dit la pièce", max_length=200)
    document = forms.FileField(label="Pièce", help_text="PDF, image, ou document Word.")

    def clean_day(self) -> Any:
        """Not later than today."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour est à venir\u00a0: un chiffre saisi est constaté.")
        return day


class ReasonForm(forms.Form):
    """Why a typed figure is said otherwise."""

    reason = forms.CharField(
        label="Raison", max_length=200, help_text="Toutes les parties la lisent, à côté du chiffre.",
        error_messages={"required": "Dites pourquoi ce chiffre change\u00a0: la raison reste à côté de lui."},
    )  # fmt: skip


class CorrectionForm(EvidenceForm, ReasonForm):
    """The same as when it was typed, and why it changes; without another document the first one stays."""

    field_order = ("day", "value", "label", "document", "reason")
    document = forms.FileField(
        label="Nouvelle pièce",
        required=False,
        help_text="PDF, image, ou document Word. Sans elle, la pièce reste la même.",
    )

    @staticmethod
    def initial_of(evidence: Evidence) -> dict[str, Any]:
        """A typed figure as the form shows it."""
        return {"day": evidence.day, "value": typed(evidence.value), "label": evidence.label}
