"""Whether every look is still listed under each person and case that its hashed text names.

The list (ledger_subject) answers "who looked at me"; a row taken out of it would hide a look from the person concerned
while the entry itself stays whole. The comparison is one query of the database.
"""

from psycopg import DataError

from rollkeeper.ledger.queries import Connection

# One hash join over both tables; the planner cannot know how many numbers a text holds and would look each one up.
_PLAN = ("SET LOCAL enable_nestloop = off", "SET LOCAL enable_mergejoin = off", "SET LOCAL work_mem = '256MB'")
_HIDDEN = """
SELECT n.id, n.kind, n.subject
  FROM (SELECT id, occurred_at, 'c'::"char" AS kind,
               string_to_table(split_part(split_part(body, '"cases":[', 2), ']', 1), ',')::bigint AS subject
          FROM ledger_entry WHERE kind LIKE 'look.%'
         UNION ALL
        SELECT id, occurred_at, 'p'::"char",
               string_to_table(split_part(split_part(body, '"persons":[', 2), ']', 1), ',')::bigint
          FROM ledger_entry WHERE kind LIKE 'look.%') n
 WHERE NOT EXISTS (SELECT FROM ledger_subject t
                    WHERE t.subject_kind = n.kind AND t.subject_id = n.subject
                      AND t.occurred_at = n.occurred_at AND t.entry_id = n.id)
 LIMIT 1000
"""


def hidden_looks(connection: Connection) -> list[tuple[int | None, str]]:
    """(entry, sentence) for each look that a case or a person would no longer be shown; a thousand at most."""
    try:
        for statement in _PLAN:
            connection.execute(statement.encode())
        rows = connection.execute(_HIDDEN.encode()).fetchall()
    except DataError:
        return [(None, "Whom the looks concern could not be compared: some entry's list of subjects is not numbers.")]
    found: list[tuple[int | None, str]] = []
    for entry, kind, subject in rows:
        who = f"{'case' if kind in ('c', b'c') else 'person'} {subject}"
        found.append((int(entry), f"Entry {entry} names {who}, but is no longer listed for {who}."))
    return found
