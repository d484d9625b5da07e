"""The embedded PostgreSQL: made, joined, killed, mended, refused with one sentence."""

import os
import shutil
import signal
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from rollkeeper.foundation.postgres import server
from rollkeeper.foundation.postgres.binaries import CONTRIB, Binaries, available_binaries, find_binaries
from rollkeeper.foundation.postgres.cluster import Cluster
from rollkeeper.foundation.postgres.layout import locate
from rollkeeper.foundation.postgres.lock import alone
from rollkeeper.foundation.postgres.osuser import user_for
from rollkeeper.foundation.postgres.problems import PostgresProblem, explain
from rollkeeper.foundation.postgres.testing import ensure_cluster, temporary_cluster
from tests.start.helpers import as_user, free_port, is_alive, ordinary_user, short_folder, wait_for, within_reach

pytestmark = pytest.mark.engine


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder; whatever server a test leaves in it is stopped."""
    with short_folder() as folder:
        yield folder
        server.stop(locate(folder))


def _quick(state: Path, **more: Any) -> Cluster:  # Any: the options of Cluster
    """A cluster that need not survive a power cut."""
    return Cluster(state, durable=False, **more)


def _ask(url: str, question: LiteralString) -> tuple[object, ...]:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone() or ()


@pytest.mark.parametrize("binaries", available_binaries(), ids=lambda found: found.version)
def test_every_postgresql_here_speaks_utf8_and_has_the_extensions(binaries: Binaries) -> None:
    with temporary_cluster(binaries) as url, psycopg.connect(url) as connection:
        for extension in CONTRIB:
            connection.execute(f"create extension {extension}")
        answer = connection.execute(
            "select current_setting('server_encoding'), lower('ÁÑ'), current_setting('fsync'), "
            "current_setting('data_checksums'), 'a' < 'B' collate \"default\""
        ).fetchone()

    assert answer == ("UTF8", "áñ", "off", "on", False)


def test_the_setting_comes_before_the_package_and_the_package_before_the_system(tmp_path: Path) -> None:
    ordered = available_binaries()
    last = ordered[-1]

    assert find_binaries({}).source == "package"
    assert find_binaries({"ROLLKEEPER_PG_BIN": str(last.folder)}).folder == last.folder
    with pytest.raises(PostgresProblem, match="holds no PostgreSQL that runs here"):
        find_binaries({"ROLLKEEPER_PG_BIN": str(tmp_path)})
    with pytest.raises(PostgresProblem, match=r"PostgreSQL 99 was not found; install it"):
        find_binaries({}, major=99)


def test_records_are_kept_safe_by_default_and_nothing_listens_on_a_port(state: Path) -> None:
    with Cluster(state).running() as cluster, psycopg.connect(cluster.url()) as connection:
        answer = connection.execute(
            "select current_setting('fsync'), current_setting('full_page_writes'), current_setting('listen_addresses')"
        ).fetchone()
        mode = stat.S_IMODE(cluster.layout.socket.stat().st_mode)

    assert answer == ("on", "on", "")
    assert mode == 0o700


def test_a_wrong_password_is_refused_on_the_socket(state: Path) -> None:
    with (
        _quick(state).running() as cluster,
        pytest.raises(psycopg.OperationalError, match="password authentication failed"),
    ):
        psycopg.connect(cluster.layout.url(password="wrong"))


def test_the_last_user_stops_the_server_and_the_data_stay(state: Path) -> None:
    first, second = _quick(state), _quick(state)
    first.start()
    second.start()
    with psycopg.connect(first.url()) as connection:
        connection.execute("create table kept as select 41 as number")

    first.stop()
    still_running = second.is_running()
    second.stop()

    assert still_running
    assert not second.is_running()
    with _quick(state).running() as third, psycopg.connect(third.url()) as connection:
        assert connection.execute("select number from kept").fetchone() == (41,)


def test_two_starters_at_once_get_one_server(state: Path) -> None:
    clusters = [_quick(state) for _ in range(4)]
    threads = [threading.Thread(target=cluster.start) for cluster in clusters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(cluster.is_running() for cluster in clusters)
    assert {server.postmaster(cluster.layout) for cluster in clusters} == {server.postmaster(locate(state))}
    for cluster in clusters:
        cluster.stop()
    assert not clusters[0].is_running()


def test_a_server_killed_with_kill_9_is_mended_and_keeps_what_was_committed(state: Path) -> None:
    cluster = Cluster(state)
    cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("create table kept as select generate_series(1, 100000) as number")
    killed = server.postmaster(cluster.layout)
    assert killed

    os.kill(killed, signal.SIGKILL)
    with Cluster(state).running() as again, psycopg.connect(again.url()) as connection:
        counted = connection.execute("select count(*) from kept").fetchone()

    assert counted == (100000,)


def test_a_stale_postmaster_pid_that_names_another_program_does_not_stop_the_start(state: Path) -> None:
    cluster = _quick(state)
    with cluster.running():
        user = user_for(cluster.layout.data)
    bystander = subprocess.Popen(["sleep", "60"], **user.run_as)
    pid_file = cluster.layout.data / "postmaster.pid"
    pid_file.write_text(f"{bystander.pid}\n{cluster.layout.data}\n0\n5432\n\n\n  0 0\nready\n")

    believed = cluster.is_running()
    with cluster.running():
        answered = _ask(cluster.url(), "select 1")

    assert (believed, answered) == (False, (1,))
    assert is_alive(bystander.pid)
    bystander.kill()
    bystander.wait()


def test_a_half_made_data_folder_is_made_again(state: Path) -> None:
    cluster = _quick(state)
    with cluster.running():
        pass
    (cluster.layout.data / "PG_VERSION").unlink()  # as after a kill -9 of initdb

    with cluster.running():
        assert cluster.is_running()


def test_a_lock_held_by_somebody_alive_is_named_and_a_dead_holder_s_lock_is_free(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    holder = subprocess.Popen(["flock", str(lock), "-c", f"echo $$ > {lock}; sleep 60"], process_group=0)
    wait_for(lambda: lock.exists() and bool(lock.read_text()), seconds=5, what="the other holder")

    with pytest.raises(PostgresProblem, match=r"Process \d+ has been starting or stopping"), alone(lock, wait_s=0.2):
        raise AssertionError("two held the lock")
    os.killpg(holder.pid, signal.SIGKILL)
    holder.wait()
    with alone(lock, wait_s=2.0):
        assert lock.read_text() == f"{os.getpid()}\n"


def test_a_tcp_port_only_when_asked_and_a_busy_one_is_named(state: Path) -> None:
    port = free_port()
    with _quick(state, tcp_port=port).running() as cluster:
        password = cluster.layout.owner_password.read_text().strip()
        address = f"postgresql://rollkeeper_owner:{password}@127.0.0.1:{port}/rollkeeper"
        assert _ask(address, "select 1") == (1,)
        with short_folder() as other, pytest.raises(PostgresProblem, match=f"Port {port} on localhost is used by"):
            _quick(other, tcp_port=port).start()


def test_a_path_too_long_for_a_socket_gets_a_short_one(state: Path) -> None:
    deep = state / ("a-rather-long-folder-name" * 4) / "state"
    deep.parent.mkdir()

    with _quick(deep).running() as cluster, psycopg.connect(cluster.url()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
        assert len(os.fsencode(cluster.layout.socket)) < 60
    _quick(deep).remove()
    assert not cluster.layout.socket.exists()


def test_a_lost_password_file_is_named(state: Path) -> None:
    with _quick(state).running() as cluster:
        kept = cluster.layout.owner_password.read_text()
        cluster.layout.owner_password.write_text("something else\n")
        with pytest.raises(PostgresProblem, match=r"owner_password does not fit this database; put the right file"):
            _quick(state).start()
        cluster.layout.owner_password.write_text(kept)


def test_removal_refuses_while_in_use_and_then_leaves_nothing(state: Path) -> None:
    cluster = _quick(state)
    with cluster.running(), pytest.raises(PostgresProblem, match="Rollkeeper is running on this database"):
        _quick(state).remove()

    _quick(state).remove()

    assert not cluster.layout.home.exists()


def test_a_test_cluster_is_named_after_its_version_and_kept(state: Path) -> None:
    binaries = find_binaries()
    with ensure_cluster(state) as url, psycopg.connect(url) as connection:
        connection.execute("create table kept ()")
    with ensure_cluster(state) as url, psycopg.connect(url) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)

    assert (state / f"test-postgres-{binaries.major}").is_dir()


def test_an_ordinary_user_needs_no_root(state: Path) -> None:
    user = ordinary_user()
    binaries = within_reach(find_binaries(), user, state)
    mine = state / "mine"
    mine.mkdir()
    user.own(mine)

    def use_it() -> tuple[int, str]:
        with _quick(mine, binaries=binaries).running() as cluster:
            return cluster.layout.data.stat().st_uid, str(_ask(cluster.url(), "select current_user")[0])

    assert as_user(user, use_it) == (user.uid, "rollkeeper_owner")


def test_the_server_never_runs_as_root(state: Path) -> None:
    with _quick(state).running() as cluster:
        pid = server.postmaster(cluster.layout)
        uid = int(Path(f"/proc/{pid}/status").read_text().split("Uid:")[1].split()[0])

    assert uid == user_for(cluster.layout.data).uid
    assert uid != 0


def test_a_state_folder_that_the_server_s_user_cannot_enter_moves_the_database_and_says_so(state: Path) -> None:
    """As root in a closed home folder; an ordinary user always enters its own, and nothing moves."""
    closed = state / "closed"
    closed.mkdir(mode=0o700)
    said: list[str] = []

    with _quick(closed / "var", say=said.append).running() as cluster:
        answered = _ask(cluster.url(), "select 1")
        found_again = locate(closed / "var").home
    cluster.remove()

    assert answered == (1,)
    assert found_again == cluster.layout.home
    assert not cluster.layout.home.exists()
    assert [line.split(";")[0] for line in said] == (
        [f"PostgreSQL runs as the user {user_for(closed / 'none').name}, who cannot enter {closed / 'var'}"]
        if os.geteuid() == 0
        else []
    )


def test_data_of_another_version_need_that_version(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLLKEEPER_PG_BIN", raising=False)
    with _quick(state).running() as cluster:
        made_by = cluster.version
    (cluster.layout.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(PostgresProblem, match=r"PostgreSQL 14 was not found; install it"):
        _quick(state, binaries=None).start()
    (cluster.layout.data / "PG_VERSION").write_text(f"{made_by}\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ('FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device', "is full; free about 1 GB"),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", "not enough free memory"),
        ('FATAL:  data directory "/x" has wrong ownership', "give that folder back to the user"),
        ("FATAL:  the moon is in the wrong place", "said: FATAL:  the moon is in the wrong place"),
    ],
)
def test_what_postgresql_says_becomes_one_sentence_that_tells_what_to_do(words: str, sentence: str) -> None:
    problem = explain(words, home=Path("/state/postgres"), port=5432, log=Path("/state/postgres/postgres.log"))

    assert sentence in str(problem)
    assert "\n" not in str(problem)


def test_a_full_disk_is_named_before_anything_is_made(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(state)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=50 * 1024 * 1024))

    with pytest.raises(PostgresProblem, match="is full; free about 1 GB there, or set ROLLKEEPER_STATE"):
        _quick(state).start()
    assert not (state / "postgres" / "data").exists()
