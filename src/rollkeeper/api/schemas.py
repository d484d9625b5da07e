"""What the API says and takes. Times are ISO 8601 in UTC, days are YYYY-MM-DD, unknown and closed values are null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

PLAIN = r"^[^\x00-\x1f\x7f]*$"


class LookOut(Schema):
    """The look this answer was read in: it is in the ledger under this number."""

    number: int
    purpose: str
    relation: str
    office: str


class CaseOut(Schema):
    """A case in short."""

    number: str
    respondent: str | None
    a_number: str | None
    court: str
    judge: str | None
    case_type: str
    status: str
    custody: str | None
    filed_on: date | None
    is_sealed: bool


class ChargeOut(Schema):
    """A ground charged."""

    code: str
    text: str
    outcome: str


class CaseAnswer(Schema):
    """One case."""

    look: LookOut
    case: CaseOut
    next_hearing_at: datetime | None
    charges: list[ChargeOut]


class CasesAnswer(Schema):
    """One page of cases. ``total`` is at most 10,001, which means more than 10,000."""

    look: LookOut
    total: int
    page: int
    cases: list[CaseOut]


class PaperOut(Schema):
    """A paper of the docket; ``url`` opens it, in a look of its own."""

    title: str
    media_type: str
    pages: int | None
    size: int
    url: str


class EntryOut(Schema):
    """A docket entry. A struck entry stays; ``supersedes`` and ``superseded_by`` are numbers of this docket."""

    number: int
    kind: str
    title: str
    filed_at: datetime
    entered_at: datetime
    side: str
    filed_by: str
    served_on: date | None
    protection: str
    struck_at: datetime | None
    struck_by: str
    struck_reason: str
    sealed_at: datetime | None
    supersedes: int | None
    superseded_by: int | None
    paper: PaperOut | None


class DocketAnswer(Schema):
    """One page of a docket; the total counts what this look opens."""

    look: LookOut
    total: int
    page: int
    entries: list[EntryOut]


class HearingOut(Schema):
    """A hearing, past or to come."""

    starts_at: datetime
    minutes: int
    kind: str | None
    purpose: str | None
    medium: str
    language: str | None
    court: str | None
    location: str | None
    judge: str | None
    adjournment: str | None
    adjourned_on: date | None
    notice_sent_on: date | None


class HearingsAnswer(Schema):
    """One page of hearings, latest first."""

    look: LookOut
    total: int
    page: int
    hearings: list[HearingOut]


class FindIn(Schema):
    """What to look for: a name or a number, or facts. The ledger keeps it as a keyed hash only."""

    words: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""
    born: date | None = None
    nationality: Annotated[str, Field(max_length=3, pattern=r"^[A-Z?]*$")] = ""
    court: Annotated[str, Field(max_length=3, pattern=r"^[A-Z0-9]*$")] = ""
    judge: Annotated[str, Field(max_length=6, pattern=r"^[A-Z0-9]*$")] = ""
    hearing: date | None = None


class FindAnswer(Schema):
    """At most 25 cases among the reader's own, best first."""

    look: LookOut
    cases: list[CaseOut]


class LookedOut(Schema):
    """A line of the log about a case."""

    entry: int
    at: datetime
    kind: str
    who: str
    purpose: str
    purpose_text: str
    act: str
    what_happened: str
    refused: bool
    could_also_show: list[str]
    receipt: str


class LooksAnswer(Schema):
    """One page of who looked, newest first."""

    look: LookOut
    total: int
    page: int
    looks: list[LookedOut]


class CheckpointOut(Schema):
    """The latest signed checkpoint. ``note`` is the C2SP signed note; ``root`` is hexadecimal."""

    origin: str
    size: int
    root: str
    signed_at: datetime
    note: str


class Problem(Schema):
    """What was wrong, in a sentence."""

    detail: str


class Mistake(Schema):
    """One thing to put right in a request."""

    where: str
    problem: str


class Unreadable(Problem):
    """What is wrong with a request, in a sentence and field by field."""

    mistakes: list[Mistake]
