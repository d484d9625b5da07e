"""Secrets of this installation, kept in the state folder."""

from __future__ import annotations

import os
import secrets

from rollkeeper.conf.environment import state_folder


def read_or_make_secret(name: str) -> str:
    """The secret in ``keys/NAME`` of the state folder; a new random one where there is none."""
    path = state_folder() / "keys" / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it meanwhile
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        value = secrets.token_urlsafe(48)
        file.write(value + "\n")
    return value
