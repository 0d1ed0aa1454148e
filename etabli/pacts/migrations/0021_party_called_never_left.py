from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pacts", "0020_party_called"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("called", False), ("left_on__isnull", True), _connector="OR"),
                name="pacts_party_called_never_left",
                violation_error_message="Qui n’est pas encore partie n’a pas de dernier jour.",
            ),
        ),
    ]
