"""Which acts a list shows, in the query string: `?nature=visit_made&du=2018-01-01&commune=Liévin`."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, QueryDict
from django.utils import timezone

from etabli.accounts.policies import Reader
from etabli.acts.kinds import ActKind, Theme
from etabli.acts.queries import Selection
from etabli.pacts import access
from etabli.pacts.attributions import queries as attributions
from etabli.pacts.diary import firms, places
from etabli.pacts.models import Convention
from etabli.pacts.objectives import policies, together, years
from etabli.pacts.objectives.queries import objectives_of
from etabli.pacts.objectives.spans import Spans, every, spans_of
from etabli.pacts.objectives.standing import SIGNED, register, standings_of
from etabli.registry.queries import BadNumber
from etabli.ui.fields import DayField

COMMON = {
    "": "",
    "actes": "qui comptent aussi pour un autre pacte",
    "entreprises": "des entreprises qu’un autre pacte aide aussi",
}


class ActsFilter(forms.Form):
    """The filters of the list; each can be left empty."""

    beneficiaire = forms.CharField(label="Bénéficiaire (nom ou SIRET)", required=False, max_length=200)
    nature = forms.MultipleChoiceField(label="Nature", choices=ActKind.choices, required=False)
    theme = forms.ChoiceField(label="Thème", choices=[("", "tous"), *Theme.choices], required=False)
    commune = forms.CharField(label="Commune", required=False, max_length=100)
    du = DayField(label="Du", required=False)
    au = DayField(label="Au", required=False)
    axe = forms.ChoiceField(label="Axe", required=False)
    agent = forms.ChoiceField(
        label="Notés par", choices=[("", "toute l’organisation"), ("moi", "moi")], required=False
    )  # fmt: skip

    pacte = forms.SlugField(required=False, widget=forms.HiddenInput)
    commun = forms.ChoiceField(choices=[*COMMON.items()], required=False, widget=forms.HiddenInput)

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.pact: Convention | None = None
        self.spans: Spans = ()
        self.about: frozenset[int] | None = None
        self.axes = {str(axis.pk): axis for axis in attributions.axes_of(reader.organisation_ids)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, axis in self.axes.items():
            groups.setdefault(str(axis.convention), []).append((key, axis.title))
        choice = self.fields["axe"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - for the type checker
        choice.choices = [("", "tous"), *groups.items()]

    def clean_pacte(self) -> str:
        """The pact whose figures are opened. Raises Http404 for one that the reader may not see."""
        slug = self.cleaned_data["pacte"]
        self.pact = access.visible(self.reader).filter(slug=slug).first() if slug else None
        if slug and self.pact is None:
            raise Http404
        if self.pact:
            self.spans = spans_of([self.pact.pk]).get(self.pact.pk, ())
        return str(slug)

    def clean_beneficiaire(self) -> str:
        """Somebody whom the organisation helped."""
        text = str(self.cleaned_data["beneficiaire"]).strip()
        if not text:
            return ""
        try:
            self.about = firms.acts_about(self.reader, text)
        except BadNumber as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not self.about:
            raise forms.ValidationError("Personne de ce nom ici\u00a0: essayez un seul mot du nom, ou le SIRET.")
        return text

    def clean_commune(self) -> str:
        """The code of the commune."""
        try:
            return places.commune_of(self.cleaned_data["commune"], places.Beat(frozenset()))
        except places.UnknownPlace as unknown:
            raise forms.ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        data = super().clean() or self.cleaned_data
        if data.get("du") and data.get("au") and data["du"] > data["au"]:
            self.add_error("au", "La fin vient avant le début\u00a0: échangez les deux jours.")
        return data

    def selection(self) -> Selection:
        """The acts wanted; what is wrong sets no condition, but nobody of that name leaves no act."""
        self.is_valid()
        data = self.cleaned_data
        wanted = Selection(
            organisations=self.reader.organisation_ids,
            kinds=frozenset(data.get("nature", ())),
            themes=frozenset({data["theme"]} if data.get("theme") else ()),
            since=data.get("du"),
            until=data.get("au"),
            communes=self._communes(data.get("commune", "")),
            places=self.spans,
            absences=self._absences(),
            acts=self._acts(data.get("axe", ""), data.get("commun", "")),
        )
        return replace(wanted, adviser=self.reader.user.pk) if data.get("agent") == "moi" else wanted

    def _acts(self, axis: str, common: str) -> frozenset[int] | None:
        """Those of an axis, of a beneficiary, of several pacts; None for all, none at all when nobody was found."""
        if "beneficiaire" in self.errors:
            return frozenset()
        asked = [attributions.acts_of(self.axes[axis])] if axis else []
        asked += [self._common(common)] if common and self.pact else []
        asked += [self.about] if self.about else []
        return frozenset.intersection(*asked) if asked else None

    def _common(self, which: str) -> frozenset[int]:
        """Acts of the pact asked for that another one counts too, or those of the firms that it helps too.

        Raises Http404 when the days asked would tell which firm somebody else helped then.
        """
        pact, data = self.pact, self.cleaned_data
        assert pact is not None  # noqa: S101 - for the type checker
        known = register(objectives_of(pact))
        period = years.cut(pact, data.get("du"), data.get("au"))
        if pact.state not in SIGNED or pact.pk not in known.standings or period is None:
            return frozenset()
        standing = known.standings[pact.pk]
        others = [known.standings[pk] for pk in together.others_of(standing, known)]
        if which != "actes" and not policies.may_tell_units_apart(self.reader, others):
            raise Http404
        found = together.common(pact, standing, period, known)
        if found is None:
            return frozenset()
        return frozenset(found.acts.act[found.both if which == "actes" else found.of_firms].tolist())

    def _absences(self) -> tuple[tuple[int, date, date], ...]:
        """When the organisation was no party of the pact asked for: what it did then is not of the pact."""
        if self.pact is None:
            return ()
        return tuple(standings_of([self.pact])[self.pact.pk].absences(self.reader.organisation_ids))

    def _communes(self, asked: str) -> frozenset[str] | None:
        within = frozenset(self.pact.perimeter.communes) if self.pact else None
        within = every(self.spans) if self.spans else within
        if not asked:
            return within
        return frozenset({asked}) if within is None or asked in within else frozenset()

    def of_other_parties(self) -> Selection | None:
        """The acts that its parties from one end to the other recorded in the years of the signed pact, mine apart.

        None for a list with any filter but whole years: the number would tell what one act of somebody else was.
        None too for who is no party any more.
        """
        if self.pact is None or self.pact.state not in SIGNED or not self._of_whole_years(self.pact):
            return None
        if access.left_on(self.reader, self.pact):
            return None
        standing = standings_of([self.pact])[self.pact.pk]
        others = (standing.organisations or frozenset()) - standing.bounded - self.reader.organisation_ids
        if not others:
            return None
        return Selection(
            organisations=others,
            since=max(self.cleaned_data["du"] or standing.starts_on, standing.starts_on),
            until=min(self.cleaned_data["au"] or standing.ends_on, standing.ends_on),
            communes=self._communes(""),
            places=self.spans,
        )

    @property
    def common_words(self) -> str:
        """« qui comptent aussi pour un autre pacte »; empty when nothing of the kind is asked."""
        return COMMON[self.cleaned_data.get("commun", "")]

    @property
    def only_own(self) -> bool:
        """Whether the number that opened the list counts other parties too, whose rows stay with them."""
        if self.pact is None or not self.common_words or self.pact.state not in SIGNED:
            return False
        parties = standings_of([self.pact])[self.pact.pk].organisations or frozenset()
        return not parties <= self.reader.organisation_ids

    def _of_whole_years(self, pact: Convention) -> bool:
        """Whether no other filter is set, and the days are those of years of the pact, the present one until today."""
        if set(self.changed_data) - {"pacte", "du", "au"} or self.errors:
            return False
        first, last = self.cleaned_data["du"], self.cleaned_data["au"]
        return (first is None or first == pact.starts_on or (first.day, first.month) == (1, 1)) and (
            last is None or last in (pact.ends_on, timezone.localdate()) or (last.day, last.month) == (31, 12)
        )

    def query(self, **changes: str) -> str:
        """The query string of this list with some filters changed: what a total opens."""
        asked = self.data if isinstance(self.data, QueryDict) else QueryDict()
        kept = [(name, value) for name in self.fields for value in asked.getlist(name) if value]
        pairs = [pair for pair in kept if pair[0] not in changes] + list(changes.items())
        return f"?{urlencode(pairs)}"
