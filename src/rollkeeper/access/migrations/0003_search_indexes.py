"""The indexes behind a search by name: near words by trigrams or sound, then names by their words."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_initial"),
        ("foundation", "0001_extensions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="nametoken",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["token"], name="token_by_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(model_name="nametoken", index=models.Index(fields=["sound"], name="token_by_sound")),
        migrations.AddIndex(
            model_name="nameindex",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["tokens"], name="name_by_tokens"),
        ),
    ]
