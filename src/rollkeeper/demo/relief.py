"""Applications for relief and the evidence for them. A fear claim, its papers and its very existence are protected."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from rollkeeper.demo import wording
from rollkeeper.demo.casefile import NOT_RELEASED, CaseFile
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story

FEAR = "fear_claim"
TITLES = {
    "ASYL": "Application for asylum and for withholding of removal (I-589)",
    "ASYW": "Application for withholding of removal (I-589)",
    "WCAT": "Application under the Convention against Torture (I-589)",
    "42A": "Application for cancellation of removal, permanent resident (EOIR-42A)",
    "42B": "Application for cancellation of removal (EOIR-42B)",
    "245": "Application to adjust status (I-485)",
    "VD": "Request for voluntary departure",
    "I881": "Application for suspension or special rule cancellation (I-881)",
}
FEAR_STATEMENTS = (
    "Men came to our house three times and asked for my brother. After the third time we left the town at night.",
    "I spoke at a meeting of the union. The week after, my shop was burned and I was told that I would be next.",
    "I belong to a church that is not allowed to meet. Two members were taken away and have not been seen since.",
    "My former partner hurt me for years. The police sent me home each time. I am afraid that he will find me.",
)
OTHER_STATEMENTS = (
    "I have worked as a roofer since I came. My two younger children were born here and go to school.",
    "I care for my mother, who is ill. My husband is a permanent resident and works nights.",
    "I have lived at the same place for eleven years, pay my taxes and coach the children's team.",
)
EVIDENCE = {
    FEAR: [
        "Declaration of the applicant",
        "Report on conditions in the country",
        "Statement of a witness",
        "Photographs",
        "Letter of a pastor",
        "Record of a complaint to the police",
    ],
    "": [
        "Birth records of the children",
        "Tax records",
        "School records",
        "Letters of support",
        "Lease",
        "Pay records",
    ],
}


def apply_for_relief(story: Story) -> None:
    """An application in most cases that have had a hearing, with evidence before the individual hearing."""
    if not story.held or story.course.in_absentia or (story.counsel is None and story.chance(0.18)):
        return
    story.relief = story.relief or shares("application_type").draw(story.source)
    on = story.between(story.course.filed_on + timedelta(days=1), story.held[-1][1])
    for file in story.files:
        _apply(story, file, on)
    if len(story.held) > 1 or story.coming:
        _submit_evidence(story, on)


def is_fear_claim(code: str) -> bool:
    """Whether an application's very existence is confidential (8 CFR 1208.6)."""
    return code in ("ASYL", "ASYW", "WCAT")


def _apply(story: Story, file: CaseFile, on: date) -> None:
    code = story.relief
    fear = is_fear_claim(code)
    protection = FEAR if fear else ""
    statement = story.source.choice(FEAR_STATEMENTS if fear else OTHER_STATEMENTS)
    answers = [
        ("Name", file.who.name.spoken()),
        ("Date of birth", wording.day_en(file.who.born_on)),
        ("Nationality", story.nationality),
        ("Languages", file.who.language),
        ("Last entry", wording.day_en(story.entered)),
        ("Included in this application", "Spouse and children" if len(story.files) > 1 else "Nobody"),
    ]
    file.enter(
        on, "application", TITLES[code], "respondent", protection=protection,
        makes=lambda: file.desk.form(TITLES[code], answers, [statement], on=on),
    )  # fmt: skip
    file.after.append(lambda: _record(story, file, on, protection))


def _record(story: Story, file: CaseFile, on: date, protection: str) -> None:
    decided, decision = _decision(story)
    file.rows.add(
        "cases_application", file.id, file.proceeding, story.relief, on, decided, decision, protection, *NOT_RELEASED
    )
    if story.relief == "ASYL" and file is story.lead and story.chance(0.5):
        file.rows.add(
            "cases_application", file.id, file.proceeding, "WCAT", on, decided, "D" if decided else None, protection,
            *NOT_RELEASED,
        )  # fmt: skip


def _decision(story: Story) -> tuple[date | None, str | None]:
    """The day and outcome of an application, in step with how the case ended."""
    ended = story.outcome.get("completed_on")
    if not isinstance(ended, date):
        return None, None
    how = story.outcome.get("how")
    if how == "R":
        return ended, "G"
    if how in ("T", "U", "A", "Y"):
        return ended, "W" if story.chance(0.5) else "O"
    subject = "asylum_decision" if is_fear_claim(story.relief) else "other_application_decision"
    while (drawn := shares(subject).draw(story.source)) == "G":
        pass
    return ended, drawn


def _submit_evidence(story: Story, since: date) -> None:
    protection = FEAR if is_fear_claim(story.relief) else ""
    ends = story.held[-1][1] if story.course.stage != "pending" else story.today
    for packet in range(story.source.choice([1, 1, 2])):
        on = story.between(since, max(since, ends - timedelta(days=5)))
        tabs = story.source.sample(EVIDENCE[protection], 4)
        file = story.lead
        file.enter(
            on, "evidence", f"Evidence of the respondent, packet {packet + 1}", "respondent", protection=protection,
            makes=partial(
                file.desk.evidence, "Evidence in support of the application", tabs, on=on, by=file.respondent_side,
                role=file.respondent_role, pages=file.id,
            ),
        )  # fmt: skip
    if story.chance(0.1):
        _medical(story, story.between(since, max(since, ends - timedelta(days=5))))


def _medical(story: Story, on: date) -> None:
    file = story.lead
    file.enter(
        on, "evidence", "Medical evaluation of the respondent", "respondent", protection="medical",
        makes=lambda: file.desk.evidence(
            "Medical evaluation", ["Report of a physician", "Curriculum vitae of the physician"], on=on,
            by=file.respondent_side, role=file.respondent_role, pages=file.id,
        ),
    )  # fmt: skip


def government_evidence(story: Story) -> None:
    """The government's own packet: how the person was found, under the protection of encounters."""
    file = story.lead
    if not story.held or not story.chance(0.55):
        return
    on = story.between(story.course.filed_on, story.held[-1][1])
    tabs = ["Record of the person (I-213)", "Criminal history, as printed by the agency", "Copy of the passport page"]
    file.enter(
        on, "evidence", "Evidence of the government", "government", protection="encounters",
        makes=lambda: file.desk.evidence(
            "Evidence of the government", tabs, on=on, by="Government counsel", role="For the government",
            pages=file.id,
        ),
    )  # fmt: skip
