"""Checks what only the whole release shows: keys that repeat, parents that are missing, rows that contradict others."""

from __future__ import annotations

from typing import Any

from psycopg import sql

from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.layout import main_tables
from rollkeeper.releases.staging import LOADED, owner_cursor, staged

Cursor = Any  # Django's cursor wrapper has no public type
# Child table, its column, parent table, and whether the child is worth nothing without that parent.
PARENTS = (
    ("B_TblProceeding", "IDNCASE", "A_TblCase", True),
    ("B_TblProceedCharges", "IDNCASE", "A_TblCase", True),
    ("B_TblProceedCharges", "IDNPROCEEDING", "B_TblProceeding", False),
    ("tbl_schedule", "IDNCASE", "A_TblCase", True),
    ("tbl_schedule", "IDNPROCEEDING", "B_TblProceeding", False),
    ("tbl_Court_Appln", "IDNCASE", "A_TblCase", True),
    ("tbl_Court_Appln", "IDNPROCEEDING", "B_TblProceeding", False),
    ("tbl_Court_Motions", "IDNCASE", "A_TblCase", True),
    ("tbl_Court_Motions", "IDNPROCEEDING", "B_TblProceeding", False),
    ("D_TblAssociatedBond", "IDNCASE", "A_TblCase", True),
    ("tbl_CustodyHistory", "IDNCASE", "A_TblCase", True),
    ("tbl_JuvenileHistory", "idnCase", "A_TblCase", True),
    ("tbl_RepsAssigned", "IDNCASE", "A_TblCase", True),
    ("tblAppeal", "idncase", "A_TblCase", True),
    ("tblAppeal", "idnProceeding", "B_TblProceeding", False),
    ("tbl_Lead_Rider", "idnLeadCase", "A_TblCase", True),
    ("tbl_Lead_Rider", "idnRiderCase", "A_TblCase", True),
)

NO_DATE = """DELETE FROM release_staging.tbl_schedule WHERE adj_date IS NULL RETURNING line, ''"""
RELEASED_FIRST = """
    UPDATE release_staging.tbl_custodyhistory s SET datreleased = NULL
      FROM (SELECT line, datreleased FROM release_staging.tbl_custodyhistory
             WHERE left(datreleased, 10)::date < left(datdetained, 10)::date) before
     WHERE s.line = before.line RETURNING s.line, before.datreleased"""
OWN_LEAD = """
    DELETE FROM release_staging.tbl_lead_rider WHERE idnleadcase = idnridercase RETURNING line, idnridercase::text"""
SECOND_LEAD = """
    DELETE FROM release_staging.tbl_lead_rider s
     USING (SELECT line, row_number() OVER (PARTITION BY idnridercase ORDER BY line) AS place
              FROM release_staging.tbl_lead_rider WHERE btrim(blnactive) = '1') active
     WHERE s.line = active.line AND active.place > 1 RETURNING s.line, s.idnridercase::text"""
NO_FLAG = """
    DELETE FROM release_staging.tbl_lead_rider
     WHERE blnactive IS NULL OR btrim(blnactive) = '' RETURNING line, ''"""
NO_STATUS = """
    DELETE FROM release_staging.tbl_custodyhistory
     WHERE custody IS NULL OR btrim(custody) = '' RETURNING line, ''"""


def check_staged(sink: Sink) -> None:
    """Check the staged rows; those that cannot be loaded are taken out, and every one is told to ``sink``."""
    with owner_cursor() as cursor:
        for name in LOADED:
            _remove_repeated_keys(cursor, name, sink)
        _removed(cursor, NO_DATE, "tbl_schedule", "ADJ_DATE", Kind.NO_DATE, sink)
        _removed(cursor, NO_STATUS, "tbl_CustodyHistory", "CUSTODY", Kind.NO_STATUS, sink)
        _removed(cursor, NO_FLAG, "tbl_Lead_Rider", "blnActive", Kind.NO_STATUS, sink)
        for child, column, parent, needed in PARENTS:
            _check_parent(cursor, child, column, parent, needed, sink)
        _told(
            cursor, RELEASED_FIRST, "tbl_CustodyHistory", "DATRELEASED", Kind.CONTRADICTION, Outcome.VALUE_REFUSED, sink
        )
        _removed(cursor, OWN_LEAD, "tbl_Lead_Rider", "idnRiderCase", Kind.CONTRADICTION, sink)
        _removed(cursor, SECOND_LEAD, "tbl_Lead_Rider", "idnRiderCase", Kind.CONTRADICTION, sink)


def keep_courts(courts: tuple[str, ...]) -> int:
    """Keep the cases that lie at these courts now, and what hangs on them; returns how many cases are left."""
    with owner_cursor() as cursor:
        cursor.execute(
            """CREATE UNLOGGED TABLE release_staging.kept AS
               SELECT a.idncase FROM release_staging.a_tblcase a LEFT JOIN LATERAL (
                   SELECT b.base_city_code FROM release_staging.b_tblproceeding b WHERE b.idncase = a.idncase
                    ORDER BY b.comp_date IS NULL DESC, b.comp_date DESC, b.dec_code DESC NULLS LAST,
                             b.other_comp DESC NULLS LAST, b.idnproceeding DESC LIMIT 1) l ON true
                WHERE coalesce(nullif(btrim(l.base_city_code), ''), btrim(a.update_site)) = ANY (%s)""",
            [list(courts)],
        )
        cursor.execute("CREATE UNIQUE INDEX ON release_staging.kept (idncase)")
        for child, column, parent, _ in (("A_TblCase", "IDNCASE", "A_TblCase", True), *PARENTS):
            if parent == "A_TblCase":
                cursor.execute(
                    sql.SQL(
                        "DELETE FROM {} s WHERE NOT EXISTS (SELECT FROM release_staging.kept k WHERE k.idncase = s.{})"
                    ).format(staged(child), sql.Identifier(column.lower()))
                )
        cursor.execute("SELECT count(*) FROM release_staging.kept")
        return int(cursor.fetchone()[0])


def _remove_repeated_keys(cursor: Cursor, name: str, sink: Sink) -> None:
    """The first row with a key stays."""
    key = main_tables()[name].key.name
    statement = sql.SQL(
        """DELETE FROM {table} s
            USING (SELECT {key} AS key, min(line) AS first FROM {table} GROUP BY 1 HAVING count(*) > 1) d
            WHERE s.{key} = d.key AND s.line <> d.first RETURNING s.line, s.{key}::text"""
    ).format(table=staged(name), key=sql.Identifier(key.lower()))
    _removed(cursor, statement, name, key, Kind.DUPLICATE_KEY, sink)


def _check_parent(cursor: Cursor, child: str, column: str, parent: str, needed: bool, sink: Sink) -> None:
    parts = {
        "child": staged(child),
        "column": sql.Identifier(column.lower()),
        "parent": staged(parent),
        "key": sql.Identifier(main_tables()[parent].key.name.lower()),
    }
    missing = sql.SQL("NOT EXISTS (SELECT FROM {parent} p WHERE p.{key} = s.{column})").format(**parts)
    if needed:
        statement = sql.SQL("DELETE FROM {child} s WHERE {missing} RETURNING s.line, coalesce(s.{column}::text, '')")
        _removed(cursor, statement.format(missing=missing, **parts), child, column, Kind.ORPHAN, sink)
        return
    statement = sql.SQL(
        """UPDATE {child} s SET {column} = NULL FROM (SELECT line, {column} AS before FROM {child} s
            WHERE {column} IS NOT NULL AND {missing}) o WHERE s.line = o.line RETURNING s.line, o.before::text"""
    )
    _told(cursor, statement.format(missing=missing, **parts), child, column, Kind.ORPHAN, Outcome.VALUE_REFUSED, sink)


def _removed(cursor: Cursor, statement: sql.Composed | str, name: str, column: str, kind: Kind, sink: Sink) -> None:
    _told(cursor, statement, name, column, kind, Outcome.ROW_REFUSED, sink)


def _told(
    cursor: Cursor, statement: sql.Composed | str, name: str, column: str, kind: Kind, outcome: Outcome, sink: Sink
) -> None:
    cursor.execute(statement)
    for line, value in sorted(cursor.fetchall()):
        sink(Event(f"{name}.csv", line, kind, outcome, column, excerpt(value), ""))
