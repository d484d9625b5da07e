"""Codes of a release that the project's code tables lack: added, marked as unlisted, and reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from psycopg import sql

from rollkeeper.courts.models import Court, HearingLocation, Judge
from rollkeeper.law import models as law
from rollkeeper.releases.events import Event, Kind, Outcome, Sink, excerpt
from rollkeeper.releases.staging import owner_cursor, staged

NOT_RECORDED = "???"  # stands where the record needs a code and the release has none
NOT_LISTED = "Not in the code key"


@dataclass(frozen=True)
class Use:
    """A column of the release whose values are codes of one of our tables."""

    model: type[Model]
    table: str
    column: str
    key_file: str
    needed: bool = False
    label: str = "label"


COURTS, PLACES, JUDGES = "tbllookupbasecity", "tbllookuphloc", "tbllookupjudge"
USES = (
    Use(law.Nationality, "A_TblCase", "NAT", "tbllookupaliennat"),
    Use(law.Language, "A_TblCase", "LANG", "tbllanguage"),
    Use(law.Language, "tbl_schedule", "LANG", "tbllanguage"),
    Use(law.CaseType, "A_TblCase", "CASE_TYPE", "tbllookupcasetype", needed=True),
    Use(law.CaseType, "B_TblProceeding", "CASE_TYPE", "tbllookupcasetype", needed=True),
    Use(law.CustodyStatus, "A_TblCase", "CUSTODY", "tbllookupcustodystatus"),
    Use(law.CustodyStatus, "tbl_CustodyHistory", "CUSTODY", "tbllookupcustodystatus"),
    Use(law.ChargeCode, "B_TblProceedCharges", "CHARGE", "tbllookupcharges", needed=True),
    Use(law.CalendarType, "tbl_schedule", "CAL_TYPE", "tbllookupcal_type"),
    Use(law.ScheduleType, "tbl_schedule", "SCHEDULE_TYPE", "tbllookupschedule_type"),
    Use(law.AdjournmentCode, "tbl_schedule", "ADJ_RSN", "tbladjournmentcodes"),
    Use(law.ApplicationType, "tbl_Court_Appln", "APPL_CODE", "tbllookup_appln", needed=True),
    Use(law.ApplicationDecision, "tbl_Court_Appln", "APPL_DEC", "tbllookupcourtappdecisions"),
    Use(law.MotionType, "tbl_Court_Motions", "REC_TYPE", "tbllookupmotiontype"),
    Use(law.BondDecision, "D_TblAssociatedBond", "DEC", ""),
    Use(law.AppealType, "tblAppeal", "strAppealType", "tbllookupappealtype"),
    Use(law.AppealDecision, "tblAppeal", "strBIADecision", "tbllookupbiadecision"),
    Use(Court, "A_TblCase", "UPDATE_SITE", COURTS, needed=True, label="name"),
    Use(Court, "B_TblProceeding", "BASE_CITY_CODE", COURTS, needed=True, label="name"),
    Use(Court, "tbl_schedule", "BASE_CITY_CODE", COURTS, label="name"),
    Use(HearingLocation, "B_TblProceeding", "HEARING_LOC_CODE", PLACES, label="name"),
    Use(HearingLocation, "tbl_schedule", "HEARING_LOC_CODE", PLACES, label="name"),
    Use(Judge, "B_TblProceeding", "IJ_CODE", JUDGES, label="name"),
    Use(Judge, "tbl_schedule", "IJ_CODE", JUDGES, label="name"),
    Use(Judge, "D_TblAssociatedBond", "IJ_CODE", JUDGES, label="name"),
)
# What a new row needs beside code and label. Until somebody says otherwise the very existence of an application of an
# unknown kind is kept confidential, and an unknown adjournment says nothing of the asylum clock.
MORE: dict[type[Model], dict[str, str | bool]] = {
    law.ApplicationType: {"is_fear_claim": True},
    law.AdjournmentCode: {"clock": law.AdjournmentCode.Clock.UNKNOWN},
}

CODES = """
    SELECT u.code, min(u.line), count(*), min(k.label)
      FROM (SELECT coalesce(left(nullif(btrim({column}), ''), 20), {default}) AS code, line FROM {staged}) u
      LEFT JOIN {target} t ON t.code = u.code
      LEFT JOIN release_staging.keys k ON k.file = {key_file} AND k.code = u.code
     WHERE u.code IS NOT NULL AND (t.code IS NULL OR NOT t.is_listed)
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
                    _add(use, code, label)
        cursor.execute(DECISIONS)
        for case_type, kind, code, line, rows, label in cursor.fetchall():
            column = "DEC_CODE" if kind == "C" else "OTHER_COMP"
            if label is None:
                _tell(sink, "B_TblProceeding", column, line, f"{case_type} {code}", rows)
            if add:
                made = law.Decision(case_type_id=case_type, decision_type=kind, code=code, label=label or NOT_LISTED)
                made.is_listed = label is not None
                law.Decision.objects.using("owner").bulk_create([made], ignore_conflicts=True)


def _found(cursor: Any, use: Use) -> list[tuple[str, int, int, str | None]]:  # Any: Django's cursor wrapper
    cursor.execute(
        sql.SQL(CODES).format(
            column=sql.Identifier(use.column.lower()),
            default=sql.Literal(NOT_RECORDED if use.needed else None),
            staged=staged(use.table),
            target=sql.Identifier("public", use.model._meta.db_table),
            key_file=sql.Literal(use.key_file),
        )
    )
    return list(cursor.fetchall())


def _tell(sink: Sink, table: str, column: str, line: int, code: str, rows: int) -> None:
    sink(Event(f"{table}.csv", line, Kind.UNLISTED_CODE, Outcome.NOTED, column, excerpt(code), f"{rows} rows"))


def _add(use: Use, code: str, label: str | None) -> None:
    unknown = "" if use.model is Judge else NOT_LISTED
    cells = {"code": code, use.label: unknown if label is None else label, "is_listed": label is not None}
    made = use.model(**cells, **MORE.get(use.model, {}))
    use.model._default_manager.using("owner").bulk_create([made], ignore_conflicts=True)
