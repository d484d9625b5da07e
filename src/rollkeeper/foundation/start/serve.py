"""What `rollkeeper serve` does: reserve the port, prepare step by step, start the processes, stop them all."""

import contextlib
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FrameType

from rollkeeper.foundation.start import port
from rollkeeper.foundation.start.children import Child, stop_all
from rollkeeper.foundation.start.problems import CannotStart
from rollkeeper.foundation.start.progress import Narrator, Tick

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Step:
    """One thing to do before the site can answer."""

    title: str
    do: Callable[[Tick], None]


@dataclass(frozen=True)
class Plan:
    """Everything `serve` needs to know; conf decides it."""

    host: str
    port: int
    database: contextlib.AbstractContextManager[Callable[[], None]]  # runs as long as the site; yields how to mend it
    steps: Sequence[Step]
    children: Callable[[socket.socket], Sequence[Child]]  # in the order of starting
    welcome: Callable[[str], str]  # what to print, given the address


class _Stopped(BaseException):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, a closed terminal); no `except Exception` may swallow it."""


def serve(plan: Plan, narrator: Narrator) -> None:
    """Serve until asked to stop. Raises CannotStart or PostgresProblem when it cannot; stops what it started."""
    reserved = port.reserve(plan.host, plan.port)
    with contextlib.suppress(_Stopped), _asked_to_stop(), contextlib.closing(reserved) as door:
        try:
            with plan.database as mend:
                for step in plan.steps:
                    with narrator.step(step.title) as tick:
                        step.do(tick)
                _serve_until_stopped(plan, door, narrator, mend)
        except _Stopped:
            narrator.say("Stopped. Everything is kept; start again with the same command.")
            raise


def address(host: str, port_number: int) -> str:
    """The address to open in a browser on this machine."""
    shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104  (compared, not bound)
    return f"http://{shown}:{port_number}"


def _serve_until_stopped(plan: Plan, door: socket.socket, narrator: Narrator, mend: Callable[[], None]) -> None:
    port.listen(door)
    children = plan.children(door)
    try:
        for child in children:
            child.start()
        narrator.say(plan.welcome(address(plan.host, plan.port)))
        _watch(children, narrator, mend)
    except _Stopped:
        narrator.say("\nStopping …")
        raise
    finally:
        stop_all(list(reversed(children)))


def _watch(children: Sequence[Child], narrator: Narrator, mend: Callable[[], None]) -> None:
    said: set[str] = set()
    while True:
        time.sleep(0.2)
        mend()
        for child in children:
            code = child.ended()
            if code is None:
                continue
            if not child.restarts:
                raise CannotStart(f"{child.name} ended by itself (exit code {code}); its last words are above.")
            if child.name not in said:
                narrator.say(f"{child.name} ended by itself (exit code {code}) and is being started again.")
                said.add(child.name)
            child.mend()


@contextlib.contextmanager
def _asked_to_stop() -> Iterator[None]:
    """Turn the first stop signal into _Stopped; later ones are ignored while we put things away."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in _STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        for helper in multiprocessing.active_children():  # a step at work on several processors
            helper.kill()
        raise _Stopped

    before = {each: signal.signal(each, stop) for each in _STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
