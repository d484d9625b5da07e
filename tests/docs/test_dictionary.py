"""The data dictionary says what the models say, and every column says something."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps

from rollkeeper.conf.dictionary import lines, meaning_of

DICTIONARY = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data-dictionary.md"


def test_the_dictionary_is_current() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == "\n".join(lines()).rstrip() + "\n", (
        "Run: python -m rollkeeper.conf.dictionary > docs/reference/data-dictionary.md"
    )


def test_every_column_of_ours_is_described() -> None:
    inherited = {"password", "last_login", "is_superuser", "username", "first_name", "last_name", "email", "is_staff",
                 "is_active", "date_joined"}  # fmt: skip  # Django's own account columns
    silent = [
        f"{model._meta.db_table}.{field.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("rollkeeper.")
        for model in config.get_models()
        if not model.__name__.endswith("Event")
        for field in model._meta.concrete_fields
        if not meaning_of(field) and field.name not in inherited
    ]

    assert silent == []
