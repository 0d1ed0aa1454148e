"""The acts already written enter the bundles."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from etabli.acts import bundles


def pack(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the bundles from the acts."""
    bundles.fill(apps.get_model("acts", "Act"), apps.get_model("acts", "Bundle"))


class Migration(migrations.Migration):
    dependencies = [("acts", "0004_bundles")]

    operations = [migrations.RunPython(pack, migrations.RunPython.noop)]
