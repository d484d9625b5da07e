"""One case while it is being made: what happens is collected by moment, then numbered and written as rows."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from rollkeeper.access.rules import PROTECTIONS_OF
from rollkeeper.demo import wording
from rollkeeper.demo.bench import Bench, Lawyer
from rollkeeper.demo.households import Resident
from rollkeeper.demo.paperwork import Desk
from rollkeeper.demo.rows import Cell, PlannedPaper, Rows, days
from rollkeeper.demo.timetable import Slot
from rollkeeper.documents.typeset.papers import Paper

NOT_RELEASED = ("", "")  # first and last public release: this court's own row


@dataclass(slots=True)
class Line:
    """A docket entry to be. ``makes`` sets its paper, when it claims one."""

    at: datetime
    kind: str
    title: str
    side: str
    filed_by: str = ""
    makes: Callable[[], Paper] | None = None
    protection: str = ""
    struck: tuple[datetime, str, str] | None = None  # when, by whom, why
    sealed: tuple[datetime, str] | None = None  # when, by whom
    supersedes: Line | None = None
    id: int = 0
    document: int | None = None


@dataclass
class CaseFile:
    """A case, its docket and its other rows."""

    bench: Bench
    rows: Rows
    source: random.Random
    who: Resident
    desk: Desk
    case_type: str
    id: int = 0
    proceeding: int = 0
    lawyer: Lawyer | None = None
    lines: list[Line] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)  # rows that need the keys of lines
    filed_on: date = date.min

    def __post_init__(self) -> None:
        self.id = self.rows.key("cases_case")
        self.proceeding = self.rows.key("cases_proceeding")

    @property
    def respondent_side(self) -> str:
        """Who files for the respondent: counsel by name, or the respondent."""
        return self.lawyer.name if self.lawyer else self.who.name.spoken()

    @property
    def respondent_role(self) -> str:
        """In which role they sign."""
        return "Counsel for the respondent" if self.lawyer else "Respondent, without counsel"

    def moment(self, day: date) -> datetime:
        """A moment of a day: mostly within office hours, sometimes late in the evening, in UTC."""
        late = self.source.random() < 0.08
        return self._moment(day, late=late)

    @property
    def latest(self) -> datetime:
        """Midnight before today: nothing on a docket is later."""
        return datetime.combine(self.bench.today, time(0), wording.zone(self.bench.court.zone)).astimezone(UTC)

    def at_opening(self, day: date) -> datetime:
        """When the court opens on a day, in UTC: before anything else of that day."""
        return datetime.combine(day, time(7, 59), wording.zone(self.bench.court.zone)).astimezone(UTC)

    def _office_moment(self, day: date) -> datetime:
        """A moment when the court works: a weekday, within office hours, in UTC."""
        return self._moment(day - timedelta(days=max(0, day.weekday() - 4)), late=False)

    def _moment(self, day: date, *, late: bool) -> datetime:
        minutes = self.source.randrange(20 * 60, 23 * 60 + 50) if late else self.source.randrange(8 * 60, 17 * 60)
        local = datetime.combine(day, time(minutes // 60, minutes % 60), wording.zone(self.bench.court.zone))
        return local.astimezone(UTC)

    def enter(
        self, day: date, kind: str, title: str, side: str, *, makes: Callable[[], Paper] | None = None,
        protection: str = "", by: str = "", at: datetime | None = None,
    ) -> Line:  # fmt: skip
        """Something for the docket, on a day or at a moment; the caller sees to it that it lies in the past."""
        names = {"court": self.bench.court.name, "government": "Government counsel", "respondent": self.respondent_side}
        at = at or (self._office_moment(day) if side == "court" else self.moment(day))
        line = Line(min(at, self.latest), kind, title, side, by or names[side], makes, protection)
        self.lines.append(line)
        return line

    def hearing(
        self, slot: Slot, kind: str, medium: str, *, purpose: str, session: int | None,
        adjourned: tuple[str, date] | None, noticed: date | None,
    ) -> None:  # fmt: skip
        """A hearing row. ``session`` is None for one put off beforehand, which takes no time."""
        location = self.bench.court.locations["detained" if purpose in ("MD", "ID") else "court"]
        code, on = adjourned or (None, None)
        self.rows.add(
            "hearings_hearing", self.id, self.proceeding, session, self.bench.judge, self.bench.court.id,
            None if medium == "internet" else location, kind, purpose, medium, self.who.language, slot.starts_at,
            180 if kind == "I" else 15, code, on, noticed, *NOT_RELEASED,
        )  # fmt: skip

    def motion(self, line: Line, code: str, side: str, decided: date | None, outcome: str) -> None:
        """A motion row for a docket line."""

        def write() -> None:
            self.rows.add(
                "filings_motion", self.id, self.proceeding, code, side, self._local(line.at), decided, outcome, "",
                line.id, *NOT_RELEASED,
            )  # fmt: skip

        self.after.append(write)

    def _local(self, at: datetime) -> date:
        return at.astimezone(wording.zone(self.bench.court.zone)).date()

    def represent(self, lawyer: Lawyer, side: str, scope: str, filed: date, ended: date | None) -> None:
        """An appearance, and the right that comes with it while it lasts."""
        self.rows.add("representation_appearance", self.id, lawyer.id, side, scope, filed, ended, *NOT_RELEASED)
        kind = "counsel" if side == "respondent" else "government"
        if ended is None:
            self.relate(lawyer.principal, kind, filed)

    def relate(self, principal: int, kind: str, since: date) -> None:
        """A right to this case (one for each principal and kind)."""
        opened = "{" + ",".join(sorted(PROTECTIONS_OF[kind])) + "}"
        began = datetime.combine(since, time(12), UTC)
        self.after.append(lambda: self._add_relation(principal, kind, opened, began))

    def _add_relation(self, principal: int, kind: str, opened: str, began: datetime) -> None:
        self.rows.add("access_caserelation", principal, self.id, kind, opened, began, None, self.filed_on)

    def write(self, **case: Cell) -> None:
        """Number the lines in order of time and write everything. ``case`` has what the story decided."""
        self.filed_on = case["filed_on"]  # type: ignore[assignment]  # the story gives a date
        self.rows.put(
            "cases_case", self.id, self.number, self.who.id, self.bench.court.id, self.bench.judge, self.case_type,
            case["custody"], case["status"], case["filed_on"], case.get("is_sealed", False), case["entered_on"],
            *NOT_RELEASED,
        )  # fmt: skip
        self.rows.put(
            "cases_proceeding", self.proceeding, self.id, 1, self.bench.court.id, self.bench.court.locations["court"],
            self.bench.judge, self.case_type, case["charged_on"], case["filed_on"], case.get("completed_on"),
            case.get("decision"), case.get("other_completion"), case.get("decision_form", ""), case.get("in_absentia"),
            *NOT_RELEASED,
        )  # fmt: skip
        self._write_lines()
        for finish in self.after:
            finish()

    @property
    def number(self) -> str:
        """The case number: court, year of filing, and a number that never repeats."""
        return f"{self.bench.court.code}-{self.filed_on.year % 100:02}-{self.id:06}"

    def _write_lines(self) -> None:
        self.lines.sort(key=lambda line: line.at)
        for number, line in enumerate(self.lines, start=1):
            line.id = self.rows.key("docket_docketentry")
            if line.makes and self.bench.with_papers:
                line.document = self.rows.key("documents_document")
                self.rows.papers.append(
                    PlannedPaper(line.document, self.id, line.title, line.at, line.protection, line.makes())
                )
            entered = line.at if line.side == "court" else self._entered(line.at)
            struck, sealed = line.struck or (None, "", ""), line.sealed or (None, "")
            self.rows.put(
                "docket_docketentry", line.id, self.id, number, line.kind, line.title, line.at, entered, line.side,
                line.filed_by, self._local(line.at) if line.side != "court" else None, line.document, line.protection,
                *struck, *sealed, line.supersedes.id if line.supersedes else None,
            )  # fmt: skip

    def _entered(self, at: datetime) -> datetime:
        """When a clerk entered it: soon after, and never after today."""
        return max(at, min(self.latest, at + timedelta(minutes=self.source.randrange(3, 2600))))

    def custody_period(self, status: str, first: date, last: date | None) -> None:
        """A stretch in or out of detention."""
        facility = self.bench.court.facility if status == "D" else ""
        self.rows.add("custody_custodyperiod", self.id, status, days(first, last), facility, *NOT_RELEASED)
