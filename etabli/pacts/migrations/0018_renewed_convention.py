import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pacts", "0017_rows_opened_in_place_of_frozen_ones"),
    ]

    operations = [
        migrations.AddField(
            model_name="convention",
            name="renews",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="pacts.convention",
                verbose_name="convention renouvelée",
            ),
        ),
    ]
