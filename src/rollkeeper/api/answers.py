"""Rows of the record as the API says them. Everything here runs inside an open look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC

from django.urls import reverse
from django.utils.translation import override

from rollkeeper.access.looks import Look
from rollkeeper.api.schemas import (
    CaseOut,
    ChargeOut,
    EntryOut,
    HearingOut,
    LookedOut,
    LookOut,
    PaperOut,
)
from rollkeeper.cases.models import Case, Charge
from rollkeeper.cases.queries import cases_in
from rollkeeper.disclosures.queries import LookEntry
from rollkeeper.disclosures.telling import tell
from rollkeeper.docket.models import DocketEntry
from rollkeeper.docket.queries import DocketPage
from rollkeeper.documents.models import Document
from rollkeeper.hearings.models import Hearing
from rollkeeper.law.models import Purpose
from rollkeeper.people.queries import a_numbers, legal_names


def look_out(look: Look) -> LookOut:
    """The look itself."""
    return LookOut(number=look.number, purpose=look.purpose, relation=look.relation, office=look.office)


def cases_out(look: Look) -> list[CaseOut]:
    """The cases of a look, in its order."""
    names, numbers = legal_names(look), a_numbers(look)
    return [
        case_out(case, str(names.get(case.respondent_id) or ""), numbers.get(case.respondent_id, ""))
        for case in cases_in(look)
    ]


def case_out(case: Case, name: str, a_number: str) -> CaseOut:
    """One case; what a protection closes is null."""
    return CaseOut(
        number=case.number,
        respondent=name or None,
        a_number=a_number or None,
        court=case.court.code,
        judge=str(case.judge) if case.judge else None,
        case_type=str(case.case_type),
        status=case.status,
        custody=str(case.custody) if case.custody else None,
        filed_on=case.filed_on,
        is_sealed=case.is_sealed,
    )


def charge_out(row: Charge) -> ChargeOut:
    """A ground charged."""
    return ChargeOut(code=row.code_id, text=row.code.label, outcome=row.outcome)


def entries_out(page: DocketPage, number: str) -> list[EntryOut]:
    """The entries of one page of a docket."""
    return [_entry(row, number, page.replaced_by) for row in page.entries]


def _entry(row: DocketEntry, number: str, replaced_by: Mapping[int, int]) -> EntryOut:
    return EntryOut(
        number=row.number,
        kind=row.kind,
        title=row.title,
        filed_at=row.filed_at,
        entered_at=row.entered_at,
        side=row.side,
        filed_by=row.filed_by,
        served_on=row.served_on,
        protection=row.protection,
        struck_at=row.struck_at,
        struck_by=row.struck_by,
        struck_reason=row.struck_reason,
        sealed_at=row.sealed_at,
        supersedes=row.supersedes.number if row.supersedes else None,
        superseded_by=replaced_by.get(row.pk),
        paper=_paper(row.document, number) if row.document else None,
    )


def _paper(row: Document, number: str) -> PaperOut:
    return PaperOut(
        title=row.title,
        media_type=row.media_type,
        pages=row.pages,
        size=row.size,
        url=reverse("record:paper", args=[number, row.pk]),
    )


def hearing_out(row: Hearing) -> HearingOut:
    """A hearing."""
    return HearingOut(
        starts_at=row.starts_at,
        minutes=row.minutes,
        kind=_text(row.calendar_type),
        purpose=_text(row.schedule_type),
        medium=row.medium,
        language=_text(row.language),
        court=row.court.code if row.court else None,
        location=_text(row.location),
        judge=_text(row.judge),
        adjournment=_text(row.adjournment),
        adjourned_on=row.adjourned_on,
        notice_sent_on=row.notice_sent_on,
    )


def _text(row: object) -> str | None:
    return None if row is None else str(row)


def looks_out(
    entries: Sequence[LookEntry], purposes: Mapping[str, Purpose], number: str, *, yours: bool
) -> list[LookedOut]:
    """Lines of the log about a case, in English."""
    with override("en"):
        return [_looked(entry, purposes, number, yours=yours) for entry in entries]


def _looked(entry: LookEntry, purposes: Mapping[str, Purpose], number: str, *, yours: bool) -> LookedOut:
    told = tell(entry, purposes, yours=yours)
    return LookedOut(
        entry=entry.number,
        at=entry.at.astimezone(UTC),
        kind=entry.kind,
        who=told.who,
        purpose=entry.purpose,
        purpose_text=told.purpose,
        act=entry.act,
        what_happened=told.did,
        refused=entry.refused,
        could_also_show=list(entry.protections),
        receipt=reverse("disclosures:receipt", args=[number, entry.number]),
    )
