"""An objective: what is counted, from where to where, and how two pacts share it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.pacts.models.convention import Action, Axis, Standing
from etabli.registry.models import Perimeter


class Nature(models.TextChoices):
    """A flow adds up over a period; a stock is a state at a date."""

    FLOW = "flow", "flux"
    STOCK = "stock", "état à une date"


class Measure(models.TextChoices):
    """What is counted. Amount and minutes add up; indicator asks the engine; evidence is typed with its document."""

    ACTS = "acts", "actes"
    BENEFICIARIES = "beneficiaries", "bénéficiaires distincts"
    COMMUNES = "communes", "communes distinctes"
    AMOUNT = "amount", "montant (euros)"
    MINUTES = "minutes", "temps passé (heures)"
    QUANTITY = "quantity", "quantité"
    INDICATOR = "indicator", "indicateur du territoire"
    EVIDENCE = "evidence", "chiffre saisi avec sa pièce"


ADDITIVE = frozenset({Measure.ACTS, Measure.AMOUNT, Measure.MINUTES, Measure.QUANTITY})
COUNTED = ADDITIVE | {Measure.BENEFICIARIES, Measure.COMMUNES}


class Sharing(models.TextChoices):
    """What happens to an act that two pacts could claim."""

    EXCLUSIVE = "exclusive", "compté dans un seul pacte"
    SHARE = "share", "partagé à k %"
    BOTH = "both", "compté dans les deux, et signalé"


class Aggregation(models.TextChoices):
    """How the years of a framework make one figure. A ratio is recomputed from its parts, never averaged."""

    SUM = "sum", "somme"
    LAST = "last", "dernière valeur"
    MEAN = "mean", "moyenne"
    RATIO = "ratio", "rapport recalculé"


class Objective(models.Model):
    """One promise. `kinds` and `themes` are lists of codes of acts; `indicator` an id of the engine's cards.

    `axis` is always set; `action` narrows it. An empty `perimeter` means the convention's own. `window_days` counts
    only acts with another act of `kinds` of the same beneficiary within that many days; `absent_kinds` those
    beneficiaries without any act of these kinds. `awaiting_service` names the service not built yet. A ratio divides
    the measure by `denominator_measure` of the acts of `denominator_kinds`, all else being equal. Amounts are in euros
    and minutes in hours wherever a target or a figure is said. One withdrawn before any signature is hidden by
    `objects`; its targets stay.
    """

    axis = models.ForeignKey(Axis, models.CASCADE, related_name="objectives", verbose_name="axe")
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="objectives", verbose_name="action"
    )
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=160)
    unit = models.CharField("unité (au pluriel)", max_length=60)
    nature = models.CharField("nature", max_length=5, choices=Nature, default=Nature.FLOW)
    measure = models.CharField("mesure", max_length=15, choices=Measure, default=Measure.BENEFICIARIES)
    kinds = models.JSONField("natures d’actes", default=list, blank=True)
    themes = models.JSONField("thèmes", default=list, blank=True)
    only_qpv = models.BooleanField("quartiers prioritaires seulement", default=False)
    trades = models.JSONField("métiers", default=list, blank=True)
    window_days = models.PositiveSmallIntegerField("fenêtre (jours)", null=True, blank=True)
    absent_kinds = models.JSONField("sans acte de nature", default=list, blank=True)
    indicator = models.CharField("indicateur", max_length=60, blank=True)
    perimeter = models.ForeignKey(
        Perimeter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="périmètre"
    )
    baseline = models.DecimalField("départ", max_digits=14, decimal_places=2, default=0)
    baseline_note = models.CharField("d’où vient le départ", max_length=200, blank=True)
    denominator_measure = models.CharField("rapporté à", max_length=15, choices=Measure, blank=True)
    denominator_kinds = models.JSONField("natures d’actes du dénominateur", default=list, blank=True)
    aggregation = models.CharField("sur plusieurs années", max_length=5, choices=Aggregation, default=Aggregation.SUM)
    sharing = models.CharField("partage entre pactes", max_length=10, choices=Sharing, default=Sharing.EXCLUSIVE)
    share_percent = models.PositiveSmallIntegerField("part (%)", default=100)
    disaggregations = models.JSONField("répartitions", default=list, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="responsable"
    )
    awaiting_service = models.CharField("en attente du service", max_length=80, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = Standing["Objective"]()
    everything = models.Manager["Objective"]()

    class Meta:
        verbose_name = "objectif"
        verbose_name_plural = "objectifs"
        ordering = ["axis", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["axis", "number"],
                name="pacts_objective_number_is_unique",
                violation_error_message="Un autre objectif porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=Measure.values),
                name="pacts_objective_measure_is_known",
                violation_error_message="Cette mesure n’existe pas.",
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.INDICATOR) | ~Q(indicator=""),
                name="pacts_objective_indicator_is_named",
                violation_error_message="Choisissez l’indicateur du territoire.",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100),
                name="pacts_objective_share_is_a_percentage",
                violation_error_message="Une part va de 1 à 100\u00a0%%.",
            ),
            models.CheckConstraint(
                condition=Q(aggregation=Aggregation.RATIO, denominator_measure__in=sorted(COUNTED))
                | (~Q(aggregation=Aggregation.RATIO) & Q(denominator_measure="")),
                name="pacts_objective_ratio_has_a_denominator",
                violation_error_message="Un rapport a un numérateur et un dénominateur, tous deux comptés.",
            ),
            models.CheckConstraint(
                condition=~Q(aggregation=Aggregation.RATIO) | Q(measure__in=sorted(COUNTED)),
                name="pacts_objective_ratio_divides_what_is_counted",
                violation_error_message="Seule une mesure comptée peut être rapportée à une autre.",
            ),
            models.CheckConstraint(
                condition=~Q(sharing=Sharing.SHARE) | Q(measure__in=sorted(ADDITIVE)),
                name="pacts_objective_only_additive_measures_are_shared",
                violation_error_message="Des bénéficiaires distincts ne se partagent pas en pourcentage.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """What an objective should reach in a year. A new row replaces the former; nothing is overwritten."""

    append_only = True

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="targets", verbose_name="objectif")
    year = models.PositiveSmallIntegerField("année")
    value = models.DecimalField("cible", max_digits=14, decimal_places=2)
    set_at = models.DateTimeField("fixée le", default=timezone.now, editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="fixée par")
    reason = models.CharField("raison du changement", max_length=200, blank=True)

    class Meta:
        verbose_name = "cible"
        verbose_name_plural = "cibles"
        ordering = ["objective", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="pacts_target_is_positive",
                violation_error_message="Une cible n’est pas négative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective}, {self.year}\u00a0: {self.value}"
