"""Decisions are frozen with a report, and where each objective stood that day.

Reports already frozen are given the decisions up to their cut-off, done as far as they were on the day of the freeze;
their fingerprint, which was printed, stays: see `reports.seal`.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from etabli.audit import guard


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The table only grows: its guard is lifted meanwhile, and put again once everything has migrated."""
    report_model, decision_model = apps.get_model("pacts", "Report"), apps.get_model("pacts", "Decision")
    reports = list(report_model.objects.filter(decisions__isnull=True))
    if not reports:
        return
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in guard.drop_sql(connection.vendor, report_model._meta.db_table):
            cursor.execute(statement)
    for report in reports:
        frozen = timezone.localdate(report.frozen_at)
        rows = decision_model.objects.filter(
            meeting__convention=report.convention_id, meeting__starts_at__year=report.year,
            meeting__starts_at__date__lte=report.cut_off,
        )  # fmt: skip
        report.decisions = [
            {
                "text": one.text, "owner": one.owner, "due_on": one.due_on.isoformat() if one.due_on else "",
                "done_on": one.done_on.isoformat() if one.done_on and one.done_on <= frozen else "",
            }
            for one in rows.order_by("meeting__starts_at", "number")
        ]  # fmt: skip
        report.save(update_fields=["decisions"])


class Migration(migrations.Migration):
    dependencies = [("pacts", "0021_party_called_never_left")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="decisions",
            field=models.JSONField(blank=True, null=True, verbose_name="décisions des comités"),
        ),
        migrations.AddField(
            model_name="frozenfigure",
            name="status",
            field=models.CharField(blank=True, max_length=10, verbose_name="situation ce jour-là", default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
