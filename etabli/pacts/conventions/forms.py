"""Forms of a convention: few fields, several rows on one page, everything typed comes back when something is wrong."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from stdnum.fr import siren as siren_rules

from etabli.accounts.models import Organisation
from etabli.acts.kinds import Theme
from etabli.pacts import places
from etabli.pacts.conventions import actions
from etabli.pacts.models import Action, Convention, Party, PartyRole, RemarkKind
from etabli.ui.fields import DayField, EurosField
from etabli.ui.seen import Seen
from maillage.territory import Territory

UNNAMED = "Ce SIREN n’est pas encore connu d’Établi\u00a0: écrivez le nom de l’organisation."
LONG = forms.Textarea(attrs={"rows": 4})


class TerritoryMixin(forms.Form):
    """A territory typed by its name; when the name may be several, they are offered as choices in the same page."""

    territory = forms.CharField(
        label="Territoire", max_length=4000, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Une intercommunalité, un département, une commune, une ancienne intercommunalité, ou des communes "
        "séparées par des virgules.",
    )  # fmt: skip
    choice = forms.CharField(required=False, widget=forms.HiddenInput)
    proposals: tuple[Territory, ...] = ()
    found: Territory | None = None

    def clean_territory(self) -> str:
        """Keeps the text; the territory itself is in `found`. Raises ValidationError with the choices."""
        text = str(self.cleaned_data["territory"])
        found = places.find(str(self.data.get("choice") or "") or text)
        self.proposals, self.found = found.others, found.territory
        if found.territory is None:
            raise ValidationError(found.why)
        return text


@dataclass(frozen=True)
class Boxes:
    """The boxes of a list of communes: which ones the page showed, which ones were unticked."""

    shown: frozenset[str]
    left_out: frozenset[str]

    @classmethod
    def sent(cls, data: QueryDict) -> "Boxes":
        """As the page sends them; a territory alone unticks nothing."""
        shown = frozenset(data.get("shown", "").split())
        ticked = frozenset(data.getlist("commune")) if "territory" not in data else shown
        return cls(shown, shown - ticked)

    def still(self, row: Convention) -> None:
        """Raise ValidationError when the list is no more the one that the page showed."""
        if self.shown and self.shown != frozenset(row.perimeter.communes):
            raise ValidationError(
                "Quelqu’un d’autre a changé cette liste pendant que vous la lisiez\u00a0: rien n’est enregistré. La "
                "sienne est ci-dessous, vos communes décochées aussi. Relisez, puis enregistrez."
            )


def check_dates(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """The last day comes after the first."""
    first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", "Une convention se termine après son début.")


class NewConvention(TerritoryMixin):
    """Everything that a draft needs to exist."""

    title = forms.CharField(label="Titre de la convention", max_length=200)
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au")
    budget = EurosField(label="Montant total", required=False, help_text="En euros.")
    field_order = ["title", "territory", "choice", "starts_on", "ends_on", "budget"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_dates(self, cleaned)
        return cleaned


class ConventionText(Seen, forms.ModelForm):  # type: ignore[type-arg] # not subscriptable at run time
    """The words around the axes."""

    budget = EurosField(label="Montant total", required=False, help_text="En euros.")
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au")

    class Meta:
        model = Convention
        fields = ["title", "short_title", "starts_on", "ends_on", "budget", "preamble", "clauses", "source"]
        widgets = {"preamble": LONG, "clauses": LONG}
        help_texts = {
            "short_title": "Celui des listes et des menus.",
            "source": "Où ces dates et ces montants sont écrits.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_dates(self, cleaned)
        return cleaned


def checked_siren(typed: str) -> str:
    """Nine digits with their key, or nothing. Fictitious numbers of the demonstration begin with 000."""
    number = "".join(typed.split())
    if not number:
        return ""
    if not (number.isascii() and number.isdecimal() and len(number) == 9):
        raise ValidationError("Un SIREN a neuf chiffres.")
    if not siren_rules.is_valid(number):
        raise ValidationError("Ce SIREN n’existe pas\u00a0: vérifiez ses chiffres.")
    return number


def known(number: str) -> bool:
    """Whether the name of an organisation is known from its SIREN."""
    return Organisation.objects.filter(siren=number).exists() or actions.known_epci(number) is not None


class PartyRow(forms.Form):
    """One party. The name is asked for only when the SIREN is not known yet."""

    siren = forms.CharField(
        label="SIREN", max_length=14, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    role = forms.ChoiceField(label="Rôle", choices=PartyRole.choices, initial=PartyRole.FUNDER)
    signatory_name = forms.CharField(label="Signataire", max_length=120, required=False)
    signatory_title = forms.CharField(label="Qualité", max_length=160, required=False)
    name = forms.CharField(
        label="Nom, si le SIREN n’est pas connu", max_length=200, required=False
    )  # fmt: skip

    def clean_siren(self) -> str:
        """Nine digits with their key; empty when nothing is typed."""
        return checked_siren(self.cleaned_data["siren"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = cleaned.get("siren")
        typed = any(cleaned.get(name) for name in ("signatory_name", "signatory_title", "name"))
        if number == "" and typed:
            self.add_error("siren", "Écrivez le SIREN de cette partie, ou videz la ligne.")
        if number and not known(number) and not cleaned.get("name"):
            self.add_error("name", UNNAMED)
        return cleaned

    @property
    def row(self) -> dict[str, Any] | None:
        """What the action takes; nothing for an empty line."""
        return self.cleaned_data if self.cleaned_data.get("siren") else None


class DeliberationRow(Seen, forms.Form):
    """The act by which a party allows itself to sign."""

    deliberation_number = forms.CharField(label="Délibération n°", max_length=60, required=False)
    deliberation_on = DayField(label="Du", required=False)
    signatory_name = forms.CharField(label="Signataire", max_length=120, required=False)
    signatory_title = forms.CharField(label="Qualité", max_length=160, required=False)

    def __init__(self, *args: Any, party: Party, **options: Any) -> None:
        super().__init__(*args, **options)
        self.party = party

    def now(self, row: Party) -> dict[str, Any]:
        """The same fields of the party."""
        return {name: getattr(row, name) for name in self.fields}


class AxisRow(forms.Form):
    """One axis: its title is enough."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Intitulé", max_length=160, required=False)
    description = forms.CharField(label="Description", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    volet = forms.CharField(label="Volet qui le contient", max_length=160, required=False)
    themes = forms.MultipleChoiceField(
        label="Thèmes", choices=Theme.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Un acte noté sur cet axe au carnet les reçoit.",
    )  # fmt: skip

    @property
    def row(self) -> dict[str, Any] | None:
        """What the action takes; nothing for a line without title."""
        return self.cleaned_data if self.cleaned_data.get("title", "").strip() else None


class ActionRow(forms.Form):
    """One fiche-action in the list: the rest is on its own page."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Intitulé", max_length=160, required=False)
    purpose = forms.CharField(label="Objectif", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    public = forms.CharField(label="Public visé", required=False)

    @property
    def row(self) -> dict[str, Any] | None:
        """What the action takes; nothing for a line without title."""
        return self.cleaned_data if self.cleaned_data.get("title", "").strip() else None


class ActionForm(Seen, forms.ModelForm):  # type: ignore[type-arg] # generic in the stubs alone
    """Every field of a fiche-action, the frequent ones first."""

    budget = EurosField(label="Montant", required=False, help_text="En euros.")
    FREQUENT = ("title", "purpose", "public", "pilot", "partners", "schedule")

    class Meta:
        model = Action
        fields = [
            "title", "purpose", "public", "pilot", "partners", "schedule", "context", "territory", "description",
            "days", "budget", "external_means", "deliverables", "risks", "communication", "links",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("purpose", "public", "partners", "schedule", "context", "territory", "external_means",
                         "deliverables", "risks", "communication", "links")
        }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        parties = Party.objects.filter(convention=self.instance.axis.convention)
        self.fields["pilot"].queryset = Organisation.objects.filter(pk__in=parties.values("organisation"))  # type: ignore[attr-defined] # a field of choices

    @property
    def frequent(self) -> list[forms.BoundField]:
        """The fields shown at once."""
        return [self[name] for name in self.FREQUENT]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields under « plus »."""
        return [field for field in self if field.name not in self.FREQUENT]


class RemarkForm(forms.Form):
    """Something said of the draft."""

    kind = forms.ChoiceField(label="Votre avis", choices=RemarkKind.choices, initial=RemarkKind.COMMENT)
    part = forms.CharField(label="À propos de", max_length=120, required=False)
    text = forms.CharField(label="Remarque", required=False, widget=LONG)


class YearForm(forms.Form):
    """The year of a yearly convention."""

    year = forms.IntegerField(label="Année", min_value=1950, max_value=2100)


class RenewForm(forms.Form):
    """The title and the dates of the convention that follows."""

    title = forms.CharField(label="Titre de la nouvelle convention", max_length=200)
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_dates(self, cleaned)
        return cleaned


class PaymentForm(Seen, forms.Form):
    """The day the first payment came."""

    on = DayField(label="Premier versement reçu le")

    def now(self, row: Convention) -> dict[str, Any]:
        """The day noted."""
        return {"on": row.first_paid_on}
