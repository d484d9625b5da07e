"""The case page for every reader: what is on it, what is absent, and that absent and closed are one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rollkeeper.ledger.append import append_past
from tests.desks.record.answers import bare, text
from tests.desks.record.conftest import Sign
from tests.desks.record.court import ENTRIES, SEALED, STRUCK, Rich
from tests.factories.cases import NOW, make_case, make_entry, relate
from tests.factories.world import World

TABS = ("", "people/", "proceedings/", "hearings/", "custody/", "papers/", "?print=all")
LOOK_LINES = {
    "clerk": "You see this case as Clerk's office, Harlingen, for keeping the court's records.",
    "judge": "You see this case as Chambers of Judge ZqHlg, for preparing and holding a hearing.",
    "counsel": "You see this case as Zqfirm, for representing the respondent.",
    "government": "You see this case as Office of the government's counsel, Harlingen, for representing the government",
    "respondent": "You see this case as the respondent, for your own case.",
}


@pytest.mark.parametrize("who", LOOK_LINES)
def test_every_reader_sees_under_which_right_and_that_it_is_recorded(rich: Rich, sign: Sign, who: str) -> None:
    """The look line stands on each tab, each a look of its own."""
    client = sign(who)
    numbers = set()

    for tab in TABS:
        page = text(client.get(f"/cases/{rich.number}/{tab}"))
        assert LOOK_LINES[who] in page, tab
        assert "Okafor · A " in page
        numbers.add(page.split("This look is recorded (no. ")[1].split(")")[0])

    assert len(numbers) == len(TABS)


@pytest.mark.parametrize("tab", TABS)
def test_another_courts_case_and_no_case_are_one_page(world: World, rich: Rich, sign: Sign, tab: str) -> None:
    """Byte for byte, whether the case is absent, sealed to the reader, or another court's; beside one that opens."""
    client = sign("respondent")
    absent = "HLG-99-999999"

    answers = [client.get(f"/cases/{number}/{tab}") for number in (absent, world.other.number, world.sealed.number)]

    assert client.get(f"/cases/{rich.number}/{tab}").status_code == 200
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    pages = {bare(answer, absent, world.other.number, world.sealed.number) for answer in answers}
    assert len(pages) == 1
    assert [dict(answer.headers) for answer in answers[1:]] == [dict(answers[0].headers)] * 2


@pytest.mark.parametrize(
    "path", ["/cases/", "/find/", "/cases/{number}/", "/people/{person}/", "/cases/{number}/papers/{paper}/"]
)
def test_nobody_reads_without_signing_in(rich: Rich, path: str) -> None:
    """Anonymous readers are sent to the sign-in page; no look is opened for them."""
    where = path.format(number=rich.number, person=rich.person_id, paper=rich.paper.pk)

    answer = Client().get(where)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_sealed_entry_is_absent_without_the_right_and_not_counted(rich: Rich, sign: Sign) -> None:
    """The judge sees it and its motion; the clerk sees neither, and the total counts only what is shown."""
    judge, clerk = sign("judge"), sign("clerk")
    docket = f"/cases/{rich.number}/"

    seen, unseen = text(judge.get(docket)), text(clerk.get(docket))

    assert "Motion under seal: protective order" in seen
    assert f"1 to 25 of {ENTRIES}" in seen
    assert "and 1 more" in seen  # two motions wait
    assert "under seal" not in unseen
    assert f"1 to 25 of {ENTRIES - 1}" in unseen
    assert "and 1 more" not in unseen
    assert "Modify Protective Order" in text(judge.get(docket + "proceedings/"))
    assert "Modify Protective Order" not in text(clerk.get(docket + "proceedings/"))
    assert f'id="entry-{SEALED + 1}"' in clerk.get(docket).content.decode()  # numbers stay the official ones


def test_survivor_matter_and_fear_claims_follow_the_right(world: World, sign: Sign) -> None:
    """Government counsel see the fear claim they litigate, not abuse-survivor matter (8 USC 1367)."""
    secrets = world.case.secrets
    docket = f"/cases/{world.case.number}/?print=all"

    government, counsel = text(sign("government").get(docket)), text(sign("counsel").get(docket))

    assert secrets["fear_claim"][0] in government
    assert secrets["survivor"][0] not in government
    assert secrets["survivor"][0] in counsel
    assert secrets["chambers"][0] not in counsel


def test_a_struck_entry_stays_readable_with_who_and_why(rich: Rich, sign: Sign) -> None:
    """Struck is not gone."""
    body = sign("counsel").get(f"/cases/{rich.number}/").content.decode()

    row = body.split(f'id="entry-{STRUCK}"')[1].split("</tr>")[0]
    assert "<s>Motion to change venue</s>" in row
    assert "by Judge Zqhlg: Filed in the wrong case." in row
    assert "Replaced by entry 9" in body
    assert "Replaces entry 8" in body


def test_the_docket_is_filtered_sorted_and_paged(rich: Rich, sign: Sign) -> None:
    """By words, kind, side and paper; latest first; the page past the end is the last one."""
    client, docket = sign("judge"), f"/cases/{rich.number}/"

    def numbers(query: str) -> list[str]:
        body = client.get(docket + query).content.decode()
        return [part.split('"')[0] for part in body.split('id="entry-')[1:]]

    assert numbers("?words=corrected") == ["9"]
    assert numbers("?words=MARCHETTI&kind=application") == ["11"]
    assert numbers("?side=government") == ["1"]
    assert numbers("?papers=on") == ["1", str(SEALED)]
    assert numbers("?sort=-number")[:2] == ["60", "59"]
    assert numbers("?page=3") == [str(number) for number in range(51, 61)]
    assert numbers("?page=99999999") == numbers("?page=3")
    assert numbers("?print=all") == [str(number) for number in range(1, ENTRIES + 1)]
    assert numbers("?words=%25") == []  # a percent sign is a percent sign
    assert "No entry matches" in text(client.get(docket + "?words=nothing-like-it"))


@pytest.mark.parametrize(
    "query",
    ["?kind=nonsense", "?page=-1", "?page=x", "?sort=;drop", "?words=a%00b", "?side=%27--", "?words=" + "x" * 9000],
)
def test_nonsense_in_the_address_still_shows_a_docket(rich: Rich, sign: Sign, query: str) -> None:
    """An address is read for what makes sense in it."""
    assert sign("clerk").get(f"/cases/{rich.number}/{query}").status_code == 200


def test_papers_that_are_closed_count_neither_as_papers_nor_as_links(rich: Rich, sign: Sign) -> None:
    """The clerk's list of entries with papers does not know of the sealed one."""
    body = sign("clerk").get(f"/cases/{rich.number}/?papers=on").content.decode()
    papers = text(sign("clerk").get(f"/cases/{rich.number}/papers/"))

    assert f"/papers/{rich.paper.pk}/" in body
    assert f"/papers/{rich.sealed_paper.pk}/" not in body
    assert "1 to 1 of 1" in papers
    assert "Psychological" not in papers


def test_what_changed_since_the_last_look(world: World, sign: Sign) -> None:
    """An entry made after the reader's last visit is counted; one made before is not, nor another's visit."""
    made = make_case(world.court, world.judge, family="Zqchanged")
    for name in ("clerk", "counsel"):
        relate(made.case, world.principals[name], {"clerk": "court"}.get(name, name))
    make_entry(made.case, 1, "Old", entered_at=NOW - timedelta(days=9))
    make_entry(made.case, 2, "New", entered_at=NOW - timedelta(days=2))
    append_past(
        "look.opened", actor=world.account("clerk").pk, cases=[made.case.pk], persons=[],
        detail={"act": "docket.read", "purpose": "records"}, at=NOW - timedelta(days=5),
    )  # fmt: skip
    docket = f"/cases/{made.number}/"

    assert "1 new entry" in text(sign("clerk").get(docket))
    assert "This is your first look at this docket" in text(sign("counsel").get(docket))


def test_the_purpose_is_kept_in_every_link_and_must_fit_the_right(rich: Rich, sign: Sign) -> None:
    """A clerk may look to serve papers; nobody may look for a purpose that is not theirs."""
    clerk, docket = sign("clerk"), f"/cases/{rich.number}/"

    serving = clerk.get(docket + "?purpose=service")

    assert "for serving notices and papers" in text(serving)
    body = serving.content.decode()
    assert f'href="{docket}hearings/?purpose=service"' in body
    assert 'name="purpose" value="service"' in body
    refused = [clerk.get(docket + f"?purpose={purpose}") for purpose in ("own-case", "no-such", "%00", "a b")]
    assert [answer.status_code for answer in refused] == [404] * 4


def test_a_hearing_that_was_put_off_says_why_and_the_next_stands_first(rich: Rich, sign: Sign) -> None:
    """The hearings tab, and the fact above every tab."""
    page = text(sign("counsel").get(f"/cases/{rich.number}/hearings/"))

    assert "Put off on 10 February 2025" in page
    assert page.index("Individual") < page.index("Put off on")
    assert "Monday, 10 February 2025, 8:30 p.m. (Central)" in page  # the court's clock, not UTC's


def test_proceedings_tell_allegations_charges_and_bond(rich: Rich, sign: Sign) -> None:
    """Sealed allegations are opened with the look's key."""
    client, case = sign("respondent"), f"/cases/{rich.number}/"

    proceedings, custody, people = (text(client.get(f"{case}{tab}/")) for tab in ("proceedings", "custody", "people"))

    assert "You are a citizen of Nigeria." in proceedings
    assert "INA 212(a)(6)(A)(i)" in proceedings
    assert "Asylum Confidential" in proceedings
    assert "South station" in custody
    assert "$4,500" in custody
    assert "Marchetti, Ilse" in people
    assert "Brandt, Owen" in people
    assert "7 January 2025" in people


def test_three_rows_cost_as_many_queries_as_one(world: World, sign: Sign) -> None:
    """No query for each row, on any tab."""
    counts: dict[str, list[int]] = {}
    client = sign("clerk")
    for rows in (1, 3):
        made = make_case(world.court, world.judge)
        relate(made.case, world.principals["clerk"], "court")
        for number in range(1, rows + 1):
            make_entry(made.case, number, f"Entry {number}")
        for tab in TABS:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/cases/{made.number}/{tab}").status_code == 200
            counts.setdefault(tab, []).append(len(asked))

    assert {tab: numbers[1] - numbers[0] for tab, numbers in counts.items()} == dict.fromkeys(TABS, 0)


def test_a_name_under_protection_is_not_shown_in_lists(world: World, sign: Sign) -> None:
    """Lists open no protection; the case page opens what the right opens."""
    clerk = sign("clerk")

    listed = " ".join(text(clerk.get(f"/cases/?page={page}")) for page in (1, 2, 3))
    opened = text(clerk.get(f"/cases/{world.protected.number}/"))

    assert world.protected.number in listed
    assert "Name protected" in listed
    assert "Zqshielded" not in listed
    assert "Zqshielded and family" in opened


def test_a_family_is_one_from_the_lead_and_from_the_rider(world: World, rich: Rich, sign: Sign) -> None:
    """Both titles say so; counsel in the lead case learn that there is a rider, and nothing of it."""
    counsel = sign("counsel")

    lead, people = (text(counsel.get(f"/cases/{world.case.number}/{tab}")) for tab in ("", "people/"))

    assert "Zqokafor and family" in lead
    assert "1 case rides this one." in people
    assert world.protected.number not in lead + people
    assert "and family" not in text(counsel.get(f"/cases/{rich.number}/"))
    assert "rides a lead case" in text(sign("clerk").get(f"/cases/{world.protected.number}/people/"))


def test_the_list_holds_the_readers_cases_and_no_others(world: World, sign: Sign) -> None:
    """By status too; a page past the end is empty and says so."""
    mine, theirs = sign("counsel").get("/cases/"), sign("other_clerk").get("/cases/")

    assert world.case.number in text(mine)
    assert world.other.number not in text(mine)
    assert world.other.number in text(theirs)
    assert world.case.number not in text(theirs)
    assert world.case.number not in text(sign("counsel").get("/cases/?status=decided"))
    assert sign("counsel").get("/cases/?page=400000").status_code == 200
    assert sign("auditor").get("/cases/").status_code == 404


def test_respondents_read_in_spanish_and_staff_in_english(rich: Rich, sign: Sign) -> None:
    """The respondent's words are explained; the clerk's page stays English whatever the browser asks."""
    spanish = text(sign("respondent", language="es").get(f"/cases/{rich.number}/"))
    english = text(sign("clerk", language="es").get(f"/cases/{rich.number}/"))

    for words in (
        "Registro del caso",
        "Próxima audiencia",
        "Tachado el",
        "Documento de cargos",
        "Palabras de esta página",
    ):
        assert words in spanish
    assert "expulsión" in spanish
    assert "Next hearing" in english
    assert "Words on this page" not in english
