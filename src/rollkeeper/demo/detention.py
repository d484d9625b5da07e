"""Custody periods and bond."""

from __future__ import annotations

from datetime import date, timedelta

from rollkeeper.demo.casefile import NOT_RELEASED, CaseFile
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story, label

AMOUNTS = (1_500, 2_000, 3_000, 5_000, 7_500, 8_000, 10_000, 15_000, 20_000, 25_000)


def keep_or_release(story: Story, status: str) -> None:
    """The custody history for a custody status: N never, D detained still, R released since."""
    began = story.course.issued_on - timedelta(days=story.source.randrange(0, 4))
    for file in story.files:
        if status == "N":
            file.custody_period("N", began, None)
        elif status == "D":
            file.custody_period("D", began, None if story.course.stage == "pending" else _left(story))
        else:
            released = _released(story, began)
            file.custody_period("D", began, released)
            file.custody_period("R", released, None)
    if status == "D" and story.held and story.chance(0.7):
        _bond(story, story.lead, None)
    elif status == "R" and story.chance(0.6):
        _bond(story, story.lead, _released(story, began))


def _left(story: Story) -> date | None:
    ended = story.held[-1][1] if story.held else None
    return story.before_today(ended + timedelta(days=20)) if ended and story.chance(0.8) else None


def _released(story: Story, began: date) -> date:
    """Eight to sixty days later: fixed by the person, so that both callers agree."""
    return story.before_today(began + timedelta(days=8 + story.lead.who.id * 7 % 52))


def _bond(story: Story, file: CaseFile, released: date | None) -> None:
    asked = story.course.filed_on + timedelta(days=story.source.randrange(0, 6))
    heard = (
        max(asked, released - timedelta(days=1)) if released else asked + timedelta(days=story.source.randrange(3, 12))
    )
    if heard >= story.today:
        _pending_bond(story, file, story.before_today(asked))
        return
    code = story.source.choice(["C", "C", "R"]) if released else _refusal(story)
    initial = story.source.choice([None, *AMOUNTS[4:]])
    set_to = story.source.choice(AMOUNTS[:6]) if code == "C" else None
    file.rows.add(
        "custody_bond", file.id, story.bench.judge, asked, heard, heard, code, initial, set_to, *NOT_RELEASED
    )  # fmt: skip
    line = file.enter(asked, "motion", label("motion_types", "BD"), "respondent")
    file.motion(line, "BD", "respondent", heard, "granted" if released else "denied")
    outcome = label("bond_decisions", code)
    orders = [f"Bond: {outcome.lower()}."] + ([f"Bond is set at ${set_to:,}."] if set_to else [])
    file.enter(
        heard, "order", f"Order on custody: {outcome.lower()}", "court",
        makes=lambda: file.desk.order(
            "Order on custody", on=heard, findings=["The court has heard both sides on custody."], orders=orders,
            appeal="Either side may appeal this order to the Board of Immigration Appeals.",
        ),
    )  # fmt: skip


def _refusal(story: Story) -> str:
    while (code := shares("bond_decision").draw(story.source)) in ("C", "R", "G", "F"):
        pass
    return code


def _pending_bond(story: Story, file: CaseFile, asked: date) -> None:
    file.rows.add("custody_bond", file.id, story.bench.judge, asked, None, None, None, None, None, *NOT_RELEASED)
    line = file.enter(asked, "motion", label("motion_types", "BD"), "respondent")
    file.motion(line, "BD", "respondent", None, "")
