from django.db import migrations

EXTENSIONS = ["btree_gist", "pg_trgm", "fuzzystrmatch", "unaccent"]


class Migration(migrations.Migration):
    """Extensions that come with PostgreSQL; none of them is needed by the ledger or the door's policies."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    run_before = [("courts", "0001_initial"), ("people", "0001_initial"), ("custody", "0001_initial")]
    operations = [
        migrations.RunSQL([f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS], migrations.RunSQL.noop)
    ]
