"""Motions of either side, the answers to them and the orders on them."""

from __future__ import annotations

from datetime import date, timedelta

from rollkeeper.demo import wording
from rollkeeper.demo.casefile import CaseFile, Line
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story, label

GROUNDS = {
    "CO": (
        "Counsel was engaged a short time ago and needs to read the record.",
        "A record has been asked for and not arrived.",
    ),
    "CV": ("The respondent has moved and lives far from this court.", "The witnesses live near the new court."),
    "O": ("The respondent did not receive notice of the hearing.", "New evidence could not have been had before."),
    "TP": ("The charging document lacks the time and place of the hearing.", "The government did not meet its burden."),
    "EH": ("A witness will leave the country soon.", "The application concerns a child who will soon come of age."),
    "ET": ("A translation is not finished.", "The agency has not yet answered a request for records."),
}
USUAL = ("The facts are set out in the attached declaration.", "The other side does not oppose this motion.")
REQUESTS = {
    "CO": "A new hearing not earlier than sixty days from now.",
    "CV": "That venue be changed to the court nearest to the respondent's home.",
    "O": "That the proceedings be reopened.",
    "TP": "That the proceedings be terminated.",
}
LATE = ("O", "FD")  # motions that come after a decision
BY_GOVERNMENT = ("CL", "AC", "TP")


def move(story: Story) -> None:
    """None to three motions in a case that has had a hearing."""
    if not story.held:
        return
    for _ in range(story.source.choice([0, 0, 1, 1, 2, 3])):
        code = shares("motion_type").draw(story.source)
        decided = story.course.stage in ("decided", "on_appeal")
        if (
            code in ("BD", "WC")
            or (code in LATE and not decided)
            or (code not in LATE and story.course.stage == "closed")
        ):
            continue
        _file_motion(story, code)


def _file_motion(story: Story, code: str) -> None:
    file = story.lead
    last = story.held[-1][1]
    if code in LATE:
        on = story.before_today(last + timedelta(days=story.source.randrange(5, 90)))
    else:
        on = story.between(
            story.course.filed_on + timedelta(days=1), last if story.course.stage != "pending" else story.today
        )
    side = "government" if code in BY_GOVERNMENT and story.chance(0.5) else "respondent"
    line = _enter(story, file, code, side, on)
    decided = on + timedelta(days=story.source.randrange(2, 40))
    if story.chance(0.35):
        other = "respondent" if side == "government" else "government"
        file.enter(story.before_today(on + timedelta(days=1)), "response", f"Response to: {line.title}", other)
    if decided >= story.today or (code not in LATE and decided > last and story.course.stage != "pending"):
        if story.course.stage == "pending":
            file.motion(line, code, side, None, "")
        else:
            file.motion(line, code, side, last, "other")
        return
    granted = story.chance(0.25 if code in (*LATE, "TP") else 0.62)
    file.motion(line, code, side, decided, "granted" if granted else "denied")
    _order(file, line, decided, granted)


def _enter(story: Story, file: CaseFile, code: str, side: str, on: date) -> Line:
    title = label("motion_types", code)
    by = file.respondent_side if side == "respondent" else "Government counsel"
    role = file.respondent_role if side == "respondent" else "For the government"
    grounds = [*GROUNDS.get(code, ()), story.source.choice(USUAL)]
    coming = wording.day_en(story.coming.day) if story.coming else "None set"
    return file.enter(
        on, "motion", title, side,
        makes=lambda: file.desk.motion(
            title, on=on, by=by, role=role, grounds=grounds,
            request=REQUESTS.get(code, "That the motion be granted."), next_hearing=coming, detained=story.detained,
        ),
    )  # fmt: skip


def _order(file: CaseFile, line: Line, on: date, granted: bool) -> None:
    word = "granted" if granted else "denied"
    about = line.title[0].lower() + line.title[1:]
    file.enter(
        on, "order", f"Order: {about} is {word}", "court",
        makes=lambda: file.desk.order(
            f"Order on the {about}", on=on,
            findings=["The court has read the motion and what the other side says of it.",
                      "Good cause is shown." if granted else "Good cause is not shown."],
            orders=[f"The {about} is {word}."],
        ),
    )  # fmt: skip
