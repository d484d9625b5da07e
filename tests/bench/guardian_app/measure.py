"""A program: fills guardian's rows with the same rights as ours, measures its lists, prints JSON.

``python -m tests.bench.guardian_app.measure RUNS CALLS``, with the database in ROLLKEEPER_DATABASE_URL. Guardian gets
its best: direct foreign keys, no groups, no global permissions, its own covering unique index, an index on the cases
in the order of the list, and statistics.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.guardian_app.settings"

import django

django.setup()

from django.contrib.auth.models import Permission  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F, QuerySet  # noqa: E402
from guardian.shortcuts import get_objects_for_user  # noqa: E402

from rollkeeper.accounts.models import Account  # noqa: E402
from rollkeeper.cases.models import Case  # noqa: E402
from tests.bench.guardian_app.models import CaseGroupPermission, CaseUserPermission  # noqa: E402
from tests.bench.timing import timed  # noqa: E402

READERS = {"clerk": (2, 1000), "counsel": (3, 10000)}  # account, principal


def make() -> None:
    """Guardian's two tables, with a row for every right of ours that hangs on a court or a firm."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [CaseUserPermission._meta.db_table])
        if cursor.fetchone()[0]:
            return
        with connection.schema_editor() as editor:
            editor.create_model(CaseUserPermission)
            editor.create_model(CaseGroupPermission)
        view = Permission.objects.get(codename="view_case", content_type__app_label="cases")
        cursor.execute(
            "INSERT INTO accounts_account (id, username, password, first_name, last_name, email, is_superuser,"
            " is_staff, is_active, date_joined, desk, display_name, is_demo, demo_line, language)"
            " SELECT p.id, 'principal ' || p.id, '!', '', '', '', false, false, true, now(), 'clerk', p.name, false,"
            " '', 'en' FROM access_principal p WHERE p.kind = 'court'"
        )
        cursor.execute(
            f"INSERT INTO {CaseUserPermission._meta.db_table} (permission_id, content_object_id, user_id)"
            " SELECT %s, case_id, CASE principal_id WHEN 1000 THEN 2 WHEN 10000 THEN 3 ELSE principal_id END"
            " FROM access_caserelation WHERE kind = 'court' OR principal_id = 10000",
            [view.pk],
        )
        cursor.execute("CREATE INDEX bench_case_newest ON cases_case (filed_on DESC NULLS LAST, id DESC)")
        cursor.execute(f"VACUUM (ANALYZE) {CaseUserPermission._meta.db_table}")
        cursor.execute("ANALYZE cases_case")


def newest(account: Account) -> QuerySet[Case]:
    """The 50 newest cases the account may see."""
    allowed = get_objects_for_user(
        account, "cases.view_case", klass=Case, use_groups=False, accept_global_perms=False, with_superuser=False
    )
    ordered: QuerySet[Case] = allowed.order_by(F("filed_on").desc(nulls_last=True), "-pk")[:50]
    return ordered


def main() -> None:
    """The program."""
    runs, calls = map(int, sys.argv[1:])
    make()
    answer: dict[str, Any] = {}  # Any: JSON
    for name, (account_id, _) in READERS.items():
        account = Account.objects.get(pk=account_id)
        statement, values = newest(account).query.sql_with_params()

        def listed(_: int, statement: str = statement, values: tuple[Any, ...] = values) -> list[tuple[Any, ...]]:
            """Guardian's statement alone, without what the ORM adds to it."""
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                rows: list[tuple[Any, ...]] = cursor.fetchall()
                return rows

        ids = [case.pk for case in newest(account)]
        assert [row[Case._meta.concrete_fields.index(Case._meta.pk)] for row in listed(0)] == ids
        times = [timed(listed, range(calls)) for _ in range(runs)]
        answer[name] = {"ids": ids, "p50": [run.p50 for run in times], "p95": [run.p95 for run in times]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
