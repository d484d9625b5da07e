"""What a reader did to the bytes it was given: one event for every repair, refusal and remark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum

EXCERPT_CHARACTERS = 40


class Outcome(StrEnum):
    """What became of the row or value."""

    REPAIRED = "repaired"  # loaded, after a change that the event states
    VALUE_REFUSED = "value refused"  # the row was loaded, this value left empty
    ROW_REFUSED = "row refused"  # the row was not loaded
    NOTED = "noted"  # loaded as it stands; the reader should know


class Kind(StrEnum):
    """What was found. The names are part of the report's format."""

    BYTE_ORDER_MARK = "byte order mark"
    DEFLATE64 = "deflate64 member"
    HEADER_SHORT = "header shorter than rows"
    RENAMED_COLUMN = "renamed column"
    UNKNOWN_COLUMN = "unknown column"
    MISSING_COLUMN = "missing column"
    BLANK_LINE = "blank line"
    LINE_END = "line end inside the row"
    LINE_FEED = "line feed in a field"
    NUL = "NUL byte"
    CONTROL = "control byte"
    NOT_UTF8 = "byte outside ASCII"
    QUOTE = "quotation mark"
    EXTRA_TAB = "extra tab"
    HIDDEN_SHIFT = "hidden shift"
    SHORT_ROW = "short row"
    NO_KEY = "no key"
    BAD_DATE = "bad date"
    BAD_TIME = "bad time"
    BAD_MONTH = "bad month"
    BAD_FLAG = "bad flag"
    BAD_NUMBER = "bad number"
    BAD_GUID = "bad identifier"
    TOO_WIDE = "wider than its column"
    FILLER = "filler token"
    DUPLICATE_KEY = "duplicate key"
    ORPHAN = "no parent row"
    UNLISTED_CODE = "code not in its table"
    COUNT_DIFFERS = "count differs from Count.txt"
    NOT_COUNTED = "not in Count.txt"
    MISSING_MEMBER = "missing member"
    UNKNOWN_MEMBER = "unknown member"
    CONTRADICTION = "contradicts another row"
    NO_DATE = "no date"
    NO_STATUS = "no status"


@dataclass(frozen=True)
class Event:
    """One repair, refusal or remark. ``line`` is physical, from 1, as ``sed -n LINEp`` prints it; 0 is the file."""

    file: str
    line: int
    kind: Kind
    outcome: Outcome
    column: str = ""
    before: str = ""
    after: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The event as one JSON object of the report."""
        return {name: (str(value) if isinstance(value, StrEnum) else value) for name, value in asdict(self).items()}


Sink = Callable[[Event], None]


def excerpt(value: bytes | str) -> str:
    r"""A value as text that is safe to print: bytes outside printable ASCII as ``\xNN``, at most 40 characters."""
    data = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    safe = "".join(
        chr(byte) if 32 <= byte < 127 and byte != 92 else f"\\x{byte:02x}" for byte in data[:EXCERPT_CHARACTERS]
    )
    return safe if len(safe) <= EXCERPT_CHARACTERS else safe[: EXCERPT_CHARACTERS - 1] + "…"


@dataclass
class Tally:
    """Collects events: all of them in order, and how many of each kind per file."""

    events: list[Event] = field(default_factory=list)
    counts: Counter[tuple[str, Kind, Outcome]] = field(default_factory=Counter)

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self.counts[event.file, event.kind, event.outcome] += 1
