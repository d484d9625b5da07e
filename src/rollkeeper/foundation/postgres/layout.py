"""Where an embedded cluster lives, and the address its users connect to; read without starting anything."""

import hashlib
import json
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

OWNER = "rollkeeper_owner"
APP = "rollkeeper_app"
DATABASE = "rollkeeper"
SOCKET_PORT = 5432  # names the socket file; no TCP port is opened unless asked for
_LONGEST_SOCKET = 107  # sun_path of Linux holds 108 bytes with its final zero; macOS 104
_SOCKET_NAME = "/.s.PGSQL.65535.lock"


@dataclass(frozen=True)
class Layout:
    """The folders of one cluster. `home` belongs to PostgreSQL's user; locks and the pointer belong to the caller."""

    state: Path  # ROLLKEEPER_STATE
    name: str  # "postgres", or a test cluster's name
    home: Path  # usually state/name; elsewhere when PostgreSQL's user cannot reach that
    tcp_port: int | None = None  # also listen on localhost; None: the Unix socket alone

    @property
    def port(self) -> int:
        """Names the socket file, and is the TCP port where one was asked for."""
        return self.tcp_port or SOCKET_PORT

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """PostgreSQL's own messages (no statements, no values)."""
        return self.home / "postgres.log"

    @property
    def pointer(self) -> Path:
        """Names `home` when it is not state/name."""
        return self.state / f"{self.name}.json"

    @property
    def lock(self) -> Path:
        """Held while somebody starts or stops the cluster."""
        return self.state / "run" / f"{self.name}.lock"

    @property
    def users(self) -> Path:
        """Held in common by every process that uses the cluster; whoever leaves last stops it."""
        return self.state / "run" / f"{self.name}.users"

    @property
    def socket(self) -> Path:
        """Folder of the Unix socket: in `home`, or under a short path when that would be too long for a socket."""
        inside = self.home / "run"
        if len(os.fsencode(f"{inside}{_SOCKET_NAME}")) <= _LONGEST_SOCKET - 4:
            return inside
        digest = hashlib.sha256(os.fsencode(self.home.absolute())).hexdigest()[:12]
        return Path("/tmp") / f"rollkeeper-{digest}"  # noqa: S108  (made 0700, its owner is checked before use)

    @property
    def owner_password(self) -> Path:
        """File with the superuser's password."""
        return self.state / "keys" / "owner_password"

    def url(self, *, user: str = OWNER, password: str | None = None, database: str = DATABASE) -> str:
        """Address over the Unix socket, with the owner's password from its file unless another is given.

        Without the file (nothing started yet) the address has no password.
        """
        if password is None and user == OWNER and self.owner_password.exists():
            password = self.owner_password.read_text().strip()
        secret = f":{quote(password, safe='')}" if password else ""
        host = quote(str(self.socket), safe="")
        return f"postgresql://{user}{secret}@/{database}?host={host}&port={self.port}"


def locate(state: Path, name: str = "postgres", *, tcp_port: int | None = None) -> Layout:
    """The cluster of this state folder, whether it exists yet or not."""
    state = Path(os.path.abspath(state))
    pointer = state / f"{name}.json"
    home = Path(json.loads(pointer.read_text())["home"]) if pointer.exists() else state / name
    return Layout(state=state, name=name, home=home, tcp_port=tcp_port)


def elsewhere(layout: Layout, *, lasting: bool) -> Layout:
    """A home for a cluster whose state folder PostgreSQL's user cannot reach (root with a closed home folder).

    Under /var/lib, or under /tmp for one that need not last.

    A new random name: a later clone at the same path must not find this cluster. `write_pointer` remembers it.
    """
    places = [Path("/var/lib/rollkeeper"), Path(tempfile.gettempdir()) / "rollkeeper"]
    for base in places if lasting else reversed(places):
        try:
            base.mkdir(mode=0o711, parents=True, exist_ok=True)
        except OSError:
            continue
        if base.stat().st_uid == os.geteuid() and not base.stat().st_mode & stat.S_IWOTH:
            return replace(layout, home=base / secrets.token_hex(6))
    return layout


def write_pointer(layout: Layout) -> None:
    """Remember a home outside the state folder."""
    if layout.home != layout.state / layout.name:
        layout.pointer.write_text(json.dumps({"home": str(layout.home)}) + "\n")
