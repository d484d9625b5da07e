"""Writes the data dictionary from the models; its output is docs/reference/data-dictionary.md."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import django
from django.apps import apps
from django.db import models
from django.db.models import Field, ForeignKey, Model

HEADER = """# Data dictionary

Every table and column, from the models' own descriptions. Made by `python -m rollkeeper.conf.dictionary`; do not edit.
**Behind the door** means: no row without an open look; the words after it say of what, and what closes rows.
The history tables (`…event`) have the columns of their table, the moment and the kind of change, and the same policy.
"""


def lines() -> Iterator[str]:
    """The dictionary, line by line. Django must be set up."""
    from rollkeeper.access.records import RULES  # noqa: PLC0415  # needs Django's settings

    yield HEADER
    for config in apps.get_app_configs():
        if not config.name.startswith("rollkeeper."):
            continue
        tables = [model for model in config.get_models() if not model.__name__.endswith("Event")]
        if not tables:
            continue
        yield f"## {config.label}\n"
        for model in tables:
            rule = RULES.get(model._meta.db_table)
            closed = ""
            if rule:
                kinds = [rule.always] if rule.always else ["by its own column"] if rule.protection else []
                closed = f" **Behind the door** by {rule.scope}" + (
                    f"; protection: {', '.join(kinds)}." if kinds else "."
                )
            yield f"### {model._meta.db_table}\n\n{(model.__doc__ or '').strip().splitlines()[0]}{closed}\n"
            yield from columns(model)
            yield ""


def columns(model: type[Model]) -> Iterator[str]:
    """The columns of one table as rows of a Markdown table."""
    yield "| Column | Type | Meaning |\n|---|---|---|"
    for field in model._meta.concrete_fields:
        note = " May be empty." if field.null else ""
        yield f"| `{field.column}` | {kind_of(field)} | {meaning_of(field)}{note} |"


def kind_of(field: Field) -> str:  # type: ignore[type-arg]  # any field
    """The column's type in plain words."""
    if isinstance(field, ForeignKey):
        return f"→ `{field.related_model._meta.db_table}`"
    words = type(field).__name__.removesuffix("Field")
    choices = [str(value) for value, _ in field.flatchoices if value]
    return f"{words}: {', '.join(choices)}" if choices else words


def meaning_of(field: Field) -> str:  # type: ignore[type-arg]  # any field
    """The field's own description; keys describe themselves."""
    if isinstance(field, models.AutoField | models.BigAutoField):
        return "Number of the row."
    return str(field.help_text).replace("|", "\\|")


def main() -> None:
    """Print the dictionary."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollkeeper.conf.settings")
    django.setup()
    sys.stdout.write("\n".join(lines()).rstrip() + "\n")


if __name__ == "__main__":
    main()
