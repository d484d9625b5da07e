"""Writes staged rows into the record: added when new, changed when they differ, marked as seen in this release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pgtrigger
from psycopg import sql

from rollkeeper.access.rules import PROTECTIONS_OF
from rollkeeper.releases.staging import SCHEMA, owner_cursor, run_file

Cursor = Any  # Django's cursor wrapper has no public type


@dataclass(frozen=True)
class Target:
    """A record table, filled from the view of its name, and the table that holds its keys in staging.

    ``fixed`` are columns that an existing row keeps.
    """

    table: str
    keys: str
    key: str
    fixed: tuple[str, ...] = ()


TARGETS = (
    Target("cases_case", "a_tblcase", "idncase", ("respondent_id", "is_sealed")),
    Target("cases_proceeding", "b_tblproceeding", "idnproceeding", ("number",)),
    Target("cases_charge", "b_tblproceedcharges", "idnprcdchg"),
    Target("hearings_hearing", "tbl_schedule", "idnschedule", ("session_id",)),
    Target("cases_application", "tbl_court_appln", "idnproceedingappln", ("protection",)),
    Target("filings_motion", "tbl_court_motions", "idnmotion", ("entry_id",)),
    Target("custody_bond", "d_tblassociatedbond", "idnassocbond"),
    Target("custody_custodyperiod", "tbl_custodyhistory", "idncustody", ("facility",)),
    Target("representation_appearance", "tbl_repsassigned", "idnrepsassigned"),
    Target("appeals_appeal", "tblappeal", "idnappeal"),
    Target("cases_caselink", "tbl_lead_rider", "idnleadrider"),
)


@dataclass(frozen=True)
class Written:
    """What happened to the rows of one record table."""

    added: int
    changed: int
    unchanged: int


def write_records(label: str, at: datetime, progress: Any) -> dict[str, Written]:  # Any: staging.Progress or a stand-in
    """Write every record table from staging, in the open transaction. ``label`` is the release's date.

    A row that a later release has already brought is not taken back; only its first release may become earlier.
    """
    written = {}
    with owner_cursor() as cursor:
        cursor.execute(
            "SELECT set_config('rollkeeper.release', %s, true), set_config('rollkeeper.loaded_at', %s, true)",
            [label, at.isoformat()],
        )
        _prepare_kinds(cursor)
        run_file(cursor, "people.sql")
        run_file(cursor, "records.sql")
        for target in TARGETS:
            progress(target.table, 0)
            if target.table == "cases_caselink":
                _let_go_of_former_leads(cursor)
            written[target.table] = _write(cursor, target, label)
        run_file(cursor, "relations.sql")
    return written


def _prepare_kinds(cursor: Cursor) -> None:
    cursor.execute(
        "CREATE UNLOGGED TABLE release_staging.relation_kinds (relation text, principal text, protections text[])"
    )
    for relation, principal in (("court", "court"), ("judge", "chambers")):
        protections = [str(protection) for protection in PROTECTIONS_OF[relation]]
        cursor.execute(
            "INSERT INTO release_staging.relation_kinds VALUES (%s, %s, %s)", [relation, principal, protections]
        )


def _let_go_of_former_leads(cursor: Cursor) -> None:
    """A rider may follow one lead at a time: one that follows another now has left the one before."""
    cursor.execute(
        """UPDATE cases_caselink t SET is_active = false
             FROM release_staging.cases_caselink v
            WHERE t.case_id = v.case_id AND t.is_active AND v.is_active AND t.release_key <> v.release_key
              AND t.last_release <= current_setting('rollkeeper.release')"""
    )


def _write(cursor: Cursor, target: Target, label: str) -> Written:
    cursor.execute(
        """SELECT column_name FROM information_schema.columns
            WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position""",
        [SCHEMA, target.table],
    )
    names = [name for (name,) in cursor.fetchall()]
    changing = [name for name in names if name not in ("release_key", *target.fixed)]
    parts = {
        "table": sql.Identifier(target.table),
        "view": sql.Identifier(SCHEMA, target.table),
        "names": sql.SQL(", ").join(map(sql.Identifier, names)),
        "changes": sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in changing),
        "old": sql.SQL(", ").join(sql.Identifier(target.table, name) for name in changing),
        "new": sql.SQL(", ").join(sql.Identifier("excluded", name) for name in changing),
        "keys": sql.Identifier(SCHEMA, target.keys),
        "key": sql.Identifier(target.key),
        "label": sql.Literal(label),
    }
    cursor.execute(
        sql.SQL(
            """WITH done AS (
                   INSERT INTO {table} ({names}, first_release, last_release)
                   SELECT {names}, {label}, {label} FROM {view}
                       ON CONFLICT (release_key) DO UPDATE SET {changes}, last_release = EXCLUDED.last_release
                    WHERE {table}.last_release <= EXCLUDED.last_release AND ({old}) IS DISTINCT FROM ({new})
                   RETURNING xmax = 0 AS is_new)
               SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done"""
        ).format(**parts)
    )
    added, changed = cursor.fetchone()
    cursor.execute(sql.SQL("SELECT count(*) FROM {view}").format(**parts))
    unchanged = int(cursor.fetchone()[0]) - added - changed
    if unchanged:
        _mark_as_seen(cursor, parts)
    return Written(added, changed, unchanged)


def _mark_as_seen(cursor: Cursor, parts: dict[str, sql.Composable]) -> None:
    """Note that unchanged rows were in this release too; that alone makes no new version in the rows' history."""
    with pgtrigger.ignore(databases=["owner"]):
        cursor.execute(
            sql.SQL(
                """UPDATE {table} t SET last_release = greatest(t.last_release, {label}),
                                        first_release = least(t.first_release, {label})
                     FROM {keys} s WHERE t.release_key = s.{key}
                      AND (t.last_release < {label} OR t.first_release > {label})"""
            ).format(**parts)
        )
