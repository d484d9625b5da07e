"""The same pages without a look, for comparison only: the owner's connection reads, and nothing is recorded.

No code of the site can do this: its role has no right to the tables. Here the door's ``look`` is replaced for a while
by one that opens nothing and answers with the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from unittest import mock

from django.db import router, transaction

from rollkeeper.access import door
from rollkeeper.access.looks import Look
from rollkeeper.cases.models import Case

_unseen: ContextVar[bool] = ContextVar("unseen", default=False)


class OwnerReads:
    """A database router that sends reads to the owner while a page is drawn without a look."""

    def db_for_read(self, model: type, **hints: object) -> str | None:
        """The owner's connection, or no opinion."""
        return "owner" if _unseen.get() else None


@contextmanager
def _no_look(account: int | None, *, purpose: str, act: str, case: str, **detail: object) -> Iterator[Look]:
    token = _unseen.set(True)
    try:
        with transaction.atomic(using="owner"):
            pk, person = Case.objects.using("owner").values_list("pk", "respondent_id").get(number=case)
            yield Look(1, purpose, act, "court", "Nobody's office", None, frozenset(), (pk,), (person,))
    finally:
        _unseen.reset(token)


@contextmanager
def without_looks() -> Iterator[None]:
    """Pages drawn inside the block open no look."""
    with mock.patch.object(door, "look", _no_look), mock.patch.object(router, "routers", [OwnerReads()]):
        yield
