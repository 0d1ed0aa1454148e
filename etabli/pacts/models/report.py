"""The yearly report: figures frozen on a day with the rows behind them, then what is written around them.

What is frozen only grows: a report, its figures, its rows, its moves, the corrections of its figures. Its state is its
last move. Texts, photos and quotations are written until it is validated.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from etabli.accounts.models import Organisation
from etabli.acts.models import Act
from etabli.pacts.models.convention import Axis, Convention, Party
from etabli.pacts.models.evidence import Evidence
from etabli.pacts.models.objective import Objective
from etabli.pacts.workflow import ReportState
from etabli.papers.models import Document


class Report(models.Model):
    """A year of a convention, counted on the evening of `cut_off`. `sha256` seals figures and rows together.

    A freeze at a wrong day is done again before publication: another report, of the next `number`, with its `reason`.
    The last one is the report of the year; those before stay readable.

    `decisions`: those of the committees up to the cut-off, `[{"text", "owner", "due_on", "done_on"}, …]`, days in ISO
    form or empty. Reports frozen before they were kept were given theirs later, outside of their seal.
    """

    append_only = True

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="reports", verbose_name="convention")
    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveSmallIntegerField("gel n°", default=1)
    reason = models.CharField("raison du nouveau gel", max_length=300, blank=True)
    cut_off = models.DateField("arrêté au")
    head = models.JSONField("convention ce jour-là", help_text="titre, dates, parties et communes, avec leurs noms")
    store = models.CharField("version du répertoire", max_length=120, blank=True)
    decisions = models.JSONField("décisions des comités", null=True, blank=True)
    sha256 = models.CharField("empreinte", max_length=64)
    frozen_at = models.DateTimeField("figé le", default=timezone.now, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="figé par")

    class Meta:
        verbose_name = "bilan"
        verbose_name_plural = "bilans"
        ordering = ["convention", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "year", "number"],
                name="pacts_report_number_is_unique",
                violation_error_message="Le bilan de cette année est déjà figé.",
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="pacts_report_new_freeze_has_a_reason",
                violation_error_message="Dites pourquoi le bilan est figé de nouveau.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bilan {self.year}, {self.convention}"


class FrozenFigure(models.Model):
    """One objective as it was counted that day: its words, its rule, its figure.

    `definition` is `[[term, text], …]`; `parts` is `[[commune, name, value, hidden], …]`. What is hidden from the
    public is decided with the freeze: two editions of one report hide the same cells.

    `status` is a code of `objectives.forecast.Status`, as the dashboard told it on the evening of the cut-off; empty:
    nothing to say, or frozen before it was kept.

    `apart`: numbers of the organisations, all of whose acts one must read to open its rows; others open those of
    `opened`. Empty: its rows are open. None: it was frozen before this was kept.
    """

    append_only = True

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures", verbose_name="bilan")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="frozen", verbose_name="objectif")
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="+", verbose_name="axe")
    axis_number = models.PositiveSmallIntegerField("numéro de l’axe")
    axis_title = models.CharField("axe ce jour-là", max_length=160)
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=160)
    unit = models.CharField("unité", max_length=60)
    measure = models.CharField("mesure", max_length=15)
    definition = models.JSONField("définition")
    value = models.DecimalField("chiffre", max_digits=24, decimal_places=6, null=True)
    numerator = models.DecimalField("numérateur", max_digits=24, decimal_places=6, default=0)
    denominator = models.DecimalField("dénominateur", max_digits=24, decimal_places=6, null=True)
    baseline = models.DecimalField("départ", max_digits=14, decimal_places=2, default=0)
    target = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True)
    counted_from = models.DateField("compté du")
    counted_to = models.DateField("au")
    rule = models.TextField("règle", blank=True)
    notes = models.JSONField("mentions", default=list)
    firms = models.PositiveIntegerField("entreprises derrière le chiffre", default=0)
    hidden = models.BooleanField("secret statistique")
    status = models.CharField("situation ce jour-là", max_length=10, blank=True)
    parts = models.JSONField("par commune", default=list)
    apart = models.JSONField("organisations dont les actes en décident", null=True)
    rows_sha256 = models.CharField("empreinte des lignes", max_length=64)

    class Meta:
        verbose_name = "chiffre figé"
        verbose_name_plural = "chiffres figés"
        ordering = ["report", "axis_number", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "objective"],
                name="pacts_frozen_figure_once",
                violation_error_message="Ce chiffre est déjà figé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.report}"


class FrozenRow(models.Model):
    """An act, or a typed figure, behind a frozen one."""

    append_only = True

    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="rows", verbose_name="chiffre figé")
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+", verbose_name="acte")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name="chiffre saisi")

    class Meta:
        verbose_name = "ligne figée"
        verbose_name_plural = "lignes figées"
        ordering = ["figure", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "act"], name="pacts_frozen_row_once"),
            models.CheckConstraint(
                condition=Q(act__isnull=True, evidence__isnull=False) | Q(act__isnull=False, evidence__isnull=True),
                name="pacts_frozen_row_is_one_thing",
                violation_error_message="Une ligne figée est un acte ou un chiffre saisi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}\u00a0: {self.act_id or self.evidence_id}"


class OpenedRow(models.Model):
    """An act that its organisation opens behind a frozen figure, whose rows would tell whom somebody else helps."""

    append_only = True

    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="opened", verbose_name="chiffre figé")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", verbose_name="acte")

    class Meta:
        verbose_name = "ligne ouverte d’un chiffre figé"
        verbose_name_plural = "lignes ouvertes de chiffres figés"
        ordering = ["figure", "pk"]
        constraints = [models.UniqueConstraint(fields=["figure", "act"], name="pacts_opened_row_once")]

    def __str__(self) -> str:
        return f"{self.figure}\u00a0: {self.act_id}"


class FigureCorrection(models.Model):
    """What should be read beside a frozen figure: the figure stays, the line has its author and its reason."""

    append_only = True

    figure = models.ForeignKey(FrozenFigure, models.PROTECT, related_name="corrections", verbose_name="chiffre figé")
    value = models.DecimalField("chiffre corrigé", max_digits=14, decimal_places=2)
    reason = models.CharField("raison", max_length=300)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="au titre de")
    at = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "correction d’un chiffre figé"
        verbose_name_plural = "corrections de chiffres figés"
        ordering = ["figure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="pacts_figure_correction_has_a_reason",
                violation_error_message="Dites pourquoi le chiffre est corrigé.",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="pacts_figure_correction_is_positive",
                violation_error_message="Un chiffre corrigé n’est pas négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}\u00a0: {self.value}"


class ReportMove(models.Model):
    """The report came to a state. Its last move is its state."""

    append_only = True

    report = models.ForeignKey(Report, models.PROTECT, related_name="moves", verbose_name="bilan")
    state = models.CharField("état", max_length=15, choices=ReportState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="au titre de")
    at = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "étape d’un bilan"
        verbose_name_plural = "étapes de bilans"
        ordering = ["report", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReportState.values),
                name="pacts_report_state_is_known",
                violation_error_message="Cet état n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}\u00a0: {self.get_state_display()}"


class Basis(models.TextChoices):
    """What an agreement given outside is known by, as it reads after « d’après »."""

    MINUTES = "minutes", "le compte rendu"
    LETTER = "letter", "la lettre"
    DELIBERATION = "deliberation", "la délibération"


class ReportAgreement(models.Model):
    """A party validates what it read in one cross-reading (`move`); a new reading asks for it again.

    Given here by one of its members (`by`); or given on paper or in a meeting and noted by the pilot (`by`): then
    `basis` and `document` say what it is known by, `name` and `title` who agreed, `agreed_on` when.
    """

    append_only = True

    move = models.ForeignKey(ReportMove, models.PROTECT, related_name="agreements", verbose_name="relecture")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="partie")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    at = models.DateTimeField("le", default=timezone.now, editable=False)
    basis = models.CharField("d’après", max_length=12, choices=Basis, blank=True)
    name = models.CharField("qui a donné l’accord", max_length=120, blank=True)
    title = models.CharField("qualité", max_length=160, blank=True)
    agreed_on = models.DateField("accord donné le", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pièce"
    )

    class Meta:
        verbose_name = "validation d’un bilan"
        verbose_name_plural = "validations de bilans"
        ordering = ["move", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "party"],
                name="pacts_report_agreement_once",
                violation_error_message="Cette partie a déjà validé le bilan.",
            ),
            models.CheckConstraint(
                condition=Q(basis="", name="", title="", agreed_on__isnull=True, document__isnull=True)
                | Q(basis__in=Basis.values, agreed_on__isnull=False, document__isnull=False)
                & ~Q(name="")
                & ~Q(title=""),
                name="pacts_report_agreement_noted_is_whole",
                violation_error_message="Un accord noté dit qui l’a donné, à quel titre, quel jour, avec sa pièce.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.move}"


class Section(models.Model):
    """What is written of an axis."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections", verbose_name="bilan")
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="+", verbose_name="axe")
    comment = models.TextField("commentaire", blank=True)

    class Meta:
        verbose_name = "partie d’un bilan"
        verbose_name_plural = "parties de bilans"
        ordering = ["report", "axis"]
        constraints = [
            models.UniqueConstraint(fields=["report", "axis"], name="pacts_report_section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.axis}, {self.report}"


class SectionRemark(models.Model):
    """A correction that a party asks of a section; it waits for an answer."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="remarks", verbose_name="partie du bilan")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="au titre de")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur")
    text = models.TextField("à corriger")
    written_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("traitée le", null=True, blank=True)

    class Meta:
        verbose_name = "correction demandée dans un bilan"
        verbose_name_plural = "corrections demandées dans des bilans"
        ordering = ["section", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="pacts_section_remark_says_something",
                violation_error_message="Écrivez ce qu’il faut corriger.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="pacts_section_remark_answered_in_words",
                violation_error_message="Répondez en une phrase.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Photo(models.Model):
    """A photo of a section, said in words; published only with the written consent of who is seen, while it lasts."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="photos", verbose_name="partie du bilan")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="photo")
    alt = models.CharField("ce que montre la photo", max_length=200)
    consent = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accord écrit"
    )
    consent_until = models.DateField("accord valable jusqu’au", null=True, blank=True)
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "photo d’un bilan"
        verbose_name_plural = "photos de bilans"
        ordering = ["section", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt=""),
                name="pacts_report_photo_is_described",
                violation_error_message="Décrivez la photo pour qui ne la voit pas.",
            ),
            models.CheckConstraint(
                condition=Q(consent__isnull=True, consent_until__isnull=True)
                | Q(consent__isnull=False, consent_until__isnull=False),
                name="pacts_report_photo_consent_has_an_end",
                violation_error_message="Un accord écrit a sa pièce et sa date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return self.alt


class Quotation(models.Model):
    """Words of somebody; printed and published only with a written consent, until its end."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="quotations", verbose_name="partie du bilan")
    text = models.TextField("citation")
    said_by = models.CharField("qui parle", max_length=160)
    consent = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="accord écrit"
    )
    consent_until = models.DateField("accord valable jusqu’au", null=True, blank=True)
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "citation d’un bilan"
        verbose_name_plural = "citations de bilans"
        ordering = ["section", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(said_by=""),
                name="pacts_quotation_has_its_speaker",
                violation_error_message="Une citation a son texte et la personne qui parle.",
            ),
            models.CheckConstraint(
                condition=Q(consent__isnull=True, consent_until__isnull=True)
                | Q(consent__isnull=False, consent_until__isnull=False),
                name="pacts_quotation_consent_has_an_end",
                violation_error_message="Un accord écrit a sa pièce et sa date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
