"""Makes families of cases with everything below them, joined by the release's keys as they are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from rollkeeper.releases.layout import Table, main_tables
from rollkeeper.releases.sample import papers
from rollkeeper.releases.sample.draws import LAST_DAY, Draws, code_rows, codes_of, judge_codes, stamp

Cells = dict[str, str]
FIRST_KEY = 2_000_001
# Means that give the July 2026 numbers of rows for each case.
MEAN_PROCEEDINGS = 1.307
MEAN_RIDERS = 0.26
OPEN_SHARE = 0.256  # of last proceedings, so that 19.6 % of all have no completion
SPANISH_SPEAKING = frozenset("MX GT HO ES VE CU EC CO NU PE DR".split())


@dataclass
class Rows:
    """Rows made so far, in the order in which they may be loaded, and the next key of each table."""

    made: list[tuple[str, Cells]] = field(default_factory=list)
    following: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, **cells: str) -> str:
        """Add a row with a key of its own; returns the key."""
        number = self.following.get(table, FIRST_KEY)
        self.following[table] = number + 1
        cells.setdefault(main_tables()[table].key.name, str(number))
        self.made.append((table, cells))
        return str(number)

    def take(self) -> list[tuple[str, Cells]]:
        """The rows made since the last call."""
        made, self.made = self.made, []
        return made


@dataclass(frozen=True)
class Person:
    """What a case and its proceedings have in common about the respondent."""

    nationality: str
    language: str
    custody: str
    case_type: str

    def cells(self) -> Cells:
        """As columns of cases and proceedings."""
        return {"NAT": self.nationality, "LANG": self.language, "CUSTODY": self.custody, "CASE_TYPE": self.case_type}


@dataclass(frozen=True)
class Run:
    """One proceeding: its keys, where it runs, before whom, and from when until when."""

    case: str
    key: str
    court: str
    place: str
    judge: str
    charged: date
    opened: date
    completed: date | None

    def joined(self) -> Cells:
        """The keys that rows below it carry."""
        return {"IDNCASE": self.case, "IDNPROCEEDING": self.key}

    def where(self) -> Cells:
        """Court, place, judge and charging date as rows below it repeat them."""
        return {
            "BASE_CITY_CODE": self.court,
            "HEARING_LOC_CODE": self.place,
            "IJ_CODE": self.judge,
            "OSC_DATE": stamp(self.charged),
        }


@dataclass(frozen=True)
class Made:
    """A case that was made: its key, respondent, court, charging date and proceedings."""

    case: str
    person: Person
    court: str
    charged: date
    runs: tuple[Run, ...]


class FamilyMaker:
    """Makes one family of cases after the other."""

    def __init__(self, draws: Draws) -> None:
        self._draws, self._rows = draws, Rows()
        self._judges: dict[str, list[str]] = {}
        for court, code in judge_codes():
            self._judges.setdefault(court, []).append(code)
        self._places: dict[str, list[str]] = {}
        for row in code_rows("hearing_locations"):
            self._places.setdefault(row["court_code"], []).append(row["code"])
        self._decisions: dict[tuple[str, str], set[str]] = {}
        for row in code_rows("decisions"):
            self._decisions.setdefault((row["case_type"], row["decision_type"]), set()).add(row["code"])

    def family(self) -> list[tuple[str, Cells]]:
        """Rows of a lead case and of its riders (about one case in five rides), as table and fixed cells."""
        lead = self._case(None)
        for _ in range(self._draws.count(MEAN_RIDERS)):
            self._link(lead, self._case(lead))
        return self._rows.take()

    def _case(self, lead: Made | None) -> Made:
        draws = self._draws
        person = self._person(lead)
        charged = lead.charged if lead else self._charged_on()
        court = lead.court if lead else draws.code("tblLookupBaseCity")
        entered = charged - timedelta(days=draws.random.randrange(0, 900))
        head = {**person.cells(), "UPDATE_SITE": court, "DATE_OF_ENTRY": stamp(entered) if draws.chance(0.62) else ""}
        case = self._rows.add("A_TblCase", **head)
        position = len(self._rows.made) - 1
        runs = self._proceedings(case, charged, court, person)
        made = Made(case, person, court, charged, runs)
        hearings = [day for run in runs for day in papers.below(self._rows, draws, run, person.language)]
        latest = max(hearings, default=None)
        self._rows.made[position][1].update(LATEST_HEARING=stamp(latest), LATEST_TIME="0830" if latest else "")
        papers.history(self._rows, draws, made)
        papers.representatives(self._rows, draws, made)
        papers.appeals(self._rows, draws, made)
        return made

    def _charged_on(self) -> date:
        days = min(int(self._draws.random.expovariate(1 / 2000)), 12_500)
        return LAST_DAY - timedelta(days=days + 20)

    def _person(self, lead: Made | None) -> Person:
        draws = self._draws
        custody = draws.value("A_TblCase", "CUSTODY")
        if lead:
            return Person(lead.person.nationality, lead.person.language, custody, "RMV")
        nationality = draws.code("tblLookupAlienNat")
        spanish = nationality in SPANISH_SPEAKING and draws.chance(0.95)
        language = "SP" if spanish else draws.code("tblLanguage")
        return Person(nationality, language, custody, draws.value("A_TblCase", "CASE_TYPE"))

    def _proceedings(self, case: str, charged: date, court: str, person: Person) -> tuple[Run, ...]:
        draws = self._draws
        runs: list[Run] = []
        opened = draws.day(charged, min(charged + timedelta(days=200), LAST_DAY))
        number = 1 + draws.count(MEAN_PROCEEDINGS - 1)
        for position in range(number):
            last = position == number - 1
            is_open = last and draws.chance(OPEN_SHARE)
            completed = None if is_open else draws.day(opened, min(opened + timedelta(days=900), LAST_DAY))
            place = draws.pick(self._places.get(court, [court])) if draws.chance(0.3) else court
            run = Run(case, "", court, place, draws.pick(self._judges[court]), charged, opened, completed)
            runs.append(self._proceeding(run, person, last=last))
            opened = completed or opened
        return tuple(runs)

    def _proceeding(self, run: Run, person: Person, *, last: bool) -> Run:
        draws = self._draws
        decision, other = self._outcome(person.case_type, last=last) if run.completed else ("", "")
        cells = person.cells() | run.where()
        if draws.chance(0.1):
            cells["LANG"] = cells["LANG"].ljust(3)  # the release pads some of them
        key = self._rows.add(
            "B_TblProceeding",
            **cells,
            IDNCASE=run.case,
            INPUT_DATE=stamp(run.opened),
            COMP_DATE=stamp(run.completed),
            DEC_CODE=decision,
            OTHER_COMP=other,
            ABSENTIA=("Y" if draws.chance(0.2) else "N") if run.completed else "",
        )
        return Run(run.case, key, run.court, run.place, run.judge, run.charged, run.opened, run.completed)

    def _outcome(self, case_type: str, *, last: bool) -> tuple[str, str]:
        """A merits decision or another completion that exists for this case type, else neither."""
        if last and self._draws.chance(0.8):
            code = self._draws.value("B_TblProceeding", "DEC_CODE")
            if code in self._decisions.get((case_type, "C"), ()):
                return code, ""
        code = self._draws.value("B_TblProceeding", "OTHER_COMP")
        return "", code if code in self._decisions.get((case_type, "O"), ()) else ""

    def _link(self, lead: Made, rider: Made) -> None:
        severed = self._draws.chance(0.092)
        self._rows.add(
            "tbl_Lead_Rider",
            idnLeadCase=lead.case,
            idnRiderCase=rider.case,
            idnLeadProceedingStart=lead.runs[0].key,
            idnRiderProceedingStart=rider.runs[0].key,
            idnLeadProceedingEnd=lead.runs[-1].key if severed else "",
            idnRiderProceedingEnd=rider.runs[-1].key if severed else "",
            datSeveredOn=stamp(LAST_DAY) if severed else "",
            blnActive="0" if severed else "1",
        )


def unlisted_code(table: Table, column: str) -> str:
    """A code of a column's width that its key file does not list."""
    listed = set(codes_of(table.columns[table.index(column)].refers_to))
    return next(code for code in ("ZQX", "QXZ", "XQZ", "ZZQ") if code not in listed)


def tables() -> list[Table]:
    """The main tables in the order of the release."""
    return list(main_tables().values())
