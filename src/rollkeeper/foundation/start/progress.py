"""What `serve` says while it works: one plain line per step, with a moving bar where the terminal can show one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Tick = Callable[[str, int, int], None]  # what is being done, how many are done, of how many (0: not known)

_LOG_EVERY_S = 10.0  # how often a log that is no terminal hears of a long step


class Narrator:
    """Says each step when it begins and how long it took when it ends."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to `console`, by default the terminal."""
        self.console = console or Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        """One line."""
        self.console.print(line, markup=False)

    @contextmanager
    def step(self, title: str) -> Iterator[Tick]:
        """A step that may take a while; the function it yields moves the bar."""
        begun = time.monotonic()
        if not self.console.is_terminal:
            self.say(f"{title} …")
        with Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        ) as bars:
            task = bars.add_task(f"{title} …", total=None)

            said_at = begun

            def tick(what: str, done: int, of: int) -> None:
                nonlocal said_at
                bars.update(task, description=f"{title}: {what}" if what else title, completed=done, total=of or None)
                if not self.console.is_terminal and time.monotonic() - said_at >= _LOG_EVERY_S:
                    said_at = time.monotonic()
                    self.say(f"{title}: {what}{f', {done} of {of}' if of else ''}")

            yield tick
        self.say(f"{title}: done in {time.monotonic() - begun:.1f} s")
