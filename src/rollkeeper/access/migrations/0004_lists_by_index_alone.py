"""Lists and their counts read one index: it now carries what a list asks of a right."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_search_indexes"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="caserelation", name="relation_by_principal"),
        migrations.AddIndex(
            model_name="caserelation",
            index=models.Index(
                F("principal"),
                models.OrderBy(F("filed_on"), descending=True, nulls_last=True),
                models.OrderBy(F("case"), descending=True),
                include=["kind", "valid_from", "valid_until"],
                name="relation_by_principal",
            ),
        ),
    ]
