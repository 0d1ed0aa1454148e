"""The attributions already written enter the bundles."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from etabli.pacts.attributions import bundles


def pack(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the bundles from the attributions."""
    bundles.fill(apps.get_model("pacts", "Attribution"), apps.get_model("pacts", "AttributionBundle"))


class Migration(migrations.Migration):
    dependencies = [("pacts", "0009_attribution_bundles")]

    operations = [migrations.RunPython(pack, migrations.RunPython.noop)]
