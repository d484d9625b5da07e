"""Reading every entry once, in the order of its moment, hashing it on the way.

The rows come as one binary COPY: a million entries in about two seconds, most of it SHA-256. The comparison of an
entry's columns (number, moment, kind, account) with its hashed text is made in the same query: the columns are what
pages search by, the text is what the tree protects, and a difference means that one of them was changed.
"""

from collections.abc import Iterator
from hashlib import sha256
from struct import Struct

from rollkeeper.ledger.findings import Kind, Report, show_ticks
from rollkeeper.ledger.queries import Connection

Waiting = dict[int, tuple[int, bytes]]  # entry number → (moment in ticks, digest of its text as read)

_COPY = rb"""
COPY (
    SELECT id, occurred_at, leaf_hash,
           octet_length(salt) = 32
           AND strpos(body, '"entry":' || id || ',') > 0
           AND strpos(body, '"kind":' || to_json(kind)::text) > 0
           AND strpos(body, '"actor":' || coalesce(actor_id::text, 'null') || ',') > 0
           AND strpos(body, '"at":"' || to_char(occurred_at AT TIME ZONE 'UTC',
                                                'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"') > 0,
           '\x00'::bytea || salt || convert_to(body, 'UTF8')
      FROM ledger_entry ORDER BY occurred_at, id
) TO STDOUT (FORMAT binary)
"""
_SIGNATURE_BYTES = 19  # before the first row of a binary COPY: signature, flags, extension length
_HEAD = Struct(
    ">xx xxxx q xxxx q xxxx 32s xxxx ? xxxx"
)  # field count; number, moment, hash, columns agree; text length
_TEXT = _HEAD.size
MAX_AHEAD = 200_000  # entries held back at most while their leaves are looked for


class EntryStream:
    """The entries, read up to any point of their order."""

    def __init__(self, connection: Connection, report: Report) -> None:
        self._report = report
        self._rows = self._open(connection)
        self._position = (-(1 << 63), 0)
        self.waiting: Waiting = {}
        self.ended = False

    def read_to(self, moment: int, number: int) -> None:
        """Read on until the order has passed this place, the end came, or too much is held back."""
        report, waiting, target = self._report, self.waiting, (moment, number)
        position, unpack = self._position, _HEAD.unpack_from
        if position >= target or len(waiting) >= MAX_AHEAD:
            return
        for row in self._rows:
            entry, at, stored, columns_agree = unpack(row)
            digest = sha256(row[_TEXT:]).digest()
            if digest != stored:
                report.add(Kind.ALTERED, f"Entry {entry} was changed: its text does not have its hash.", entry=entry)
            if not columns_agree:
                self._name_columns(entry, at)
            waiting[entry] = (at, digest)
            report.entries += 1
            position = (at, entry)
            if position >= target or len(waiting) >= MAX_AHEAD:
                break
        else:
            self.ended = True
        self._position = position

    def _name_columns(self, entry: int, at: int) -> None:
        self._report.add(
            Kind.COLUMNS,
            f"Entry {entry} ({show_ticks(at)}): its number, moment, kind or account is not the one in its hashed text.",
            entry=entry,
        )

    @staticmethod
    def _open(connection: Connection) -> Iterator[bytes]:
        with connection.cursor().copy(_COPY) as copy:
            skip = _SIGNATURE_BYTES
            for row in copy:
                if len(row) - skip > 2:  # the last message is a field count of -1 and no field
                    yield bytes(row)[skip:] if skip else bytes(row)
                skip = 0
