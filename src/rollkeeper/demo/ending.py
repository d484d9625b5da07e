"""How a case ends: decision, other completion, appeal, and what the Board makes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from rollkeeper.demo.casefile import NOT_RELEASED, CaseFile
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story

RIGHT = "An appeal must reach the Board of Immigration Appeals within the time that the law allows."
SAID = {
    "X": ("removed", ["The respondent is ordered removed to the country named on the record."]),
    "R": ("relief granted", ["The application for relief is granted."]),
    "V": ("voluntary departure", ["The respondent may depart voluntarily by the day stated on the record.",
                                  "If the respondent does not depart, the order becomes one of removal."]),
    "T": ("terminated", ["The proceedings are terminated."]),
    "U": ("dismissed", ["The proceedings are dismissed on the motion of the government."]),
    "O": ("other", ["The case is completed as stated on the record."]),
    "G": ("granted", ["The application is granted."]),
    "D": ("denied", ["The application is denied."]),
    "W": ("withdrawn", ["The application is withdrawn."]),
    "A": ("decision of the officer affirmed", ["The officer's decision is affirmed."]),
    "V ": ("decision of the officer vacated", ["The officer's decision is vacated."]),
}  # fmt: skip
REVIEWS = ("CFR", "RFR")


def end(story: Story) -> None:
    """Decide, close or leave the case where its course says it stands."""
    stage = story.course.stage
    story.outcome["status"] = "pending"
    if stage == "pending" or not story.held or story.coming:
        return
    on = story.held[-1][1]
    story.outcome["completed_on"] = on
    if stage == "closed":
        _close(story, on)
        return
    code = _code(story)
    story.outcome |= {"how": code, "status": "decided", "in_absentia": story.course.in_absentia}
    story.outcome["decision"] = story.bench.decisions[story.lead.case_type, "C", code]
    story.outcome["decision_form"] = shares("decision_form").draw(story.source)
    for file in story.files:
        _decide(story, file, code, on)
    if stage == "on_appeal":
        _appeal(story, on)


def _code(story: Story) -> str:
    kind = story.lead.case_type
    if kind in REVIEWS:
        return "A" if story.chance(0.72) else "V"
    if kind in ("WHO", "AOC"):
        return story.source.choices("DGW", [55, 33, 12])[0]
    if story.course.in_absentia:
        return "X"
    while (code := shares("decision_rmv").draw(story.source)) == "R" and not story.relief:
        pass
    return code


def _decide(story: Story, file: CaseFile, code: str, on: date) -> None:
    word, orders = SAID["V " if code == "V" and file.case_type in REVIEWS else code]
    findings = (
        ["The respondent was given notice of this hearing and did not come.", "The charge is shown by the evidence."]
        if story.course.in_absentia
        else ["The court has heard the testimony and read the record.", "The reasons were stated on the record."]
    )
    title = f"Decision of the immigration judge: {word}" + (" (in absentia)" if story.course.in_absentia else "")
    protection = "fear_claim" if story.relief in ("ASYL", "ASYW", "WCAT") and code in ("R", "G") else ""
    file.enter(
        on, "order", title if not protection else "Decision of the immigration judge: relief granted", "court",
        protection=protection, at=_late(story, file, on),
        makes=lambda: file.desk.order(title, on=on, findings=findings, orders=orders, appeal=RIGHT),
    )  # fmt: skip


def _late(story: Story, file: CaseFile, on: date) -> datetime:
    """After the hearing of the day."""
    return max(line.at for line in file.lines if line.kind == "hearing") + timedelta(hours=3)


def _close(story: Story, on: date) -> None:
    code = shares("other_completion").draw(story.source)
    story.outcome |= {"how": code, "status": "closed"}
    story.outcome["other_completion"] = story.bench.decisions[story.lead.case_type, "O", code]
    for file in story.files:
        file.enter(
            on, "order", "Order: the case is administratively closed", "court", at=_late(story, file, on),
            makes=partial(
                file.desk.order, "Order of administrative closure", on=on,
                findings=["Both sides have been heard on the motion."],
                orders=["The case is administratively closed until either side moves to recalendar it."],
            ),
        )  # fmt: skip


def _appeal(story: Story, decided: date) -> None:
    filed = decided + timedelta(days=story.source.randrange(8, 31))
    if filed >= story.today:
        return
    side = "respondent" if shares("appeal_filed_by").draw(story.source) == "A" else "government"
    done = filed + timedelta(days=story.source.randrange(150, 700))
    decision = story.source.choice(["DIS", "DIS", "SAF", "REM", "SUS", "SED"]) if done < story.today else None
    for file in story.files:
        file.rows.add(
            "appeals_appeal", file.id, file.proceeding, "Case Appeal", side, filed, done if decision else None,
            decision, *NOT_RELEASED,
        )  # fmt: skip
        file.enter(filed, "appeal", "Notice of appeal to the Board (EOIR-26)", side)
        file.enter(story.before_today(filed + timedelta(days=12)), "notice", "Filing receipt for appeal", "court",
                   by="Board of Immigration Appeals")  # fmt: skip
        if decision:
            file.enter(done, "appeal", f"Decision of the Board: {_board(decision)}", "court",
                       by="Board of Immigration Appeals")  # fmt: skip
    story.outcome["status"] = "decided" if decision and decision != "REM" else "on_appeal"


def _board(code: str) -> str:
    return {
        "DIS": "appeal dismissed",
        "SAF": "affirmed without opinion",
        "REM": "remanded to the immigration judge",
        "SUS": "appeal sustained",
        "SED": "summarily dismissed, no brief",
    }[code]
