"""The signed version that an amendment starts from. No amendment exists before this migration."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pacts", "0005_mission_letters")]

    operations = [
        migrations.AddField(
            model_name="amendment",
            name="base",
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pacts.version",
                verbose_name="version de départ",
            ),
            preserve_default=False,
        ),
    ]
