"""`rollkeeper account`: add, list and close accounts, explain the desks, reset a second factor."""

import secrets
import sys

import click
from django.core.exceptions import ValidationError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from rollkeeper.accounts import actions
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.accounts.queries import all_accounts
from rollkeeper.accounts.rules import needs_second_factor

REFUSED = 1
# What each desk is for; what it may *see* hangs on its relations to cases, never on the desk.
DESKS = {
    Desk.RESPONDENT: "a person with a case: their own docket and papers, and who looked at their record",
    Desk.COUNSEL: "a respondent's lawyer or accredited representative: the cases with an appearance of theirs",
    Desk.GOVERNMENT: "government counsel: the cases of their office",
    Desk.CLERK: "the clerk's office of one court: that court's cases",
    Desk.CHAMBERS: "a judge and the judge's staff: the judge's cases and calendar",
    Desk.BOARD: "the Board of Immigration Appeals: cases on appeal",
    Desk.OVERSIGHT: "auditors and privacy officers: the ledger, never a record",
    Desk.OPERATOR: "those who run the system: accounts and settings, never a record",
}


class Refusal(click.ClickException):
    """What was asked cannot be done; nothing was changed."""

    exit_code = REFUSED


@click.group()
def account() -> None:
    """Add, change and close the accounts of people who sign in.

    An account belongs to one person and one desk. Which cases it may see hangs on relations (an appearance, an
    assignment, an office), not on the account. Every act here is an entry in the ledger.

    \b
    Examples:
      rollkeeper account roles
      rollkeeper account add mlopez --name "M. Lopez" --desk clerk --court HLG
      rollkeeper account list
      rollkeeper account reset-mfa mlopez --reason "telephone lost, identity shown at the counter"
      rollkeeper account disable mlopez --reason "left the court"
    """


@account.command()
@click.argument("username")
@click.option("--name", required=True, help="Name in the header and in the ledger.")
@click.option("--desk", required=True, type=click.Choice([str(desk) for desk in Desk.values]), help="See `roles`.")
@click.option("--court", default="", help="Code of the court they work for, e.g. HLG (clerks need one).")
@click.option("--judge", default="", help="Code of the judge whose chambers these are (chambers need one).")
@click.option("--office", default="", help="Name of the government office or the firm they act for.")
@click.option("--email", default="", help="For password resets. Without it, only an operator can reset.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one up.")
def add(username: str, password_stdin: bool, **facts: str) -> None:
    """Add an account and print its first password, once.

    The account acts for an office: a clerk for the court's, chambers for the judge's, counsel for the firm or the
    government office that --office names. What the office may see, the account may see.

    Everybody but respondents must set up a second step (passkey or authenticator app) at their first sign-in.
    """
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(15)
    try:
        made = actions.add_account(username, at=timezone.now(), password=password, **facts)
    except ValidationError as problem:
        raise Refusal("This password is too weak: " + " ".join(problem.messages)) from problem
    except actions.AccountRefused as problem:
        raise Refusal(str(problem)) from problem
    click.echo(f"{made.username} can sign in at the {made.get_desk_display()} desk.")
    if not password_stdin:
        click.echo(f"First password, shown only now: {password}")


@account.command(name="list")
@click.option("--all", "closed", is_flag=True, help="Closed accounts too.")
def list_(closed: bool) -> None:
    """List accounts: who, which desk, where, second step, last sign-in."""
    found = all_accounts(using="owner", closed=closed)
    if not found:
        click.echo("No account yet. Add one with `rollkeeper account add`.")
        return
    table = Table(title=f"{len(found)} accounts", title_justify="left")
    for heading in ("User name", "Name", "Desk", "Court or judge", "Last sign-in", "State"):
        table.add_column(heading)
    for row in found:
        table.add_row(*_cells(row))
    Console().print(table)


@account.command()
def roles() -> None:
    """Explain the desks: what each is for, and whether it needs a second step."""
    for desk, purpose in DESKS.items():
        second = needs_second_factor(desk=desk, demo=False, is_demo_account=False)
        click.echo(f"{desk.value:<11} {desk.label}: {purpose}{'; second step required' if second else ''}.")


@account.command()
@click.argument("username")
@click.option("--reason", required=True, help="Why; it is written into the ledger.")
def disable(username: str, reason: str) -> None:
    """Close an account at once. It stays in the ledger, and its name cannot be used again."""
    try:
        actions.close_account(username, reason=reason)
    except actions.AccountRefused as problem:
        raise Refusal(str(problem)) from problem
    click.echo(f"{username} is closed. Its open pages show nothing from now on.")


@account.command(name="reset-mfa")
@click.argument("username")
@click.option("--reason", required=True, help="How the person showed who they are; it is written into the ledger.")
def reset_mfa(username: str, reason: str) -> None:
    """Remove passkeys, authenticator app and recovery codes; the account must set up a second step anew."""
    try:
        removed = actions.reset_second_factor(username, reason=reason)
    except actions.AccountRefused as problem:
        raise Refusal(str(problem)) from problem
    click.echo(f"{username}: {removed} removed. The next sign-in asks for a new second step.")


def _cells(row: Account) -> tuple[str, ...]:
    place = str(row.court or "") or str(row.judge or "")
    last = f"{row.last_login:%Y-%m-%d %H:%M} UTC" if row.last_login else "never"
    state = "closed" if not row.is_active else "demonstration" if row.is_demo else "open"
    return row.username, row.display_name, row.get_desk_display(), place, last, state
