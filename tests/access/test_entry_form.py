"""What the door writes is canonical JSON, and what it asks for many cases at once is what it asks for one."""

from __future__ import annotations

from typing import Any

import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from rollkeeper.access import door
from tests.conftest import Connect
from tests.factories.world import World

KEYS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["look", "fear_claim", "", "a, b", '"', "\\"]
)
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
PLAIN = st.none() | st.booleans() | WHOLE | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(entry=st.dictionaries(KEYS, VALUES, max_size=6))
def test_canonical_json_is_that_of_rfc_8785(entry: dict[str, Any], connect_as_owner: Connect) -> None:
    owner = connect_as_owner()

    row = owner.execute("SELECT canonical_json(%s)", [Jsonb(entry)]).fetchone()
    owner.close()

    assert row == (rfc8785.dumps(entry).decode(),)


def test_every_entry_of_a_look_is_canonical(world: World, connect_as_owner: Connect) -> None:
    """The door writes these without canonical_json: the columns of its statement must stand in order."""
    clerk = world.account("clerk").pk
    with door.look(clerk, purpose="records", act="docket.read", case=world.case.number, tab="papers", page=2):
        pass
    with door.look(clerk, purpose="records", act="person.read", person=world.case.keyed.person.pk):
        pass
    with door.listing(clerk, purpose="records", act="court.cases", which="cases", params={"status": "pending"}):
        pass
    with door.search(clerk, purpose="records", words="zqokafor"):
        pass

    found = connect_as_owner().execute(
        "SELECT body = canonical_json(body::jsonb), body::jsonb FROM ledger_entry WHERE kind = 'look.opened'"
        " AND actor_id = %s ORDER BY id DESC LIMIT 4",
        [clerk],
    )

    entries = found.fetchall()
    assert [row[0] for row in entries] == [True] * 4
    assert {row[1]["act"] for row in entries} == {"docket.read", "person.read", "court.cases", "search"}
    assert entries[3][1]["detail"] == {"tab": "papers", "page": 2}
    assert all(row[1]["cases"] for row in entries)


def test_rights_to_many_cases_are_the_rights_to_each(world: World, connect_as_owner: Connect) -> None:
    owner = connect_as_owner()
    accounts = [account.pk for account in world.accounts.values()]

    rows = owner.execute(
        """SELECT a.id, p.code, c.id,
                  EXISTS (SELECT FROM right_to(a.id, c.id, p.code)),
                  c.id IN (SELECT * FROM seen_among(a.id, p.code, (SELECT array_agg(id) FROM cases_case)))
             FROM unnest(%s::bigint[]) a(id), law_purpose p, cases_case c""",
        [accounts],
    ).fetchall()

    assert [row for row in rows if row[3] != row[4]] == []
    assert {row[3] for row in rows} == {True, False}


def test_a_search_by_facts_alone_finds_the_case(world: World) -> None:
    clerk = world.account("clerk").pk
    with door.search(clerk, purpose="records", words="", facts={"born": "1990-05-17"}) as look:
        born_then = look.case_ids
    with door.search(clerk, purpose="records", words="", facts={"born": "1891-01-01"}) as look:
        born_never = look.case_ids

    assert world.case.case.pk in born_then
    assert born_never == ()


def test_a_small_reader_finds_their_own_among_many_of_the_same_name(world: World) -> None:
    """The respondent has a case or two: nobody else's name takes the place of the best."""
    with door.search(world.account("respondent").pk, purpose="own-case", words="Amara Zqokafro") as look:
        found = look.case_ids

    assert found[0] == world.case.case.pk
