"""Loading a release into the record, against a real database."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connections

from rollkeeper.access.models import CaseRelation, Principal
from rollkeeper.access.rules import PROTECTIONS_OF
from rollkeeper.cases.models import Application, Case, CaseLink, Charge, Proceeding
from rollkeeper.courts.models import Court, Judge
from rollkeeper.custody.models import Bond, CustodyPeriod
from rollkeeper.hearings.models import Hearing
from rollkeeper.law.models import ApplicationType, Decision
from rollkeeper.people.models import Identifier, Person, PersonName
from rollkeeper.releases import records
from rollkeeper.releases.load import Outcome, load_release
from rollkeeper.releases.models import Release, ReleaseFault
from rollkeeper.releases.problems import ReleaseRefused
from rollkeeper.releases.records import TARGETS
from tests.conftest import conninfo
from tests.releases.conftest import Sample
from tests.releases.tiny import row, write_release

AT = datetime(2026, 7, 14, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 8, 14, 9, 0, tzinfo=UTC)
TABLES = ("cases_case", "cases_proceeding", "cases_charge", "hearings_hearing", "cases_application", "filings_motion",
          "custody_bond", "custody_custodyperiod", "representation_appearance", "appeals_appeal",
          "cases_caselink")  # fmt: skip
DAY = " 00:00:00.000"
OTHERS = ("people_person", "access_caserelation", "releases_release", "releases_releasefault", "ledger_entry")
LOOKED_AT = ("NAT LANG C_BIRTHDATE CUSTODY DATE_OF_ENTRY ADJ_DATE ADJ_TIME_START CAL_TYPE").split()
Rows = dict[str, list[list[str] | str]]


@pytest.fixture
def opened(fresh_database: str, django_db_blocker: Any) -> Iterator[None]:  # Any: pytest-django exports no type
    """A database of the test's own, with Django allowed to use it."""
    with django_db_blocker.unblock():
        yield


def counts() -> dict[str, int]:
    """Rows of every table that a load writes."""
    with connections["owner"].cursor() as cursor:
        found = {}
        for table in (
            *TABLES,
            "people_person",
            "access_caserelation",
            "releases_release",
            "releases_releasefault",
            "ledger_entry",
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def staging_is_gone() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('release_staging') IS NULL")
        return bool(cursor.fetchone()[0])


def family() -> Rows:
    """A lead case with everything below it, and a rider's."""
    joined = {"IDNCASE": "101", "IDNPROCEEDING": "201"}
    born = {"NAT": "HO", "LANG": "SP", "C_BIRTHDATE": "7/1984", "Sex": "F", "DATE_OF_ENTRY": "2018-11-02" + DAY}
    asked = {"APPL_RECD_DATE": "2019-04-01" + DAY}
    place = {"BASE_CITY_CODE": "HLG", "HEARING_LOC_CODE": "HLG", "IJ_CODE": "QZ1"}
    run = {"CASE_TYPE": "RMV", "CUSTODY": "D", "NAT": "HO", "LANG": "SP ", "OSC_DATE": "2019-01-05" + DAY}
    ended = {"INPUT_DATE": "2019-01-20" + DAY, "COMP_DATE": "2019-06-01" + DAY, "OTHER_COMP": "T", "ABSENTIA": "N"}
    sat = {"ADJ_DATE": "2019-03-04" + DAY, "ADJ_TIME_START": "0830", "ADJ_TIME_STOP": "1000", "ADJ_RSN": "01"}
    kind = {"CAL_TYPE": "M", "SCHEDULE_TYPE": "NA", "ADJ_MEDIUM": "V", "LANG": "SP", "BLNCLOCKOVERRIDE": "0"}
    bond = {"DEC": "C", "NEW_BOND": "0000004500", "INITIAL_BOND": "0000000000", "COMP_DATE": "2019-02-10" + DAY}
    held = {"DATDETAINED": "2019-01-05" + DAY, "DATRELEASED": "2019-02-15" + DAY}
    counsel = {
        "STRATTYLEVEL": "COURT",
        "STRATTYTYPE": "ALIEN",
        "PARENT_TABLE": "a_tblcase",
        "E_28_DATE": "2019-03-01" + DAY,
    }
    removal = {"CASE_TYPE": "RMV", "UPDATE_SITE": "HLG"}
    return {
        "A_TblCase": [
            row("A_TblCase", IDNCASE="101", CUSTODY="R", CASEPRIORITY_CODE="N/A", **born, **removal),
            row("A_TblCase", IDNCASE="102", NAT="NA", LANG="ENG", CUSTODY="N", **removal),
        ],
        "B_TblProceeding": [
            row("B_TblProceeding", **joined, **run, **ended, **(place | {"BASE_CITY_CODE": "SNA"})),
            row("B_TblProceeding", IDNPROCEEDING="202", IDNCASE="101", INPUT_DATE="2019-06-02" + DAY, **run, **place),
        ],
        "B_TblProceedCharges": [
            row("B_TblProceedCharges", **joined, IDNPRCDCHG="301", CHARGE="212a06Ai     ", CHG_STATUS="S")
        ],
        "tbl_schedule": [row("tbl_schedule", **joined, IDNSCHEDULE="401", **sat, **kind, **place)],
        "tbl_Court_Appln": [
            row("tbl_Court_Appln", **joined, IDNPROCEEDINGAPPLN="501", APPL_CODE="ASYL", **asked),
            row("tbl_Court_Appln", **joined, IDNPROCEEDINGAPPLN="502", APPL_CODE="42B", APPL_DEC="D", **asked),
        ],
        "D_TblAssociatedBond": [row("D_TblAssociatedBond", **joined, IDNASSOCBOND="601", **bond)],
        "tbl_CustodyHistory": [
            row("tbl_CustodyHistory", IDNCUSTODY="701", IDNCASE="101", CUSTODY="D", **held),
            row("tbl_CustodyHistory", IDNCUSTODY="702", IDNCASE="102", CUSTODY="N"),
        ],
        "tbl_RepsAssigned": [
            row("tbl_RepsAssigned", IDNREPSASSIGNED="801", IDNCASE="101", PARENT_IDN="101", **counsel)
        ],
        "tbl_JuvenileHistory": [row("tbl_JuvenileHistory", idnJuvenileHistory="901", idnCase="102", idnJuvenile="4")],
        "tbl_Lead_Rider": [
            row("tbl_Lead_Rider", idnLeadRider="951", idnLeadCase="101", idnRiderCase="102", blnActive="1")
        ],
    }


def release_of(folder: Path, rows: Rows, month: str = "2026-0701", **stated: int) -> Path:
    """A release of a month below ``folder``."""
    made = write_release(folder, rows, counts=stated)
    return made.rename(made.with_name(f"EOIR Case Data {month}"))


def test_every_fault_of_the_sample_is_accounted_for(opened: None, sample: Sample) -> None:
    """Same file, line and kind for each: nothing missing. What is found beyond follows from a row that was refused."""
    outcome = load_release(sample.source, at=AT)

    found = Counter((event.file, event.line, str(event.kind)) for event in outcome.events)
    wanted = Counter((fault["file"], fault["line"], fault["kind"]) for fault in sample.faults())
    refused = {(event.file, event.line) for event in outcome.events if event.outcome == "row refused"}
    assert set(wanted) - set(found) == set()
    more = {key for key in set(found) - set(wanted) if key[2] != "no parent row"}
    assert more == set()
    orphans = len(set(found) - set(wanted))
    lost_parents = {place for place in refused if place[0] in ("A_TblCase.csv", "B_TblProceeding.csv")}
    assert orphans == 0 or lost_parents
    for fault in sample.faults():
        if fault["kind"] == "code not in its table":
            [event] = [
                e
                for e in outcome.events
                if (e.file, e.line, str(e.kind)) == (fault["file"], fault["line"], fault["kind"])
            ]
            assert (event.column, event.before, event.after) == (fault["column"], fault["before"], fault["after"])


def test_what_is_loaded_is_what_count_txt_states_less_what_was_refused(opened: None, sample: Sample) -> None:
    outcome = load_release(sample.source, at=AT)

    refused = Counter(e.file.removesuffix(".csv").lower() for e in outcome.events if e.outcome == "row refused")
    stated = {stem: total.rows for stem, total in outcome.totals.items()}
    rows = counts()
    assert {target.table: stated[target.keys] - refused[target.keys] for target in TARGETS} == {
        table: rows[table] for table in TABLES
    }
    assert rows["people_person"] == rows["cases_case"]
    assert all(outcome.counts[stem].read == total for stem, total in stated.items())


def test_values_of_the_record_are_the_sample_s_truth(opened: None, sample: Sample) -> None:
    outcome = load_release(sample.source, at=AT)
    doubtful = {(e.file, e.line, e.column) for e in outcome.events if e.outcome == "value refused"}
    people = {c.release_key: c for c in Case.objects.using("owner").select_related("respondent")}
    hearings = {h.release_key: h for h in Hearing.objects.using("owner").select_related("court")}

    checked = 0
    for file, line, true in sample.truth():
        certain = not any((file, line, name) in doubtful for name in LOOKED_AT)
        case = people.get(int(true["IDNCASE"])) if file == "A_TblCase.csv" and certain else None
        if case is not None:
            born = case.respondent
            month, year = map(int, true["C_BIRTHDATE"].split("/")) if true["C_BIRTHDATE"] else (None, None)
            assert (born.nationality_id or "", born.language_id or "") == (true["NAT"], true["LANG"])
            assert (born.born_month, born.born_year) == (month, year)
            assert (str(case.entered_on or ""), case.custody_id or "") == (true["DATE_OF_ENTRY"][:10], true["CUSTODY"])
            checked += 1
        hearing = hearings.get(int(true["IDNSCHEDULE"] or 0)) if file == "tbl_schedule.csv" and certain else None
        if hearing is not None and hearing.court is not None:
            local = hearing.starts_at.astimezone(ZoneInfo(hearing.court.time_zone))
            assert f"{local:%Y-%m-%d %H%M}" == f"{true['ADJ_DATE'][:10]} {true['ADJ_TIME_START']}"
            assert (hearing.calendar_type_id or "") == true["CAL_TYPE"]
            checked += 1
    assert checked > 300


def test_a_case_arrives_whole_and_without_a_name(opened: None, tmp_path: Path) -> None:
    load_release(release_of(tmp_path, family()), at=AT)

    case = Case.objects.using("owner").select_related("respondent", "court", "judge").get(number="EOIR-101")
    person = case.respondent
    assert (case.court.code, case.status, case.custody_id, case.filed_on) == ("HLG", "pending", "R", date(2019, 1, 20))
    assert (case.first_release, case.last_release, case.entered_on) == ("2026-07-01", "2026-07-01", date(2018, 11, 2))
    assert (person.born_month, person.born_year, person.sex, person.nationality_id, person.language_id) == (
        7,
        1984,
        "F",
        "HO",
        "SP",
    )
    assert not PersonName.objects.using("owner").filter(person=person).exists()
    assert not Identifier.objects.using("owner").filter(person=person).exists()
    runs = Proceeding.objects.using("owner").filter(case=case).order_by("number")
    assert [
        (run.number, run.court.code, run.other_completion.code if run.other_completion else None) for run in runs
    ] == [
        (1, "SNA", "T"),
        (2, "HLG", None),
    ]
    [charge] = Charge.objects.using("owner").filter(case=case)
    assert (charge.code_id, charge.outcome, charge.proceeding_id) == ("212a06Ai", "sustained", runs[0].pk)
    [hearing] = Hearing.objects.using("owner").filter(case=case)
    assert (hearing.starts_at, hearing.minutes, hearing.medium, hearing.schedule_type_id, hearing.adjournment_id) == (
        datetime(2019, 3, 4, 14, 30, tzinfo=UTC), 90, "video", "NA", "01",
    )  # fmt: skip
    protections = (
        Application.objects.using("owner")
        .filter(case=case)
        .order_by("release_key")
        .values_list("protection", flat=True)
    )
    assert list(protections) == ["fear_claim", ""]
    [bond] = Bond.objects.using("owner").filter(case=case)
    assert (bond.initial_amount, bond.amount, bond.decision_id) == (0, 4500, "C")
    [custody] = CustodyPeriod.objects.using("owner").filter(case=case)
    assert (custody.period.lower, custody.period.upper) == (date(2019, 1, 5), date(2019, 2, 16))
    rider = Case.objects.using("owner").select_related("respondent").get(number="EOIR-102")
    assert (rider.respondent.nationality_id, rider.respondent.is_juvenile) == ("NA", True)
    [link] = CaseLink.objects.using("owner").filter(case=rider)
    assert (link.lead_id, link.is_active) == (case.pk, True)


def test_the_court_s_office_and_chambers_may_open_what_was_loaded(opened: None, tmp_path: Path) -> None:
    court = Court.objects.using("owner").get(code="HLG")
    judge = Judge.objects.using("owner").create(code="QZ1", name="Invented", court=court)
    chambers = Principal.objects.using("owner").create(kind="chambers", name="Chambers", judge=judge)

    load_release(release_of(tmp_path, family()), at=AT)

    relations = CaseRelation.objects.using("owner").filter(case__number="EOIR-101", valid_until=None)
    assert {(r.kind, r.principal.kind) for r in relations.select_related("principal")} == {
        ("court", "court"),
        ("judge", "chambers"),
    }
    assert set(relations.get(kind="court").protections) == {str(p) for p in PROTECTIONS_OF["court"]}
    assert relations.get(kind="judge").principal_id == chambers.pk


def test_the_same_release_again_changes_nothing(opened: None, tmp_path: Path) -> None:
    folder = release_of(tmp_path, family())
    load_release(folder, at=AT)
    before = counts()

    again = load_release(folder, at=LATER)

    assert again.already
    assert again.written == {}
    assert counts() == before


def test_a_later_release_adds_changes_and_leaves_a_trace(opened: None, tmp_path: Path) -> None:
    load_release(release_of(tmp_path / "july", family()), at=AT)
    later = family()
    later["A_TblCase"][0] = row(
        "A_TblCase", IDNCASE="101", NAT="HO", LANG="SP", CUSTODY="N", CASE_TYPE="RMV", UPDATE_SITE="HLG"
    )
    del later["tbl_Court_Appln"][1]
    later["B_TblProceeding"].append(
        row("B_TblProceeding", IDNPROCEEDING="150", IDNCASE="101", BASE_CITY_CODE="MIA", CASE_TYPE="RMV")
    )

    outcome = load_release(release_of(tmp_path / "august", later, "2026-0801"), at=LATER)

    assert (outcome.written["cases_case"].added, outcome.written["cases_case"].changed) == (0, 1)
    case = Case.objects.using("owner").get(number="EOIR-101")
    assert (case.custody_id, case.first_release, case.last_release) == ("N", "2026-07-01", "2026-08-01")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT custody_id, last_release FROM cases_caseevent WHERE pgh_obj_id = %s", [case.pk])
        assert cursor.fetchall() == [("R", "2026-07-01")]  # what it said before
        cursor.execute("SELECT count(*) FROM hearings_hearingevent")
        assert cursor.fetchone()[0] == 0
    gone = Application.objects.using("owner").get(release_key=502)
    assert (gone.first_release, gone.last_release) == ("2026-07-01", "2026-07-01")
    kept = Application.objects.using("owner").get(release_key=501)
    assert (kept.first_release, kept.last_release) == ("2026-07-01", "2026-08-01")
    numbers = Proceeding.objects.using("owner").filter(case=case).values_list("release_key", "number")
    assert dict(numbers) == {201: 1, 202: 2, 150: 3}


def test_an_older_release_does_not_take_back_what_a_later_one_brought(opened: None, tmp_path: Path) -> None:
    load_release(release_of(tmp_path / "august", family(), "2026-0801"), at=AT)
    older = family()
    older["A_TblCase"][0] = row("A_TblCase", IDNCASE="101", NAT="MX", CUSTODY="D", CASE_TYPE="RMV", UPDATE_SITE="HLG")

    load_release(release_of(tmp_path / "june", older, "2026-0601"), at=LATER)

    case = Case.objects.using("owner").select_related("respondent").get(number="EOIR-101")
    assert (case.custody_id, case.respondent.nationality_id) == ("R", "HO")
    assert (case.first_release, case.last_release) == ("2026-06-01", "2026-08-01")


def test_a_rider_who_changes_leads_leaves_the_former_one(opened: None, tmp_path: Path) -> None:
    first = family()
    first["A_TblCase"].append(row("A_TblCase", IDNCASE="103", CASE_TYPE="RMV", UPDATE_SITE="HLG"))
    load_release(release_of(tmp_path / "july", first), at=AT)
    second: Rows = {
        **first,
        "tbl_Lead_Rider": [
            row("tbl_Lead_Rider", idnLeadRider="952", idnLeadCase="103", idnRiderCase="102", blnActive="1")
        ],
    }

    load_release(release_of(tmp_path / "august", second, "2026-0801"), at=LATER)

    links = CaseLink.objects.using("owner").values_list("release_key", "is_active")
    assert dict(links) == {951: False, 952: True}


def test_courts_are_loaded_one_by_one(opened: None, tmp_path: Path) -> None:
    rows = family()
    rows["A_TblCase"].append(row("A_TblCase", IDNCASE="104", CASE_TYPE="RMV", UPDATE_SITE="MIA"))
    folder = release_of(tmp_path, rows)

    first = load_release(folder, at=AT, courts=("mia",))
    loaded = set(Case.objects.using("owner").values_list("number", flat=True))
    second = load_release(folder, at=LATER, courts=("HLG",))
    both = load_release(folder, at=LATER, courts=("HLG", "MIA"))

    assert loaded == {"EOIR-104"}
    assert (first.written["cases_case"].added, second.written["cases_case"].added, both.already) == (1, 2, True)
    assert Case.objects.using("owner").filter(release_key__isnull=False).count() == 3
    with pytest.raises(ReleaseRefused, match="holds no case of NYC; nothing was loaded"):
        load_release(folder, at=LATER, courts=("NYC",))


def test_a_release_that_is_not_whole_is_refused_and_changes_nothing(opened: None, tmp_path: Path) -> None:
    folder = release_of(tmp_path, family(), A_TblCase=5)
    before = counts()

    with pytest.raises(
        ReleaseRefused, match=r"A_TblCase\.csv has 2 rows where Count\.txt states 5; the release is not whole"
    ):
        load_release(folder, at=AT)

    assert counts() == before
    assert staging_is_gone()
    accepted = load_release(folder, at=AT, accept_differences=True)
    assert accepted.written["cases_case"].added == 2


def test_a_dry_run_finds_the_same_and_writes_nothing(opened: None, sample: Sample) -> None:
    before = counts()

    dry = load_release(sample.source, at=AT, dry_run=True)

    assert counts() == before
    assert staging_is_gone()
    real = load_release(sample.source, at=AT)
    assert sorted(map(str, dry.events)) == sorted(map(str, real.events))


def test_unknown_codes_are_added_as_unlisted(opened: None, tmp_path: Path) -> None:
    rows = family()
    rows["tbl_Court_Appln"].append(
        row(
            "tbl_Court_Appln",
            IDNPROCEEDINGAPPLN="503",
            IDNPROCEEDING="201",
            IDNCASE="101",
            APPL_CODE="NEWX",
            APPL_RECD_DATE="2026-04-01" + DAY,
        )
    )

    rows["B_TblProceeding"][0] = row(
        "B_TblProceeding", IDNPROCEEDING="201", IDNCASE="101", CASE_TYPE="QRS", DEC_CODE="9"
    )

    outcome = load_release(release_of(tmp_path, rows), at=AT)

    decision = Decision.objects.using("owner").get(case_type_id="QRS", decision_type="C", code="9")
    assert (decision.is_listed, decision.case_type.is_listed) == (False, False)
    [told] = [e for e in outcome.events if e.column == "DEC_CODE"]
    assert (told.line, told.before) == (2, "QRS 9")
    assert Proceeding.objects.using("owner").get(release_key=201).court.code == "???"
    added = ApplicationType.objects.using("owner").get(code="NEWX")
    assert (added.is_listed, added.is_fear_claim) == (False, True)
    [event] = [e for e in outcome.events if e.column == "APPL_CODE"]
    assert (event.line, event.before, event.after) == (4, "NEWX", "1 rows")


def test_the_load_is_in_the_ledger_and_its_faults_are_kept(opened: None, sample: Sample) -> None:
    outcome = load_release(sample.source, at=AT)

    loaded = Release.objects.using("owner").get()
    assert (loaded.label, loaded.digest, loaded.courts, loaded.loaded_at) == ("2026-07-01", outcome.digest, [], AT)
    assert ReleaseFault.objects.using("owner").filter(release=loaded).count() == len(outcome.events)
    assert all(len(fault.before) <= 40 and fault.before.isprintable() for fault in ReleaseFault.objects.using("owner"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT body::jsonb FROM ledger_entry WHERE kind = 'release.loaded'")
        [(body,)] = cursor.fetchall()
    assert outcome.digest in str(body)


def test_the_site_cannot_read_releases_faults_or_staging(opened: None, sample: Sample) -> None:
    load_release(sample.source, at=AT)

    with psycopg.connect(conninfo("default"), autocommit=True) as site:
        for table in ("releases_release", "releases_releasefault"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                site.execute(f"SELECT count(*) FROM {table}")
        [(seen,)] = site.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'release_staging'").fetchall()
        assert seen == 0


LOADER = """
import django, sys, os, signal
django.setup()
from datetime import UTC, datetime
from pathlib import Path
from rollkeeper.releases import load, records
step = sys.argv[2]
def told(name, done):
    if name == step:
        print("reached", flush=True)
        signal.pause()
load.load_release(Path(sys.argv[1]), at=datetime(2026, 7, 14, tzinfo=UTC), progress=told)
"""


@pytest.mark.parametrize("step", ["tbl_schedule.csv", "checks", "hearings_hearing", "cases_caselink"])
def test_a_load_killed_at_any_point_leaves_nothing_and_can_be_run_again(
    opened: None, tmp_path: Path, step: str
) -> None:
    folder = release_of(tmp_path, family())
    before = counts()
    name = connections["owner"].settings_dict["NAME"]
    environment = {
        **os.environ,
        "ROLLKEEPER_DATABASE_URL": conninfo("owner"),
        "DJANGO_SETTINGS_MODULE": "rollkeeper.conf.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", LOADER, str(folder), step], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reached\n"
        process.send_signal(signal.SIGKILL)
    _wait_until_alone(str(name))

    assert counts() == before
    outcome = load_release(folder, at=AT)

    assert outcome.written["cases_case"].added == 2
    assert staging_is_gone()


def _wait_until_alone(name: str) -> None:
    """The server notices a killed client when it next writes to it."""
    with psycopg.connect(conninfo("owner"), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() "
            "AND state <> 'idle' AND application_name = ''",
            [name],
        )
        for _ in range(100):
            [(held,)] = other.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchall()
            if not held:
                return
            time.sleep(0.1)


def test_rows_are_written_in_chunks_without_loss(opened: None, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "CHUNK", 1000)

    outcome = load_release(sample.source, at=AT)

    rows = counts()
    assert {table: written.added for table, written in outcome.written.items()} == {
        table: rows[table] for table in TABLES
    }
    assert rows["hearings_hearing"] > 20_000


def test_two_loads_at_once_are_one_after_the_other(opened: None, tmp_path: Path) -> None:
    folder = release_of(tmp_path, family())
    with psycopg.connect(conninfo("owner"), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('rollkeeper.release.load', 0))")

        with pytest.raises(ReleaseRefused, match="Another load is under way"):
            load_release(folder, at=AT)

    assert load_release(folder, at=AT).written["cases_case"].added == 2


def test_a_release_whose_month_is_not_told_asks_for_it(opened: None, tmp_path: Path) -> None:
    folder = write_release(tmp_path / "x", family())
    shutil.move(str(folder), tmp_path / "download")

    with pytest.raises(ReleaseRefused, match="give --date YYYY-MM-DD"):
        load_release(tmp_path / "download", at=AT)

    outcome: Outcome = load_release(tmp_path / "download", at=AT, label="2026-05-01")
    assert outcome.label == "2026-05-01"
    assert Person.objects.using("owner").count() == 2
