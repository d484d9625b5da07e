"""The operating-system user that PostgreSQL runs as: the caller, or an ordinary user when the caller is root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from rollkeeper.foundation.postgres.problems import PostgresProblem

_ORDINARY = ("postgres", "nobody", "daemon")


class RunAs(TypedDict, total=False):
    """Keyword arguments of subprocess.Popen that change the user; empty when nothing changes."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class OsUser:
    """An account of this machine."""

    uid: int
    gid: int
    name: str

    @property
    def run_as(self) -> RunAs:
        """Arguments for subprocess that start a program as this user."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_pass(self, folder: Path) -> bool:
        """Whether this user may go through `folder` and all its parents (those that exist)."""
        if self.uid == 0 or self.uid == os.geteuid():
            return True
        resolved = folder.resolve()
        return all(self._may_enter(part) for part in (resolved, *resolved.parents) if part.exists())

    def _may_enter(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)

    def own(self, path: Path) -> None:
        """Give one file or folder to this user (does nothing when it is ours already)."""
        if os.geteuid() == 0 and self.uid != 0:
            os.chown(path, self.uid, self.gid)


def user_for(data: Path) -> OsUser:
    """Who PostgreSQL runs as: the owner of existing data, else the caller, else (root) an ordinary user that exists.

    Raises PostgresProblem when the data belong to somebody else, or root finds no ordinary user.
    """
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else None
    if me != 0:
        if owner not in (None, me):
            raise PostgresProblem(
                f"The database in {data} belongs to the user {_name(owner)}; start Rollkeeper as that user "
                "(as root, if root made it), or set ROLLKEEPER_STATE to another folder."
            )
        return OsUser(me, os.getegid(), _name(me))
    if owner:  # not None, not root
        return _account(pwd.getpwuid(owner))
    for name in _ORDINARY:
        try:
            return _account(pwd.getpwnam(name))
        except KeyError:
            continue
    raise PostgresProblem(
        "PostgreSQL does not run as root and this machine has no ordinary user; make one (useradd --system postgres)."
    )


def _account(entry: pwd.struct_passwd) -> OsUser:
    return OsUser(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _name(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid if uid is not None else os.geteuid()).pw_name
    except KeyError:
        return str(uid)
