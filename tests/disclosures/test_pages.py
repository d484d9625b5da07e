"""Who looked at my record, from the side of the person whose record it is."""

from __future__ import annotations

import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.db import connections

from rollkeeper.access import door
from rollkeeper.access.models import Membership, Principal
from rollkeeper.ledger import checker
from tests.disclosures.reading import browser_of, colleague, queries_of, reader, sequence_now
from tests.factories.cases import MadeCase, fill_case, make_case, relate
from tests.factories.world import World

CHECKER = Path(checker.__path__[0]) / "check_receipt.py"


@pytest.fixture
def own(world: World) -> MadeCase:
    """A case of this test's own at Harlingen, with the world's respondent, counsel, clerk and judge."""
    made = fill_case(make_case(world.court, world.judge))
    for name, kind in (("respondent", "respondent"), ("counsel", "counsel"), ("clerk", "court"), ("judge", "judge")):
        relate(made.case, world.principals[name], kind)
    return made


def look(world: World, name: str, made: MadeCase, purpose: str, act: str = "docket.read") -> int:
    with door.look(world.account(name).pk, purpose=purpose, act=act, case=made.number) as opened:
        return opened.number


def page(client: object, url: str) -> str:
    response = client.get(url)  # type: ignore[attr-defined]  # Django's test client
    assert response.status_code == 200, response.status_code
    return " ".join(unescape(response.content.decode()).split())


def test_a_respondent_reads_who_looked_for_what_and_at_what(world: World, own: MadeCase) -> None:
    look(world, "clerk", own, "records")
    look(world, "judge", own, "decision", act="custody.read")

    text = page(reader(world, "respondent"), f"/cases/{own.number}/looks/")

    assert "Clerk's office, Harlingen</strong> · keeping the court's records · saw your docket" in text
    assert "Chambers of Judge ZqHlg</strong> · deciding the case · saw your detention and bond" in text
    assert text.index("Chambers of Judge") < text.index("keeping the court's records"), "newest first"


def test_a_refused_attempt_is_shown_with_the_office_that_tried(world: World, own: MadeCase) -> None:
    with pytest.raises(door.Refused):
        look(world, "other_clerk", own, "records")

    text = page(reader(world, "respondent"), f"/cases/{own.number}/looks/")

    assert "Clerk's office, Houston" in text
    assert "asked to see your docket; refused, and nothing was shown" in text


def test_a_private_person_who_was_refused_is_not_named(world: World, own: MadeCase) -> None:
    with pytest.raises(door.Refused):
        look(world, "other_respondent", own, "own-case")

    text = page(reader(world, "respondent"), f"/cases/{own.number}/looks/")

    assert "Somebody without a right to this case" in text
    assert "Another respondent" not in text


def test_counsel_reads_it_too_and_is_not_spoken_to_as_the_respondent(world: World, own: MadeCase) -> None:
    look(world, "clerk", own, "records")

    text = page(reader(world, "counsel"), f"/cases/{own.number}/looks/")

    assert "saw the docket" in text
    assert "your docket" not in text


@pytest.mark.parametrize("name", ["clerk", "judge", "government", "other_respondent", "other_clerk", "auditor"])
def test_nobody_else_reads_who_looked(name: str, world: World, own: MadeCase) -> None:
    response = reader(world, name).get(f"/cases/{own.number}/looks/")

    assert response.status_code == 404
    assert own.keyed.a_number not in response.content.decode()


def test_the_page_speaks_spanish(world: World, own: MadeCase) -> None:
    look(world, "clerk", own, "records")

    client = reader(world, "respondent", headers={"accept-language": "es"})
    text = page(client, f"/cases/{own.number}/looks/")

    assert "Quién miró su expediente" in text
    assert "llevar los registros del tribunal · vio las actuaciones de su caso" in text
    assert "Get proof" not in text


def test_a_receipt_is_checked_by_the_one_file_checker(world: World, own: MadeCase, tmp_path: Path) -> None:
    number = look(world, "clerk", own, "records")
    key = sequence_now()

    response = reader(world, "respondent").get(f"/cases/{own.number}/looks/{number}/receipt")
    file = tmp_path / f"look-{number}.tlog-proof"
    file.write_bytes(response.content)
    checked = _check(file, key)

    assert response["Content-Disposition"] == f'attachment; filename="look-{number}.tlog-proof"'
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "Clerk's office, Harlingen" in checked.stdout


def test_a_receipt_with_one_letter_changed_is_refused(world: World, own: MadeCase, tmp_path: Path) -> None:
    number = look(world, "clerk", own, "records")
    key = sequence_now()
    text = reader(world, "respondent").get(f"/cases/{own.number}/looks/{number}/receipt").content.decode()
    place = text.index("extra ") + 60

    file = tmp_path / "changed.tlog-proof"
    file.write_text(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :])

    assert _check(file, key).returncode == 1


def _check(file: Path, key: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(file), "--key-file", str(key)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_page_offers_the_checker_and_the_key(world: World, own: MadeCase) -> None:
    sequence_now()
    client = reader(world, "respondent")

    text = page(client, f"/cases/{own.number}/looks/")

    assert 'href="/log/checker"' in text
    assert 'href="/log/key"' in text
    assert client.get("/log/checker").content == CHECKER.read_bytes()
    assert client.get("/log/key").content.startswith(b"rollkeeper.example/court/2026+")


def test_a_receipt_that_is_not_ready_says_when(world: World, own: MadeCase) -> None:
    number = look(world, "clerk", own, "records")

    response = reader(world, "respondent").get(f"/cases/{own.number}/looks/{number}/receipt")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "ready within a minute" in response.content.decode()


def test_no_receipt_for_an_entry_about_another_case(world: World, own: MadeCase) -> None:
    with door.look(
        world.account("other_clerk").pk, purpose="records", act="docket.read", case=world.other.number
    ) as at:
        number = at.number
    sequence_now()
    client = reader(world, "respondent")

    assert client.get(f"/cases/{own.number}/looks/{number}/receipt").status_code == 404
    assert client.get(f"/cases/{own.number}/looks/{number}/").status_code == 404


def test_one_look_tells_everything_and_whom_to_ask(world: World, own: MadeCase) -> None:
    number = look(world, "clerk", own, "records")

    text = page(reader(world, "respondent"), f"/cases/{own.number}/looks/{number}/")

    assert "8 CFR 1003.36" in text
    assert "address and telephone" in text
    assert "Ask about this" in text
    assert "mailto" not in text


def test_a_reader_sees_what_was_recorded_of_their_own_look(world: World, own: MadeCase) -> None:
    account = colleague(world, "clerk")
    with door.look(account.pk, purpose="records", act="docket.read", case=own.number) as opened:
        number = opened.number

    text = page(browser_of(account), f"/looks/{number}/")

    assert "What was recorded of your look" in text
    assert "saw the docket" in text
    assert own.number not in text, "the line names no case"


def test_nobody_sees_what_was_recorded_of_another_readers_look(world: World, own: MadeCase) -> None:
    number = look(world, "clerk", own, "records")

    client = reader(world, "clerk")
    refused, absent = client.get(f"/looks/{number}/"), client.get("/looks/999999999/")

    assert refused.status_code == absent.status_code == 404
    assert client.get(f"/looks/{number}/receipt").status_code == 404


def test_what_was_recorded_of_a_look_is_an_entry_of_its_own(world: World, own: MadeCase) -> None:
    account = colleague(world, "clerk")
    with door.look(account.pk, purpose="records", act="docket.read", case=own.number) as opened:
        number = opened.number

    browser_of(account).get(f"/looks/{number}/")

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_entry WHERE actor_id = %s AND body::jsonb ->> 'act' = 'looks.own'"
            " AND body::jsonb -> 'detail' ->> 'entry' = %s",
            [account.pk, str(number)],
        )
        assert cursor.fetchone() == (1,)


def test_one_case_opens_at_once_and_several_are_a_list(world: World) -> None:
    private = Principal.objects.using("owner").create(kind="account", name="A third respondent")
    alone = colleague(world, "respondent")
    Membership.objects.using("owner").filter(account=alone).update(principal=private)
    first, second = make_case(world.court, world.judge), make_case(world.court, world.judge)
    relate(first.case, private, "respondent")
    client = browser_of(alone)

    assert client.get("/looks/")["Location"] == f"/cases/{first.number}/looks/"

    relate(second.case, private, "respondent")
    text = page(client, "/looks/")
    assert first.number in text
    assert second.number in text


def test_the_same_number_of_queries_for_one_look_and_for_many(world: World, own: MadeCase) -> None:
    client = reader(world, "respondent")
    look(world, "clerk", own, "records")
    few = queries_of(client, f"/cases/{own.number}/looks/")
    for name, purpose in (("judge", "decision"), ("counsel", "representation"), ("clerk", "records")):
        look(world, name, own, purpose)

    assert queries_of(client, f"/cases/{own.number}/looks/") == few


def test_pages_past_the_end_and_nonsense_numbers_are_answered(world: World, own: MadeCase) -> None:
    client = reader(world, "respondent")

    assert client.get(f"/cases/{own.number}/looks/?page=999999999").status_code == 200
    assert client.get("/looks/?page=999999999").status_code in (200, 302)
    assert client.get(f"/cases/{own.number}/looks/99999999999999999999/").status_code == 404
    assert client.get("/cases/%00/looks/").status_code == 404
