"""Reads about accounts. They hold no record data."""

from collections.abc import Sequence
from dataclasses import dataclass

from rollkeeper.accounts.models import Account, Desk


@dataclass(frozen=True)
class Role:
    """A demonstration account, as its card shows it."""

    username: str
    desk: str
    title: str
    line: str


def demo_roles() -> Sequence[Role]:
    """The demonstration court's accounts, in the order of the desks."""
    accounts = Account.objects.filter(is_demo=True, is_active=True).order_by("pk")
    order = {desk: place for place, desk in enumerate(Desk.values)}
    ordered = sorted(accounts, key=lambda account: order.get(account.desk, len(order)))
    return [Role(a.username, a.desk, a.display_name or a.username, a.demo_line) for a in ordered]


def find_account(username: str, *, using: str = "default") -> Account | None:
    """The account of this user name; capital letters matter."""
    return Account.objects.using(using).filter(username=username).first()


def all_accounts(*, using: str = "default", closed: bool = False) -> Sequence[Account]:
    """Every account by desk and name; closed ones only on request."""
    accounts = Account.objects.using(using).select_related("court", "judge").order_by("desk", "username")
    return list(accounts if closed else accounts.filter(is_active=True))
