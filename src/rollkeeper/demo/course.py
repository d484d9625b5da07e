"""How a case runs in time: from its hearings backwards to the day it was filed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from rollkeeper.demo.timetable import INDIVIDUAL, MASTER

OLDEST_DAYS = 8 * 365  # nothing of the demonstration was filed earlier


@dataclass(frozen=True)
class Course:
    """The stage a case has reached and the days that led there. A pending case's last hearing is still to come."""

    stage: str  # pending, decided, closed, on_appeal
    in_absentia: bool
    issued_on: date
    filed_on: date
    hearings: tuple[tuple[str, date], ...]  # kind, day before which it is not held


def course(stage: str, *, detained: bool, today: date, in_absentia: bool, source: random.Random) -> Course:
    """Draw a course that ends at a stage."""
    if stage == "pending" and source.random() < 0.05:
        filed = _weekday(today - timedelta(days=source.randrange(2, 25)))
        return Course(stage, False, filed - timedelta(days=source.randrange(1, 40)), filed, ())
    kinds = _kinds(stage, in_absentia, detained, source)
    if stage == "pending":
        last = today + timedelta(days=1 + int(source.expovariate(1 / (9 if detained else 55))))
    else:
        last = today - timedelta(days=2 + int(source.triangular(0, 1300, 60)))
    days = [last]
    for kind in reversed(kinds[1:]):
        days.append(days[-1] - timedelta(days=_gap(kind, detained, source)))
    earliest = today - timedelta(days=OLDEST_DAYS - 400)
    kept = [(kind, day) for kind, day in zip(reversed(kinds), days, strict=True) if day > earliest]
    kept.reverse()
    wait = source.randrange(4, 18) if detained else source.randrange(35, 240)
    filed = _weekday(min(kept[0][1], today) - timedelta(days=wait))
    issued = filed - timedelta(days=source.randrange(0, 6) if detained else source.randrange(1, 130))
    return Course(stage, in_absentia, issued, filed, tuple(kept))


def _weekday(day: date) -> date:
    """The day, or the Friday before it when the court is closed for the weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _kinds(stage: str, in_absentia: bool, detained: bool, source: random.Random) -> list[str]:
    masters = source.choice([1, 1, 2, 2, 3] if detained else [1, 2, 2, 3, 3, 4])
    if in_absentia:
        return [MASTER] * max(1, masters - 1)
    if stage == "pending":
        held = source.choice([0, 1, 1, 2, 2, 3, 4])
        return [MASTER] * min(held + 1, masters) + [INDIVIDUAL] * max(0, held + 1 - masters)
    if stage == "closed":
        return [MASTER] * masters
    return [MASTER] * masters + [INDIVIDUAL] * source.choice([1, 1, 1, 2])


def _gap(kind: str, detained: bool, source: random.Random) -> int:
    if detained:
        return source.randrange(6, 28)
    return source.randrange(110, 420) if kind == INDIVIDUAL else source.randrange(40, 210)
