"""A judge's time: which half-days are master calendars, which individual hearings, and what is still free."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MASTER, INDIVIDUAL = "M", "I"
MASTER_CASES = 24  # cases of one master calendar
MORNING, AFTERNOON = (time(8, 30), time(11, 30)), (time(13, 0), time(16, 0))
# Monday and Wednesday mornings and Tuesday afternoons are masters; the other half-days hear one case each.
MASTERS = {(0, MORNING), (2, MORNING), (1, AFTERNOON)}


@dataclass
class Slot:
    """One half-day of a judge; ``session`` is the key of its row once a case is put there."""

    day: date
    starts_at: datetime
    ends_at: datetime
    room: int
    taken: int = 0
    session: int | None = None


def federal_holidays(year: int) -> set[date]:
    """The legal holidays of a year as they are kept (5 USC 6103; Executive Order 11582 for weekends)."""
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    kept = {day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed}
    moving = [(1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4)]  # month, weekday, which
    kept |= {_nth(year, month, weekday, which) for month, weekday, which in moving}
    last_of_may = date(year, 5, 31)
    return kept | {last_of_may - timedelta(days=last_of_may.weekday())}


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


@dataclass
class Timetable:
    """The half-days of one judge from ``first`` to ``last``, by kind, in order of time."""

    slots: dict[str, list[Slot]]
    _days: dict[str, list[date]] = field(init=False)
    _next_free: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._days = {kind: [slot.day for slot in slots] for kind, slots in self.slots.items()}
        self._next_free = {kind: list(range(len(slots) + 1)) for kind, slots in self.slots.items()}

    def take(self, kind: str, not_before: date) -> Slot | None:
        """Put one case into the first half-day of a kind with room, on or after a day; None when none is left."""
        at = self._free(kind, bisect_left(self._days[kind], not_before))
        if at == len(self.slots[kind]):
            return None
        slot = self.slots[kind][at]
        slot.taken += 1
        if slot.taken == slot.room:
            self._next_free[kind][at] = at + 1
        return slot

    def look(self, kind: str, not_before: date) -> Slot | None:
        """The half-day that ``take`` would give, left free."""
        at = self._free(kind, bisect_left(self._days[kind], not_before))
        return self.slots[kind][at] if at < len(self.slots[kind]) else None

    def _free(self, kind: str, at: int) -> int:
        """The first half-day from ``at`` on that has room; the path walked is shortened for the next one."""
        following = self._next_free[kind]
        root = at
        while following[root] != root:
            root = following[root]
        while following[at] != root:
            following[at], at = root, following[at]
        return root


def timetable(first: date, last: date, zone: str) -> Timetable:
    """A judge's free half-days between two days, without weekends and legal holidays."""
    here = ZoneInfo(zone)
    closed = {day for year in range(first.year, last.year + 1) for day in federal_holidays(year)}
    slots: dict[str, list[Slot]] = {MASTER: [], INDIVIDUAL: []}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() >= 5 or day in closed:
            continue
        for half in (MORNING, AFTERNOON):
            kind = MASTER if (day.weekday(), half) in MASTERS else INDIVIDUAL
            starts_at, ends_at = (datetime.combine(day, at, here).astimezone(UTC) for at in half)
            slots[kind].append(Slot(day, starts_at, ends_at, MASTER_CASES if kind == MASTER else 1))
    return Timetable(slots)
