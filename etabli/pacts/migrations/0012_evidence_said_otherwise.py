"""A typed figure is corrected or taken back by another row, with its reason. No page wrote such a row before."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("pacts", "0011_attributions_by_share")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="withdrawn",
            field=models.BooleanField(default=False, verbose_name="retrait"),
        ),
        migrations.AddField(
            model_name="evidence",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="raison"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=Q(replaces__isnull=True, withdrawn=False, reason="")
                | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="pacts_evidence_change_has_a_reason",
                violation_error_message="Dites pourquoi ce chiffre est corrigé ou retiré.",
            ),
        ),
    ]
