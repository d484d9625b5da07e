"""`rollkeeper hold`: a court's order that stops looks, entered and lifted by hand until the court has a page for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import click
from django.core.management.base import CommandError
from django.db import connections, transaction

OWNER = "owner"
NUMBERS = {
    "case": "SELECT id FROM cases_case WHERE number = %s",
    "person": "SELECT person_id FROM people_identifier WHERE kind = 'a_number' AND value = %s",
    "account": "SELECT id FROM accounts_account WHERE username = %s",
    "principal": "SELECT id FROM access_principal WHERE name = %s",
}
WHAT = {
    "case": "no case of this number",
    "person": "nobody with this A-number",
    "account": "no account of this user name",
    "principal": "no office of this name",
}


@dataclass(frozen=True)
class HoldLine:
    """A hold as the list prints it."""

    number: int
    scope: str
    subject: str
    order: str
    placed: str
    lifted: str

    def text(self) -> str:
        """One line."""
        end = f", lifted {self.lifted}" if self.lifted else ""
        return f"{self.number}\t{self.scope} {self.subject}\tsince {self.placed}{end}\t{self.order}"


def _stated(_context: click.Context, _parameter: click.Parameter, order: str) -> str:
    """The order in one line; an empty one names nothing."""
    words = " ".join(order.split())
    if not words or "\x00" in words:
        raise click.BadParameter("Name the order: court, docket number, date.")
    return words


@click.group()
def hold() -> None:
    """Stop looks by a court's order. A hold is a deny that beats every right.

    Within a second of entering it no look opens any more at what is held, looks that are open show nothing further, and
    the attempt is written into the ledger like any other. The hold itself is an entry too, with the order it rests on.
    It works as the owner of the database (ROLLKEEPER_DATABASE_URL), never as the site.

    \b
    Examples:
      rollkeeper hold place case HLG-24-000123 --order "D. Md. 8:25-cv-00430, 20 March 2025"
      rollkeeper hold place person 098765432 --order "…"          everything about one person, by A-number
      rollkeeper hold place account t.ortega --order "…"          everything for one reader
      rollkeeper hold place principal "Clerk's office, Houston" --order "…"
      rollkeeper hold list
      rollkeeper hold lift 3 --order "4th Cir. 25-1411, stayed 6 June 2025"

    \b
    Exit codes: 0 done, 1 refused (nothing of this name, or no such hold in force), 2 typed wrongly.
    """


@hold.command()
@click.argument("scope", type=click.Choice(sorted(NUMBERS)))
@click.argument("subject")
@click.option(
    "--order",
    required=True,
    callback=_stated,
    help="The order: court, docket number, date. It is written into the ledger.",
)
def place(scope: str, subject: str, order: str) -> None:
    """Enter a hold on a case (its number), a person (A-number), an account (user name) or an office (its name).

    A hold on a person closes every case in which the person is the respondent.
    """
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(NUMBERS[scope], [_as_asked(scope, subject)])
        found = cursor.fetchall()
        if not found:
            raise CommandError(f"There is {WHAT[scope]}: {subject}. No hold was entered.")
        if len(found) > 1:
            raise CommandError(f"{len(found)} offices are called {subject}. No hold was entered; hold the accounts.")
        cursor.execute("SELECT place_hold(%s, %s, %s)", [scope, found[0][0], order])
        number = cursor.fetchone()[0]
    click.echo(f"Hold {number} is in force: {scope} {subject}. Lift it with: rollkeeper hold lift {number} --order …")


@hold.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
@click.option("--order", required=True, callback=_stated, help="The order that lifts, stays or replaces the first one.")
def lift(number: int, order: str) -> None:
    """Lift a hold, by its number in `rollkeeper hold list`. Looks open again at once for those who have a right."""
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT lift_hold(%s, %s)", [number, order])
        if not cursor.fetchone()[0]:
            raise CommandError(f"No hold {number} is in force. See `rollkeeper hold list`. Nothing was changed.")
    click.echo(f"Hold {number} is lifted.")


@hold.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Lifted holds too.")
def list_holds(everything: bool) -> None:
    """Show the holds in force, one a line: number, what is held, since when, by which order."""
    holds = [one for one in _holds() if everything or not one.lifted]
    for one in holds:
        click.echo(one.text())
    if not holds:
        click.echo("No hold is in force.")


def _holds() -> list[HoldLine]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT h.id, h.scope, coalesce(c.number, a.username, p.name,"
            "   (SELECT 'A' || i.value FROM people_identifier i"
            "     WHERE h.scope = 'person' AND i.person_id = h.subject_id AND i.kind = 'a_number' LIMIT 1),"
            "   h.subject_id::text), h.order_reference, h.placed_at, h.lifted_at"
            " FROM access_hold h"
            " LEFT JOIN cases_case c ON h.scope = 'case' AND c.id = h.subject_id"
            " LEFT JOIN accounts_account a ON h.scope = 'account' AND a.id = h.subject_id"
            " LEFT JOIN access_principal p ON h.scope = 'principal' AND p.id = h.subject_id ORDER BY h.id"
        )
        return [
            HoldLine(number, scope, subject, order, _minute(placed), _minute(lifted) if lifted else "")
            for number, scope, subject, order, placed, lifted in cursor.fetchall()
        ]


def _as_asked(scope: str, subject: str) -> str:
    """An A-number may be written with its letter, spaces and hyphens."""
    if "\x00" in subject:
        raise CommandError("A name or number holds no NUL. No hold was entered.")
    return "".join(filter(str.isdigit, subject)).zfill(9) if scope == "person" else subject.strip()


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
