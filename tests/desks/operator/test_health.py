"""The operator's page: how the system does, and no record."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest

from rollkeeper.desks.operator import rules
from rollkeeper.desks.operator.rules import State
from tests.access.leaks import forbidden, found_in
from tests.disclosures.reading import reader, sequence_now
from tests.factories.world import World


@pytest.mark.parametrize(
    ("waiting", "oldest", "state"),
    [
        (0, None, State.WELL),
        (9, timedelta(seconds=1), State.WELL),
        (9, timedelta(seconds=10), State.LATE),
    ],
)
def test_the_sequencer_is_late_when_entries_wait(waiting: int, oldest: timedelta | None, state: State) -> None:
    assert rules.sequencer(waiting, oldest).state is state


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (None, State.STOPPED),
        (timedelta(seconds=89), State.WELL),
        (timedelta(seconds=90), State.LATE),
        (timedelta(minutes=10), State.STOPPED),
    ],
)
def test_checkpoints_are_signed_every_minute_or_somebody_looks(age: timedelta | None, state: State) -> None:
    assert rules.checkpoints(age).state is state


def test_the_operator_sees_how_the_system_does_and_no_record(world: World) -> None:
    sequence_now()

    response = reader(world, "operator").get("/operator/")
    text = " ".join(unescape(response.content.decode()).split())

    assert response.status_code == 200
    assert "Checkpoints: Well" in text
    assert "PostgreSQL" in text
    assert found_in(response, forbidden("operator", world)) == []


@pytest.mark.parametrize("name", ["respondent", "clerk", "judge", "auditor"])
def test_nobody_else_has_the_page(name: str, world: World) -> None:
    assert reader(world, name).get("/operator/").status_code == 404
