"""Makes the docket of one judge: pure, and the same for the same bench."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from rollkeeper.demo import colour, detention, ending, motions, opening, relief
from rollkeeper.demo.bench import Bench
from rollkeeper.demo.casefile import CaseFile
from rollkeeper.demo.course import OLDEST_DAYS, Course, course
from rollkeeper.demo.households import Household, Town
from rollkeeper.demo.paperwork import Desk
from rollkeeper.demo.rows import Rows
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story, hold_hearings
from rollkeeper.demo.timetable import MASTER, Timetable, timetable
from rollkeeper.law import codetables

REVIEWS = ("CFR", "RFR")


@cache
def _labels(table: str) -> dict[str, str]:
    return {row.code: row.label for row in codetables.codes(table)}


@dataclass
class Maker:
    """Makes household after household until the bench has its cases."""

    bench: Bench
    rows: Rows
    source: random.Random
    times: Timetable
    town: Town

    def make(self) -> None:
        """Everything on this bench's docket."""
        made = 0
        tour = list(TOUR) if self.bench.showcase and self.bench.cases >= 2 * len(TOUR) else []
        while made < self.bench.cases:
            left = self.bench.cases - made
            made += tour.pop(0)(self) if tour else self.household(left)

    def household(self, left: int) -> int:
        """One household with at most ``left`` cases; returns how many it has."""
        draw = self.source.random()
        if draw < 0.04:
            return self.live(self.town.alone_and_young(), "RMV")
        size = 1 if draw < 0.78 else min(left, self.source.choice([2, 2, 3, 3, 4]))
        bystanders = self.source.choice([0, 0, 0, 1, 1, 2]) if size == 1 else self.source.choice([0, 0, 1])
        return self.live(self.town.household(size, bystanders), shares("case_type").draw(self.source))

    def live(self, household: Household, case_type: str) -> int:
        """A household like any other."""
        custody = "D" if case_type in REVIEWS else shares("custody").draw(self.source)
        story = self.begin(household, case_type, custody, self.course(case_type, custody))
        self.chapters(story, custody)
        colour.meet(story)
        colour.sometimes(story)
        return self.finish(story, custody, is_sealed=story.chance(0.008))

    def course(self, case_type: str, custody: str) -> Course:
        """Where the case stands and how it came there."""
        stage = shares("status").draw(self.source)
        if case_type in REVIEWS:
            stage = "pending" if self.source.random() < 0.3 else "decided"
        absent = stage == "decided" and custody != "D" and shares("in_absentia").draw(self.source) == "yes"
        drawn = course(stage, detained=custody == "D", today=self.bench.today, in_absentia=absent, source=self.source)
        return replace(drawn, hearings=drawn.hearings[-1:]) if case_type in REVIEWS else drawn

    def begin(self, household: Household, case_type: str, custody: str, drawn: Course) -> Story:
        """A story with its files open."""
        who = household.respondents[0]
        story = Story(
            self.bench, self.rows, self.source, self.times, self.town, household, drawn, custody == "D",
            _labels("nationalities")[who.nation].title(),
        )  # fmt: skip
        for resident in household.respondents:
            desk = Desk(self.bench, resident, _labels("languages"))
            self.town.numbers(resident)
            story.files.append(CaseFile(self.bench, self.rows, self.source, resident, desk, case_type))
        opening.open_cases(story)
        return story

    def chapters(self, story: Story, custody: str) -> None:
        """What happens in every case, in the order in which one thing needs another."""
        if story.lead.case_type == "RMV" and not story.relief and story.chance(0.7):
            story.relief = shares("application_type").draw(self.source)
        hold_hearings(story)
        opening.appear(story)
        opening.moves(story)
        ending.end(story)
        if story.lead.case_type not in REVIEWS:
            relief.apply_for_relief(story)
            relief.government_evidence(story)
            motions.move(story)
        detention.keep_or_release(story, custody)

    def finish(self, story: Story, custody: str, *, is_sealed: bool = False) -> int:
        """Write every file of the household."""
        story.outcome.pop("how", None)
        for file in story.files:
            file.write(**{**story.outcome, "custody": custody, "is_sealed": is_sealed})
        return len(story.files)

    def special(self, household: Household, relief_code: str, *add: Callable[[Story], None]) -> int:
        """A pending case for the tour, with counsel, a hearing soon, and what ``add`` puts in."""
        story = self.begin(household, "RMV", "N", tour_course(self.bench, self.source))
        story.relief, story.counsel = relief_code, self.bench.counsel[0]
        self.chapters(story, "N")
        for chapter in add:
            chapter(story)
        return self.finish(story, "N")

    def family(self) -> int:
        """The respondent of the tour: an asylum case with riders, contacts without arrest, a struck paper."""
        return self.special(
            self.town.household(3, 1, "HO"),
            "ASYL",
            lambda story: colour.meet(story, 3),
            colour.strike_one,
            colour.draft,
        )

    def child(self) -> int:
        """A child who came alone."""
        return self.special(self.town.alone_and_young(), "ASYL", colour.meet, colour.juvenile)

    def sealed(self) -> int:
        """A case the public is told nothing about."""
        story = self.begin(self.town.household(1, 0), "RMV", "N", tour_course(self.bench, self.source))
        self.chapters(story, "N")
        colour.seal_one(story)
        return self.finish(story, "N", is_sealed=True)

    def survivor(self) -> int:
        """A survivor of abuse, and a packet under a protective order in the same case."""
        return self.special(
            self.town.household(1, 1, "GT"), "42B", colour.survivor, colour.protective_order, colour.meet
        )

    def long(self) -> int:
        """The case with thousands of entries."""
        drawn = course("pending", detained=False, today=self.bench.today, in_absentia=False, source=self.source)
        began = self.bench.today - timedelta(days=OLDEST_DAYS - 900 + self.bench.today.weekday())
        story = self.begin(
            self.town.household(1, 0), "RMV", "N", replace(drawn, filed_on=began, issued_on=began - timedelta(days=20))
        )
        self.chapters(story, "N")
        colour.lengthen(story, self.bench.longest)
        return self.finish(story, "N")


TOUR = (Maker.family, Maker.child, Maker.sealed, Maker.survivor, Maker.long)


def tour_course(bench: Bench, source: random.Random) -> Course:
    """Two hearings held, the next one within days."""
    soon = bench.today + timedelta(days=source.randrange(1, 8))
    days = (soon - timedelta(days=290), soon - timedelta(days=130), soon)
    filed = days[0] - timedelta(days=90 + days[0].weekday())
    return Course("pending", False, filed - timedelta(days=30), filed, tuple((MASTER, day) for day in days))


def docket_of(bench: Bench) -> Rows:
    """Every row and paper of one judge's docket."""
    rows = Rows(bench.first_key, bench.keys)
    source = random.Random(f"{bench.seed}:{bench.number}:{bench.today}:{bench.cases}")
    years = timedelta(days=OLDEST_DAYS)
    times = timetable(bench.today - years, bench.today + timedelta(days=4 * 365), bench.court.zone)
    maker = Maker(bench, rows, source, times, Town(rows, source, bench.court.code, bench.today))
    maker.make()
    return rows
