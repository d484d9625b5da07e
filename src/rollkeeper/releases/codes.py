"""Codes of a release that the project's code tables lack: added, marked as unlisted, and reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import sql

from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.staging import owner_cursor, staged

NOT_RECORDED = "???"  # stands where the record needs a code and the release has none
NOT_LISTED = "Not in the code key"


@dataclass(frozen=True)
class Use:
    """A column of the release whose values are codes of one of our tables."""

    target: str
    table: str
    column: str
    key_file: str
    needed: bool = False
    code: str = "code"
    label: str = "label"
    extra: tuple[tuple[str, str], ...] = ()


# Until somebody says otherwise the very existence of an unknown application is kept confidential.
FEAR_CLAIM = (("is_fear_claim", "true"),)
COURT = {"target": "courts_court", "key_file": "tbllookupbasecity", "label": "name",
         "extra": (("city", ""), ("state", ""), ("time_zone", "America/New_York"))}  # fmt: skip
PLACE = {"target": "courts_hearinglocation", "key_file": "tbllookuphloc", "label": "name"}
JUDGE = {"target": "courts_judge", "key_file": "tbllookupjudge", "label": "name"}
USES = (
    Use("law_nationality", "A_TblCase", "NAT", "tbllookupaliennat"),
    Use("law_language", "A_TblCase", "LANG", "tbllanguage"),
    Use("law_language", "tbl_schedule", "LANG", "tbllanguage"),
    Use("law_casetype", "A_TblCase", "CASE_TYPE", "tbllookupcasetype", needed=True),
    Use("law_casetype", "B_TblProceeding", "CASE_TYPE", "tbllookupcasetype", needed=True),
    Use("law_custodystatus", "A_TblCase", "CUSTODY", "tbllookupcustodystatus"),
    Use("law_custodystatus", "tbl_CustodyHistory", "CUSTODY", "tbllookupcustodystatus"),
    Use("law_chargecode", "B_TblProceedCharges", "CHARGE", "tbllookupcharges", needed=True, extra=(("citation", ""),)),
    Use("law_calendartype", "tbl_schedule", "CAL_TYPE", "tbllookupcal_type"),
    Use("law_scheduletype", "tbl_schedule", "SCHEDULE_TYPE", "tbllookupschedule_type"),
    Use("law_adjournmentcode", "tbl_schedule", "ADJ_RSN", "tbladjournmentcodes", extra=(("clock", "unknown"),)),
    Use("law_applicationtype", "tbl_Court_Appln", "APPL_CODE", "tbllookup_appln", needed=True, extra=FEAR_CLAIM),
    Use("law_applicationdecision", "tbl_Court_Appln", "APPL_DEC", "tbllookupcourtappdecisions"),
    Use("law_motiontype", "tbl_Court_Motions", "REC_TYPE", "tbllookupmotiontype"),
    Use("law_bonddecision", "D_TblAssociatedBond", "DEC", ""),
    Use("law_appealtype", "tblAppeal", "strAppealType", "tbllookupappealtype"),
    Use("law_appealdecision", "tblAppeal", "strBIADecision", "tbllookupbiadecision"),
    Use(table="A_TblCase", column="UPDATE_SITE", needed=True, **COURT),  # type: ignore[arg-type]  # shared keywords
    Use(table="B_TblProceeding", column="BASE_CITY_CODE", needed=True, **COURT),  # type: ignore[arg-type]  # as above
    Use(table="tbl_schedule", column="BASE_CITY_CODE", **COURT),  # type: ignore[arg-type]  # as above
    Use(table="B_TblProceeding", column="HEARING_LOC_CODE", **PLACE),  # type: ignore[arg-type]  # as above
    Use(table="tbl_schedule", column="HEARING_LOC_CODE", **PLACE),  # type: ignore[arg-type]  # as above
    Use(table="B_TblProceeding", column="IJ_CODE", **JUDGE),  # type: ignore[arg-type]  # as above
    Use(table="tbl_schedule", column="IJ_CODE", **JUDGE),  # type: ignore[arg-type]  # as above
    Use(table="D_TblAssociatedBond", column="IJ_CODE", **JUDGE),  # type: ignore[arg-type]  # as above
)

CODES = """
    SELECT u.code, min(u.line), count(*), min(k.label)
      FROM (SELECT coalesce(left(nullif(btrim({column}), ''), 20), {default}) AS code, line FROM {staged}) u
      LEFT JOIN {target} t ON t.{code} = u.code
      LEFT JOIN release_staging.keys k ON k.file = {key_file} AND k.code = u.code
     WHERE u.code IS NOT NULL AND (t.{code} IS NULL OR NOT t.is_listed)
     GROUP BY u.code ORDER BY u.code"""
DECISIONS = """
    SELECT d.case_type, d.kind, d.code, min(d.line), count(*), min(k.label)
      FROM (SELECT coalesce(nullif(btrim(case_type), ''), '???') AS case_type, 'C' AS kind,
                   nullif(btrim(dec_code), '') AS code, line
              FROM release_staging.b_tblproceeding
            UNION ALL
            SELECT coalesce(nullif(btrim(case_type), ''), '???'), 'O', nullif(btrim(other_comp), ''), line
              FROM release_staging.b_tblproceeding) d
      LEFT JOIN public.law_decision l ON l.case_type_id = d.case_type AND l.decision_type = d.kind AND l.code = d.code
      LEFT JOIN release_staging.keys k
        ON k.file = 'tbllookupcourtdecision' AND k.code = d.case_type || ' ' || d.kind || ' ' || d.code
     WHERE d.code IS NOT NULL AND (l.id IS NULL OR NOT l.is_listed)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


def tell_unlisted_codes(sink: Sink) -> None:
    """Tell every code that neither our tables nor the release's key files list, with its first line and its rows."""
    _go_through(sink, add=False)


def add_missing_codes(sink: Sink) -> None:
    """The same, and add what our tables lack; a code that only the release's key files list is added as listed."""
    _go_through(sink, add=True)


def _go_through(sink: Sink, *, add: bool) -> None:
    with owner_cursor() as cursor:
        for use in USES:
            for code, line, rows, label in _found(cursor, use):
                if label is None:
                    _tell(sink, use.table, use.column, line, code, rows)
                if add:
                    _add(cursor, use, code, label)
        cursor.execute(DECISIONS)
        for case_type, kind, code, line, rows, label in cursor.fetchall():
            column = "DEC_CODE" if kind == "C" else "OTHER_COMP"
            if label is None:
                _tell(sink, "B_TblProceeding", column, line, f"{case_type} {code}", rows)
            if add:
                cursor.execute(
                    """INSERT INTO public.law_decision (case_type_id, decision_type, code, label, is_active, is_listed)
                       VALUES (%s, %s, %s, %s, true, %s) ON CONFLICT DO NOTHING""",
                    [case_type, kind, code, label or NOT_LISTED, label is not None],
                )


def _found(cursor: Any, use: Use) -> list[tuple[str, int, int, str | None]]:  # Any: Django's cursor wrapper
    cursor.execute(
        sql.SQL(CODES).format(
            column=sql.Identifier(use.column.lower()),
            default=sql.Literal(NOT_RECORDED if use.needed else None),
            staged=staged(use.table),
            target=sql.Identifier("public", use.target),
            code=sql.Identifier(use.code),
            key_file=sql.Literal(use.key_file),
        )
    )
    return list(cursor.fetchall())


def _tell(sink: Sink, table: str, column: str, line: int, code: str, rows: int) -> None:
    sink(Event(f"{table}.csv", line, Kind.UNLISTED_CODE, Outcome.NOTED, column, excerpt(code), f"{rows} rows"))


def _add(cursor: Any, use: Use, code: str, label: str | None) -> None:  # Any: Django's cursor wrapper
    judge = use.target == "courts_judge"
    names = [use.code, use.label, "is_listed", *(name for name, _ in use.extra)]
    values = [
        code,
        label if label is not None else ("" if judge else NOT_LISTED),
        label is not None,
        *(v for _, v in use.extra),
    ]
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING").format(
            sql.Identifier("public", use.target),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        ),
        values,
    )
