"""The table of the cache that the processes share: the number of attempts is counted in it."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create(_apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", "django_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_organisation_membership_invitation_and_more")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
