"""Find: what is found, what is not told, and that no text typed into the field is anything but text."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client

from rollkeeper.access.rules import usual_purpose
from tests.desks.record.answers import Answer, bare, text
from tests.desks.record.conftest import Sign
from tests.desks.record.court import Rich
from tests.factories.cases import make_case, relate
from tests.factories.world import World

HOSTILE = (
    "'; DROP TABLE cases_case; --",
    "' OR 1=1 --",
    "%' UNION SELECT wrapped_key FROM people_person --",
    '{"words": "x"}',
    "x" * 10_000,
    "a\x00b\x00",
    "\x00",
    "%_\\%",
    "<script>alert(1)</script>",
    "الاسم 名前 🙂",
    "\u202eevil\u202c\u0301\u0301",
    "(((((",
)


def ask(client: Client, words: str = "", purpose: str = "records", **facts: str) -> Answer:
    """Post a question."""
    return client.post("/find/", {"words": words, "purpose": purpose, **facts})


@pytest.mark.parametrize(
    "words",
    ["Okafor", "amara okafor", "ÓKAFOR, Ámara", "Okafer", "Okafor Diaz Mara", "{a}", "A{a}", "A-{d}", "{number}"],
)
def test_a_case_is_found_by_name_number_or_alias(rich: Rich, sign: Sign, words: str) -> None:
    """Accents, order, a slip of the finger, an alias, the A-number as people write it, the case number in any case."""
    a = rich.made.keyed.a_number
    asked = words.format(a=a, d=f"{a[:3]}-{a[3:6]}-{a[6:]}", number=rich.number.lower())

    answer = ask(sign("clerk"), asked)

    assert answer.status_code == 200
    first = answer.content.decode().split("<ol class=")[1].split("</li>")[0]
    assert f'href="/cases/{rich.number}/"' in first
    assert "Okafor, Amara · next hearing" in text(answer)


def test_facts_alone_find_and_narrow(world: World, rich: Rich, sign: Sign) -> None:
    """A birth date or a hearing day narrows enough by itself; a judge or a nationality narrows a name."""
    clerk = sign("clerk")

    by_birth = ask(clerk, born="1990-05-17", nationality="NI")
    by_judge = ask(clerk, "Okafor", judge="Zqhlg")
    elsewhere = ask(clerk, "Okafor", court="HOU")
    unknown_judge = ask(clerk, "Okafor", judge="Nobody at all")
    nothing = ask(clerk)

    assert rich.number in text(by_birth)
    assert world.case.number not in text(by_birth)
    assert rich.number in text(by_judge)
    assert rich.number not in text(elsewhere)
    assert "No one judge has this name or code" in text(unknown_judge)
    assert "Write a name or a number" in text(nothing)
    assert "<details" in ask(clerk, "x", born="1990-05-17").content.decode()


def test_what_is_closed_and_what_is_absent_get_one_answer(world: World, rich: Rich, sign: Sign) -> None:
    """Another party's case, a sealed one, a protected name, nobody: the same page, without a count."""
    counsel = sign("counsel")
    questions = [
        "Zqother",
        world.other.number,
        "Zqsealed",
        world.sealed.keyed.a_number,
        "Zqshielded",
        "Nobody Anywhere",
    ]

    pages = {bare(ask(counsel, words, "representation"), f'value="{words}"') for words in questions}

    assert rich.number in text(ask(counsel, "Okafor", "representation"))
    assert len({strip_number(page) for page in pages}) == 1
    assert "We found no case that fits" in next(iter(pages))


def strip_number(page: str) -> str:
    """The page without the number of its look, in words and in its link."""
    before, _mark, after = page.partition("This look is recorded (no. ")
    return before.rsplit('href="', 1)[0] + after.split(")", 1)[-1] if after else page


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_only_text(rich: Rich, sign: Sign, words: str) -> None:
    """Nothing breaks, nothing is run, nothing is found, and the record is as it was."""
    clerk = sign("clerk")

    answer = ask(clerk, words)

    assert answer.status_code == 200
    assert rich.number not in text(answer)
    assert "<script>alert" not in answer.content.decode()
    assert rich.number in text(ask(clerk, "Okafor"))


def test_a_name_in_the_address_is_not_read(rich: Rich, sign: Sign) -> None:
    """Names are posted: an address would keep them in logs and histories."""
    answer = sign("clerk").get("/find/?words=Okafor&purpose=records")

    assert answer.status_code == 200
    assert rich.number not in text(answer)
    assert 'method="post"' in answer.content.decode()


def test_the_question_needs_its_form_and_a_purpose_of_the_readers_desk(rich: Rich, sign: Sign, world: World) -> None:
    """Without the form's token nothing is searched; with another desk's purpose the form says so."""
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(world.account("clerk"), backend="django.contrib.auth.backends.ModelBackend")

    assert ask(guarded, "Okafor").status_code == 403
    other = ask(sign("clerk"), "Okafor", "own-case")
    assert "Choose a purpose from the list." in text(other)
    assert rich.number not in text(other)
    assert sign("auditor").get("/find/").status_code == 404
    assert sign("operator").get("/find/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "judge", "counsel", "government", "respondent"])
def test_every_desk_states_its_own_purposes(world: World, rich: Rich, sign: Sign, who: str) -> None:
    """The usual one is chosen already, and it finds."""
    client = sign(who)
    usual = usual_purpose(world.account(who).desk)

    form = client.get("/find/").content.decode()

    assert f'<option value="{usual}" selected>' in form
    assert rich.number in text(ask(client, "Okafor", usual))


def test_the_ledger_keeps_the_search_but_not_its_words(rich: Rich, sign: Sign) -> None:
    """The entry names who asked, for what, and what was shown; the words are a keyed hash."""
    ask(sign("clerk"), "Okafor")

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE body::jsonb ->> 'act' = 'search' ORDER BY id DESC LIMIT 1")
        body = cursor.fetchone()[0]
    assert "kafor" not in body.lower()
    assert str(rich.case.pk) in body
    assert '"purpose":"records"' in body


def test_at_most_25_are_shown_and_the_purpose_stays_in_the_links(world: World, sign: Sign) -> None:
    """Thirty of one name: 25 lines and what to do; each link carries the purpose that was stated."""
    for _number in range(30):
        made = make_case(world.court, world.judge, family="Zqmanyfold")
        relate(made.case, world.principals["clerk"], "court")

    answer = ask(sign("clerk"), "Zqmanyfold", "service")

    body = answer.content.decode()
    assert body.count('/?purpose=service"') == 25
    assert "At most 25 are shown" in text(answer)
    assert " 30 " not in text(answer)


def test_a_protected_name_found_by_number_stays_protected(world: World, sign: Sign) -> None:
    """Searches open no protection; the case number is the way in for those with the right."""
    answer = ask(sign("clerk"), world.protected.number)

    assert "A-number protected · Name protected" in text(answer)
    assert "Zqhidden" not in text(answer)
