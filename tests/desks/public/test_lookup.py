"""Public case information: found, or one and the same answer for whatever else."""

import itertools
import re
import statistics
import time
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.factories.cases import make_case
from tests.factories.people import make_person
from tests.factories.world import World

NOT_FOUND = "We could not find a case with this number and nationality."
Answer = Any  # the test client's response has no public type
_hosts = itertools.count(1)


def ask(number: str, nationality: str = "MX", *, host: str = "", language: str = "en") -> Answer:
    """One look-up, by default from a computer of its own."""
    turn = next(_hosts)
    address = host or f"198.51.{turn // 250}.{turn % 250 + 1}"
    browser = Client(headers={"Accept-Language": language})
    return browser.post("/look-up/", {"number": number, "nationality": nationality}, REMOTE_ADDR=address)


def body(response: HttpResponse) -> str:
    """The page without what differs on every page (the form's token) and without what the reader typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return re.sub(r'<input type="text" name="number"[^>]*>', "", text).replace(" selected", "")


def looks_in_ledger() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE kind = 'look.public'")
        return int(cursor.fetchone()[0])


def test_number_and_nationality_together_tell_court_and_hearing(world: World) -> None:
    answer = ask(world.case.keyed.a_number)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert world.court.name in text
    assert NOT_FOUND not in text


@pytest.mark.parametrize("written", ["A {n}", "a{a}-{b}-{c}", " {n} ", "A\u00a0{a} {b} {c}", "A.{n}"])
def test_the_number_may_be_written_as_on_any_letter(written: str, world: World) -> None:
    number = world.case.keyed.a_number
    text = written.format(n=number, a=number[:3], b=number[3:6], c=number[6:])

    assert world.court.name in ask(text).content.decode()


def test_a_name_or_an_address_is_never_in_the_answer(world: World) -> None:
    text = ask(world.case.keyed.a_number).content.decode()

    secrets = [secret for secrets in world.case.secrets.values() for secret in secrets]
    assert [secret for secret in secrets if secret in text] == [world.case.keyed.a_number]  # the number that was typed


def test_sealed_protected_juvenile_wrong_and_absent_answer_alike(world: World) -> None:
    child = make_case(world.court, world.judge, keyed=make_person("Zqchild", juvenile=True))
    answers = [
        ask("999999999"),
        ask(world.sealed.keyed.a_number),
        ask(world.protected.keyed.a_number),
        ask(child.keyed.a_number),
        ask(world.case.keyed.a_number, "HO"),
    ]

    assert {answer.status_code for answer in answers} == {200}
    assert len({body(answer) for answer in answers}) == 1
    assert NOT_FOUND in body(answers[0])
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1


def test_a_sealed_case_takes_no_longer_than_an_absent_one(world: World) -> None:
    def median(number: str) -> float:
        times = []
        for _turn in range(15):
            start = time.perf_counter()
            ask(number)
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    median("999999999")  # warm
    sealed, absent = median(world.sealed.keyed.a_number), median("999999999")

    assert abs(sealed - absent) < max(sealed, absent) * 0.5


def test_every_look_up_is_written_down_found_or_not(world: World) -> None:
    before = looks_in_ledger()

    ask(world.case.keyed.a_number)
    ask("999999999")

    assert looks_in_ledger() == before + 2


def test_a_mistake_is_told_beside_the_field_and_looks_up_nothing(world: World) -> None:
    before = looks_in_ledger()

    answer = ask("12", "")

    text = answer.content.decode()
    assert "eight or nine digits, like A 098 765 432." in text
    assert "Choose the nationality." in text
    assert 'value="12"' in text
    assert looks_in_ledger() == before


@pytest.mark.parametrize(
    "nasty",
    ["' OR 1=1 --", "<script>alert(1)</script>", "٠٩٨٧٦٥٤٣٢", "9" * 39, "A\x00098765432", "098765432; DROP TABLE x"],
)
def test_nonsense_in_the_box_is_a_mistake_like_any_other(nasty: str, world: World) -> None:
    answer = ask(nasty)

    assert answer.status_code == 200
    assert NOT_FOUND not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_the_twenty_first_question_within_a_minute_is_put_off(world: World) -> None:
    before = looks_in_ledger()
    # Enough for two minutes' allowance, should the minute turn meanwhile.
    answers = [ask("999999999", host="203.0.113.7") for _turn in range(45)]

    put_off = [answer for answer in answers if answer.status_code == 429]
    assert len(put_off) >= 5
    assert all(answer.headers["Retry-After"] for answer in put_off)
    assert looks_in_ledger() - before <= 40
    assert ask(world.case.keyed.a_number).status_code == 200  # another computer is not held up


def test_one_household_counts_once_whatever_its_addresses(world: World) -> None:
    answers = [ask("999999999", host=f"2001:db8:1:2::{turn:x}") for turn in range(1, 46)]

    assert 429 in [answer.status_code for answer in answers]


def test_the_number_is_never_in_an_address(world: World) -> None:
    assert Client().get(f"/look-up/?number={world.case.keyed.a_number}&nationality=MX").status_code == 200
    text = Client().get(f"/look-up/?number={world.case.keyed.a_number}&nationality=MX").content.decode()
    assert world.court.name not in text
    assert 'method="post" action="/look-up/"' in text


def test_the_answer_is_in_spanish_for_spanish_readers(world: World) -> None:
    text = ask("999999999", language="es").content.decode()

    assert "No encontramos ningún caso con este número y esta nacionalidad." in text
    assert "Elija un país" in text
    assert ">México<" in text
