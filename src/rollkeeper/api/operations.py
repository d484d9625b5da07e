"""The operations: the same queries as the pages, behind the same door."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query
from ninja.security import SessionAuth

from rollkeeper.access import door
from rollkeeper.access.declare import looks, shows_no_record
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.api import answers, schemas
from rollkeeper.api.asked import PAGE_SIZE, Asked, AskedDocket, AskedPage
from rollkeeper.api.declared import DeclaredAPI
from rollkeeper.api.problems import answer_problems
from rollkeeper.cases import queries as case_queries
from rollkeeper.disclosures import queries as disclosures
from rollkeeper.docket.queries import docket_page
from rollkeeper.hearings.queries import hearings, next_hearing
from rollkeeper.ledger.checkpoints import unverified_checkpoint
from rollkeeper.ledger.queries import connection_of, latest_checkpoint

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,23}\Z")
NOBODY = {401: schemas.Problem, 422: schemas.Unreadable, 503: schemas.Problem}
PROBLEMS = {404: schemas.Problem, **NOBODY}

api = DeclaredAPI(
    title="Rollkeeper",
    version="1",
    urls_namespace="api",
    docs_url=None,
    auth=SessionAuth(),
    description=(
        "Cases, dockets, hearings and looks as JSON, for signed-in readers. Every request is a look: it needs a "
        "purpose and is written into the ledger before anything is answered. What is closed to you and what does not "
        "exist are answered alike."
    ),
)
answer_problems(api)


def _reader(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise Http404  # the session stands before every operation; this narrows the type
    return request.user


def _number(text: str) -> str:
    """A case's number, or not found before any look is opened."""
    if not NUMBER.match(text):
        raise Http404
    return text


@api.get("/cases", response={200: schemas.CasesAnswer, **NOBODY}, summary="Your cases, newest first")
@looks("cases.list")
def list_cases(request: HttpRequest, asked: Query[AskedPage]) -> schemas.CasesAnswer:
    """The cases your office is connected with, newest first."""
    with door.listing(
        _reader(request).pk, purpose=asked.purpose, act="cases.list", which="cases", skip=asked.skip, take=PAGE_SIZE
    ) as look:
        return schemas.CasesAnswer(
            look=answers.look_out(look), total=look.total, page=asked.page, cases=answers.cases_out(look)
        )


@api.get("/cases/{number}", response={200: schemas.CaseAnswer, **PROBLEMS}, summary="One case")
@looks("case.read")
def read_case(request: HttpRequest, number: str, asked: Query[Asked]) -> schemas.CaseAnswer:
    """Where a case stands: its court, judge, charges and next hearing."""
    with door.look(_reader(request).pk, purpose=asked.purpose, act="case.read", case=_number(number)) as look:
        coming = next_hearing(look, at=timezone.now())
        found = answers.cases_out(look)
        if not found:
            raise Http404
        return schemas.CaseAnswer(
            look=answers.look_out(look),
            case=found[0],
            next_hearing_at=coming.starts_at if coming else None,
            charges=[answers.charge_out(row) for row in case_queries.charges(look)],
        )


@api.get("/cases/{number}/docket", response={200: schemas.DocketAnswer, **PROBLEMS}, summary="A docket")
@looks("docket.read")
def read_docket(request: HttpRequest, number: str, asked: Query[AskedDocket]) -> schemas.DocketAnswer:
    """The entries of a docket by number; entries closed to you are absent, and their numbers stay unused."""
    with door.look(_reader(request).pk, purpose=asked.purpose, act="docket.read", case=_number(number)) as look:
        page = docket_page(look, asked.kept(), sort="number", descending=False, skip=asked.skip, take=PAGE_SIZE)
        return schemas.DocketAnswer(
            look=answers.look_out(look), total=page.total, page=asked.page, entries=answers.entries_out(page, number)
        )


@api.get("/cases/{number}/hearings", response={200: schemas.HearingsAnswer, **PROBLEMS}, summary="Hearings")
@looks("hearings.read")
def read_hearings(request: HttpRequest, number: str, asked: Query[AskedPage]) -> schemas.HearingsAnswer:
    """Hearings of a case, latest first, with what became of each."""
    with door.look(_reader(request).pk, purpose=asked.purpose, act="hearings.read", case=_number(number)) as look:
        found = hearings(look)
        return schemas.HearingsAnswer(
            look=answers.look_out(look),
            total=found.count(),
            page=asked.page,
            hearings=[answers.hearing_out(row) for row in found[asked.skip : asked.skip + PAGE_SIZE]],
        )


@api.post("/find", response={200: schemas.FindAnswer, **PROBLEMS}, summary="Find a case")
@looks("search")
def find(request: HttpRequest, asked: Query[Asked], question: schemas.FindIn) -> schemas.FindAnswer:
    """By name, number or facts, among your own cases; at most 25, best first. Send the CSRF token of your session."""
    facts = {name: str(value) for name, value in question.dict(exclude={"words"}).items() if value}
    with door.search(_reader(request).pk, purpose=asked.purpose, words=question.words, facts=facts) as look:
        return schemas.FindAnswer(look=answers.look_out(look), cases=answers.cases_out(look))


@api.get("/cases/{number}/looks", response={200: schemas.LooksAnswer, **PROBLEMS}, summary="Who looked at a case")
@looks("looks.read")
def read_looks(request: HttpRequest, number: str, asked: Query[AskedPage]) -> schemas.LooksAnswer:
    """Who looked, newest first, refused attempts too. For the respondent (own-case) and counsel (representation)."""
    reader = _reader(request)
    if asked.purpose not in ("own-case", "representation"):
        raise Http404
    with door.look(reader.pk, purpose=asked.purpose, act="looks.read", case=_number(number)) as look:
        page = disclosures.looks_at(look.case_id, skip=asked.skip, take=PAGE_SIZE)
        lines = answers.looks_out(page.entries, disclosures.purposes(), number, yours=reader.desk == Desk.RESPONDENT)
        return schemas.LooksAnswer(look=answers.look_out(look), total=page.total, page=asked.page, looks=lines)


@api.get(
    "/log/checkpoint",
    response={200: schemas.CheckpointOut, 404: schemas.Problem},
    auth=None,
    summary="The log's latest checkpoint",
)
@shows_no_record("only hashes are public")
def read_checkpoint(request: HttpRequest) -> schemas.CheckpointOut:
    """The tree head that the log signed last. For everybody; compare it with others."""
    latest = latest_checkpoint(connection_of("default"))
    if latest is None:
        raise Http404
    origin = unverified_checkpoint(latest.note).origin
    return schemas.CheckpointOut(
        origin=origin, size=latest.size, root=latest.root.hex(), signed_at=latest.made_at, note=latest.note
    )
