"""Which convention a renewal follows was only in the journal."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def named_by_the_journal(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Read it in the events: `{"model": [None, 12]}`."""
    convention, event = apps.get_model("pacts", "Convention"), apps.get_model("audit", "Event")
    for told in event.objects.filter(verb="convention.renewed", object_kind="pacts.convention").order_by("pk"):
        former = (told.changes.get("model") or [None])[-1]
        if convention.objects.filter(pk=former).exists():
            convention.objects.filter(pk=told.object_id, renews=None).update(renews=former)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_readings_by_organisation"),
        ("pacts", "0018_renewed_convention"),
    ]

    operations = [migrations.RunPython(named_by_the_journal, migrations.RunPython.noop)]
