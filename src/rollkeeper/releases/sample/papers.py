"""Makes what hangs on a proceeding or a case: charges, hearings, papers, bonds, custody, counsel, appeals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rollkeeper.releases.sample.draws import LAST_DAY, Draws, stamp

if TYPE_CHECKING:  # families imports this module
    from rollkeeper.releases.sample.families import Made, Rows, Run

FEAR_CLAIMS = ("ASYL", "ASYW", "WCAT")
OF_CASE, OF_PROCEEDING = ("A_TblCase", "a_tblcase", "A_Tblcase"), ("b_tblproceeding", "B_TblProceeding")
CHARGE_WIDTH = 13


def below(rows: Rows, draws: Draws, run: Run, language: str) -> list[date]:
    """Everything below one proceeding; returns the days of its hearings."""
    for _ in range(draws.count(1.14)):
        charge = draws.code("tbllookupCharges")
        rows.add(
            "B_TblProceedCharges",
            **run.joined(),
            CHARGE=charge.ljust(CHARGE_WIDTH) if draws.chance(0.25) else charge,
        )
    days = _hearings(rows, draws, run, language)
    _applications(rows, draws, run)
    for _ in range(draws.count(0.518)):
        received = draws.day(run.opened, LAST_DAY)
        rows.add(
            "tbl_Court_Motions",
            **run.joined(),
            **run.where(),
            REC_TYPE=draws.code("tblLookupMotionType"),
            MOTION_RECD_DATE=stamp(received),
            COMP_DATE=stamp(draws.day(received, LAST_DAY)),
        )
    for _ in range(draws.count(0.0977)):
        _bond(rows, draws, run)
    return days


def _hearings(rows: Rows, draws: Draws, run: Run, language: str) -> list[date]:
    last = run.completed or LAST_DAY + timedelta(days=700)
    days = sorted(draws.day(run.opened, last) for _ in range(draws.count(2.818)))
    for day in days:
        hour = draws.random.randrange(8, 16)
        rows.add(
            "tbl_schedule",
            **run.joined(),
            **run.where(),
            LANG=language,
            ADJ_DATE=stamp(day),
            ADJ_TIME_START=f"{hour:02d}{draws.pick(('00', '30'))}",
            ADJ_TIME_STOP=f"{hour + 1:02d}{draws.pick(('00', '30'))}",
            ADJ_RSN=draws.code("tblAdjournmentcodes") if day <= LAST_DAY and draws.chance(0.9) else "",
            INPUT_DATE=stamp(run.opened),
            UPDATE_DATE=stamp(run.opened),
            SCHEDULE_TYPE=draws.code("tbllookupSchedule_Type"),
        )
    return days


def _applications(rows: Rows, draws: Draws, run: Run) -> None:
    if not draws.chance(0.57):
        return
    other = [draws.code("tblLookUp_Appln")]
    for kind in FEAR_CLAIMS[: 1 + draws.count(1.2)] if draws.chance(0.75) else other:
        rows.add(
            "tbl_Court_Appln",
            **run.joined(),
            APPL_CODE=kind,
            APPL_RECD_DATE=stamp(draws.day(run.opened, run.completed or LAST_DAY)),
            APPL_DEC=draws.code("tblLookupCourtAppDecisions") if run.completed and draws.chance(0.9) else "",
        )


def _bond(rows: Rows, draws: Draws, run: Run) -> None:
    asked = draws.day(run.opened, run.completed or LAST_DAY)
    rows.add(
        "D_TblAssociatedBond",
        **run.joined(),
        **run.where(),
        BOND_HEAR_REQ_DATE=stamp(asked),
        COMP_DATE=stamp(draws.day(asked, LAST_DAY)),
        NEW_BOND=f"{draws.random.randrange(3, 31) * 500:010d}" if draws.chance(0.46) else "",
        INITIAL_BOND=f"{draws.random.randrange(3, 31) * 500:010d}" if draws.chance(0.17) else "",
    )


def history(rows: Rows, draws: Draws, made: Made) -> None:
    """Custody, juvenile and priority history, and case identifiers."""
    for _ in range(draws.count(0.7916)):
        status = draws.value("tbl_CustodyHistory", "CUSTODY")
        detained = draws.day(made.charged, LAST_DAY)
        released = draws.day(detained, LAST_DAY)
        rows.add(
            "tbl_CustodyHistory",
            IDNCASE=made.case,
            CUSTODY=status,
            DATDETAINED=stamp(detained) if status != "N" else "",
            DATRELEASED=stamp(released) if status == "R" else "",
        )
    if draws.chance(0.2368):
        first = made.runs[0].key
        rows.add("tbl_JuvenileHistory", idnCase=made.case, idnProceeding=first, DATCREATEDON=stamp(made.charged))
    if draws.chance(0.01177):
        rows.add("tbl_CasePriorityHistory", idnCase=made.case)
    for _ in range(draws.count(0.2029)):
        rows.add("A_TblCaseIdentifier", IDNCASE=made.case)


def representatives(rows: Rows, draws: Draws, made: Made) -> None:
    """Counsel of the respondent and of the government, and now and then a new attorney."""
    for _ in range(draws.count(2.0746)):
        kind = draws.value("tbl_RepsAssigned", "STRATTYTYPE")
        of_case = kind == "ALIEN"
        day = stamp(draws.day(made.charged, LAST_DAY))
        rows.add(
            "tbl_RepsAssigned",
            IDNCASE=made.case,
            STRATTYLEVEL="COURT",
            STRATTYTYPE=kind,
            PARENT_TABLE=draws.pick(OF_CASE if of_case else OF_PROCEEDING),
            PARENT_IDN=made.case if of_case else made.runs[-1].key,
            BASE_CITY_CODE=made.court,
            E_27_DATE="",
            E_28_DATE=day if of_case else "",
            INS_TA_DATE_ASSIGNED="" if of_case else day,
        )
    if draws.chance(0.0322):
        rows.add("tbl_EOIR_Attorney", EOIRAttorneyID=draws.guid(), BaseCityCode=made.court)


def appeals(rows: Rows, draws: Draws, made: Made) -> None:
    """An appeal to the Board in one case of eight, and what follows from it."""
    if not draws.chance(0.12):
        return
    filed = draws.day(made.charged, LAST_DAY)
    decided = draws.day(filed, LAST_DAY) if draws.chance(0.836) else None
    joined = {"idncase": made.case, "idnProceeding": made.runs[-1].key if draws.chance(0.912) else ""}
    key = rows.add(
        "tblAppeal",
        **joined,
        datAppealFiled=stamp(filed),
        datBIADecision=stamp(decided),
        strBIADecision=draws.code("tblLookupBIADecision") if decided else "",
        strCaseType=made.person.case_type,
        strNat=made.person.nationality,
        strLang=made.person.language,
        strCustody=made.person.custody,
    )
    if draws.chance(0.815):
        rows.add("tblAppeal2", **joined, idnAppeal=key)
    if draws.chance(0.1195):
        rows.add("tblAppealFedCourts", lngAppealID=key)
    if draws.chance(0.0554):
        rows.add("tblThreeMbrReferrals", lngAppealID=key)
    if draws.chance(0.0441):
        rows.add("tblProBono", Case_type=made.person.case_type, idnAppeal=key)
