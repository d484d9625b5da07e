"""Declares a table as part of the record: who may read a row is decided by a row-level-security policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


@dataclass(frozen=True)
class DoorRule:
    """Which column of a table the open look's scope is compared with.

    ``scope`` is "case" or "person"; ``column`` holds that id; ``protection`` is the column that names the
    protection of a row, or empty; ``always`` is a protection that every row of the table is under, or empty.
    ``also`` is a second column that may hold the id instead: a row that joins two cases belongs to both.
    """

    scope: str
    column: str
    protection: str = ""
    always: str = ""
    also: str = ""


RULES: dict[str, DoorRule] = {}  # table name -> rule, filled as the models load


def record(
    *, scope: str, column: str = "", protection: str = "", always: str = "", also: str = ""
) -> Callable[[Model], Model]:
    """Put a model behind the door: policy, row history, and no deletion."""
    rule = DoorRule(scope, column or f"{scope}_id", protection, always, also)

    def declare(model: Model) -> Model:
        before = pghistory.UpdateEvent(row=pghistory.Old)  # the row as it was, at each change
        tracked: Model = pghistory.track(before)(model)
        pgtrigger.register(pgtrigger.Protect(name="nothing_is_deleted", operation=pgtrigger.Delete))(tracked)
        RULES[model._meta.db_table] = rule
        history = DoorRule(scope, "pgh_obj_id" if rule.column == "id" else rule.column, protection, always, also)
        RULES[f"{model._meta.db_table}event"] = history  # the table django-pghistory makes
        return tracked

    return declare
