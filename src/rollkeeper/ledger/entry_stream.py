"""Reading every entry once, in the order of its moment, hashing it on the way.

The rows come as one binary COPY, taken from libpq one by one: a million entries in less than two seconds, half of it
SHA-256. The comparison of an entry's columns (number, moment, kind, account) with its hashed text is made in the same
query: the columns are what pages search by, the text is what the tree protects, and a difference means that one of them
was changed.
"""

import struct
from hashlib import sha256

from psycopg import OperationalError
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from rollkeeper.ledger.findings import Kind, Report, show_ticks
from rollkeeper.ledger.queries import Connection

Waiting = dict[int, tuple[int, bytes]]  # entry number → (moment in ticks, digest of its text as read)

# Keys are sorted, so in most entries actor and at are neighbours, and entry and kind: two searches instead of four.
_COPY = rb"""
COPY (
    SELECT id, occurred_at, leaf_hash,
           octet_length(salt) = 32
           AND (strpos(body, entry || ',' || kind) > 0 OR (strpos(body, entry || ',') > 0 AND strpos(body, kind) > 0))
           AND (strpos(body, actor || ',' || at) > 0 OR (strpos(body, actor || ',') > 0 AND strpos(body, at) > 0)),
           '\x00'::bytea || salt || convert_to(body, 'UTF8')
      FROM (SELECT id, occurred_at, leaf_hash, salt, body, '"entry":' || id AS entry,
                   '"kind":"' || kind || '"' AS kind, '"actor":' || coalesce(actor_id::text, 'null') AS actor,
                   '"at":"' || to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"' AS at
              FROM ledger_entry ORDER BY ledger_entry.occurred_at, ledger_entry.id) e
) TO STDOUT (FORMAT binary)
"""
_SIGNATURE_BYTES = 19  # before the first row of a binary COPY: signature, flags, extension length
_HEAD = struct.Struct(
    ">xx xxxx q xxxx q xxxx 32s xxxx ? xxxx"
)  # field count; number, moment, hash, columns agree; text length
_TEXT = _HEAD.size
MAX_AHEAD = 200_000  # entries held back at most while their leaves are looked for


class EntryStream:
    """The entries, read up to any point of their order."""

    def __init__(self, connection: Connection, report: Report) -> None:
        self._report = report
        self._connection = connection.pgconn
        self._moment = -(1 << 63)
        self._skip = _SIGNATURE_BYTES
        self.waiting: Waiting = {}
        self.ended = False
        _expect(self._connection.exec_(_COPY), ExecStatus.COPY_OUT)

    def read_to(self, moment: int) -> None:  # noqa: C901  # one loop for a million rows; a call for each would cost
        """Read on until the order has passed this moment, the end came, or too much is held back."""
        if self._moment > moment or self.ended:
            return
        waiting, unpack, room = self.waiting, _HEAD.unpack_from, MAX_AHEAD - len(self.waiting)
        if room <= 0:
            return
        report, read, next_row, skip = self._report, 0, self._connection.get_copy_data, self._skip
        while read < room:
            length, row = next_row(0)
            if length - skip < _TEXT:  # the last row has no field; after it the COPY ends
                if length > 0:
                    continue
                self._end()
                break
            if skip:
                row, skip = row[skip:], 0
            entry, at, stored, columns_agree = unpack(row)
            digest = sha256(row[_TEXT:]).digest()
            if digest != stored or not columns_agree:
                self._name(entry, at, altered=digest != stored)
            waiting[entry] = (at, digest)
            read += 1
            self._moment = at
            if at > moment:
                break
        report.entries += read
        self._skip = skip

    def _end(self) -> None:
        """The COPY said that it is over: with all rows, or with an error."""
        _expect(self._connection.get_result(), ExecStatus.COMMAND_OK)
        self._connection.get_result()
        self.ended = True

    def _name(self, entry: int, at: int, *, altered: bool) -> None:
        if altered:
            sentence = f"Entry {entry} was changed: its text does not have its hash."
            self._report.add(Kind.ALTERED, sentence, entry=entry)
            return
        self._report.add(
            Kind.COLUMNS,
            f"Entry {entry} ({show_ticks(at)}): its number, moment, kind or account is not the one in its hashed text.",
            entry=entry,
        )


def _expect(result: PGresult | None, status: ExecStatus) -> None:
    if result is None or result.status != status:
        message = result.error_message.decode("utf-8", "replace") if result is not None else ""
        raise OperationalError(message or "The database ended the reading of entries.")
