"""A report may be frozen again; what secrecy hides is frozen with it. What was frozen before is hidden whole."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pacts", "0007_yearly_reports")]

    operations = [
        migrations.AlterModelOptions(
            name="report",
            options={
                "ordering": ["convention", "-year", "-number"],
                "verbose_name": "bilan",
                "verbose_name_plural": "bilans",
            },
        ),
        migrations.RemoveConstraint(model_name="report", name="pacts_report_once_a_year"),
        migrations.RemoveField(model_name="frozenfigure", name="largest"),
        migrations.AddField(
            model_name="frozenfigure",
            name="hidden",
            field=models.BooleanField(default=True, verbose_name="secret statistique"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="report",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="gel n°"),
        ),
        migrations.AddField(
            model_name="report",
            name="reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="raison du nouveau gel"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("convention", "year", "number"),
                name="pacts_report_number_is_unique",
                violation_error_message="Le bilan de cette année est déjà figé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="pacts_report_new_freeze_has_a_reason",
                violation_error_message="Dites pourquoi le bilan est figé de nouveau.",
            ),
        ),
    ]
