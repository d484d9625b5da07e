"""Whether every look is still listed under each person and case that its hashed text names.

The list (ledger_subject) answers "who looked at me"; a row taken out of it would hide a look from the person concerned
while the entry itself stays whole. The comparison is one query of the database.
"""

from rollkeeper.ledger.findings import Kind, Report
from rollkeeper.ledger.queries import Connection

_HIDDEN = """
SELECT e.id, s.kind, s.subject
  FROM ledger_entry e
 CROSS JOIN LATERAL (
        SELECT 'c', string_to_table(substring(e.body FROM '"cases":\\[([0-9,]+)\\]'), ',')::bigint
         UNION ALL
        SELECT 'p', string_to_table(substring(e.body FROM '"persons":\\[([0-9,]+)\\]'), ',')::bigint
       ) s(kind, subject)
 WHERE e.kind LIKE 'look.%'
   AND NOT EXISTS (SELECT FROM ledger_subject t
                    WHERE t.subject_kind = s.kind::"char" AND t.subject_id = s.subject
                      AND t.occurred_at = e.occurred_at AND t.entry_id = e.id)
 LIMIT 1000
"""


def check_subjects(connection: Connection, report: Report) -> None:
    """Name the looks that a case or a person would no longer be shown."""
    for entry, kind, subject in connection.execute(_HIDDEN.encode()):
        who = f"{'case' if kind == 'c' else 'person'} {subject}"
        report.add(Kind.SUBJECT, f"Entry {entry} names {who}, but is no longer listed for {who}.", entry=entry)
