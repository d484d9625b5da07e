"""A month of looks in the ledger: who opened which record, under which right and for what."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections

from rollkeeper.access.rules import usual_purpose
from rollkeeper.accounts.models import Account
from rollkeeper.ledger.append import append_past

DAYS = 30
# Looks on a working day, by desk, and what they open.
A_DAY = {"clerk": 22, "chambers": 9, "government": 11, "counsel": 5, "respondent": 1}
ACTS = ("case.read", "case.read", "docket.read", "docket.read", "document.read", "person.read")


@dataclass(frozen=True)
class Right:
    """One right of an account: what open_look would have written."""

    case: int
    person: int
    principal: int
    office: str
    relation: str
    protections: tuple[str, ...]


def looks_of_a_month(accounts: list[Account], *, today: date, zone: str, seed: int) -> int:
    """Write the looks of the last thirty days, in order of time, before the tree has leaves. Returns how many."""
    _make_months(today)
    planned: list[tuple[datetime, Account, Right, str]] = []
    for account in accounts:
        rights = _rights(account.pk, today)
        if rights and account.desk in A_DAY:
            source = random.Random(f"{seed}:{account.username}:{today}")
            planned += [
                (at, account, right, act) for at, right, act in _plan(account.desk, rights, today, zone, source)
            ]
    planned.sort(key=lambda look: (look[0], look[1].pk))
    for at, account, right, act in planned:
        _write(at, account, right, act)
    return len(planned)


def _make_months(today: date) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT ledger_make_partitions(24, %s)", [today - timedelta(days=DAYS + 31)])


def _rights(account: int, today: date) -> list[Right]:
    """The rights of an account, its busiest cases first: those with a hearing near the present."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """
            SELECT r.case_id, c.respondent_id, r.principal_id, p.name, r.kind, r.protections::text[]
              FROM access_membership m JOIN access_principal p ON p.id = m.principal_id
              JOIN access_caserelation r ON r.principal_id = p.id JOIN cases_case c ON c.id = r.case_id
              LEFT JOIN LATERAL (SELECT min(abs(extract(epoch FROM h.starts_at - %s))) AS near
                                   FROM hearings_hearing h WHERE h.case_id = c.id) h ON true
             WHERE m.account_id = %s ORDER BY h.near NULLS LAST, r.case_id LIMIT 400
            """,
            [datetime.combine(today, time(12), UTC), account],
        )
        return [Right(r[0], r[1], r[2], r[3], r[4], tuple(r[5])) for r in cursor.fetchall()]


def _plan(
    desk: str, rights: list[Right], today: date, zone: str, source: random.Random
) -> Iterator[tuple[datetime, Right, str]]:
    here = ZoneInfo(zone)
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() >= 5 and desk != "respondent":
            continue
        for _ in range(max(0, round(source.gauss(A_DAY[desk], A_DAY[desk] / 4)))):
            # Cases near a hearing are opened more often than others.
            right = rights[min(len(rights) - 1, int(source.expovariate(4 / len(rights))))]
            at = datetime.combine(day, time(8, 0), here) + timedelta(seconds=source.randrange(9 * 3600))
            yield at.astimezone(UTC), right, source.choice(ACTS)


def _write(at: datetime, account: Account, right: Right, act: str) -> None:
    """The entry that open_look writes for an allowed look (access/sql/open_look.sql, look_begin)."""
    detail: dict[str, Any] = {  # Any: what the ledger's JSON subset holds
        "purpose": usual_purpose(account.desk),
        "act": act,
        "principal": right.principal,
        "office": right.office,
        "relation": right.relation,
        "protections": list(right.protections),
        "cases": [right.case],
        "persons": [right.person],
    }
    append_past("look.opened", at=at, actor=account.pk, cases=[right.case], persons=[right.person], detail=detail)
