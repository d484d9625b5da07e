"""The auditor's page: who, when and for what; no record, and nobody's case."""

from __future__ import annotations

import csv
import io
import zipfile
from html import unescape

import pytest

from rollkeeper.access import door
from rollkeeper.ledger.notes import parse_vkey
from rollkeeper.ledger.receipts import parse_receipt, verify_receipt
from tests.access.leaks import forbidden, found_in
from tests.disclosures.reading import queries_of, reader, sequence_now
from tests.factories.world import World


def look(world: World, name: str = "clerk", purpose: str = "records") -> int:
    with door.look(world.account(name).pk, purpose=purpose, act="docket.read", case=world.case.number) as opened:
        return opened.number


def text_of(world: World, address: str) -> str:
    response = reader(world, "auditor").get(address)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_the_auditor_sees_who_when_and_for_what_and_no_record(world: World) -> None:
    number = look(world)
    sequence_now()

    response = reader(world, "auditor").get("/ledger/")
    text = " ".join(unescape(response.content.decode()).split())

    assert f"{number:,}" in text
    assert "Clerk of Tests" in text
    assert "keeping the court's records" in text
    assert f"to entry {number:,}" in text
    assert found_in(response, forbidden("auditor", world)) == []


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("purpose=representation", "Counsel of Tests", "Clerk of Tests"),
        ("who=counsel", "Counsel of Tests", "Clerk of Tests"),
        ("kind=access.refused", "<span>Refused attempt", "<span>Look"),
    ],
)
def test_filters_keep_what_they_name(query: str, there: str, gone: str, world: World) -> None:
    look(world)
    look(world, "counsel", "representation")
    with pytest.raises(door.Refused):
        look(world, "other_clerk")

    text = text_of(world, f"/ledger/?{query}")

    assert there in text
    assert gone not in text


def test_older_entries_follow_from_page_to_page(world: World) -> None:
    for _ in range(27):
        last = look(world)

    first = text_of(world, "/ledger/?purpose=records")

    assert "Older entries" in first
    place = first.index("before=") + 7
    before = int(first[place : first.index('"', place)])
    assert before <= last - 24
    assert f">{before:,}<" not in text_of(world, f"/ledger/?purpose=records&before={before}")


@pytest.mark.parametrize("query", ["from=1", "since=yesterday", "since=9999-01-01", "before=-1", "before=x", "who=%00"])
def test_filters_that_cannot_be_read_are_said(query: str, world: World) -> None:
    assert reader(world, "auditor").get(f"/ledger/?{query}").status_code in (200, 422)


def test_reading_the_log_and_exporting_it_are_entries(world: World) -> None:
    client = reader(world, "auditor")
    client.get("/ledger/?kind=look.opened")
    client.get("/ledger/export?kind=look.opened")

    text = " ".join(client.get("/ledger/?kind=ledger.read").content.decode().split())

    assert text.count("Auditor-Colleague") >= 2 or text.count("Reading of the log") >= 2


def test_an_export_holds_what_is_shown_and_the_checkpoint(world: World) -> None:
    number = look(world)
    sequence_now()

    response = reader(world, "auditor").get("/ledger/export?purpose=records")
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("entries.csv").decode())))
        checkpoint = packed.read("checkpoint").decode()

    assert rows[0]["number"] == str(number)
    assert rows[0]["at"].endswith("Z")
    assert {row["purpose"] for row in rows} == {"records"}
    assert checkpoint.splitlines()[0] == "rollkeeper.example/court/2026"
    assert found_in(response, forbidden("auditor", world)) == []


def test_a_receipt_of_any_entry_verifies(world: World) -> None:
    number = look(world)
    key = parse_vkey(sequence_now().read_text().strip())

    text = reader(world, "auditor").get(f"/ledger/{number}/receipt").content.decode()

    assert b'"act":"docket.read"' in verify_receipt(parse_receipt(text), [key]).body


@pytest.mark.parametrize("name", ["respondent", "counsel", "government", "clerk", "judge", "operator"])
def test_nobody_else_reads_the_log(name: str, world: World) -> None:
    number, client = look(world), reader(world, name)

    for address in ("/ledger/", "/ledger/?since=x", "/ledger/export", f"/ledger/{number}/receipt"):
        assert client.get(address).status_code == 404


def test_the_same_number_of_queries_for_few_entries_and_for_many(world: World) -> None:
    client = reader(world, "auditor")
    look(world)
    few = queries_of(client, "/ledger/?who=clerk")
    for _ in range(3):
        look(world)

    assert queries_of(client, "/ledger/?who=clerk") == few
