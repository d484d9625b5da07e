from pathlib import Path

from django.db import migrations

from rollkeeper.foundation.sqlfiles import run_sql_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        run_sql_file(SQL / "roles.sql"),
        run_sql_file(SQL / "tables.sql"),
        run_sql_file(SQL / "tree_tables.sql"),
        run_sql_file(SQL / "sequence.sql"),
    ]
