"""Appending to the ledger from Python: acts, refusals and configuration changes. Looks are written by the door."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connections

Detail = Mapping[str, "str | int | bool | None | list[str] | list[int]"]


def append(
    kind: str,
    *,
    actor: int | None = None,
    cases: Iterable[int] = (),
    persons: Iterable[int] = (),
    using: str = "default",
    **detail: str | int | bool | None | list[str] | list[int],
) -> int:
    """Append an entry in the current transaction and return its number.

    ``kind`` is ``noun.verb`` and never ``look.…``. Whole numbers, strings, booleans and lists only (RFC 8785 subset).
    """
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT ledger_append(%s, %s, %s, %s, %s::jsonb)",
            [kind, actor, list(cases), list(persons), json.dumps(detail)],
        )
        return int(cursor.fetchone()[0])


def append_past(
    kind: str,
    *,
    at: datetime,
    actor: int | None,
    cases: Iterable[int],
    persons: Iterable[int],
    detail: Detail,
) -> int:
    """Append an entry for a past moment, as the owner; the demonstration court alone does this.

    The entry says so (``demo``), and a checkpoint signed before it would expose it as back-dated.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT ledger_write(%s, %s, %s, %s, %s::jsonb, %s)",
            [kind, actor, list(cases), list(persons), json.dumps({**detail, "demo": True}), at],
        )
        return int(cursor.fetchone()[0])
