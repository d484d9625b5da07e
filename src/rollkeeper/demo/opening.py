"""How a case begins: charging document, allegations, charges, who appears, who may see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache, partial

from rollkeeper.demo import wording
from rollkeeper.demo.bench import Lawyer
from rollkeeper.demo.casefile import NOT_RELEASED, CaseFile
from rollkeeper.demo.rows import Sealed
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story
from rollkeeper.law import codetables

ISSUERS = (
    "Border station 4",
    "Enforcement field office 12",
    "Asylum office, third district",
    "Port of entry, river crossing",
)


@cache
def _grounds() -> dict[str, tuple[str, str]]:
    return {row.code: (row.citation, row.label) for row in codetables.charges()}


def open_cases(story: Story) -> None:
    """File the charging document of every member of the household and join riders to the lead."""
    course = story.course
    code = shares("charge").draw(story.source)
    by = story.source.choice(ISSUERS)
    long_ago, lately = story.source.randrange(400, 2600), story.source.randrange(0, 40)
    story.entered = course.issued_on - timedelta(days=long_ago if story.chance(0.5) else lately)
    story.outcome |= {"filed_on": course.filed_on, "charged_on": course.issued_on, "entered_on": story.entered}
    for file in story.files:
        file.filed_on = course.filed_on
        _charge(story, file, code, by)
        file.relate(story.bench.court_principal, "court", course.filed_on)
        file.relate(story.bench.chambers_principal, "judge", course.filed_on)
        government = story.bench.government[file.id % len(story.bench.government)]
        file.represent(government, "government", "all", story.before_today(course.filed_on + timedelta(days=3)), None)
    for rider in story.files[1:]:
        _join(story, rider)


def _join(story: Story, rider: CaseFile) -> None:
    active = shares("rider_active").draw(story.source) == "1"
    rider.after.append(lambda: _link(rider, story.lead, active))
    title = "Joined to the lead case" if active else "Joined to the lead case; severed since"
    rider.enter(story.before_today(story.course.filed_on + timedelta(days=1)), "other", title, "court")


def _link(rider: CaseFile, lead: CaseFile, active: bool) -> None:
    rider.rows.add("cases_caselink", rider.id, lead.id, active, *NOT_RELEASED)


def _charge(story: Story, file: CaseFile, code: str, by: str) -> None:
    course = story.course
    citation, ground = _grounds()[code]
    said = [
        "You are not a citizen or national of the United States.",
        f"You are a native of {story.nationality} and a citizen of {story.nationality}.",
        f"You entered the United States on or about {wording.day_en(story.entered)}."
        if code.startswith("212")
        else "You were admitted to the United States and remained beyond the time allowed.",
        "You were not then admitted or paroled after inspection."
        if code.startswith("212")
        else "You have no leave to stay.",
    ]
    hearing = _first_hearing(story)
    line = file.enter(
        course.filed_on, "charging", "Notice to appear", "government", by=by, at=file.at_opening(course.filed_on),
        makes=lambda: file.desk.notice_to_appear(
            issued=course.issued_on, by=by, allegations=said, charges=[(citation, ground)], hearing=hearing
        ),
    )  # fmt: skip
    file.after.append(lambda: _record_charge(story, file, said, by, line.document))
    sustained = story.course.stage in ("decided", "on_appeal") or len(course.hearings) > 2
    outcome = {"S": "sustained", "W": "withdrawn", "N": "not_sustained", "O": ""}[
        shares("charge_outcome").draw(story.source)
    ]
    file.rows.add(
        "cases_charge", file.id, file.proceeding, code, outcome if sustained else "", "", *NOT_RELEASED
    )  # fmt: skip


def _first_hearing(story: Story) -> datetime | None:
    """The hearing named on the notice to appear: the first one planned, at the hour masters begin."""
    if not story.course.hearings:
        return None
    kind, day = story.course.hearings[0]
    slot = story.times.look(kind, day)
    return slot.starts_at if slot else None


def _record_charge(story: Story, file: CaseFile, said: list[str], by: str, document: int | None) -> None:
    course = story.course
    served = course.issued_on if story.chance(0.85) else None
    key = file.rows.add(
        "cases_chargingdocument", file.id, "nta", course.issued_on, served, course.filed_on, by, document
    )
    pleaded = len(story.held) > 1
    for number, text in enumerate(said, start=1):
        plea = ("denied" if story.chance(0.08) else "admitted") if pleaded else ""
        file.rows.add("cases_allegation", file.id, key, number, Sealed(file.who.id, text), plea)


def appear(story: Story) -> None:
    """Counsel enters an appearance in most cases, in some a second one takes over, in some counsel withdraws."""
    chosen = story.counsel
    if chosen is None and shares("represented").draw(story.source) == "no":
        return
    counsel = chosen or story.source.choice(story.bench.counsel)
    ends = story.held[-1][1] if story.held else story.today
    on = story.before_today(story.between(story.course.filed_on + timedelta(days=2), max(ends, story.course.filed_on)))
    _enter_appearance(story, counsel, on)
    if story.held and len(story.held) > 1 and story.chance(0.14):
        _change_counsel(story, on)


def _enter_appearance(story: Story, lawyer: Lawyer, on: date) -> None:
    for file in story.files:
        scope = "bond" if story.detained and story.chance(0.1) else "all"
        file.lawyer = lawyer
        file.represent(lawyer, "respondent", scope, on, None)
        file.enter(
            on, "appearance", f"Entry of appearance by {lawyer.name}", "respondent",
            makes=partial(file.desk.appearance, lawyer, on=on, scope=scope),
        )  # fmt: skip


def _change_counsel(story: Story, first_on: date) -> None:
    """An earlier lawyer's appearance that has ended: withdrawn by leave of the court, or substituted."""
    others = [lawyer for lawyer in story.bench.counsel if lawyer is not story.lead.lawyer]
    if not others or first_on <= story.course.filed_on:
        return
    earlier = story.source.choice(others)
    began = story.course.filed_on
    ended = story.between(began, first_on)
    for file in story.files:
        file.represent(earlier, "respondent", "all", began, ended)
        file.enter(began, "appearance", f"Entry of appearance by {earlier.name}", "respondent", by=earlier.name)
        line = file.enter(ended, "motion", f"Motion of {earlier.name} to withdraw", "respondent", by=earlier.name)
        file.motion(line, "WC", "respondent", ended, "granted")
        file.enter(ended, "order", f"Order: {earlier.name} may withdraw", "court", at=line.at + timedelta(minutes=90))


def moves(story: Story) -> None:
    """Address histories; each change after filing is on the docket."""
    for file in story.files:
        lived = story.town.residences(file.who, story.entered, story.course.filed_on)
        for began, _lines in lived[1:]:
            if began > story.course.filed_on:
                file.enter(began, "address", "Change of address (EOIR-33)", "respondent", protection="contact")
