"""Installs the door after every migration: functions, grants, and a policy for every declared record table.

Idempotent. A table that no model declares gets no grant at all, so forgetting the declaration shows nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from rollkeeper.access.records import RULES, DoorRule

SQL = Path(__file__).resolve().parent / "sql"
FILES = [
    "look", "rights", "open_look", "listing", "search", "public_lookup", "oversight", "own_looks",
    "last_look", "holds", "grants",
]  # fmt: skip

# Tables without record data, by what the site's role may do with them. Anything else is closed to it.
SITE_READS = [
    "law_language", "law_nationality", "law_casetype", "law_chargecode", "law_decision", "law_adjournmentcode",
    "law_calendartype", "law_scheduletype", "law_applicationtype", "law_applicationdecision", "law_motiontype",
    "law_appealtype", "law_appealdecision", "law_bonddecision", "law_custodystatus", "law_purpose",
    "courts_court", "courts_hearinglocation", "courts_judge", "courts_closure", "courts_session",
    "representation_firm", "representation_practitioner",
    "django_content_type", "django_migrations", "auth_permission", "auth_group", "auth_group_permissions",
]  # fmt: skip
SITE_WRITES = [
    "accounts_account", "accounts_account_groups", "accounts_account_user_permissions", "django_session",
    "account_emailaddress", "account_emailconfirmation", "mfa_authenticator",
]  # fmt: skip


def install_door(**kwargs: Any) -> None:  # Any: what Django's post_migrate signal sends
    """Put the door in place on the owner's connection; a no-op on any other."""
    if kwargs.get("using", "owner") != "owner":
        return
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        if not _all_tables_exist(cursor):
            return
        for name in FILES:
            cursor.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        for table, rule in RULES.items():
            for statement in policy_statements(table, rule):
                cursor.execute(statement)
        for table in SITE_READS:
            cursor.execute(f"GRANT SELECT ON {table} TO rollkeeper_app, rollkeeper_reader")
        for table in SITE_WRITES:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO rollkeeper_app")
        # The header of every page names its reader, also inside a look.
        cursor.execute("GRANT SELECT ON accounts_account TO rollkeeper_reader")


def _all_tables_exist(cursor: Any) -> bool:  # Any: a Django cursor wrapper
    """False while only some packages are migrated; the last package's signal finds them all."""
    wanted = [*RULES, *SITE_READS, *SITE_WRITES]
    cursor.execute("SELECT count(*) FROM unnest(%s::text[]) t WHERE to_regclass('public.' || t) IS NULL", [wanted])
    return bool(cursor.fetchone()[0] == 0)


def policy_statements(table: str, rule: DoorRule) -> list[sql.Composed]:
    """The statements that put one table behind the door.

    The policy compares an indexed column with an array that is read once, through a sub-select (DESIGN section 3).
    """
    scope = {"case": "look_cases", "person": "look_persons"}[rule.scope]
    columns = [rule.column, rule.also] if rule.also else [rule.column]
    condition = sql.SQL("({})").format(
        sql.SQL(" OR ").join(
            sql.SQL("{} = ANY ((SELECT {}())::bigint[])").format(sql.Identifier(column), sql.Identifier(scope))
            for column in columns
        )
    )
    if rule.protection:
        condition += sql.SQL(" AND {}::text = ANY ((SELECT look_protections())::text[])").format(
            sql.Identifier(rule.protection)
        )
    if rule.always:
        condition += sql.SQL(" AND {} = ANY ((SELECT look_protections())::text[])").format(
            sql.Literal(str(rule.always))
        )
    name = sql.Identifier(table)
    return [
        sql.SQL("REVOKE ALL ON {} FROM PUBLIC, rollkeeper_app").format(name),
        sql.SQL("GRANT SELECT ON {} TO rollkeeper_reader").format(name),
        sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name),
        sql.SQL("DROP POLICY IF EXISTS inside_a_look ON {}").format(name),
        sql.SQL("CREATE POLICY inside_a_look ON {} FOR SELECT TO rollkeeper_reader USING ({})").format(name, condition),
    ]
