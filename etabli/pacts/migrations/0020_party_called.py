"""Who was never a party was said to have left the day before the convention began: another start made it one."""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def named_by_no_text_that_applied(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those that « left » a convention none of whose texts, the first one or an amendment that applied, names them."""
    party, version = apps.get_model("pacts", "Party"), apps.get_model("pacts", "Version")
    amendment = apps.get_model("pacts", "Amendment")
    gone = party.objects.exclude(left_on=None).filter(convention__in=amendment.objects.values("convention"))
    for row in gone.select_related("organisation"):
        texts = version.objects.filter(convention=row.convention_id)
        applied = texts.filter(amendment=None) | texts.filter(amendment__state="in_force")
        named = {one["siren"] for parties in applied.values_list("content__parties", flat=True) for one in parties}
        if row.organisation.siren not in named:
            party.objects.filter(pk=row.pk).update(called=True, left_on=None)


def left_before_the_start(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As it was told before."""
    party = apps.get_model("pacts", "Party")
    for row in party.objects.filter(called=True).select_related("convention"):
        party.objects.filter(pk=row.pk).update(called=False, left_on=row.convention.starts_on - timedelta(1))


class Migration(migrations.Migration):
    dependencies = [
        ("pacts", "0019_renewals_of_the_journal"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="called",
            field=models.BooleanField(default=False, verbose_name="appelée par un avenant"),
        ),
        migrations.RunPython(named_by_no_text_that_applied, left_before_the_start),
    ]
