"""Cases for tests, with a row in every table of the record."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from psycopg.types.range import DateRange

from rollkeeper.access.models import CaseRelation, Principal
from rollkeeper.access.rules import PROTECTIONS_OF
from rollkeeper.appeals.models import Appeal
from rollkeeper.cases.models import Allegation, Application, Case, Charge, ChargingDocument, Proceeding
from rollkeeper.courts.models import Court, Judge
from rollkeeper.custody.models import Bond, CustodyPeriod
from rollkeeper.docket.models import DocketEntry
from rollkeeper.documents.models import Document
from rollkeeper.encounters.models import Encounter
from rollkeeper.filings.models import Motion
from rollkeeper.foundation.blobs import store
from rollkeeper.foundation.vault.sealing import new_data_key, seal
from rollkeeper.foundation.vault.service import key_service
from rollkeeper.hearings.models import Hearing
from rollkeeper.law.models import ApplicationType, BondDecision, ChargeCode, Decision, MotionType
from tests.factories.paper import small_pdf
from tests.factories.people import Keyed, make_person

_numbers = itertools.count(1)
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class MadeCase:
    """A case and the secrets in it: protection (or "" for everyone with the case) to texts."""

    case: Case
    keyed: Keyed
    secrets: dict[str, list[str]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.case.number)


def relate(case: Case, principal: Principal, kind: str, *, protections: tuple[str, ...] | None = None) -> CaseRelation:
    """Give a principal its right to a case."""
    return CaseRelation.objects.using("owner").create(
        principal=principal,
        case=case,
        kind=kind,
        protections=list(PROTECTIONS_OF[kind] if protections is None else protections),
        valid_from=NOW - timedelta(days=30),
        filed_on=case.filed_on,
    )


def make_paper(case: Case, title: str, text: str, *, protection: str = "") -> Document:
    """A sealed one-page PDF that holds ``text``."""
    content = small_pdf(text)
    key = new_data_key()
    document = Document.objects.using("owner").create(
        case=case,
        title=title,
        content_hash=hashlib.sha256(content).hexdigest(),
        blob_hash="0" * 64,
        size=len(content),
        pages=1,
        wrapped_key=b"",
        key_name=key_service().name,
        received_at=NOW,
        protection=protection,
    )
    document.wrapped_key = key_service().wrap(key, subject=f"document:{document.pk}")
    document.blob_hash = store().put(seal(key, content, label="documents_document"), durable=False)
    document.save(using="owner")
    return document


def make_entry(
    case: Case, number: int, title: str, *, kind: str = "motion", protection: str = "", **more: object
) -> DocketEntry:
    """A docket entry; ``sealed`` gets the fields a sealing order sets."""
    fields: dict[str, object] = {
        "filed_at": NOW - timedelta(days=100 - number),
        "entered_at": NOW,
        "side": "respondent",
    }
    if protection == "sealed":
        fields |= {"sealed_at": NOW, "sealed_by": "Order of the judge"}
    return DocketEntry.objects.using("owner").create(
        case=case, number=number, kind=kind, title=title, protection=protection, **(fields | more)
    )


def make_case(
    court: Court,
    judge: Judge,
    *,
    family: str | None = None,
    sealed: bool = False,
    status: str = "pending",
    keyed: Keyed | None = None,
    filed_on: date = date(2024, 3, 4),
) -> MadeCase:
    """A case alone, with its respondent; see ``fill_case`` for the rows of every table."""
    n = next(_numbers)
    keyed = keyed or make_person(family or f"Zqfamily{n:05d}", f"Zqgiven{n:05d}")
    case = Case.objects.using("owner").create(
        number=f"{court.code}-24-{n:06d}",
        respondent=keyed.person,
        court=court,
        judge=judge,
        case_type_id="RMV",
        custody_id="N",
        status=status,
        filed_on=filed_on,
        is_sealed=sealed,
    )
    return MadeCase(case, keyed)


def fill_case(made: MadeCase) -> MadeCase:
    """Put a row with a recognisable text in every table of the record, under every protection."""
    case, mark = made.case, f"zq{made.case.pk}x"
    secrets = made.secrets
    proceeding = Proceeding.objects.using("owner").create(
        case=case,
        number=1,
        court=case.court,
        judge=case.judge,
        case_type_id="RMV",
        charged_on=date(2024, 2, 1),
        opened_on=case.filed_on,
        decision=Decision.objects.using("owner").filter(case_type_id="RMV", decision_type="C").first(),
    )
    paper = make_paper(case, f"Notice {mark}paper", f"{mark}papertext")
    charging = ChargingDocument.objects.using("owner").create(
        case=case, kind="nta", issued_on=date(2024, 2, 1), issued_by=f"{mark}office", document=paper
    )
    Allegation.objects.using("owner").create(
        case=case,
        charging_document=charging,
        number=1,
        narrative=made.keyed.seal("cases_allegation.narrative", f"{mark}allegation"),
    )
    Charge.objects.using("owner").create(
        case=case, proceeding=proceeding, code=ChargeCode.objects.using("owner").all()[0]
    )
    secrets[""] = [
        case.number,
        made.keyed.a_number,
        f"{mark}paper",
        f"{mark}papertext",
        f"{mark}office",
        f"{mark}allegation",
    ]
    make_entry(case, 1, f"{mark}open", kind="charging", document=paper)
    secrets[""].append(f"{mark}open")
    for place, protection in enumerate(
        ("fear_claim", "survivor", "juvenile", "medical", "sealed", "protective_order", "chambers"), start=2
    ):
        hidden = make_paper(case, f"{mark}{protection}doc", f"{mark}{protection}text", protection=protection)
        make_entry(case, place, f"{mark}{protection}entry", protection=protection, document=hidden)
        secrets[protection] = [f"{mark}{protection}entry", f"{mark}{protection}doc", f"{mark}{protection}text"]
    _add_proceedings(made, proceeding)
    _add_person_rows(made, mark)
    return made


def _add_proceedings(made: MadeCase, proceeding: Proceeding) -> None:
    case = made.case
    asylum = ApplicationType.objects.using("owner").get(code="ASYL")  # a word of the law: no secret of one case alone
    Application.objects.using("owner").create(
        case=case, proceeding=proceeding, application_type=asylum, received_on=date(2024, 6, 1), protection="fear_claim"
    )
    Hearing.objects.using("owner").create(
        case=case, proceeding=proceeding, judge=case.judge, court=case.court, calendar_type_id="M",
        medium="in_person", language_id="SP", starts_at=NOW + timedelta(days=10),
    )  # fmt: skip
    Motion.objects.using("owner").create(
        case=case, proceeding=proceeding, motion_type=MotionType.objects.using("owner").first(), side="respondent",
        received_on=date(2024, 7, 1),
    )  # fmt: skip
    CustodyPeriod.objects.using("owner").create(
        case=case, status_id="D", period=DateRange(date(2024, 2, 1), date(2024, 3, 1)), facility=f"zq{case.pk}xfacility"
    )
    made.secrets[""].append(f"zq{case.pk}xfacility")
    Bond.objects.using("owner").create(
        case=case, judge=case.judge, decision=BondDecision.objects.using("owner").first(), amount=4321
    )
    Appeal.objects.using("owner").create(case=case, proceeding=proceeding, side="respondent", filed_on=date(2025, 1, 1))


def _add_person_rows(made: MadeCase, mark: str) -> None:
    keyed = made.keyed
    Encounter.objects.using("owner").create(
        person=keyed.person,
        happened_at=NOW - timedelta(days=900),
        source="I-213",
        **{
            name: keyed.seal(f"encounters_encounter.{name}", f"{mark}{name}")
            for name in ("agency", "place", "kind", "outcome", "narrative")
        },
        arrested=keyed.seal("encounters_encounter.arrested", "no"),
    )
    made.secrets["encounters"] = [f"{mark}{name}" for name in ("agency", "place", "outcome", "narrative")]
    made.secrets["contact"] = []
