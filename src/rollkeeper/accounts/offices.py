"""Joins an account to the office it acts for: without one it has no right to any case.

The tables are `access`'s, which builds on this package; they are named through Django's registry so that imports keep
pointing one way.
"""

from datetime import datetime
from typing import Any

from django.apps import apps

from rollkeeper.accounts.models import Account, Desk

# Kind of office for each desk that needs one (access.models.Principal.Kind).
KINDS = {
    Desk.CLERK: "court",
    Desk.CHAMBERS: "chambers",
    Desk.GOVERNMENT: "office",
    Desk.COUNSEL: "firm",
    Desk.RESPONDENT: "account",
}


def join_office(account: Account, *, office: str, at: datetime) -> str:
    """Join a saved account to its office, making the office when it is new; the office's name, or "" for none.

    A clerk's office is the court's, chambers are the judge's; government offices and firms go by their name `office`.
    """
    kind = KINDS.get(Desk(account.desk))
    if kind is None or (kind in ("office", "firm") and not office):
        return ""
    principal = _office(kind, account, office)
    _table("Membership").objects.using("owner").create(account=account, principal=principal, valid_from=at)
    return str(principal.name)


def _office(kind: str, account: Account, name: str) -> Any:  # Any: a Principal, see _table
    offices = _table("Principal").objects.using("owner")
    if kind == "court":
        named = {"name": f"Clerk's office, {account.court}", "name_es": f"Secretaría, {account.court}"}
        return offices.get_or_create(kind=kind, court=account.court, defaults=named)[0]
    if kind == "chambers":
        named = {"name": f"Chambers of {account.judge}", "name_es": f"Despacho de {account.judge}"}
        return offices.get_or_create(kind=kind, judge=account.judge, defaults=named)[0]
    if kind == "account":
        return offices.create(kind=kind, name="The respondent", name_es="La persona del caso")
    return offices.get_or_create(kind=kind, name=name)[0]


def _table(name: str) -> Any:  # Any: a model found by its name has no type here
    return apps.get_model("access", name)
