"""The API: the same queries behind the same door; refusal and absence alike; never an error of ours."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import include, path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollkeeper.access import door
from rollkeeper.access.declare import looks
from rollkeeper.api.asked import PURPOSES
from rollkeeper.api.declared import DeclaredAPI
from rollkeeper.api.problems import NOT_FOUND
from tests.access.leaks import forbidden, found_in
from tests.disclosures.reading import queries_of, reader, sequence_now
from tests.factories.cases import make_case, make_entry, relate
from tests.factories.world import World

ADDRESSES = ["", "/docket", "/hearings"]


def get(client: Client, url: str, status: int = 200) -> Any:  # Any: whatever JSON says
    response = client.get(url)
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def test_a_clerk_reads_cases_as_json_and_each_answer_names_its_look(world: World) -> None:
    newest = make_case(world.court, world.judge, filed_on=date(2100, 1, 1))
    relate(newest.case, world.principals["clerk"], "court")

    answer = get(reader(world, "clerk"), "/api/cases?purpose=records")

    assert newest.number in {case["number"] for case in answer["cases"]}
    assert world.other.number not in {case["number"] for case in answer["cases"]}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT body::jsonb ->> 'act' FROM ledger_entry WHERE id = %s", [answer["look"]["number"]])
        assert cursor.fetchone() == ("cases.list",)


def test_one_case_with_its_docket_and_hearings(world: World) -> None:
    client, number = reader(world, "respondent"), world.case.number

    case = get(client, f"/api/cases/{number}?purpose=own-case")
    docket = get(client, f"/api/cases/{number}/docket?purpose=own-case")
    hearings = get(client, f"/api/cases/{number}/hearings?purpose=own-case")

    assert case["case"]["respondent"] == "Zqokafor, Zqamara"
    assert case["next_hearing_at"] == hearings["hearings"][0]["starts_at"]
    assert docket["entries"][0]["number"] == 1
    assert docket["entries"][0]["paper"]["url"].startswith(f"/cases/{number}/papers/")
    assert "sealed" not in {entry["protection"] for entry in docket["entries"]}
    assert docket["total"] == len(docket["entries"])


@pytest.mark.parametrize("name", ["clerk", "judge", "counsel", "government", "respondent", "other_clerk", "auditor"])
def test_no_answer_holds_what_its_reader_must_not_see(name: str, world: World) -> None:
    client, closed = reader(world, name), forbidden(name, world)

    for made in (world.case, world.other, world.sealed, world.protected):
        for tail in [*ADDRESSES, "/looks"]:
            for purpose in PURPOSES:
                url = f"/api/cases/{made.number}{tail}?purpose={purpose}"
                assert found_in(client.get(url), closed, said=url) == [], url
    for purpose in PURPOSES:
        assert found_in(client.get(f"/api/cases?purpose={purpose}"), closed) == []


@pytest.mark.parametrize("tail", [*ADDRESSES, "/looks"])
def test_closed_and_absent_are_answered_with_the_same_words(tail: str, world: World) -> None:
    client = reader(world, "respondent")

    closed = get(client, f"/api/cases/{world.other.number}{tail}?purpose=own-case", 404)
    absent = get(client, f"/api/cases/HOU-24-999999{tail}?purpose=own-case", 404)
    nonsense = get(client, f"/api/cases/%01{tail}?purpose=own-case", 404)

    assert closed == absent == nonsense == {"detail": NOT_FOUND}


@pytest.mark.parametrize("url", ["/api/cases", "/api/cases/HLG-24-000001", "/api/cases?purpose=curiosity"])
def test_a_request_without_a_purpose_is_told_which_there_are(url: str, world: World) -> None:
    answer = get(reader(world, "clerk"), url, 422)

    assert answer["detail"].startswith("Say why you look")
    assert answer["mistakes"][0]["where"] == "purpose"


def test_a_purpose_that_does_not_fit_the_reader_is_refused(world: World) -> None:
    answer = get(reader(world, "clerk"), f"/api/cases/{world.case.number}?purpose=own-case", 404)

    assert answer == {"detail": NOT_FOUND}


def test_the_respondent_reads_who_looked(world: World) -> None:
    with door.look(world.account("clerk").pk, purpose="records", act="docket.read", case=world.case.number) as opened:
        number = opened.number

    answer = get(reader(world, "respondent"), f"/api/cases/{world.case.number}/looks?purpose=own-case")
    told = next(line for line in answer["looks"] if line["entry"] == number)

    assert told["who"] == "Clerk's office, Harlingen"
    assert told["what_happened"] == "saw your docket"
    assert told["receipt"] == f"/cases/{world.case.number}/looks/{number}/receipt"


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_a_clerk_does_not_read_who_looked(purpose: str, world: World) -> None:
    answer = get(reader(world, "clerk"), f"/api/cases/{world.case.number}/looks?purpose={purpose}", 404)

    assert answer == {"detail": NOT_FOUND}


def test_a_search_finds_by_name_and_needs_the_sessions_token(world: World) -> None:
    question = json.dumps({"words": "zqokafor"})
    client = reader(world, "clerk", enforce_csrf_checks=True)

    without = client.post("/api/find?purpose=records", question, content_type="application/json")
    token = client.get("/limits/").cookies.get("csrftoken") or client.cookies.get("csrftoken")
    headers = {"x-csrftoken": token.value} if token else {}
    found = client.post("/api/find?purpose=records", question, content_type="application/json", headers=headers)

    assert without.status_code == 403
    assert found.status_code == 200, found.content
    assert found.json()["cases"][0]["number"] == world.case.number


def test_a_search_finds_nothing_of_another_court(world: World) -> None:
    client = reader(world, "clerk")

    answer = client.post("/api/find?purpose=records", json.dumps({"words": "zqother"}), content_type="application/json")

    assert answer.json()["cases"] == []


def test_anonymous_readers_are_told_to_sign_in(world: World) -> None:
    answer = get(Client(), f"/api/cases/{world.case.number}?purpose=own-case", 401)

    assert answer == {"detail": "Sign in first: the API reads with the session of a signed-in account."}


def test_the_checkpoint_is_for_everybody(world: World) -> None:
    sequence_now()

    answer = get(Client(), "/api/log/checkpoint")

    assert answer["note"].splitlines()[:2] == [answer["origin"], str(answer["size"])]


def test_the_description_is_openapi_and_its_page_needs_no_script(world: World) -> None:
    described = get(Client(), "/api/openapi.json")
    page = Client().get("/api/docs")

    assert described["openapi"].startswith("3.1")
    assert page.status_code == 200
    for path_ in described["paths"]:
        assert path_ in page.content.decode()
    assert b"swagger" not in page.content


def test_a_docket_has_pages(world: World) -> None:
    made = make_case(world.court, world.judge)
    relate(made.case, world.principals["clerk"], "court")
    for number in range(1, 28):
        make_entry(made.case, number, f"Entry {number}", kind="order" if number == 27 else "motion")
    client, base = reader(world, "clerk"), f"/api/cases/{made.number}/docket?purpose=records"

    second, orders = get(client, f"{base}&page=2"), get(client, f"{base}&kind=order")

    assert (second["total"], [entry["number"] for entry in second["entries"]]) == (27, [26, 27])
    assert [entry["number"] for entry in orders["entries"]] == [27]


def test_the_same_number_of_queries_for_one_entry_and_for_three(world: World) -> None:
    made = make_case(world.court, world.judge)
    relate(made.case, world.principals["clerk"], "court")
    client, url = reader(world, "clerk"), f"/api/cases/{made.number}/docket?purpose=records"
    make_entry(made.case, 1, "One")
    few = queries_of(client, url)
    for number in (2, 3):
        make_entry(made.case, number, "More")

    assert queries_of(client, url) == few


TEXT = st.text(max_size=40)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=TEXT, tail=st.sampled_from([*ADDRESSES, "/looks"]), query=st.dictionaries(
    st.sampled_from(["purpose", "page", "kind", "side", "words", "status"]),
    st.one_of(TEXT, st.integers().map(str), st.sampled_from([*PURPOSES])), max_size=4))  # fmt: skip
def test_nothing_asked_of_a_case_is_an_error_of_ours(
    world: World, clerk_client: Client, number: str, tail: str, query: dict[str, str]
) -> None:
    for asked in (quote(number, safe=""), world.case.number):
        response = clerk_client.get(f"/api/cases/{asked}{tail}", query)
        assert response.status_code in (200, 301, 404, 422), (response.status_code, response.content[:200])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.one_of(
    st.fixed_dictionaries({}, optional={
        "words": TEXT, "born": st.dates().map(date.isoformat), "hearing": st.dates().map(date.isoformat),
        "nationality": TEXT, "court": st.sampled_from(["HLG", "xx", ""]), "judge": TEXT}),
    st.recursive(st.one_of(st.none(), st.integers(), TEXT), lambda inner: st.lists(inner, max_size=3), max_leaves=5)),
    purpose=st.one_of(TEXT, st.sampled_from([*PURPOSES])))  # fmt: skip
def test_nothing_searched_for_is_an_error_of_ours(
    world: World, clerk_client: Client, question: object, purpose: str
) -> None:
    response = clerk_client.post(
        "/api/find", json.dumps(question), content_type="application/json",
        query_params={"purpose": purpose},
    )  # fmt: skip
    assert response.status_code in (200, 404, 422), (response.status_code, response.content[:200])


@pytest.fixture(scope="module")
def clerk_client(world: World) -> Client:
    return reader(world, "clerk", raise_request_exception=False)


planted = DeclaredAPI(urls_namespace="planted", docs_url=None, openapi_url=None)


@planted.get("/silent")
def silent(request: HttpRequest) -> dict[str, str]:
    return {"never": "shown"}


@planted.get("/mixed")
@looks("docket.read")
def spoken(request: HttpRequest) -> dict[str, str]:
    return {"said": "something"}


@planted.post("/mixed")
def unspoken(request: HttpRequest) -> dict[str, str]:
    return {"never": "shown"}


@planted.get("/other/{number}")
@looks("hearings.read")
def other_act(request: HttpRequest, number: str) -> dict[str, int]:
    """Declares one act and opens another, as a careless hand might write it."""
    with door.look(request.user.pk, purpose="records", act="docket.read", case=number) as look:
        return {"case": look.case_id}


urlpatterns = [path("planted/", planted.urls), path("", include("rollkeeper.conf.urls"))]


@override_settings(ROOT_URLCONF="tests.api.test_api")
def test_an_operation_that_declares_nothing_is_refused(world: World) -> None:
    client = reader(world, "clerk")

    for url in ("/planted/silent", "/planted/mixed"):
        with pytest.raises(ImproperlyConfigured, match="declares no look"):
            client.get(url)


@override_settings(ROOT_URLCONF="tests.api.test_api")
def test_an_operation_opens_no_look_but_the_one_it_declared(world: World) -> None:
    with pytest.raises(door.DoorMisused):
        reader(world, "clerk").get(f"/planted/other/{world.case.number}")
