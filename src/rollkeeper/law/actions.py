"""Loading the law's own tables from their files. Safe to run again: what is there is brought up to date."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from rollkeeper.law import codetables
from rollkeeper.law.models import (
    AdjournmentCode,
    AppealDecision,
    AppealType,
    ApplicationDecision,
    ApplicationType,
    BondDecision,
    CalendarType,
    CaseType,
    ChargeCode,
    Code,
    CustodyStatus,
    Decision,
    Language,
    MotionType,
    Nationality,
    Purpose,
    ScheduleType,
)

HERE = Path(__file__).resolve().parent

PLAIN: dict[str, type[Code]] = {
    "languages": Language,
    "nationalities": Nationality,
    "case_types": CaseType,
    "calendar_types": CalendarType,
    "schedule_types": ScheduleType,
    "application_decisions": ApplicationDecision,
    "motion_types": MotionType,
    "appeal_types": AppealType,
    "appeal_decisions": AppealDecision,
    "custody_statuses": CustodyStatus,
    "bond_decisions": BondDecision,
}


@transaction.atomic(using="owner")
def load_law() -> int:
    """Load code tables and purposes as the owner; returns the number of rows."""
    return _load_plain_codes() + _load_codes_with_more() + _load_decisions() + _load_purposes()


def _load_plain_codes() -> int:
    count = 0
    for name, model in PLAIN.items():
        rows = [model(code=row.code, label=row.label, is_listed=True) for row in codetables.codes(name)]
        count += _upsert(model, rows, "label", "is_listed")
    return count


def _load_codes_with_more() -> int:
    charges = [ChargeCode(code=row.code, label=row.label, citation=row.citation) for row in codetables.charges()]
    reasons = [AdjournmentCode(code=row.code, label=row.label, clock=row.clock) for row in codetables.adjournments()]
    forms = [
        ApplicationType(code=row.code, label=row.label, is_fear_claim=row.is_fear_claim)
        for row in codetables.application_types()
    ]
    return (
        _upsert(ChargeCode, charges, "label", "citation", "is_listed")
        + _upsert(AdjournmentCode, reasons, "label", "clock", "is_listed")
        + _upsert(ApplicationType, forms, "label", "is_fear_claim", "is_listed")
    )


def _upsert(model: type[Code], rows: Sequence[Code], *fields: str) -> int:
    model._default_manager.using("owner").bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=list(fields)
    )
    return len(rows)


def _load_decisions() -> int:
    rows = [
        Decision(
            case_type_id=row.case_type, decision_type=row.decision_type, code=row.code, label=row.label, basis=row.basis
        )
        for row in codetables.decisions()
    ]
    Decision.objects.using("owner").bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case_type", "decision_type", "code"],
        update_fields=["label", "basis", "is_listed"],
    )
    return len(rows)


def _load_purposes() -> int:
    rows = tomllib.loads((HERE / "purposes.toml").read_text(encoding="utf-8"))["purpose"]
    for row in rows:
        Purpose.objects.using("owner").update_or_create(code=row["code"], defaults=row)
    return len(rows)
