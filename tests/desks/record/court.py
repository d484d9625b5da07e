"""A case with something of everything, so that each page has what could go wrong on it. Every person is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connections
from psycopg.types.range import DateRange

from rollkeeper.appeals.models import Appeal
from rollkeeper.cases.models import Allegation, Application, Case, Charge, ChargingDocument, Proceeding
from rollkeeper.custody.models import Bond, CustodyPeriod
from rollkeeper.docket.models import DocketEntry
from rollkeeper.documents.models import Document
from rollkeeper.encounters.models import Encounter
from rollkeeper.filings.models import Motion
from rollkeeper.hearings.models import Hearing
from rollkeeper.people.models import Address, PersonName, Relative
from rollkeeper.representation.models import Appearance, Firm, Practitioner
from tests.factories.cases import NOW, MadeCase, make_case, make_entry, make_paper, relate
from tests.factories.people import make_person
from tests.factories.world import World

CENTRAL = ZoneInfo("America/Chicago")
ENTRIES = 60
STRUCK, SEALED, REPLACED, REPLACING, FEAR = 4, 6, 8, 9, 11
READERS = ("clerk", "judge", "counsel", "government", "respondent")
KINDS = {"clerk": "court"}


@dataclass(frozen=True)
class Rich:
    """The case, its paper that everyone may open, and the paper that is sealed."""

    made: MadeCase
    paper: Document
    sealed_paper: Document
    relative_id: int

    @property
    def case(self) -> Case:
        """The case."""
        return self.made.case

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.made.case.number)

    @property
    def person_id(self) -> int:
        """The respondent's id."""
        return int(self.made.keyed.person.pk)


_built: list[tuple[World, Rich]] = []


def build(world: World) -> Rich:
    """The case, made once for a small court, with the right of its readers."""
    for made_for, rich in _built:
        if made_for is world:
            return rich
    _built.append((world, _build(world)))
    return _built[-1][1]


def _build(world: World) -> Rich:
    keyed = make_person(
        "Okafor", "Amara", nationality="NI", address="12 Alder Quay\nHarlingen, TX 78550", phone="956-555-0199"
    )
    made = make_case(world.court, world.judge, keyed=keyed)
    for name in READERS:
        relate(made.case, world.principals[name], KINDS.get(name, name))
    paper, sealed_paper = _docket(made.case)
    _court_days(made, world)
    _charges(made, paper)
    _custody(made, world)
    relative = _life(made)
    _counsel(made.case)
    return Rich(made, paper, sealed_paper, relative)


def _docket(case: Case) -> tuple[Document, Document]:
    paper = make_paper(case, "Notice to appear", "The respondent is charged")
    sealed_paper = make_paper(case, "Psychological report", "sealedwords", protection="sealed")
    at = datetime(2024, 3, 4, 9, 30, tzinfo=CENTRAL)
    kinds = ["charging", "notice", "motion", "response", "evidence", "order", "appearance"]
    rows: dict[int, dict[str, object]] = {
        1: {"document": paper, "title": "Notice to appear (I-862)", "kind": "charging", "side": "government"},
        STRUCK: {
            "title": "Motion to change venue",
            "struck_at": NOW - timedelta(days=9),
            "struck_by": "Judge Zqhlg",
            "struck_reason": "Filed in the wrong case",
        },
        SEALED: {"title": "Motion under seal: protective order", "protection": "sealed", "document": sealed_paper},
        REPLACED: {"title": "Evidence list"},
        REPLACING: {"title": "Evidence list, corrected"},
        FEAR: {"title": "Application for asylum (I-589)", "kind": "application", "protection": "fear_claim"},
    }
    for number in range(1, ENTRIES + 1):
        extra = rows.get(number, {})
        fields: dict[str, object] = {
            "title": f"Filing number {number} of the respondent, with exhibits",
            "kind": kinds[number % len(kinds)],
            "filed_at": at + timedelta(days=7 * number),
            "entered_at": NOW - timedelta(days=200),
            "filed_by": "Marchetti, Ilse",
            "served_on": (at + timedelta(days=7 * number + 1)).date(),
        } | extra
        title, kind = str(fields.pop("title")), str(fields.pop("kind"))
        make_entry(case, number, title, kind=kind, protection=str(fields.pop("protection", "")), **fields)
    entries = DocketEntry.objects.using("owner")
    entries.filter(case=case, number=REPLACING).update(supersedes=entries.get(case=case, number=REPLACED))
    return paper, sealed_paper


def _court_days(made: MadeCase, world: World) -> None:
    case = made.case
    shared = {"case": case, "court": world.court, "judge": world.judge, "language_id": "SP"}
    hearings = Hearing.objects.using("owner")
    hearings.create(
        **shared, calendar_type_id="M", medium="in_person", starts_at=datetime(2024, 6, 3, 8, 30, tzinfo=CENTRAL)
    )
    hearings.create(
        **shared, calendar_type_id="M", medium="video", starts_at=datetime(2025, 2, 10, 20, 30, tzinfo=CENTRAL),
        adjournment_id="01", adjourned_on=date(2025, 2, 10),
    )  # fmt: skip
    hearings.create(
        **shared, calendar_type_id="I", medium="internet", starts_at=NOW + timedelta(days=30), minutes=180,
        notice_sent_on=NOW.date() - timedelta(days=3),
    )  # fmt: skip
    for number, received, motion_type in ((3, date(2024, 4, 2), "CO"), (SEALED, date(2024, 4, 20), "MP")):
        Motion.objects.using("owner").create(
            case=case, motion_type_id=motion_type, side="respondent", received_on=received,
            entry=DocketEntry.objects.using("owner").get(case=case, number=number),
        )  # fmt: skip


def _charges(made: MadeCase, paper: Document) -> None:
    case = made.case
    proceeding = Proceeding.objects.using("owner").create(
        case=case, number=1, court=case.court, judge=case.judge, case_type_id="RMV", opened_on=case.filed_on
    )
    charging = ChargingDocument.objects.using("owner").create(
        case=case, kind="nta", issued_on=date(2024, 2, 1), served_on=date(2024, 2, 2), filed_on=date(2024, 3, 4),
        issued_by="Border station 4", document=paper,
    )  # fmt: skip
    told = (
        "You are not a citizen of the United States.",
        "You are a citizen of Nigeria.",
        "You entered near Brownsville.",
    )
    for number, text in enumerate(told, start=1):
        Allegation.objects.using("owner").create(
            case=case, charging_document=charging, number=number, plea="admitted" if number < 3 else "denied",
            narrative=made.keyed.seal("cases_allegation.narrative", text),
        )  # fmt: skip
    Charge.objects.using("owner").create(case=case, proceeding=proceeding, code_id="212a06Ai", outcome="sustained")
    Application.objects.using("owner").create(
        case=case,
        proceeding=proceeding,
        application_type_id="ASYL",
        received_on=date(2024, 5, 20),
        protection="fear_claim",
    )
    Appeal.objects.using("owner").create(
        case=case, appeal_type_id="Bond Appeal", side="government", filed_on=date(2024, 4, 1),
        decided_on=date(2024, 9, 2), decision_id="DIS",
    )  # fmt: skip
    case.entered_on = date(2023, 11, 5)
    case.save(using="owner")


def _custody(made: MadeCase, world: World) -> None:
    periods = CustodyPeriod.objects.using("owner")
    periods.create(
        case=made.case, status_id="D", period=DateRange(date(2024, 2, 1), date(2024, 3, 20)), facility="South station"
    )
    periods.create(case=made.case, status_id="R", period=DateRange(date(2024, 3, 20), None))
    Bond.objects.using("owner").create(
        case=made.case, judge=world.judge, requested_on=date(2024, 3, 1), heard_on=date(2024, 3, 15),
        decided_on=date(2024, 3, 15), decision_id="C", initial_amount=12000, amount=4500,
    )  # fmt: skip


def _life(made: MadeCase) -> int:
    keyed = made.keyed
    PersonName.objects.using("owner").create(person=keyed.person, kind="alias", family="Okafor Diaz", given="Mara")
    Address.objects.using("owner").create(
        person=keyed.person, lines=keyed.seal("people_address.lines", "3 Heron Lane\nBrownsville, TX 78520"),
        period=DateRange(date(2024, 4, 1), date(2025, 1, 1)), source="Charging document", recorded_on=date(2024, 4, 2),
    )  # fmt: skip
    for when, told in (
        (
            datetime(2023, 11, 5, 4, 10, tzinfo=CENTRAL),
            ("Border patrol", "near Brownsville", "border", "yes", "Notice to appear"),
        ),
        (
            datetime(2025, 8, 9, 22, 40, tzinfo=CENTRAL),
            ("County sheriff", "Highway 77", "traffic stop", "no", "Warning"),
        ),
    ):
        values = dict(zip(("agency", "place", "kind", "arrested", "outcome"), told, strict=True)) | {
            "narrative": f"Seen at {told[1]}; the record says no more."
        }
        Encounter.objects.using("owner").create(
            person=keyed.person, happened_at=when, source="I-213",
            **{name: keyed.seal(f"encounters_encounter.{name}", text) for name, text in values.items()},
        )  # fmt: skip
    spouse = make_person("Hiddenname", "Spouse")
    Relative.objects.using("owner").create(person=keyed.person, relative=spouse.person, kind="spouse")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT index_names()")
    return int(spouse.person.pk)


def _counsel(case: Case) -> None:
    firm = Firm.objects.using("owner").create(name="Marchetti & Quay", city="Harlingen")
    lawyers = Practitioner.objects.using("owner")
    shared = {"case": case, "filed_on": date(2024, 3, 11)}
    for eoir_id, name, side, ended in (
        ("ZQ000101", "Marchetti, Ilse", "respondent", None),
        ("ZQ000102", "Brandt, Owen", "respondent", date(2025, 1, 7)),
        ("ZQ000103", "Sorley, Una", "government", None),
    ):
        mine = {"name": name, "firm": firm if side == "respondent" else None}
        who, _ = lawyers.get_or_create(eoir_id=eoir_id, defaults=mine)
        Appearance.objects.using("owner").create(practitioner=who, side=side, ended_on=ended, **shared)
