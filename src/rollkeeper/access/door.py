"""The door: record data is read inside a look, and a look is in the ledger before anything is read.

    with door.look(account.pk, purpose="records", act="docket.read", case="HLG-24-000123") as look:
        ...  # the ORM reads the case's rows here, and nowhere else

Opening is one transaction of its own (``open_look`` in sql/). Reading is a second one, at READ COMMITTED, under the
role ``rollkeeper_reader``, whose policies ask for the look of this connection. Leaving the block ends the look.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from rollkeeper.access.declare import declared
from rollkeeper.access.looks import Look, PublicCase

Params = Mapping[str, "str | int | bool | None"]


class Refused(Exception):
    """The reader may not see this, or it does not exist: the two are never told apart."""

    def __init__(self, entry: int, reason: str) -> None:
        super().__init__("We could not find this, or it is not open to you. Check the number, or ask the court.")
        self.entry = entry
        self.reason = reason


class LedgerUnavailable(Exception):
    """The ledger could not be written, so nothing is shown."""


class DoorMisused(Exception):
    """A look was opened in a way that could show rows without an entry."""


@contextmanager
def look(
    account: int | None,
    *,
    purpose: str,
    act: str,
    case: str | None = None,
    person: int | None = None,
    **detail: str | int,
) -> Iterator[Look]:
    """Look at one case (by number) or one person (by id). Raises Refused or LedgerUnavailable."""
    answer = _open(
        act,
        "SELECT open_look(%s, %s, %s, %s, %s, %s::jsonb, %s)",
        [account, purpose, act, case, person, json.dumps(detail), settings.ROLLKEEPER_LOOK_SECONDS],
    )
    with _reading(answer, purpose, act) as opened:
        yield opened


@contextmanager
def listing(
    account: int | None,
    *,
    purpose: str,
    act: str,
    which: str,
    params: Params | None = None,
    skip: int = 0,
    take: int = 25,
) -> Iterator[Look]:
    """Look at one page of a list (see sql/listing.sql). ``look.case_ids`` and ``look.rows`` keep its order."""
    answer = _open(
        act,
        "SELECT open_listing(%s, %s, %s, %s, %s::jsonb, %s, %s, %s)",
        [account, purpose, act, which, json.dumps(params or {}), skip, take, settings.ROLLKEEPER_LOOK_SECONDS],
    )
    with _reading(answer, purpose, act) as opened:
        yield opened


@contextmanager
def search(account: int | None, *, purpose: str, words: str, facts: Mapping[str, str] | None = None) -> Iterator[Look]:
    """Find cases among the reader's own: by number, name or facts; at most 25, best first."""
    question = {key: value for key, value in {"words": words.strip(), **(facts or {})}.items() if value}
    answer = _open(
        "search",
        "SELECT open_search(%s, %s, %s::jsonb, %s, %s)",
        [account, purpose, json.dumps(question), keyed_hash(json.dumps(question, sort_keys=True)),
         settings.ROLLKEEPER_LOOK_SECONDS],
    )  # fmt: skip
    with _reading(answer, purpose, "search") as opened:
        yield opened


@contextmanager
def overview(account: int | None, *, purpose: str) -> Iterator[Look]:
    """Look at what waits at the reader's court: counts only. Read them with ``overview_counts``."""
    answer = _open("court.overview", "SELECT open_overview(%s, %s)", [account, purpose])
    with _reading(answer, purpose, "court.overview") as opened:
        yield opened


@contextmanager
def oversight(account: int | None, filters: Params) -> Iterator[Look]:
    """Look at the ledger itself, as an auditor. No table of the record opens."""
    answer = _open("ledger.read", "SELECT open_oversight(%s, %s::jsonb)", [account, json.dumps(filters)])
    with _reading(answer, "oversight", "ledger.read") as opened:
        yield opened


@contextmanager
def own_look(account: int | None, number: int) -> Iterator[Look]:
    """Look at what was recorded of one of the reader's own looks. Raises Refused for anybody else's entry."""
    answer = _open("looks.own", "SELECT open_own_look(%s, %s)", [account, number])
    with _reading(answer, "own-look", "looks.own") as opened:
        yield opened


class TooManyQuestions(Exception):
    """The public look-up was asked too often within this minute."""


def public_lookup(a_number: str, nationality: str, client: str) -> PublicCase | None:
    """The five public facts of a case, or None: absent, sealed, protected and unknown alike.

    ``a_number`` is nine digits, ``client`` the address that asks (kept as a keyed hash). Raises TooManyQuestions.
    """
    arguments = [a_number, nationality, keyed_hash(client), settings.ROLLKEEPER_PUBLIC_LOOKUPS_PER_MINUTE,
                 keyed_hash(f"{a_number} {nationality}")]  # fmt: skip
    answer = _open("public.lookup", "SELECT open_public_lookup(%s, %s, %s, %s, %s)", arguments, slow_down=True)
    with _reading(answer, "public information", "public.lookup"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT * FROM public_case()")
        row = cursor.fetchone()
    return PublicCase(*row) if row else None


def keyed_hash(text: str) -> str:
    """HMAC-SHA256 under this installation's key, in hexadecimal: what the ledger keeps of words and addresses."""
    return hmac.new(settings.ROLLKEEPER_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _open(act: str, statement: str, arguments: list[Any], *, slow_down: bool = False) -> dict[str, Any]:
    """Run the opening function in a transaction of its own and return its answer."""
    connection = connections["default"]
    if connection.in_atomic_block:
        raise DoorMisused("A look must be committed before it is read; it cannot be opened inside a transaction.")
    declaration = declared.get()
    if declaration is not None and act not in declaration.acts:
        raise DoorMisused(f"This view did not declare the look {act}.")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            value = cursor.fetchone()[0]
    except DatabaseError as error:
        raise LedgerUnavailable("The ledger could not be written, so nothing is shown.") from error
    answer: dict[str, Any] = value if isinstance(value, dict) else json.loads(value)
    if not answer["allowed"]:
        if slow_down:
            raise TooManyQuestions("Too many questions within a minute. Wait a minute and ask again.")
        raise Refused(answer["entry"], answer["reason"])
    return answer


@contextmanager
def _reading(answer: dict[str, Any], purpose: str, act: str) -> Iterator[Look]:
    """Read under the reader's role until the block ends, then end the look."""
    connection = connections["default"]
    with transaction.atomic(using="default", durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE rollkeeper_reader")
        yield Look.from_answer(answer, purpose=purpose, act=act)
        with connection.cursor() as cursor:
            cursor.execute("SELECT close_look()")
