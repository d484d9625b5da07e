"""What makes dockets real: struck and sealed entries, protected papers, drafts, contact with police and government."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from importlib.resources import files

from rollkeeper.demo import names, wording
from rollkeeper.demo.casefile import CaseFile
from rollkeeper.demo.shares import shares
from rollkeeper.demo.story import Story


@dataclass(frozen=True)
class Contact:
    """What one kind of contact is written down as."""

    agencies: tuple[str, ...]
    places: tuple[str, ...]
    outcomes: tuple[str, ...]
    narratives: tuple[str, ...]
    source: str


@cache
def _contacts() -> dict[str, Contact]:
    text = files("rollkeeper.demo").joinpath("words", "encounters.toml").read_text(encoding="utf-8")
    return {
        kind: Contact(
            tuple(c["agencies"]), tuple(c["places"]), tuple(c["outcomes"]), tuple(c["narratives"]), c["source"]
        )
        for kind, c in tomllib.loads(text).items()
    }


def meet(story: Story, at_least: int = 0) -> None:
    """Contacts with police and government: most end without an arrest."""
    for file in story.files:
        if file.who.born_on < story.entered and (at_least or story.chance(0.6)):
            _contact(story, file, "border", story.entered)
        if file.who.is_juvenile:
            continue
        for _ in range(max(at_least, story.source.choice([0, 0, 1, 1, 2, 3]))):
            kind = shares("encounter_kind").draw(story.source)
            if kind != "border":
                _contact(story, file, kind, story.between(story.entered, story.today - timedelta(days=1)))


def _contact(story: Story, file: CaseFile, kind: str, on: date) -> None:
    written = _contacts()[kind]
    at = datetime.combine(
        on, time(story.source.randrange(6, 23), story.source.randrange(60)), wording.zone(story.bench.court.zone)
    )
    narrative = story.source.choice(written.narratives).format(name=file.who.name.spoken(), day=wording.day_en(on))
    agency, place = story.source.choice(written.agencies), story.source.choice(written.places)
    told = (agency, place, story.source.choice(written.outcomes), narrative, written.source)
    story.town.encounter(file.who, at, kind, told)


def strike_one(story: Story) -> None:
    """A paper filed in the wrong case, struck by order; and one that was filed again, complete."""
    file = story.lead
    on = story.between(story.course.filed_on + timedelta(days=1), story.today)
    wrong = file.enter(on, "evidence", "Evidence of the respondent (filed in the wrong case)", "respondent")
    wrong.struck = (
        min(wrong.at + timedelta(days=1), file.latest),
        story.bench.judge_name,
        "Belongs to another case; returned to the filer.",
    )
    first = file.enter(
        on, "response", "Response, without proof of service", "respondent", at=wrong.at + timedelta(minutes=11)
    )
    again = file.enter(
        on, "response", "Response, with proof of service", "respondent", at=first.at + timedelta(hours=30)
    )
    again.supersedes = first


def seal_one(story: Story) -> None:
    """An entry sealed by order of the judge."""
    file = story.lead
    on = story.between(story.course.filed_on + timedelta(days=1), story.today)
    line = file.enter(
        on, "evidence", "Statement of a confidential witness", "respondent", protection="sealed",
        makes=lambda: file.desk.evidence(
            "Statement of a confidential witness", ["Statement"], on=on, by=file.respondent_side,
            role=file.respondent_role, pages=file.id,
        ),
    )  # fmt: skip
    line.sealed = (min(line.at + timedelta(hours=5), file.latest), story.bench.judge_name)


def protective_order(story: Story) -> None:
    """A protective order on the government's motion, with its sealed packet (8 CFR 1003.46)."""
    file = story.lead
    on = story.between(story.course.filed_on + timedelta(days=1), story.today - timedelta(days=4))
    motion = file.enter(on, "motion", "Motion for a protective order", "government", protection="protective_order")
    file.motion(motion, "PO", "government", story.before_today(on + timedelta(days=3)), "granted")
    file.enter(
        on, "evidence", "Packet under seal (8 CFR 1003.46)", "government", protection="protective_order",
        makes=lambda: file.desk.evidence(
            "Packet under seal", ["Report of an agency"], on=on, by="Government counsel", role="For the government",
            pages=file.id,
        ),
    )  # fmt: skip
    file.enter(
        story.before_today(on + timedelta(days=3)), "order", "Protective order", "court", protection="protective_order"
    )


def survivor(story: Story) -> None:
    """A survivor of abuse: papers under 8 USC 1367, and a name that is kept from others."""
    file = story.lead
    hidden = names.draw(names.tongues()[file.who.tongue], file.who.sex, story.source)
    file.rows.add("people_personname", file.who.id, "former", hidden.family, hidden.given, "identity")
    on = story.between(story.course.filed_on + timedelta(days=1), story.today)
    file.enter(
        on, "application", "Application under the special rule for battered spouses (EOIR-42B)", "respondent",
        protection="survivor",
        makes=lambda: file.desk.form(
            "Application under the special rule for battered spouses", [("Name", file.who.name.spoken())],
            ["I left with the children in the night and live where I am not known."], on=on,
        ),
    )  # fmt: skip


def juvenile(story: Story) -> None:
    """A child's case: a home study and a sponsor's papers under the juvenile protection."""
    file = story.lead
    on = story.between(story.course.filed_on + timedelta(days=1), story.today)
    file.enter(
        on, "evidence", "Home study and placement of the child", "other", protection="juvenile", by="Care provider",
        makes=lambda: file.desk.evidence(
            "Home study and placement", ["Home study", "Placement letter"], on=on, by="Care provider",
            role="For the child", pages=file.id,
        ),
    )  # fmt: skip


def draft(story: Story) -> None:
    """A judge's draft, for chambers only."""
    on = story.between(story.course.filed_on + timedelta(days=1), story.today)
    story.lead.enter(on, "other", "Draft of a decision", "court", protection="chambers", by=story.bench.judge_name)


def sometimes(story: Story) -> None:
    """Each of these now and then."""
    if story.course.filed_on > story.today - timedelta(days=12):
        return
    for share, add in (
        (0.05, strike_one),
        (0.025, seal_one),
        (0.01, protective_order),
        (0.03, survivor),
        (0.04, draft),
    ):
        if story.chance(share):
            add(story)
    if story.lead.who.is_juvenile:
        juvenile(story)


def lengthen(story: Story, entries: int) -> None:
    """Make one docket very long: a case of many years with thousands of filings."""
    file = story.lead
    kinds = [
        ("evidence", "Exhibit"),
        ("response", "Letter to the court"),
        ("notice", "Notice of filing"),
        ("other", "Transcript page list"),
    ]
    span = max(1, (story.today - story.course.filed_on).days)
    for number in range(1, entries - len(file.lines) + 1):
        kind, title = kinds[number % 4]
        on = story.course.filed_on + timedelta(days=number * span // entries)
        side = "government" if number % 3 == 0 else "respondent"
        name = f"{title} {number}"
        if number % 20:
            file.enter(on, kind, f"{name} (on paper, in the file room)", side)
        else:
            file.enter(
                on, kind, name, side,
                makes=partial(
                    file.desk.evidence, name, ["Exhibit"], on=on, by=file.respondent_side, role=file.respondent_role,
                    pages=file.id,
                ),
            )  # fmt: skip
