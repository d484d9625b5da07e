"""Which tables hold record data, read from PostgreSQL's catalogue: a new table without a policy fails the tests."""

from __future__ import annotations

import psycopg

# Tables without record data, each with the reason why it needs no policy. Everything else must have one.
NO_RECORD = {
    "law_": "codes and their labels, published by the court",
    "courts_": "courts, places, judges and their calendars of closure",
    "accounts_": "people who sign in, not people of the record",
    "account_": "e-mail addresses of people who sign in",
    "auth_": "permissions of Django",
    "django_": "sessions, content types, migrations",
    "mfa_": "second factors of people who sign in",
    "representation_firm": "a firm's name",
    "representation_practitioner": "professional data of practitioners",
    "ledger_": "its own roles; tested in test_ledger_is_closed",
    "access_": "the door's own tables; the site has no right on them",
    "look": "the door's own table; the site has no right on it",
    "pghistory_": "context of row history; the site has no right on it",
    "releases_": "what was loaded and repaired; the site has no right on it",
    "procrastinate_": "jobs name rows by id only",
}


def tables(connection: psycopg.Connection) -> dict[str, bool]:
    """Every table of the schema, and whether row-level security is on."""
    rows = connection.execute(
        "SELECT relname, relrowsecurity FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
    ).fetchall()
    return dict(rows)


def record_tables(connection: psycopg.Connection) -> list[str]:
    """Tables that are not on the list above: the record."""
    return sorted(name for name in tables(connection) if not any(name.startswith(start) for start in NO_RECORD))
