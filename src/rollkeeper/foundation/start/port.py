"""The port that the site listens on, reserved before any slow step so that a busy one is known at once."""

import errno
import socket

from rollkeeper.foundation.start.problems import CannotStart


def reserve(host: str, port: int) -> socket.socket:
    """Bind `host`:`port` without listening yet. Raises CannotStart with one sentence when it is not free.

    A visitor is refused, not kept waiting, until the site is ready to answer.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if _is_served(family, address):
            raise OSError(errno.EADDRINUSE, "in use")
        return _bound(socket.socket(family, kind, protocol), address)
    except OSError as problem:
        raise CannotStart(_sentence(problem, host, port)) from None


def listen(reserved: socket.socket) -> None:
    """Accept connections from now on. Raises CannotStart if another program took the port meanwhile."""
    try:
        reserved.listen(2048)
    except OSError as problem:
        host, port = reserved.getsockname()[:2]
        raise CannotStart(_sentence(problem, host, port)) from None


def _bound(reserved: socket.socket, address: tuple[object, ...]) -> socket.socket:
    try:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(address)
    except OSError:
        reserved.close()
        raise
    return reserved


def _is_served(family: int, address: tuple[object, ...]) -> bool:
    """Whether somebody answers there already (with SO_REUSEADDR a bind alone does not tell)."""
    with socket.socket(family, socket.SOCK_STREAM) as caller:
        caller.settimeout(1.0)
        return caller.connect_ex(address) == 0


def _sentence(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8001
        return (
            f"Port {port} is used by another program; stop that program, or start on another port: "
            f"make run PORT={other} (or set ROLLKEEPER_PORT={other})."
        )
    if problem.errno == errno.EACCES:
        return f"This user may not open port {port}; choose one from 1024 up: make run PORT=8000."
    return f"The address {host}:{port} cannot be used ({problem.strerror}); check ROLLKEEPER_HOST and ROLLKEEPER_PORT."
