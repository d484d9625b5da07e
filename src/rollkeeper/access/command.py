"""`rollkeeper hold`: enter, lift and list holds, until the court has a page for it. Every act is a ledger entry."""

from __future__ import annotations

import re

import click
from django.db import connections, transaction
from rich.console import Console
from rich.table import Table

from rollkeeper.access.models import Hold

# How a person names what is held, and how the database finds its id. The record is above this package: SQL, no models.
_FIND = {
    Hold.Scope.CASE: "SELECT id FROM cases_case WHERE number = %s",
    Hold.Scope.PERSON: "SELECT person_id FROM people_identifier WHERE kind = 'a_number' AND value = %s",
    Hold.Scope.ACCOUNT: "SELECT id FROM accounts_account WHERE username = %s",
    Hold.Scope.PRINCIPAL: "SELECT id FROM access_principal WHERE name = %s",
}


class Refusal(click.ClickException):
    """What was asked cannot be done; nothing was changed."""

    exit_code = 1


@click.group()
def hold() -> None:
    """Enter and lift a hold: a deny that beats every right, in force from the moment its entry commits.

    A hold carries out a court's order that stops an access. Name exactly one thing that it closes: a case, a person (by
    A-number), an account, or an office or firm (a principal, by its name).

    \b
    Examples:
      rollkeeper hold place --case HLG-2026-000123 --order "D. Mass., 1:26-cv-1, 2 March 2026"
      rollkeeper hold list
      rollkeeper hold lift 7 --order "D. Mass., 1:26-cv-1, order of 9 March 2026"
    """


@hold.command()
@click.option("--case", help="Case number.")
@click.option("--person", help="A-number, with or without the letter and dashes.")
@click.option("--account", help="User name.")
@click.option("--principal", help="Name of an office, a firm or chambers, as the look line says it.")
@click.option("--order", required=True, help="The order: court, docket number, date. It is written into the ledger.")
def place(case: str | None, person: str | None, account: str | None, principal: str | None, order: str) -> None:
    """Close something to everybody until the hold is lifted."""
    number_only = re.sub(r"\D", "", person).zfill(9) if person else None
    named = {
        Hold.Scope.CASE: case,
        Hold.Scope.PERSON: number_only,
        Hold.Scope.ACCOUNT: account,
        Hold.Scope.PRINCIPAL: principal,
    }
    chosen = [(scope, value) for scope, value in named.items() if value]
    if len(chosen) != 1:
        raise click.UsageError("Name exactly one of --case, --person, --account and --principal.")
    [(scope, value)] = chosen
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(_FIND[scope], [value])
        found = cursor.fetchall()
        if len(found) != 1:
            many = "more than one" if found else "no"
            raise Refusal(f"There is {many} {scope} {value!r}. Nothing was held.")
        cursor.execute("SELECT place_hold(%s, %s, %s)", [scope, found[0][0], order])
        [number] = cursor.fetchone()
    click.echo(f"Hold {number} is in force: the {scope} {value} is closed to everybody.")


@hold.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
@click.option("--order", required=True, help="The order that lifts it. It is written into the ledger.")
def lift(number: int, order: str) -> None:
    """End a hold."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT lift_hold(%s, %s)", [number, order])
        [lifted] = cursor.fetchone()
    if not lifted:
        raise Refusal(f"There is no hold {number} in force. See: rollkeeper hold list")
    click.echo(f"Hold {number} is lifted.")


@hold.command(name="list")
def list_holds() -> None:
    """Every hold, those in force first."""
    table = Table("No.", "What", "Its id", "Order", "From", "Until")
    for row in Hold.objects.using("owner").order_by("-lifted_at", "-pk"):
        until = f"{row.lifted_at:%Y-%m-%d %H:%M}" if row.lifted_at else "in force"
        table.add_row(
            str(row.pk), row.get_scope_display(), str(row.subject_id), row.order_reference,
            f"{row.placed_at:%Y-%m-%d %H:%M}", until,
        )  # fmt: skip
    Console().print(table)
