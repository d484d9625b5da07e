"""`serve`: what it starts it stops, and nothing else; a killed parent leaves no child; a busy port is named."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rollkeeper.foundation.postgres import server
from rollkeeper.foundation.postgres.layout import locate
from rollkeeper.foundation.start import port
from rollkeeper.foundation.start.problems import CannotStart
from tests.start.helpers import free_port, is_alive, rollkeeper, short_folder, wait_for


class Court:
    """The little court as a process."""

    def __init__(self, state: Path, port_number: int) -> None:
        self.layout = locate(state)
        self.address = f"http://127.0.0.1:{port_number}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.start.little_court", str(state), str(port_number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
        )
        wait_for(self.answers, seconds=60, what="the court opens")

    def answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(self.address, timeout=2) as page:
            return bool(page.read() == b"open")
        assert self.process.poll() is None, self.process.communicate()[0]
        return False

    def children(self) -> list[int]:
        """Process ids of the worker and the site."""
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        database = server.postmaster(self.layout)
        return [int(pid) for pid in tasks if int(pid) != database]

    def words(self) -> str:
        return self.process.communicate(timeout=60)[0]


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder; whatever server a test leaves in it is stopped."""
    with short_folder() as folder:
        yield folder
        server.stop(locate(folder))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_to_the_whole_terminal_group_stops_everything(state: Path, number: signal.Signals) -> None:
    court = Court(state, free_port())
    started = [*court.children(), server.postmaster(court.layout)]

    os.killpg(court.process.pid, number)
    words = court.words()

    assert court.process.returncode == 0
    assert len(started) == 3
    assert [pid for pid in started if pid and is_alive(pid)] == []
    assert "Counting: done in" in words
    assert f"open at {court.address.replace('127.0.0.1', 'localhost')}" in words
    assert words.rstrip().endswith("Everything is kept; start again with the same command.")


def test_kill_9_of_the_parent_ends_its_children_and_the_next_start_takes_the_database_over(state: Path) -> None:
    court = Court(state, free_port())
    children = court.children()
    database = server.postmaster(court.layout)
    court.process.kill()
    court.words()
    wait_for(lambda: not any(is_alive(pid) for pid in children), seconds=10, what="the children end")

    again = Court(state, free_port())
    taken_over = server.postmaster(again.layout)
    os.killpg(again.process.pid, signal.SIGINT)
    again.words()

    assert taken_over == database
    assert server.postmaster(again.layout) is None


def test_a_worker_or_a_database_that_dies_is_started_again(state: Path) -> None:
    court = Court(state, free_port())
    [worker, site] = sorted(court.children())
    database = server.postmaster(court.layout)
    assert database

    os.kill(worker, signal.SIGKILL)
    os.kill(database, signal.SIGKILL)
    wait_for(lambda: server.postmaster(court.layout) not in (None, database), seconds=30, what="a new database")
    wait_for(lambda: len(court.children()) == 2 and worker not in court.children(), seconds=10, what="a new worker")
    still_there = is_alive(site)
    os.killpg(court.process.pid, signal.SIGINT)

    assert still_there
    assert court.words().count("The worker ended by itself (exit code -9) and is being started again.") == 1


def test_a_site_that_dies_stops_the_rest(state: Path) -> None:
    court = Court(state, free_port())
    [worker, site] = sorted(court.children())

    os.kill(site, signal.SIGKILL)
    words = court.words()

    assert "The site ended by itself (exit code -9)" in words
    assert (is_alive(worker), server.postmaster(court.layout)) == (False, None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_in_the_middle_of_long_work_ends_at_once(state: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.start.little_court", str(state), str(free_port()), "--long-work"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0
    ) as court:
        assert court.stdout
        while (line := court.stdout.readline()) != "at work\n":
            assert line, "the court ended before its long work"
        wait_for(lambda: len(_below(court.pid)) >= 3, seconds=20, what="the helpers work")
        helpers = _below(court.pid)

        os.killpg(court.pid, number) if number == signal.SIGINT else court.send_signal(number)
        words = court.communicate(timeout=20)[0]

    assert court.returncode == 0
    assert words.endswith("Stopped. Everything is kept; start again with the same command.\n")
    wait_for(lambda: not any(is_alive(pid) for pid in helpers), seconds=5, what="no helper is left")


def _below(pid: int) -> list[int]:
    """Process ids of everything a process started, the database included."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_busy_port_is_one_sentence_and_nothing_is_started(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = other.getsockname()[1]
        command = rollkeeper("serve", "--demo", "--port", str(busy), environment={"ROLLKEEPER_STATE": str(state)})
        words = command.communicate(timeout=60)[0]

    assert command.returncode == 3
    assert words == (
        f"Port {busy} is used by another program; stop that program, or start on another port: "
        f"make run PORT={busy + 1} (or set ROLLKEEPER_PORT={busy + 1}).\n"
    )
    assert not (state / "postgres").exists()


def test_a_port_reserved_but_not_listening_is_refused_to_visitors_and_can_be_taken_over_after_a_stop() -> None:
    number = free_port()
    with contextlib.closing(port.reserve("127.0.0.1", number)) as door:
        with socket.socket() as visitor:
            refused = visitor.connect_ex(("127.0.0.1", number))
        port.listen(door)
        with socket.socket() as visitor:
            accepted = visitor.connect_ex(("127.0.0.1", number))
        with pytest.raises(CannotStart, match=f"Port {number} is used by another program"):
            port.reserve("127.0.0.1", number)

    port.reserve("127.0.0.1", number).close()
    assert refused != 0
    assert accepted == 0


@pytest.mark.parametrize(
    ("host", "number", "sentence"),
    [("192.0.2.1", 8000, "cannot be used"), ("no such host", 8000, "check ROLLKEEPER_HOST and ROLLKEEPER_PORT")],
)
def test_an_address_that_is_not_ours_is_named(host: str, number: int, sentence: str) -> None:
    with pytest.raises(CannotStart, match=sentence):
        port.reserve(host, number)
