"""Indexes taken away for a bulk load come back, also after a crash."""

from __future__ import annotations

import pytest
from django.db import connections

from rollkeeper.demo import indexes


def present() -> dict[str, str]:
    """Every index of the schema with its definition."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        return dict(cursor.fetchall())


def test_the_indexes_are_away_inside_the_block_and_back_after_it(fresh_database: str) -> None:
    before = present()

    with indexes.away(True):
        during = present()

    assert len(before) - len(during) > 40
    assert not [name for name, made in before.items() if name not in during and "UNIQUE" in made]
    assert present() == before


def test_a_crash_leaves_a_list_from_which_they_are_put_back(fresh_database: str) -> None:
    before = present()
    with pytest.raises(RuntimeError, match="killed"), indexes.away(True):
        raise RuntimeError("killed")
    assert present() != before

    indexes.put_back()

    assert present() == before


def test_a_small_court_keeps_its_indexes(fresh_database: str) -> None:
    before = present()

    with indexes.away(False):
        assert present() == before
