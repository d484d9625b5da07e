"""Makes the demonstration court in the database: staff first, then every judge's docket, then accounts and looks."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context

from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from rollkeeper.access.models import CaseRelation
from rollkeeper.access.rules import PROTECTIONS_OF
from rollkeeper.accounts.models import Account
from rollkeeper.cases.models import Case
from rollkeeper.courts.actions import load_courts
from rollkeeper.demo import indexes
from rollkeeper.demo.bench import Bench
from rollkeeper.demo.looks import looks_of_a_month
from rollkeeper.demo.rows import COLUMNS
from rollkeeper.demo.staff import Hiring, Team
from rollkeeper.demo.writer import Made, Target, write_docket
from rollkeeper.foundation.vault.keys import LocalKeyService
from rollkeeper.foundation.vault.service import key_service
from rollkeeper.law.actions import load_law
from rollkeeper.law.models import Decision
from rollkeeper.ledger.append import append

Tick = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

CASES, SEED, JUDGES = 1_500, 20_260, 12
CASES_A_JUDGE = 1_000  # at scale; twelve judges share the small court
LONGEST = 3_000  # entries of the one very long docket
# Cases from which rows go in without indexes, and foreign keys are taken on trust: the generator made both ends.
BULK_FROM = 20_000


class DemoRefused(Exception):
    """The demonstration court cannot be made here; the message says why and what to do."""


@dataclass(frozen=True)
class Wish:
    """What to make."""

    cases: int = CASES
    seed: int = SEED
    papers: bool = True
    today: date | None = None
    workers: int = 0  # 0: one for each processor
    longest: int = LONGEST


def ensure_demo(tick: Tick) -> None:
    """Make the demonstration court unless it is there; finish nothing half-made, but begin again."""
    if not is_made():
        make_demo(Wish(), tick)


def is_made() -> bool:
    """Whether the court was made to its end: the respondent's account comes last, with the looks."""
    return Account.objects.using("owner").filter(username="respondent", is_demo=True).exists()


def make_demo(wish: Wish, tick: Tick) -> Made:
    """Make a court of any size. Raises DemoRefused where a record is already kept."""
    today = wish.today or datetime.now(UTC).date()
    _begin()
    load_law()
    load_courts()
    benches = _staff(wish, today)
    made = Made()
    done = 0
    with indexes.away(wish.cases >= BULK_FROM):
        for part in _write_all(benches, wish):
            made.add(part)
            done += part.rows["cases_case"]
            tick("cases", done, wish.cases)
        tick("indexes", 0, 0)
    made.fingerprints.sort()
    made.rows["looks"] = _finish(wish, today, tick)
    _tidy()
    return made


def _begin() -> None:
    """Refuse to mix with a record; clear what an interrupted run left behind."""
    if is_made():
        raise DemoRefused("The demo court is there already. Remove it first: rollkeeper reset-demo.")
    indexes.put_back()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM cases_case WHERE release_key IS NOT NULL)")
        if cursor.fetchone()[0]:
            raise DemoRefused(
                "This database holds cases of the public release. Use a database of its own for the demo."
            )
        cursor.execute("SELECT EXISTS (SELECT FROM accounts_account WHERE NOT is_demo)")
        if cursor.fetchone()[0]:
            raise DemoRefused("This database has real accounts. Use a database of its own for the demo.")
        events = ", ".join(
            f"{table}event" for table in (*COLUMNS, "documents_document") if _has(cursor, f"{table}event")
        )
        tables = ", ".join((*COLUMNS, "documents_document", *AROUND))
        cursor.execute(f"TRUNCATE {tables}, {events} RESTART IDENTITY CASCADE")


# What belongs to the demonstration beside the record itself.
AROUND = (
    "access_nameindex", "access_nametoken", "access_membership", "access_principal", "access_hold",
    "representation_practitioner", "representation_firm", "accounts_account", "courts_judge",
)  # fmt: skip


def _has(cursor: object, table: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])  # type: ignore[attr-defined]  # Django's cursor
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


@transaction.atomic(using="owner")
def _staff(wish: Wish, today: date) -> list[Bench]:
    """Judges, lawyers, accounts; and a bench for each judge."""
    judges = max(JUDGES, -(-wish.cases // CASES_A_JUDGE))
    judges = min(judges, wish.cases)
    hiring = Hiring(random.Random(f"{wish.seed}:staff"), today)
    teams = hiring.teams(judges)
    hiring.accounts(teams)
    decisions = {
        (case_type, kind, code): key
        for key, case_type, kind, code in Decision.objects.using("owner").values_list(
            "pk", "case_type_id", "decision_type", "code"
        )
    }
    return list(_benches(wish, today, teams, judges, decisions))


def _benches(
    wish: Wish, today: date, teams: list[Team], judges: int, decisions: dict[tuple[str, str, str], int]
) -> Iterator[Bench]:
    most, left = -(-wish.cases // judges), wish.cases
    seats = [(team, seat) for team in teams for seat in team.judges]
    for number, (team, (judge, name, chambers)) in enumerate(seats):
        cases = -(-left // (len(seats) - number))
        left -= cases
        showcase = number == 0
        yield Bench(
            seed=wish.seed, number=number, judge=judge, judge_name=name, court=team.court, today=today, cases=cases,
            most_cases=most, with_papers=wish.papers, counsel=team.counsel, government=team.government,
            court_principal=team.office, chambers_principal=chambers, decisions=decisions, showcase=showcase,
            longest=wish.longest if showcase else 0,
        )  # fmt: skip


def _write_all(benches: list[Bench], wish: Wish) -> Iterator[Made]:
    keys = key_service()
    if not isinstance(keys, LocalKeyService):
        raise DemoRefused("The demo court needs its key in this process; a separate key service is set.")
    target = Target(
        connect=_connection(),
        keys=keys,
        blobs=settings.ROLLKEEPER_STATE / "blobs",
        unchecked=wish.cases >= BULK_FROM,
    )
    workers = min(wish.workers or os.cpu_count() or 1, len(benches))
    if workers <= 1:
        yield from (write_docket(bench, target) for bench in benches)
        return
    # Not fork: this process holds database connections.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(write_docket, bench, target) for bench in benches]):
            yield done.result()


def _connection() -> dict[str, object]:
    """The owner's address as psycopg takes it."""
    fields = connections["owner"].settings_dict
    given = {"dbname": fields["NAME"], "user": fields["USER"], "password": fields["PASSWORD"], "host": fields["HOST"]}
    return {name: value for name, value in (given | {"port": fields["PORT"]}).items() if value}


@transaction.atomic(using="owner")
def _finish(wish: Wish, today: date, tick: Tick) -> int:
    """Sequences, name index, respondents' accounts, looks, and the entry that says the court is whole."""
    tick("names", 0, 0)
    with connections["owner"].cursor() as cursor:
        for table in (*COLUMNS, "documents_document"):
            cursor.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {} HAVING count(*) > 0").format(
                    table, sql.Identifier(table)
                )
            )
        cursor.execute("SELECT index_names()")
    _respondents(wish, today)
    _hold_one()
    tick("looks", 0, 0)
    accounts = list(Account.objects.using("owner").order_by("pk"))
    looks = looks_of_a_month(accounts, today=today, zone="America/Chicago", seed=wish.seed)
    append("demo.made", using="owner", cases_made=wish.cases, seed=wish.seed, today=today.isoformat())
    return looks


def _tidy() -> None:
    """Tell the planner what is there, and mark the pages all of which everybody sees."""
    with connections["owner"].cursor() as cursor:
        for table in (*COLUMNS, "documents_document", "access_nameindex", "access_nametoken"):
            cursor.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def _hold_one() -> None:
    """One decided case under a hold, by the order of a court that does not exist: nobody opens it while it lasts."""
    held = Case.objects.using("owner").filter(court__code="DEN", status="decided").order_by("pk").first()
    if held:
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT place_hold('case', %s, %s)", [held.pk, "Demonstration order, No. 26-0001"])


def _respondents(wish: Wish, today: date) -> None:
    """Accounts for two people with a case: the tour's family, and somebody without counsel."""
    hiring = Hiring(random.Random(f"{wish.seed}:respondents"), today)
    cases = Case.objects.using("owner").select_related("respondent").filter(case_type_id="RMV", is_sealed=False)
    chosen = [
        ("respondent", cases.order_by("pk").first(), "Waits for a hearing on an asylum claim; reads Spanish."),
        (
            "respondent-alone",
            cases.filter(court__code="NEW", status="pending", respondent__is_juvenile=False)
            .exclude(appearances__side="respondent")
            .order_by("pk")
            .first(),
            "Has a case and no lawyer.",
        ),
    ]
    for username, case, line in chosen:
        if case is None:
            continue
        name = case.respondent.names.using("owner").get(kind="legal")
        language = "es" if case.respondent.language_id == "SP" else "en"
        _account, principal = hiring.respondent(username, f"{name.given} {name.family}", line, language)
        CaseRelation.objects.using("owner").create(
            principal=principal, case=case, kind="respondent", protections=sorted(PROTECTIONS_OF["respondent"]),
            valid_from=datetime.combine(today - timedelta(days=300), datetime.min.time(), UTC), filed_on=case.filed_on,
        )  # fmt: skip
