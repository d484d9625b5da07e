"""What the generator makes: rows by table, in the order of ``COLUMNS``, with marks where the writer seals something."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import NamedTuple

from rollkeeper.documents.typeset.papers import Paper


class Sealed(NamedTuple):
    """Text to be sealed with a person's data key."""

    person: int
    text: str


class PersonKey(NamedTuple):
    """The place of a person's wrapped data key."""

    person: int


Cell = str | int | bool | date | datetime | None | Sealed | PersonKey
Row = tuple[Cell, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "people_person": (
        "id", "born_on", "sex", "nationality_id", "language_id", "vital_status", "vital_status_source", "is_juvenile",
        "wrapped_key", "key_name",
    ),
    "people_personname": ("id", "person_id", "kind", "family", "given", "protection"),
    "people_identifier": ("id", "person_id", "kind", "value", "protection"),
    "people_address": ("id", "person_id", "lines", "period", "source", "recorded_on"),
    "people_contact": ("id", "person_id", "kind", "value", "recorded_on"),
    "people_relative": ("id", "person_id", "relative_id", "kind", "protection"),
    "encounters_encounter": (
        "id", "person_id", "happened_at", "agency", "place", "kind", "arrested", "outcome", "narrative", "source",
    ),
    "cases_case": (
        "id", "number", "respondent_id", "court_id", "judge_id", "case_type_id", "custody_id", "status", "filed_on",
        "is_sealed", "entered_on", "first_release", "last_release",
    ),
    "cases_caselink": ("id", "case_id", "lead_id", "is_active", "first_release", "last_release"),
    "cases_proceeding": (
        "id", "case_id", "number", "court_id", "location_id", "judge_id", "case_type_id", "charged_on", "opened_on",
        "completed_on", "decision_id", "other_completion_id", "decision_form", "in_absentia", "first_release",
        "last_release",
    ),
    "cases_chargingdocument": (
        "id", "case_id", "kind", "issued_on", "served_on", "filed_on", "issued_by", "document_id",
    ),
    "cases_allegation": ("id", "case_id", "charging_document_id", "number", "narrative", "plea"),
    "cases_charge": (
        "id", "case_id", "proceeding_id", "code_id", "outcome", "released_status", "first_release", "last_release",
    ),
    "cases_application": (
        "id", "case_id", "proceeding_id", "application_type_id", "received_on", "decided_on", "decision_id",
        "protection", "first_release", "last_release",
    ),
    "courts_session": ("id", "judge_id", "court_id", "location_id", "calendar_type_id", "period", "is_cancelled"),
    "hearings_hearing": (
        "id", "case_id", "proceeding_id", "session_id", "judge_id", "court_id", "location_id", "calendar_type_id",
        "schedule_type_id", "medium", "language_id", "starts_at", "minutes", "adjournment_id", "adjourned_on",
        "notice_sent_on", "first_release", "last_release",
    ),
    "docket_docketentry": (
        "id", "case_id", "number", "kind", "title", "filed_at", "entered_at", "side", "filed_by", "served_on",
        "document_id", "protection", "struck_at", "struck_by", "struck_reason", "sealed_at", "sealed_by",
        "supersedes_id",
    ),
    "filings_motion": (
        "id", "case_id", "proceeding_id", "motion_type_id", "side", "received_on", "decided_on", "outcome",
        "released_outcome", "entry_id", "first_release", "last_release",
    ),
    "custody_custodyperiod": ("id", "case_id", "status_id", "period", "facility", "first_release", "last_release"),
    "custody_bond": (
        "id", "case_id", "judge_id", "requested_on", "heard_on", "decided_on", "decision_id", "initial_amount",
        "amount", "first_release", "last_release",
    ),
    "representation_appearance": (
        "id", "case_id", "practitioner_id", "side", "scope", "filed_on", "ended_on", "first_release", "last_release",
    ),
    "appeals_appeal": (
        "id", "case_id", "proceeding_id", "appeal_type_id", "side", "filed_on", "decided_on", "decision_id",
        "first_release", "last_release",
    ),
    "access_caserelation": (
        "id", "principal_id", "case_id", "kind", "protections", "valid_from", "valid_until", "filed_on",
    ),
}  # fmt: skip

DOCUMENT_COLUMNS = (
    "id", "case_id", "title", "media_type", "content_hash", "blob_hash", "size", "pages", "wrapped_key", "key_name",
    "received_at", "protection",
)  # fmt: skip


class PlannedPaper(NamedTuple):
    """A paper still to be set, sealed and stored."""

    document: int
    case: int
    title: str
    received_at: datetime
    protection: str
    paper: Paper


def days(first: date, last: date | None) -> str:
    """A period of days as PostgreSQL writes it; ``last`` is the day after the last one, None for open."""
    return f"[{first},{last or ''})"


@dataclass
class Rows:
    """The rows of one judge's docket. Keys run from ``first`` on, in every table; ``limit`` keys are set aside."""

    first: int
    limit: int
    tables: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    papers: list[PlannedPaper] = field(default_factory=list)
    _keys: dict[str, Iterator[int]] = field(default_factory=dict)

    def key(self, table: str) -> int:
        """The next key of a table. Raises OverflowError when the keys set aside are used up."""
        number = next(self._keys.setdefault(table, count(self.first)))
        if number >= self.first + self.limit:
            raise OverflowError(f"{table} needs more than {self.limit} keys for one docket.")
        return number

    def add(self, table: str, *cells: Cell) -> int:
        """Add a row without its key, and return the key."""
        key = self.key(table)
        self.put(table, key, *cells)
        return key

    def put(self, table: str, *cells: Cell) -> None:
        """Add a row with its key."""
        if len(cells) != len(COLUMNS[table]):
            raise ValueError(f"{table} has {len(COLUMNS[table])} columns, not {len(cells)}.")
        self.tables[table].append(cells)

    def fingerprint(self) -> str:
        """SHA-256 over every row and every paper, in order: equal for equal courts. Sealed text counts as text."""
        digest = hashlib.sha256()
        for table, rows in self.tables.items():
            digest.update(table.encode())
            for row in rows:
                digest.update(repr(row).encode())
        for paper in self.papers:
            digest.update(repr(paper).encode())
        return digest.hexdigest()
