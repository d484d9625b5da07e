"""The attacker inside the site: raw SQL as ``rollkeeper_app``. No row without a committed look in the ledger."""

from __future__ import annotations

import json
import random
import time
from typing import Any

import psycopg
import pytest
from psycopg import errors

from tests.access.catalogue import record_tables, tables
from tests.conftest import Connect
from tests.factories.cases import fill_case, make_case, relate
from tests.factories.world import World

REFUSED = (errors.InsufficientPrivilege, errors.UndefinedTable, errors.InvalidParameterValue)


def open_look(site: psycopg.Connection, world: World, *, case: str | None = None, seconds: int = 30) -> dict[str, Any]:
    """Open the clerk's look at a case, as the site does."""
    row = site.execute(
        "SELECT open_look(%s, 'records', 'docket.read', %s, NULL, '{}', %s)",
        [world.account("clerk").pk, case or world.case.number, seconds],
    ).fetchone()
    assert row is not None
    answer: dict[str, Any] = row[0]
    return answer


def count(site: psycopg.Connection, table: str = "docket_docketentry") -> int:
    """Rows that the reader's role is shown."""
    site.execute("SET ROLE rollkeeper_reader")
    try:
        row = site.execute(f"SELECT count(*) FROM {table}").fetchone()
    finally:
        if site.info.transaction_status != psycopg.pq.TransactionStatus.INERROR:
            site.execute("RESET ROLE")
    assert row is not None
    return int(row[0])


def complaint(site: psycopg.Connection, statement: str) -> str:
    """What PostgreSQL says against a statement that may show no row: nothing, or an error of its own."""
    try:
        rows = site.execute(statement).fetchall()
    except psycopg.Error as error:
        return str(error)
    return str(rows) if rows else ""


def entry_exists(owner: psycopg.Connection, number: int) -> bool:
    return owner.execute("SELECT 1 FROM ledger_entry WHERE id = %s", [number]).fetchone() is not None


def test_every_table_is_behind_the_door_or_named_as_no_record(connect_as_owner: Connect) -> None:
    owner = connect_as_owner()

    open_tables = [name for name in record_tables(owner) if not tables(owner)[name]]

    assert open_tables == []
    assert len(record_tables(owner)) > 40  # the record and its history


def test_the_owner_of_the_tables_sees_what_the_tests_look_for(connect_as_owner: Connect, world: World) -> None:
    owner = connect_as_owner()

    empty = [name for name in record_tables(owner) if not name.endswith("event")
             and owner.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() is None]  # fmt: skip

    assert set(empty) <= {"people_relative"}  # every other record table has rows that could leak


def test_without_a_look_every_record_table_is_closed(
    connect_as_site: Connect, connect_as_owner: Connect, world: World
) -> None:
    site = connect_as_site()
    for table in record_tables(connect_as_owner()):
        with pytest.raises(errors.InsufficientPrivilege):
            site.execute(f"SELECT * FROM {table}")
        assert count(site, table) == 0, table


def test_a_committed_look_shows_its_case_and_no_other(
    connect_as_site: Connect, connect_as_owner: Connect, world: World
) -> None:
    site, owner = connect_as_site(), connect_as_owner()

    answer = open_look(site, world)

    assert entry_exists(owner, answer["entry"])
    assert count(site) == 4  # open, fear claim, juvenile, medical: what a clerk's right opens of eight entries
    site.execute("SET ROLE rollkeeper_reader")
    assert site.execute("SELECT DISTINCT case_id FROM docket_docketentry").fetchall() == [(world.case.case.pk,)]
    assert site.execute("SELECT number FROM cases_case").fetchall() == [(world.case.number,)]


def test_a_look_opened_in_the_same_transaction_shows_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()

    with site.transaction():
        open_look(site, world)
        assert count(site) == 0

    assert count(site) > 0


def test_a_look_rolled_back_shows_nothing(connect_as_site: Connect, connect_as_owner: Connect, world: World) -> None:
    site, owner = connect_as_site(), connect_as_owner()

    site.execute("BEGIN")
    answer = open_look(site, world)
    site.execute("ROLLBACK")

    assert not entry_exists(owner, answer["entry"])
    assert count(site) == 0


def test_a_look_rolled_back_to_a_savepoint_shows_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()

    with site.transaction():
        site.execute("SAVEPOINT before")
        open_look(site, world)
        assert count(site) == 0
        site.execute("ROLLBACK TO SAVEPOINT before")
        assert count(site) == 0
    assert count(site) == 0


def test_a_look_under_a_released_savepoint_shows_nothing_before_commit(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()

    with site.transaction():
        site.execute("SAVEPOINT a")
        open_look(site, world)
        site.execute("RELEASE SAVEPOINT a")
        assert count(site) == 0
    assert count(site) > 0


def test_a_look_of_another_connection_shows_nothing(connect_as_site: Connect, world: World) -> None:
    mine, theirs = connect_as_site(), connect_as_site()

    open_look(theirs, world)

    assert count(mine) == 0
    assert count(theirs) > 0


def test_an_expired_look_shows_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    open_look(site, world, seconds=1)
    assert count(site) > 0

    time.sleep(1.1)

    assert count(site) == 0


def test_a_closed_look_shows_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    open_look(site, world)

    site.execute("SELECT close_look()")

    assert count(site) == 0


def test_an_older_snapshot_shows_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    open_look(site, world)

    for level in ("REPEATABLE READ", "SERIALIZABLE"):
        site.execute(f"BEGIN ISOLATION LEVEL {level}")
        assert count(site) == 0
        site.execute("ROLLBACK")
    assert count(site) > 0


def test_a_new_look_ends_the_one_before(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    open_look(site, world)

    open_look(site, world, case=world.sealed.number)

    site.execute("SET ROLE rollkeeper_reader")
    assert site.execute("SELECT number FROM cases_case").fetchall() == [(world.sealed.number,)]


def test_a_refused_look_leaves_an_entry_and_opens_nothing(
    connect_as_site: Connect, connect_as_owner: Connect, world: World
) -> None:
    site, owner = connect_as_site(), connect_as_owner()

    absent = open_look(site, world, case="HLG-24-999999")
    closed = open_look(site, world, case=world.other.number)

    assert {key: value for key, value in absent.items() if key != "entry"} == {
        key: value for key, value in closed.items() if key != "entry"
    }
    assert entry_exists(owner, absent["entry"])
    assert entry_exists(owner, closed["entry"])
    assert count(site) == 0


def test_a_purpose_that_does_not_fit_the_relation_opens_nothing(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    for purpose in ("decision", "curiosity", ""):
        row = site.execute(
            "SELECT open_look(%s, %s, 'docket.read', %s, NULL)", [world.account("clerk").pk, purpose, world.case.number]
        ).fetchone()
        assert row is not None
        assert row[0]["allowed"] is False
    assert count(site) == 0


FORGERIES = {
    "insert a look": "INSERT INTO look (backend_pid, case_ids) VALUES (pg_backend_pid(), '{1}')",
    "change a look": "UPDATE look SET case_ids = '{1,2,3}', expires_at = 'infinity'",
    "read the looks of others": "SELECT * FROM look",
    "read relations": "SELECT * FROM access_caserelation",
    "read holds": "SELECT * FROM access_hold",
    "lift a hold": "UPDATE access_hold SET lifted_at = now()",
    "make a relation": "INSERT INTO access_caserelation (principal_id) VALUES (1)",
    "make a membership": "INSERT INTO access_membership (account_id) VALUES (1)",
    "fix a scope": "SELECT look_fix(1, 1, 1, '{1}', '{1}', '{}', 100)",
    "begin without a right": "SELECT look_begin(1, 'records', 'x', 1, 'court', '{}', '{1}', '{1}', '{}', 100)",
    "place a hold": "SELECT place_hold('case', 1, 'x')",
    "ask another's rights": "SELECT principals_of(1)",
    "ask for the right to a case": "SELECT right_to(1, 1, 'records')",
    "search beside the door": "SELECT * FROM near_names('zqokafor', 10)",
    "list beside the door": "SELECT * FROM listed_cases(1, 'records', NULL, 0, 10)",
    "list what waits": "SELECT * FROM waiting_cases(1, 'motions')",
    "read the name index": "SELECT * FROM access_nameindex",
    "read the dictionary of names": "SELECT * FROM access_nametoken",
    "read the ledger": "SELECT * FROM ledger_entry",
    "read who is looked at": "SELECT * FROM ledger_subject",
    "change the ledger": "UPDATE ledger_entry SET body = '{}'",
    "delete from the ledger": "DELETE FROM ledger_entry",
    "truncate the ledger": "TRUNCATE ledger_entry",
    "truncate a month": "TRUNCATE ledger_subject",
    "change a leaf": "UPDATE ledger_leaf SET leaf_hash = '\\x00'",
    "delete a checkpoint": "DELETE FROM ledger_checkpoint",
    "empty the queue": "DELETE FROM ledger_queue",
    "write an entry of one's own": "SELECT ledger_write('look.opened', 1, '{}', '{}', '{}', now())",
    "write a false look": "SELECT ledger_append('look.opened', 1, '{}', '{}', '{}')",
    "write a false refusal": "SELECT ledger_append('access.refused', 1, '{}', '{}', '{}')",
    "write a false hold": "SELECT ledger_append('hold.lifted', 1, '{}', '{}', '{}')",
    "watch what others ask": "SET track_activities = on",
    "disable the triggers": "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "drop the triggers": "DROP TRIGGER append_only ON ledger_entry",
    "replica mode": "SET session_replication_role = replica",
    "disable row security": "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
    "drop a policy": "DROP POLICY inside_a_look ON cases_case",
    "make a policy": "CREATE POLICY mine ON cases_case USING (true)",
    "replace the scope": "CREATE OR REPLACE FUNCTION look_cases() RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL'",
    "make a function": "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "become the owner": "SET ROLE rollkeeper_owner",
    "become the auditor": "SET ROLE rollkeeper_auditor",
    "become the statistician": "SET ROLE rollkeeper_statistics",
    "become the owner for the session": "SET SESSION AUTHORIZATION rollkeeper_owner",
    "make oneself a superuser": "ALTER ROLE rollkeeper_app SUPERUSER",
    "make oneself bypass": "ALTER ROLE rollkeeper_app BYPASSRLS",
    "grant oneself the tables": "GRANT SELECT ON cases_case TO rollkeeper_app",
    "copy out": "COPY cases_case TO STDOUT",
    "copy to a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "read a file": "SELECT pg_read_file('postgresql.conf')",
    "read samples of the data": "SELECT stavalues1 FROM pg_statistic",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_no_way_around_the_door(name: str, connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    open_look(site, world)  # even a reader with an open look may do none of these

    with pytest.raises(psycopg.Error) as refusal:
        site.execute(FORGERIES[name])

    assert isinstance(refusal.value, (*REFUSED, errors.NoActiveSqlTransaction, errors.ObjectNotInPrerequisiteState))


@pytest.mark.parametrize("statement", [
    "SELECT count(*) FROM cases_case",
    "TABLE people_personname",
    "WITH x AS MATERIALIZED (SELECT * FROM people_identifier) SELECT count(*) FROM x",
    "SELECT count(*) FROM ONLY docket_docketentry",
    "SELECT count(*) FROM cases_case TABLESAMPLE SYSTEM (100)",
])  # fmt: skip
def test_the_readers_role_by_hand_shows_nothing(statement: str, connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    site.execute("SET row_security = on")
    site.execute("SET ROLE rollkeeper_reader")

    rows = site.execute(statement).fetchall()

    assert rows in ([], [(0,)])


def test_row_security_off_is_an_error_not_a_way_in(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    site.execute("SET ROLE rollkeeper_reader")
    site.execute("SET row_security = off")

    with pytest.raises(errors.InsufficientPrivilege):
        site.execute("SELECT * FROM cases_case")


def test_copy_by_the_readers_role_is_empty(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    site.execute("SET ROLE rollkeeper_reader")

    with site.cursor().copy("COPY (SELECT * FROM cases_case) TO STDOUT") as copy:
        assert list(copy) == []


SIDE_CHANNELS = [
    # An error that would carry a value, were any row reached.
    "SELECT CAST(number AS int) FROM cases_case",
    "SELECT 1 / (CASE WHEN family = 'Zqokafor' THEN 0 ELSE 1 END) FROM people_personname",
    "SELECT xmlparse(content number) FROM cases_case",
    # A filter that is cheap and leaky, so that a planner without care would run it before the policy.
    "SELECT * FROM people_personname WHERE CAST(family AS int) = 1",
]


@pytest.mark.parametrize("statement", SIDE_CHANNELS)
def test_no_error_carries_a_value(statement: str, connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    site.execute("SET ROLE rollkeeper_reader")

    said = complaint(site, statement)

    assert "zq" not in said.lower()
    assert world.case.number not in said


def test_explain_tells_no_count_of_rows(connect_as_site: Connect, world: World) -> None:
    """A plan shows estimates from statistics, which the policy's array makes the same whatever the value asked for."""
    site = connect_as_site()
    site.execute("SET ROLE rollkeeper_reader")

    def actual(value: str) -> int:
        row = site.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) SELECT * FROM people_personname WHERE family = '{value}'"
        ).fetchone()
        assert row is not None
        plan = row[0] if not isinstance(row[0], str) else json.loads(row[0])
        return int(plan[0]["Plan"]["Actual Rows"])

    assert actual("Zqokafor") == actual("Nobody") == 0


def test_a_leaky_function_is_not_run_on_rows_outside_the_look(connect_as_site: Connect, world: World) -> None:
    """A function in pg_temp that reports its argument; the site may make temporary functions, not public ones."""
    site = connect_as_site()
    notices: list[str] = []
    site.add_notice_handler(lambda message: notices.append(message.message_primary or ""))
    site.execute(
        "CREATE FUNCTION pg_temp.leak(x text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
        "$$BEGIN RAISE NOTICE 'leak %', x; RETURN true; END$$"
    )
    site.execute("GRANT EXECUTE ON FUNCTION pg_temp.leak(text) TO PUBLIC")
    site.execute("SET ROLE rollkeeper_reader")

    said = complaint(site, "SELECT * FROM people_personname WHERE pg_temp.leak(family)")

    assert "zq" not in said.lower()
    assert notices == []


def test_a_shadowed_table_does_not_fool_the_doors_functions(connect_as_site: Connect, world: World) -> None:
    """A temporary table with the name of one of ours must not be read by the functions of the owner."""
    site = connect_as_site()
    site.execute("CREATE TEMP TABLE look AS SELECT pg_backend_pid() AS backend_pid")
    site.execute("CREATE TEMP TABLE access_hold (lifted_at timestamptz)")
    site.execute("SET search_path = pg_temp, public")

    answer = open_look(site, world)

    assert answer["allowed"] is True
    assert count(site, "public.docket_docketentry") == 4


def test_what_one_reader_sees_no_other_connection_can_reach(connect_as_site: Connect, world: World) -> None:
    """A recycled process id does not inherit a look: the moment the backend began is compared too."""
    site, owner_look = connect_as_site(), connect_as_site()
    open_look(owner_look, world)
    pid = owner_look.info.backend_pid
    owner_look.close()

    for _ in range(3):
        assert count(site) == 0
        assert site.info.backend_pid != pid


def test_what_another_connection_asks_is_not_shown(connect_as_site: Connect, world: World) -> None:
    """Words of a search and numbers of cases stand in SQL; the server must not show them to the next connection."""
    watcher, site = connect_as_site(), connect_as_site()
    open_look(site, world)

    row = watcher.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [site.info.backend_pid]).fetchone()

    assert row is not None
    assert world.case.number not in (row[0] or "")


def test_a_look_ends_when_the_right_ends(connect_as_site: Connect, connect_as_owner: Connect, world: World) -> None:
    site, owner = connect_as_site(), connect_as_owner()
    made = fill_case(make_case(world.court, world.judge))
    relation = relate(made.case, world.principals["clerk"], "court")
    owner.execute(
        "UPDATE access_caserelation SET valid_until = clock_timestamp() + interval '2 seconds' WHERE id = %s",
        [relation.pk],
    )
    assert open_look(site, world, case=made.number)["allowed"] is True
    assert count(site) > 0

    time.sleep(2.1)

    assert count(site) == 0
    assert open_look(site, world, case=made.number)["allowed"] is False


def test_nothing_is_deleted_even_by_the_owner(connect_as_owner: Connect, world: World) -> None:
    owner = connect_as_owner()
    for table in ("cases_case", "docket_docketentry", "people_person", "encounters_encounter"):
        with pytest.raises(psycopg.Error, match="Cannot delete"):
            owner.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("reader", ["clerk", "judge", "counsel", "government", "respondent"])
def test_protections_take_rows_out_of_the_answer(reader: str, connect_as_site: Connect, world: World) -> None:
    from rollkeeper.access.rules import PROTECTIONS_OF, usual_purpose

    site = connect_as_site()
    account = world.account(reader)
    kind = {"clerk": "court"}.get(reader, reader)
    answer = site.execute(
        "SELECT open_look(%s, %s, 'docket.read', %s, NULL)",
        [account.pk, usual_purpose(account.desk), world.case.number],
    ).fetchone()
    assert answer is not None
    assert answer[0]["allowed"]

    site.execute("SET ROLE rollkeeper_reader")
    seen = {row[0] for row in site.execute("SELECT protection FROM docket_docketentry").fetchall()}
    opened = set(PROTECTIONS_OF[kind])

    assert seen == (
        opened & {"fear_claim", "survivor", "juvenile", "medical", "sealed", "protective_order", "chambers"}
    ) | {""}
    assert (site.execute("SELECT count(*) FROM people_address").fetchone() == (1,)) == ("contact" in opened)
    assert (site.execute("SELECT count(*) FROM encounters_encounter").fetchone() == (1,)) == ("encounters" in opened)


def test_a_prepared_transaction_cannot_hide_a_look(connect_as_site: Connect, world: World) -> None:
    site = connect_as_site()
    site.execute("BEGIN")
    open_look(site, world)

    with pytest.raises(errors.ObjectNotInPrerequisiteState):
        site.execute("PREPARE TRANSACTION 'hidden'")
    site.execute("ROLLBACK")

    assert count(site) == 0


def attack(seed: int, site: psycopg.Connection, owner: psycopg.Connection, world: World) -> tuple[int, list[str]]:
    """Random statements of one connection. Returns how often rows were shown, and each time without an entry.

    Another connection checks at that very moment that the look's entry is committed.
    """
    chance = random.Random(seed)
    shown, unseen, history = 0, [], []
    statements = {"begin": "BEGIN", "commit": "COMMIT", "rollback": "ROLLBACK", "savepoint": "SAVEPOINT s",
                  "back": "ROLLBACK TO SAVEPOINT s", "release": "RELEASE SAVEPOINT s"}  # fmt: skip
    for _ in range(150):
        name = chance.choice([*statements, "look", "look", "read", "read", "read"])
        history.append(name)
        try:
            if name == "look":
                open_look(site, world)
            elif name == "read":
                if count(site):
                    shown += 1
                    entry = owner.execute(
                        "SELECT 1 FROM look l JOIN ledger_entry e ON e.id = l.entry_id WHERE l.backend_pid = %s",
                        [site.info.backend_pid],
                    ).fetchone()
                    if entry is None:
                        unseen.append(" ".join(history))
            else:
                site.execute(statements[name])
        except psycopg.Error:
            site.execute("ROLLBACK")
            site.execute("RESET ROLE")
    return shown, unseen


@pytest.mark.parametrize("seed", range(6))
def test_no_sequence_of_statements_shows_a_row_without_its_entry(
    seed: int, connect_as_site: Connect, connect_as_owner: Connect, world: World
) -> None:
    shown, unseen = attack(seed, connect_as_site(), connect_as_owner(), world)

    assert shown > 0
    assert unseen == []
