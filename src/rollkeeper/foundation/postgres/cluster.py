"""The embedded PostgreSQL of one state folder: `with Cluster(state).running() as cluster: cluster.url()`."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from rollkeeper.foundation.postgres import server, tuning
from rollkeeper.foundation.postgres.binaries import Binaries, find_binaries, inspect
from rollkeeper.foundation.postgres.layout import DATABASE, OWNER, Layout, elsewhere, locate, write_pointer
from rollkeeper.foundation.postgres.lock import Lease, alone, in_use
from rollkeeper.foundation.postgres.osuser import OsUser, user_for
from rollkeeper.foundation.postgres.problems import PostgresProblem


def _silent(_message: str) -> None:
    """Say nothing."""


class Cluster:
    """One embedded PostgreSQL. Many processes may use it at once; the last one to leave stops it."""

    def __init__(
        self,
        state: Path,
        name: str = "postgres",
        *,
        binaries: Binaries | None = None,
        tcp_port: int | None = None,
        durable: bool = True,
        say: Callable[[str], None] = _silent,
    ) -> None:
        """Describe the cluster in `state`; nothing is started or written yet.

        `binaries` defaults to the first that `find_binaries` finds; `durable=False` (tests only) may lose data when
        the power fails; `say` receives the few things its user should know.
        """
        self.layout: Layout = locate(state, name, tcp_port=tcp_port)
        self._given = binaries
        self._durable = durable
        self._say = say
        self._lease: Lease | None = None

    def url(self, *, database: str = DATABASE) -> str:
        """The owner's address over the Unix socket."""
        return self.layout.url(database=database)

    def is_running(self) -> bool:
        """Whether a living server has this data folder."""
        return server.postmaster(self.layout) is not None

    def is_used(self) -> bool:
        """Whether any process (this one included) uses the cluster now."""
        return in_use(self.layout.users)

    @property
    def version(self) -> int | None:
        """Major version that made the data, None before the first start."""
        made_by = self.layout.data / "PG_VERSION"
        return int(made_by.read_text()) if made_by.exists() else None

    def start(self) -> None:
        """Make the cluster if it is new, start it if it does not run (else join it), and make the database.

        Raises PostgresProblem with one sentence that says what to do.
        """
        _make_folder(self.layout.state, 0o711)
        _make_folder(self.layout.state / "run", 0o700)
        with alone(self.layout.lock):
            user = user_for(self.layout.data)
            self._prepare_home(user)
            if not (self.is_running() and self._answers()):
                self._start_server(user)
            self._lease = self._lease or Lease(self.layout.users)
            self._make_database()

    def stop(self) -> None:
        """Leave the cluster, and stop its server unless another process still uses it."""
        if self._lease is None:
            return
        with alone(self.layout.lock):
            last = self._lease.is_last()
            self._lease.leave()
            self._lease = None
            if last:
                server.stop(self.layout)

    @contextlib.contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Start (or join) the cluster for the length of a block."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def remove(self) -> None:
        """Delete the cluster and everything in it. Refuses while a process uses it."""
        _make_folder(self.layout.state / "run", 0o700)
        with alone(self.layout.lock):
            if self.is_used():
                raise PostgresProblem("Rollkeeper is running on this database; stop it (Ctrl-C) and try again.")
            server.stop(self.layout)
            for folder in {self.layout.home, self.layout.socket}:
                if folder.exists():
                    shutil.rmtree(folder)
            self.layout.pointer.unlink(missing_ok=True)

    def _prepare_home(self, user: OsUser) -> None:
        if self.version is None and not user.can_pass(self.layout.state):
            self.layout = elsewhere(self.layout, lasting=self._durable)
            self._say(
                f"PostgreSQL runs as the user {user.name}, who cannot enter {self.layout.state}; "
                f"the database is in {self.layout.home} instead."
            )
            write_pointer(self.layout)
        for folder in (self.layout.home, self.layout.socket):
            _make_folder(folder, 0o700, user)
            if folder.stat().st_uid != user.uid or folder.is_symlink():
                raise PostgresProblem(f"The folder {folder} belongs to another user; remove it and try again.")

    def _start_server(self, user: OsUser) -> None:
        if self.is_running():  # it answers at another address: an earlier start asked for another port
            server.stop(self.layout)
        binaries = self._within_reach(self._given or find_binaries(major=self.version), user)
        if self.version is None:
            shutil.rmtree(self.layout.data, ignore_errors=True)  # left by an initdb that was killed
            server.make_cluster(self.layout, binaries, user, self._password(), durable=self._durable)
        chosen = tuning.settings(self.layout, binaries, durable=self._durable)
        server.start(self.layout, binaries, user, tuning.arguments(chosen))

    def _within_reach(self, binaries: Binaries, user: OsUser) -> Binaries:
        """The same programs, copied beside the data when PostgreSQL's user cannot reach the installation."""
        if user.can_pass(binaries.folder):
            return binaries
        if binaries.source != "package":
            raise PostgresProblem(
                f"PostgreSQL runs as the user {user.name}, who cannot enter {binaries.folder}; "
                "set ROLLKEEPER_PG_BIN to a folder that everybody may read."
            )
        copy = self.layout.home / f"postgresql-{binaries.version}"
        if not copy.exists():
            half = copy.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(binaries.root, half, symlinks=True)
            half.rename(copy)
        found = inspect(copy / "bin", "package")
        if found is None:
            raise PostgresProblem(f"The copy of PostgreSQL in {copy} is damaged; remove that folder and try again.")
        return found

    def _password(self) -> str:
        path = self.layout.owner_password
        _make_folder(path.parent, 0o700)
        if not path.exists():
            with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600), encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
        return path.read_text().strip()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(database="postgres"), connect_timeout=10).close()
        except psycopg.OperationalError as problem:
            if "password authentication failed" in str(problem):
                raise PostgresProblem(
                    f"The password in {self.layout.owner_password} does not fit this database; put the right file back "
                    "(it is part of your backup)."
                ) from None
            return False
        return True

    def _make_database(self) -> None:
        if not self._answers():
            raise PostgresProblem(f"PostgreSQL runs but does not answer; see {self.layout.log}.")
        with psycopg.connect(self.url(database="postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
                connection.execute(sql.SQL("create database {} owner {}").format(name, owner))


def _make_folder(folder: Path, mode: int, owner: OsUser | None = None) -> None:
    """Make one folder (and its parents) with exactly this mode, whatever the umask; leave an existing one alone."""
    if folder.exists():
        return
    try:
        folder.mkdir(parents=True)
        folder.chmod(mode)
        if owner:
            owner.own(folder)
    except OSError as problem:
        raise PostgresProblem(
            f"The folder {folder} cannot be made ({problem.strerror}); set ROLLKEEPER_STATE to one you may write to."
        ) from None
