"""Makes families of cases and everything below them, with the release's keys joined as they are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from rollkeeper.releases.layout import Table, main_tables
from rollkeeper.releases.sample.draws import LAST_DAY, Draws, code_rows, codes_of, stamp

Overrides = dict[str, str]
MadeRow = tuple[str, Overrides]  # table and the cells that this row must have
FIRST_KEY = 2_000_001
MEAN_PROCEEDINGS = 1.307
JUDGES_A_COURT = 8


@dataclass
class Keys:
    """The next key of each table."""

    following: dict[str, int] = field(default_factory=dict)

    def take(self, table: str) -> str:
        """A key that no other row of the table has."""
        number = self.following.get(table, FIRST_KEY)
        self.following[table] = number + 1
        return str(number)


@dataclass(frozen=True)
class Made:
    """A case of which others may be made: its key, court, first and last proceeding, and dates."""

    case: str
    court: str
    proceedings: tuple[str, ...]
    charged: date


def judge_codes() -> tuple[tuple[str, str], ...]:
    """Court and code of every synthetic judge: JUDGES_A_COURT for each court, codes of three characters."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    courts = [row["code"] for row in code_rows("courts")]
    made = []
    for number, court in enumerate(court for court in courts for _ in range(JUDGES_A_COURT)):
        made.append((court, letters[number // 576 % 24] + letters[number // 24 % 24] + letters[number % 24]))
    return tuple(made)


class FamilyMaker:
    """Makes one family of cases after the other; ``rows`` of each come in the order in which they may be loaded."""

    def __init__(self, draws: Draws) -> None:
        self._draws, self._keys = draws, Keys()
        self._judges: dict[str, list[str]] = {}
        for court, code in judge_codes():
            self._judges.setdefault(court, []).append(code)
        self._locations: dict[str, list[str]] = {}
        for row in code_rows("hearing_locations"):
            self._locations.setdefault(row["court_code"], []).append(row["code"])
        self._decisions: dict[tuple[str, str], list[str]] = {}
        for row in code_rows("decisions"):
            self._decisions.setdefault((row["case_type"], row["decision_type"]), []).append(row["code"])

    def family(self) -> Iterator[MadeRow]:
        """A lead case and its riders (about one case in five rides)."""
        lead, rows = self._case(None)
        yield from rows
        for _ in range(self._draws.count(0.26)):
            rider, rows = self._case(lead)
            yield from rows
            yield self._link(lead, rider)

    def _case(self, lead: Made | None) -> tuple[Made, list[MadeRow]]:
        draws = self._draws
        case = self._keys.take("A_TblCase")
        case_type = draws.value("A_TblCase", "CASE_TYPE") if lead is None else "RMV"
        charged = lead.charged if lead else self._charged_on()
        court = lead.court if lead else draws.code("tblLookupBaseCity")
        nationality, language = self._origin()
        custody = draws.value("A_TblCase", "CUSTODY")
        shared = {"NAT": nationality, "LANG": language, "CUSTODY": custody, "CASE_TYPE": case_type}
        rows: list[MadeRow] = []
        keys, hearings = self._proceedings(case, charged, court, shared, rows)
        made = Made(case, court, keys, charged)
        latest = max((day for day in hearings), default=None)
        head = {
            **shared,
            "IDNCASE": case,
            "UPDATE_SITE": court,
            "LATEST_HEARING": stamp(latest),
            "LATEST_TIME": "0830" if latest else "",
            "DATE_OF_ENTRY": stamp(charged - timedelta(days=draws.random.randrange(0, 900))) if draws.chance(0.62) else "",
        }
        rows.insert(0, ("A_TblCase", head))
        self._history(made, custody, rows)
        self._representatives(made, rows)
        self._appeals(made, case_type, shared, rows)
        return made, rows

    def _charged_on(self) -> date:
        days = min(int(self._draws.random.expovariate(1 / 2000)), 12_500)
        return LAST_DAY - timedelta(days=days + 20)

    def _origin(self) -> tuple[str, str]:
        nationality = self._draws.code("tblLookupAlienNat")
        if nationality in ("MX", "GT", "HO", "ES", "VE", "CU", "EC", "CO", "NU", "PE", "DR") and self._draws.chance(0.95):
            return nationality, "SP"
        return nationality, self._draws.code("tblLanguage")

    def _proceedings(
        self, case: str, charged: date, court: str, shared: Overrides, rows: list[MadeRow]
    ) -> tuple[tuple[str, ...], list[date]]:
        draws = self._draws
        keys, hearings, opened = [], [], draws.day(charged, min(charged + timedelta(days=200), LAST_DAY))
        number = 1 + draws.count(MEAN_PROCEEDINGS - 1)
        for position in range(number):
            key = self._keys.take("B_TblProceeding")
            last = position == number - 1
            completed = None if last and draws.chance(0.256) else draws.day(opened, min(opened + timedelta(days=900), LAST_DAY))
            decision, other = self._outcome(shared["CASE_TYPE"], last) if completed else ("", "")
            place = draws.pick(self._locations.get(court, [court])) if draws.chance(0.3) else court
            judge = draws.pick(self._judges[court])
            row = {
                **shared, "IDNPROCEEDING": key, "IDNCASE": case, "OSC_DATE": stamp(charged), "INPUT_DATE": stamp(opened),
                "BASE_CITY_CODE": court, "HEARING_LOC_CODE": place, "IJ_CODE": judge, "COMP_DATE": stamp(completed),
                "DEC_CODE": decision, "OTHER_COMP": other,
                "ABSENTIA": ("Y" if draws.chance(0.2) else "N") if completed else "",
                "LANG": shared["LANG"].ljust(3) if draws.chance(0.1) else shared["LANG"],
            }  # fmt: skip
            rows.append(("B_TblProceeding", row))
            hearings += self._below(case, key, court, place, judge, charged, opened, completed, shared, rows)
            keys.append(key)
            opened = completed or opened
        return tuple(keys), hearings

    def _outcome(self, case_type: str, last: bool) -> tuple[str, str]:
        """A merits decision or another completion that exists for this case type, else neither."""
        for column, kind in (("DEC_CODE", "C"), ("OTHER_COMP", "O")):
            if column == "OTHER_COMP" or (last and self._draws.chance(0.8)):
                valid = self._decisions.get((case_type, kind), [])
                code = self._draws.value("B_TblProceeding", column)
                if code in valid:
                    return (code, "") if kind == "C" else ("", code)
        return "", ""

    def _below(
        self, case: str, key: str, court: str, place: str, judge: str, charged: date, opened: date,
        completed: date | None, shared: Overrides, rows: list[MadeRow],
    ) -> list[date]:  # fmt: skip
        """Charges, hearings, applications, motions and bonds of one proceeding; returns the days of its hearings."""
        draws, joined = self._draws, {"IDNCASE": case, "IDNPROCEEDING": key}
        for _ in range(draws.count(1.14)):
            charge = draws.code("tbllookupCharges")[:13]
            padded = charge.ljust(13) if draws.chance(0.25) else charge
            rows.append(("B_TblProceedCharges", {**joined, "IDNPRCDCHG": self._keys.take("B_TblProceedCharges"), "CHARGE": padded}))
        days = [draws.day(opened, (completed or LAST_DAY) + timedelta(days=0 if completed else 700)) for _ in range(draws.count(2.818))]
        where = {"BASE_CITY_CODE": court, "HEARING_LOC_CODE": place, "IJ_CODE": judge, "OSC_DATE": stamp(charged)}
        for day in sorted(days):
            hour = draws.random.randrange(8, 16)
            row = {
                **joined, **where, "IDNSCHEDULE": self._keys.take("tbl_schedule"), "LANG": shared["LANG"], "ADJ_DATE": stamp(day),
                "ADJ_TIME_START": f"{hour:02d}{draws.pick(('00', '30'))}",
                "ADJ_TIME_STOP": f"{hour + 1:02d}{draws.pick(('00', '30'))}",
                "ADJ_RSN": draws.code("tblAdjournmentcodes") if day <= LAST_DAY and draws.chance(0.9) else "",
                "INPUT_DATE": stamp(opened), "UPDATE_DATE": stamp(opened), "SCHEDULE_TYPE": draws.code("tbllookupSchedule_Type"),
            }  # fmt: skip
            rows.append(("tbl_schedule", row))
        self._papers(joined, where, opened, completed, rows)
        return days

    def _papers(
        self, joined: Overrides, where: Overrides, opened: date, completed: date | None, rows: list[MadeRow]
    ) -> None:
        draws, end = self._draws, completed or LAST_DAY
        if draws.chance(0.57):
            types = ["ASYL", "ASYW", "WCAT"][: 1 + draws.count(1.2)] if draws.chance(0.75) else [draws.code("tblLookUp_Appln")]
            for kind in types:
                row = {**joined, "IDNPROCEEDINGAPPLN": self._keys.take("tbl_Court_Appln"), "APPL_CODE": kind,
                       "APPL_RECD_DATE": stamp(draws.day(opened, end)),
                       "APPL_DEC": draws.code("tblLookupCourtAppDecisions") if completed and draws.chance(0.9) else ""}  # fmt: skip
                rows.append(("tbl_Court_Appln", row))
        for _ in range(draws.count(0.518)):
            received = draws.day(opened, LAST_DAY)
            row = {**joined, **where, "IDNMOTION": self._keys.take("tbl_Court_Motions"),
                   "REC_TYPE": draws.code("tblLookupMotionType"), "MOTION_RECD_DATE": stamp(received),
                   "COMP_DATE": stamp(draws.day(received, LAST_DAY))}  # fmt: skip
            rows.append(("tbl_Court_Motions", row))
        for _ in range(draws.count(0.0977)):
            asked = draws.day(opened, end)
            row = {**joined, **where, "IDNASSOCBOND": self._keys.take("D_TblAssociatedBond"), "BOND_HEAR_REQ_DATE": stamp(asked),
                   "COMP_DATE": stamp(draws.day(asked, LAST_DAY)),
                   "NEW_BOND": f"{draws.random.randrange(3, 31) * 500:010d}" if draws.chance(0.46) else "",
                   "INITIAL_BOND": f"{draws.random.randrange(3, 31) * 500:010d}" if draws.chance(0.17) else ""}  # fmt: skip
            rows.append(("D_TblAssociatedBond", row))

    def _history(self, made: Made, custody: str, rows: list[MadeRow]) -> None:
        """Custody, juvenile and priority history, and case identifiers."""
        draws = self._draws
        for _ in range(draws.count(0.7916)):
            status = draws.value("tbl_CustodyHistory", "CUSTODY")
            detained = draws.day(made.charged, LAST_DAY)
            released = draws.day(detained, LAST_DAY)
            row = {"IDNCUSTODY": self._keys.take("tbl_CustodyHistory"), "IDNCASE": made.case, "CUSTODY": status,
                   "DATDETAINED": stamp(detained) if status != "N" else "",
                   "DATRELEASED": stamp(released) if status == "R" else ""}  # fmt: skip
            rows.append(("tbl_CustodyHistory", row))
        if draws.chance(0.2368):
            row = {"idnJuvenileHistory": self._keys.take("tbl_JuvenileHistory"), "idnCase": made.case,
                   "idnProceeding": made.proceedings[0], "DATCREATEDON": stamp(made.charged)}  # fmt: skip
            rows.append(("tbl_JuvenileHistory", row))
        if draws.chance(0.01177):
            rows.append(("tbl_CasePriorityHistory", {"idnCasePriHistory": self._keys.take("tbl_CasePriorityHistory"), "idnCase": made.case}))
        for _ in range(draws.count(0.2029)):
            rows.append(("A_TblCaseIdentifier", {"IDNCASEID": self._keys.take("A_TblCaseIdentifier"), "IDNCASE": made.case}))

    def _representatives(self, made: Made, rows: list[MadeRow]) -> None:
        draws = self._draws
        for _ in range(draws.count(2.0746)):
            kind = draws.value("tbl_RepsAssigned", "STRATTYTYPE")
            of_case = kind == "ALIEN"
            parent = draws.pick(("A_TblCase", "a_tblcase", "A_Tblcase") if of_case else ("b_tblproceeding", "B_TblProceeding"))
            row = {"IDNREPSASSIGNED": self._keys.take("tbl_RepsAssigned"), "IDNCASE": made.case, "STRATTYLEVEL": "COURT",
                   "STRATTYTYPE": kind, "PARENT_TABLE": parent, "PARENT_IDN": made.case if of_case else made.proceedings[-1],
                   "BASE_CITY_CODE": made.court, "E_27_DATE": "",
                   "E_28_DATE": stamp(draws.day(made.charged, LAST_DAY)) if of_case else "",
                   "INS_TA_DATE_ASSIGNED": "" if of_case else stamp(draws.day(made.charged, LAST_DAY))}  # fmt: skip
            rows.append(("tbl_RepsAssigned", row))
        if draws.chance(0.0322):
            rows.append(("tbl_EOIR_Attorney", {"EOIRAttorneyID": draws.guid(), "BaseCityCode": made.court}))

    def _appeals(self, made: Made, case_type: str, shared: Overrides, rows: list[MadeRow]) -> None:
        draws = self._draws
        if not draws.chance(0.12):
            return
        key, proceeding = self._keys.take("tblAppeal"), made.proceedings[-1] if draws.chance(0.912) else ""
        filed = draws.day(made.charged, LAST_DAY)
        decided = draws.day(filed, LAST_DAY) if draws.chance(0.836) else None
        joined = {"idnAppeal": key, "idncase": made.case, "idnProceeding": proceeding}
        row = {**joined, "datAppealFiled": stamp(filed), "datBIADecision": stamp(decided), "strCaseType": case_type,
               "strBIADecision": draws.code("tblLookupBIADecision") if decided else "",
               "strNat": shared["NAT"], "strLang": shared["LANG"], "strCustody": shared["CUSTODY"]}  # fmt: skip
        rows.append(("tblAppeal", row))
        if draws.chance(0.815):
            rows.append(("tblAppeal2", dict(joined)))
        if draws.chance(0.1195):
            rows.append(("tblAppealFedCourts", {"idnAppealFedCourts": self._keys.take("tblAppealFedCourts"), "lngAppealID": key}))
        if draws.chance(0.0554):
            rows.append(("tblThreeMbrReferrals", {"idn3MemberReferral": self._keys.take("tblThreeMbrReferrals"), "lngAppealID": key}))
        if draws.chance(0.0441):
            rows.append(("tblProBono", {"idnAppeal": key, "Case_type": case_type, "idnRepl": self._keys.take("tblProBono")}))

    def _link(self, lead: Made, rider: Made) -> MadeRow:
        severed = self._draws.chance(0.092)
        return "tbl_Lead_Rider", {
            "idnLeadRider": self._keys.take("tbl_Lead_Rider"), "idnLeadCase": lead.case, "idnRiderCase": rider.case,
            "idnLeadProceedingStart": lead.proceedings[0], "idnRiderProceedingStart": rider.proceedings[0],
            "idnLeadProceedingEnd": lead.proceedings[-1] if severed else "",
            "idnRiderProceedingEnd": rider.proceedings[-1] if severed else "",
            "datSeveredOn": stamp(LAST_DAY) if severed else "", "blnActive": "0" if severed else "1",
        }  # fmt: skip


def unlisted_code(table: Table, column: str) -> str:
    """A code of a column's width that its key file does not list."""
    listed = set(codes_of(table.columns[table.index(column)].refers_to)) | {code for _, code in judge_codes()}
    return next(code for code in ("ZQX", "QXZ", "XQZ", "ZZQ") if code not in listed)


def tables() -> list[Table]:
    """The main tables in the order of the release."""
    return list(main_tables().values())
