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


LAST_KEY = 2**63 - 1
CHUNK = 500_000  # PostgreSQL holds the foreign-key checks of one statement in memory


@dataclass(frozen=True)
class Target:
    """A record table, filled from the view of its name, and the table that holds its keys in staging.

    ``fixed`` are columns that an existing row keeps. ``whole`` says that its rows depend on one another and are
    written by one statement, not by CHUNK rows.
    """

    table: str
    keys: str
    key: str
    fixed: tuple[str, ...] = ()
    whole: bool = False


TARGETS = (
    Target("cases_case", "a_tblcase", "idncase", ("respondent_id", "is_sealed")),
    Target("cases_proceeding", "b_tblproceeding", "idnproceeding", ("number",), whole=True),
    Target("cases_charge", "b_tblproceedcharges", "idnprcdchg"),
    Target("hearings_hearing", "tbl_schedule", "idnschedule", ("session_id",)),
    Target("cases_application", "tbl_court_appln", "idnproceedingappln", ("protection",)),
    Target("filings_motion", "tbl_court_motions", "idnmotion", ("entry_id",)),
    Target("custody_bond", "d_tblassociatedbond", "idnassocbond"),
    Target("custody_custodyperiod", "tbl_custodyhistory", "idncustody", ("facility",)),
    Target("representation_appearance", "tbl_repsassigned", "idnrepsassigned"),
    Target("appeals_appeal", "tblappeal", "idnappeal"),
    Target("cases_caselink", "tbl_lead_rider", "idnleadrider", whole=True),
)


UPSERT = """
    WITH done AS (
        INSERT INTO {table} ({names}, first_release, last_release)
        SELECT {names}, {label}, {label} FROM {view} WHERE release_key BETWEEN {first} AND {last}
            ON CONFLICT (release_key) DO UPDATE SET {changes}, last_release = EXCLUDED.last_release
         WHERE {table}.last_release <= EXCLUDED.last_release AND ({old}) IS DISTINCT FROM ({new})
        RETURNING xmax = 0 AS is_new)
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done"""


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
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the checks of the whole load wait in memory until commit
        _prepare_kinds(cursor)
        run_file(cursor, "people.sql")
        run_file(cursor, "records.sql")
        for target in TARGETS:
            progress(target.table, 0)
            if target.table == "cases_caselink":
                _let_go_of_former_leads(cursor)
            written[target.table] = _write(cursor, target, label)
        progress("relations", 0)
        run_file(cursor, "relations.sql")
    return written


def _prepare_kinds(cursor: Cursor) -> None:
    cursor.execute("CREATE UNLOGGED TABLE release_staging.relation_kinds (relation text, protections text[])")
    for relation in ("court", "judge"):
        protections = [str(protection) for protection in PROTECTIONS_OF[relation]]
        cursor.execute("INSERT INTO release_staging.relation_kinds VALUES (%s, %s)", [relation, protections])


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
    added = changed = 0
    for first, last in _ranges(cursor, target):
        cursor.execute(sql.SQL(UPSERT).format(first=sql.Literal(first), last=sql.Literal(last), **parts))
        new, other = cursor.fetchone()
        added, changed = added + new, changed + other
    cursor.execute(sql.SQL("SELECT count(*) FROM {view}").format(**parts))
    unchanged = int(cursor.fetchone()[0]) - added - changed
    if added:
        cursor.execute(sql.SQL("ANALYZE {table}").format(**parts))  # the joins of the next tables are planned by it
    if unchanged:
        _mark_as_seen(cursor, parts)
    return Written(added, changed, unchanged)


def _ranges(cursor: Cursor, target: Target) -> list[tuple[int, int]]:
    """Ranges of keys that hold at most CHUNK rows each."""
    if target.whole:
        return [(0, LAST_KEY)]
    cursor.execute(
        sql.SQL(
            """SELECT key FROM (SELECT {key} AS key, row_number() OVER (ORDER BY {key}) AS place FROM {keys}) k
                WHERE place % {chunk} = 0 ORDER BY key"""
        ).format(key=sql.Identifier(target.key), keys=sql.Identifier(SCHEMA, target.keys), chunk=sql.Literal(CHUNK))
    )
    ends = [key for (key,) in cursor.fetchall()]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, LAST_KEY], strict=True))


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
