"""The life of one household's cases, from the charging document to where they stand today."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from rollkeeper.demo import wording
from rollkeeper.demo.bench import Bench, Lawyer
from rollkeeper.demo.casefile import CaseFile, Line
from rollkeeper.demo.course import Course
from rollkeeper.demo.households import Household, Town
from rollkeeper.demo.rows import Cell, Rows
from rollkeeper.demo.shares import shares
from rollkeeper.demo.timetable import INDIVIDUAL, MASTER, Slot, Timetable
from rollkeeper.law import codetables

RECENT = timedelta(days=240)  # older notices are on paper, in the court's file room


@dataclass
class Story:
    """What the chapters share. ``files`` are the cases of one household; the first one leads."""

    bench: Bench
    rows: Rows
    source: random.Random
    times: Timetable
    town: Town
    household: Household
    course: Course
    detained: bool
    nationality: str  # its label
    files: list[CaseFile] = field(default_factory=list)
    entered: date = date.min  # into the country
    held: list[tuple[str, date]] = field(default_factory=list)  # hearings that took place
    coming: Slot | None = None  # the next hearing
    coming_kind: str = MASTER
    outcome: dict[str, Cell] = field(default_factory=dict)  # what ends up in the case and proceeding rows
    relief: str = ""  # application type, empty for none
    counsel: Lawyer | None = None  # who must represent the household, if anybody
    noticed: list[Line] = field(default_factory=list)

    @property
    def lead(self) -> CaseFile:
        """The lead case."""
        return self.files[0]

    @property
    def today(self) -> date:
        """The day the demonstration is made for."""
        return self.bench.today

    def chance(self, probability: float) -> bool:
        """Draw yes or no."""
        return self.source.random() < probability

    def between(self, first: date, last: date) -> date:
        """A day between two, both included; the first one when they are the wrong way round."""
        return first + timedelta(days=self.source.randint(0, max(0, (last - first).days)))

    def before_today(self, day: date) -> date:
        """The day, or the last one before today."""
        return min(day, self.today - timedelta(days=1))


def label(table: str, code: str) -> str:
    """The label of a code, as a sentence begins."""
    return _labels(table)[code]


_LABELS: dict[str, dict[str, str]] = {}


def _labels(table: str) -> dict[str, str]:
    if table not in _LABELS:
        _LABELS[table] = {row.code: wording.capital(row.label) for row in codetables.codes(table)}
    return _LABELS[table]


def hold_hearings(story: Story) -> None:
    """Hold the hearings up to today, put off those that are put off, and set the next one."""
    previous = story.course.filed_on
    planned = story.course.hearings
    for place, (kind, day) in enumerate(planned):
        slot = story.times.take(kind, max(day, previous + timedelta(days=3)))
        if slot is None:
            return
        if slot.day >= story.today:
            _set_next(story, slot, kind)
            return
        _hold(story, slot, kind, last=place == len(planned) - 1)
        previous = slot.day
        if place < len(planned) - 1 and story.chance(0.12):
            _put_off(story, previous)


def _hold(story: Story, slot: Slot, kind: str, *, last: bool) -> None:
    ends_here = last and story.course.stage != "pending"
    code = "" if ends_here else ("17" if kind == MASTER and _next_is_individual(story) else _reason(story))
    adjourned = (code, slot.day) if code else None
    medium = _medium(story)
    noticed = _noticed(story, slot.day)
    for file in story.files:
        _notice(story, file, slot, kind, medium, noticed)
        file.hearing(
            slot, kind, medium, purpose=_purpose(story, kind), session=_session(story, slot, kind), adjourned=adjourned,
            noticed=noticed,
        )  # fmt: skip
        what = f"{wording.KIND_EN[kind]} held"
        if code:
            what += f"; adjourned: {wording.REASONS[code]} ({code})"
        file.enter(slot.day, "hearing", what, "court", at=slot.starts_at)
    story.held.append((kind, slot.day))


def _noticed(story: Story, before: date) -> date:
    """The notice goes out within two weeks of the hearing before it, or of filing."""
    earliest = story.held[-1][1] if story.held else story.course.filed_on
    latest = min(before - timedelta(days=1), earliest + timedelta(days=14))
    return story.between(earliest, latest)


def _next_is_individual(story: Story) -> bool:
    following = len(story.held) + 1
    return following < len(story.course.hearings) and story.course.hearings[following][0] == INDIVIDUAL


def _reason(story: Story) -> str:
    while (code := shares("adjournment").draw(story.source)) in ("17", "8A"):
        pass
    return code


def _set_next(story: Story, slot: Slot, kind: str) -> None:
    medium = _medium(story)
    told = story.chance(0.93)
    noticed = _noticed(story, story.today) if told else None
    for file in story.files:
        if noticed:
            _notice(story, file, slot, kind, medium, noticed)
        file.hearing(
            slot, kind, medium, purpose=_purpose(story, kind), session=_session(story, slot, kind), adjourned=None,
            noticed=noticed,
        )  # fmt: skip
    story.coming, story.coming_kind = slot, kind


def _put_off(story: Story, after: date) -> None:
    """A hearing that was set and never held: it takes none of the judge's time."""
    slot = story.times.look(MASTER, after + timedelta(days=25))
    if slot is None or slot.day >= story.today:
        return
    on = slot.day - timedelta(days=story.source.randrange(1, 20))
    code = story.source.choice(["9A", "34", "59", "45"])
    for file in story.files:
        file.hearing(
            slot, MASTER, _medium(story), purpose=_purpose(story, MASTER), session=None, adjourned=(code, on),
            noticed=story.between(after, on),
        )  # fmt: skip
        gone = f"Notice that the hearing of {wording.day_en(slot.day)} will not be held"
        file.enter(on, "notice", f"{gone}: {wording.REASONS[code]} ({code})", "court")


def _notice(story: Story, file: CaseFile, slot: Slot, kind: str, medium: str, sent: date) -> None:
    title = f"Notice of hearing on {wording.day_en(slot.day)}"
    at, to = slot.starts_at, file.respondent_side
    if sent < story.today - RECENT:
        line = file.enter(sent, "notice", f"{title} (on paper, in the file room)", "court")
    else:
        line = file.enter(
            sent, "notice", title, "court",
            makes=lambda: file.desk.notice_of_hearing(at=at, kind=kind, medium=medium, sent=sent, to=to),
        )  # fmt: skip
    story.noticed.append(line)


def _session(story: Story, slot: Slot, kind: str) -> int:
    if slot.session is None:
        court = story.bench.court
        slot.session = story.rows.add(
            "courts_session", story.bench.judge, court.id, court.locations["court"], kind,
            f"[{slot.starts_at.isoformat()},{slot.ends_at.isoformat()})", False,
        )  # fmt: skip
    return slot.session


def _medium(story: Story) -> str:
    medium = shares("medium").draw(story.source)
    return "video" if story.detained and medium == "in_person" and story.chance(0.7) else medium


def _purpose(story: Story, kind: str) -> str:
    """The schedule type of a hearing: detained or not, first or later, asylum or not."""
    if kind == INDIVIDUAL:
        return "ID" if story.detained else ("IA" if story.relief == "ASYL" else "II")
    if story.detained:
        return "MD"
    return "MM" if not story.held else "MR"
