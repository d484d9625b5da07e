"""What is done to accounts. Each act leaves an entry in the ledger, in the transaction of the act."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from rollkeeper.accounts import rules
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.accounts.offices import join_office
from rollkeeper.accounts.queries import find_account
from rollkeeper.courts.models import Court, Judge
from rollkeeper.ledger.append import append


class CannotStepIn(Exception):
    """The role cannot be stepped into; the page does not say whether the account exists."""

    def __init__(self, reason: str) -> None:
        super().__init__("We could not find this role. Go back to the start page and choose another.")
        self.reason = reason


class AccountRefused(Exception):
    """What was asked of an account cannot be done; the message says why and what to do."""


@transaction.atomic
def step_in(username: str, *, demo: bool) -> Account:
    """The demonstration account to sign in, written down first. Raises CannotStepIn.

    `demo` is whether this installation is the demonstration court (settings.ROLLKEEPER_DEMO).
    """
    account = find_account(username) if demo else None
    if account is None:
        raise CannotStepIn("no such role" if demo else "this is not the demonstration court")
    decision = rules.may_step_in(demo=demo, is_demo_account=account.is_demo, is_active=account.is_active)
    if not decision.allowed:
        raise CannotStepIn(decision.reason)
    append("account.stepped_in", actor=account.pk, desk=account.desk)
    return account


@transaction.atomic(using="owner")
def add_account(
    username: str,
    *,
    at: datetime,
    name: str,
    desk: str,
    password: str,
    email: str = "",
    court: str = "",
    judge: str = "",
    office: str = "",
) -> Account:
    """Add an account for one person at one desk, joined to its office. `court` and `judge` are codes.

    Raises AccountRefused.

    Raises django's ValidationError when the password is too weak.
    """
    if desk not in Desk.values:
        raise AccountRefused(f"There is no desk {desk!r}; `rollkeeper account roles` lists them.")
    if find_account(username, using="owner"):
        raise AccountRefused(
            f"{username!r} is taken. Choose another user name, or see `rollkeeper account list --all`."
        )
    account = Account(username=username, display_name=name, desk=desk, email=email)
    account.court = _court(court)
    account.judge = _judge(judge)
    check_place(account)
    validate_password(password, account)
    account.set_password(password)
    account.is_staff = False
    account.save(using="owner")
    joined = join_office(account, office=office, at=at)
    append("account.added", using="owner", account=account.pk, desk=desk, office=joined or None)
    return account


def check_place(account: Account) -> None:
    """Refuse a clerk without a court and chambers without a judge: they could see nothing. Raises AccountRefused."""
    if account.desk == Desk.CLERK and account.court_id is None:
        raise AccountRefused("A clerk works at a court: add --court CODE (for example --court HLG).")
    if account.desk == Desk.CHAMBERS and account.judge_id is None:
        raise AccountRefused("Chambers are a judge's: add --judge CODE.")


@transaction.atomic(using="owner")
def close_account(username: str, *, reason: str) -> Account:
    """Close an account: it cannot sign in, and its open sessions see nothing more. Raises AccountRefused."""
    account = _locked(username)
    if not account.is_active:
        raise AccountRefused(f"{username!r} is closed already.")
    account.is_active = False
    account.save(using="owner", update_fields=["is_active"])
    append("account.closed", using="owner", account=account.pk, reason=reason)
    return account


@transaction.atomic(using="owner")
def reset_second_factor(username: str, *, reason: str) -> int:
    """Remove every second factor of an account, so that it must set one up anew. Returns how many there were."""
    account = _locked(username)
    removed: int = Authenticator.objects.using("owner").filter(user_id=account.pk).delete()[0]
    append("account.second_factor_reset", using="owner", account=account.pk, removed=removed, reason=reason)
    return removed


def record_sign_in(account: Account, *, second_factor: bool) -> int:
    """Write down that an account signed in, and return the entry's number."""
    return append("account.signed_in", actor=account.pk, desk=account.desk, second_factor=second_factor)


def _locked(username: str) -> Account:
    account = Account.objects.using("owner").select_for_update(of=("self",)).filter(username=username).first()
    if account is None:
        raise AccountRefused(f"There is no account {username!r}. `rollkeeper account list --all` shows them.")
    return account


def _court(code: str) -> Court | None:
    if not code:
        return None
    court = Court.objects.using("owner").filter(code=code.upper()).first()
    if court is None:
        raise AccountRefused(f"There is no court {code!r}. Courts have three letters, like HLG.")
    return court


def _judge(code: str) -> Judge | None:
    if not code:
        return None
    judge = Judge.objects.using("owner").filter(code=code.upper()).first()
    if judge is None:
        raise AccountRefused(f"There is no judge {code!r}.")
    return judge
