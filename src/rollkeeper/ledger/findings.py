"""What the verifier finds, in sentences that name the entry. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LISTED = 50  # findings of one kind that are spelt out; the rest is counted


class Severity(StrEnum):
    """How bad it is: tampering, a promise not kept, or something to know."""

    FINDING = "finding"
    ALARM = "alarm"
    NOTICE = "notice"


class Kind(StrEnum):
    """What was found. The value is the word used in ``--json``."""

    ALTERED = "entry altered"
    COLUMNS = "columns differ from the entry"
    MISSING = "entry missing"
    UNPLACED = "entry without a leaf"
    WAITING = "entries wait too long"
    GAP = "leaf missing"
    REORDERED = "leaf out of its place"
    TILE = "tile differs"
    ROOT = "root differs from a checkpoint"
    CHECKPOINT = "checkpoint malformed or forged"
    TRUNCATED = "ledger cut or set back"
    WITNESS = "contradicts the witness"
    UNWITNESSED = "checkpoint lost from the database"
    BACKDATED = "entry back-dated"
    POSTDATED = "entry dated ahead"
    SUBJECT = "entry hidden from a subject"
    HEARTBEAT = "no checkpoint for too long"
    DEMO = "past moments of the demonstration court"


_SEVERITY = {
    Kind.HEARTBEAT: Severity.ALARM,
    Kind.WAITING: Severity.ALARM,
    Kind.UNWITNESSED: Severity.ALARM,
    Kind.DEMO: Severity.NOTICE,
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    kind: Kind
    sentence: str
    entry: int | None = None
    leaf: int | None = None

    @property
    def severity(self) -> Severity:
        """Tampering, unless the kind says otherwise."""
        return _SEVERITY.get(self.kind, Severity.FINDING)


@dataclass(frozen=True)
class Tolerances:
    """What counts as late. ``commit``: how long an entry may take from its moment to its leaf's transaction."""

    commit: timedelta = timedelta(seconds=120)
    clock: timedelta = timedelta(seconds=5)  # between the clocks of the database and of the worker
    heartbeat: timedelta = timedelta(seconds=75)  # the promised 60 s, and some
    queue: timedelta = timedelta(seconds=120)


@dataclass
class Report:
    """Everything a verification found and how much it read."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)
    entries: int = 0
    leaves: int = 0
    checkpoints: int = 0
    signatures: int = 0
    witnessed: int = 0
    root: bytes = b""
    signed_size: int = 0
    signed_at: datetime | None = None
    _named: set[tuple[Kind, int | None, int | None]] = field(default_factory=set)

    def add(self, kind: Kind, sentence: str, *, entry: int | None = None, leaf: int | None = None) -> None:
        """Record a finding; the same thing about the same entry counts once."""
        place = (kind, entry, leaf if entry is None else None)
        if (entry is not None or leaf is not None) and place in self._named:
            return
        self.counts[kind] += 1
        if self.counts[kind] <= LISTED:
            self._named.add(place)
            self.findings.append(Finding(kind, sentence, entry, leaf))

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of a severity, in the order in which they were found."""
        return [finding for finding in self.findings if finding.severity is severity]

    def number_of(self, severity: Severity) -> int:
        """How many there are of a severity, the unlisted ones too."""
        return sum(count for kind, count in self.counts.items() if _SEVERITY.get(kind, Severity.FINDING) is severity)

    @property
    def is_intact(self) -> bool:
        """Whether nothing points at tampering."""
        return self.number_of(Severity.FINDING) == 0


_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_ticks(moment: datetime) -> int:
    """Microseconds since 2000-01-01 UTC, PostgreSQL's own unit of time."""
    return (moment - _EPOCH) // _MICROSECOND


def span_ticks(span: timedelta) -> int:
    """A span in microseconds."""
    return span // _MICROSECOND


def show_ticks(ticks: int) -> str:
    """A moment for people, UTC; a tampered row may hold one that no calendar has."""
    try:
        return f"{_EPOCH + timedelta(microseconds=ticks):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return f"{ticks} µs after 2000"
