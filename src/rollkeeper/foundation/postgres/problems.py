"""What can go wrong with the embedded PostgreSQL, each said in one sentence that tells what to do."""

import re
from pathlib import Path


class PostgresProblem(Exception):
    """The database cannot be used; the text is for the person at the keyboard and says what to do."""


# What PostgreSQL writes (English: we start it with LC_MESSAGES=C) and what it means for the reader.
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        r"No space left on device|[Dd]isk quota exceeded",
        "The disk that holds {home} is full; free about 1 GB there, "
        "or set ROLLKEEPER_STATE to a folder on another disk.",
    ),
    (
        r"could not bind .*Address (already )?in use|could not create any TCP/IP sockets",
        "Port {port} on localhost is used by another program; set ROLLKEEPER_PG_PORT to a free port, "
        "or leave it unset to use no port at all.",
    ),
    (
        r"database files are incompatible with server|was initialized by PostgreSQL version",
        "The database in {home} was made by another version of PostgreSQL; set ROLLKEEPER_PG_BIN to the bin folder of "
        "that version.",
    ),
    (
        r"Cannot allocate memory|could not (create|map) (anonymous )?shared memory",
        "There is not enough free memory for PostgreSQL (it needs about 400 MB); close other programs and try again.",
    ),
    (
        r"Read-only file system",
        "The disk that holds {home} cannot be written to; set ROLLKEEPER_STATE to a folder that can.",
    ),
    (
        r"[Pp]ermission denied|has wrong ownership|has invalid permissions",
        "PostgreSQL may not use the files in {home}; give that folder back to the user who runs Rollkeeper, "
        "or set ROLLKEEPER_STATE to another folder. PostgreSQL said: {line}",
    ),
)

# Refusals that pass by themselves: children of a killed server are still draining.
_PASSING = re.compile(r"is still in use|lock file .* already exists|the database system is starting up")


def will_pass(output: str) -> bool:
    """Whether this refusal to start is over within seconds (a server killed a moment ago)."""
    return bool(_PASSING.search(output))


def explain(output: str, *, home: Path, port: int, log: Path) -> PostgresProblem:
    """Turn PostgreSQL's last words into the one sentence for the reader; unknown words are quoted with their file."""
    line = last_words(output)
    for pattern, sentence in _MEANINGS:
        if re.search(pattern, output):
            return PostgresProblem(sentence.format(home=home, port=port, line=line))
    return PostgresProblem(f"PostgreSQL did not start and said: {line} The whole message is in {log}.")


def last_words(output: str) -> str:
    """The line that names the cause: the last FATAL, PANIC or error line, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"FATAL|PANIC|error:", line)]
    return (telling or lines or ["nothing."])[-1]
