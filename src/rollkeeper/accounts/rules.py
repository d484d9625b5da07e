"""Who may step into a role, and whose account needs a second factor."""

from dataclasses import dataclass

# Everybody who can see other people's records proves who they are twice. Respondents see their own case, often from a
# borrowed telephone: they may add a second factor, and are not shut out without one.
DESKS_WITHOUT_SECOND_FACTOR = frozenset({"respondent"})


@dataclass(frozen=True)
class Decision:
    """A yes or no, and the reason that the page and the log give."""

    allowed: bool
    reason: str


def may_step_in(*, demo: bool, is_demo_account: bool, is_active: bool) -> Decision:
    """One click signs in only invented people, and only in the demonstration court."""
    if not demo:
        return Decision(False, "this is not the demonstration court")
    if not is_demo_account:
        return Decision(False, "the account belongs to a real person")
    return Decision(is_active, "demonstration account" if is_active else "the account is closed")


def needs_second_factor(*, desk: str, demo: bool, is_demo_account: bool) -> bool:
    """Must this account have a second factor before it may open any page of its desk?"""
    if demo and is_demo_account:
        return False
    return desk not in DESKS_WITHOUT_SECOND_FACTOR
