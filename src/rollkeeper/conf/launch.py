"""What this installation starts, and in which order: the plan that `rollkeeper serve` carries out."""

import contextlib
import importlib
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from rollkeeper.conf import databases
from rollkeeper.conf.environment import flag, number, state_folder
from rollkeeper.foundation.postgres.binaries import OLDEST_MAJOR
from rollkeeper.foundation.postgres.cluster import Cluster
from rollkeeper.foundation.postgres.layout import APP
from rollkeeper.foundation.start.children import Child
from rollkeeper.foundation.start.problems import CannotStart
from rollkeeper.foundation.start.progress import Tick
from rollkeeper.foundation.start.serve import Plan, Step

_DEMO, _COURT = "demo", "court"


@contextlib.contextmanager
def database(say: Callable[[str], None]) -> Iterator[Callable[[], None]]:
    """The database for the length of a block: the embedded PostgreSQL started or joined, or the one that is set.

    Yields a function that starts the embedded one again if it has died, and does nothing otherwise.
    """
    if not databases.uses_embedded():
        yield lambda: None
        return
    cluster = Cluster(state_folder(), tcp_port=databases.embedded_port(), say=say)

    def mend() -> None:
        if not cluster.is_running():
            say("PostgreSQL ended by itself and is being started again; nothing that was committed is lost.")
            cluster.start()

    with cluster.running():
        yield mend


def set_up_django(*, demo: bool | None = None) -> None:
    """Read the settings; `demo` overrides ROLLKEEPER_DEMO. Call it when the database is there."""
    if demo is not None:
        os.environ["ROLLKEEPER_DEMO"] = str(demo)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollkeeper.conf.settings")
    django.setup()


def plan(*, host: str, port: int, demo: bool, say: Callable[[str], None]) -> Plan:
    """The plan of `rollkeeper serve`. Raises CannotStart when demo and real court would be mixed."""
    check_kind(demo=demo)
    steps = [Step("Database tables", lambda tick: prepare_tables(tick, demo=demo)), Step("Code tables", load_codes)]
    if demo:
        steps.append(Step("Demo court", load_demo))
    steps.append(Step("Style sheets and scripts", lambda _tick: collect_assets()))
    return Plan(
        host=host,
        port=port,
        database=_named(say),
        steps=steps,
        children=lambda door: children(door, demo=demo),
        welcome=lambda address: welcome(address, demo=demo),
    )


def check_kind(*, demo: bool) -> None:
    """A state folder is a demo or a court for ever. Raises CannotStart when asked for the other kind."""
    kind = state_folder() / "kind"
    asked = _DEMO if demo else _COURT
    found = kind.read_text().strip() if kind.exists() else asked
    if found != asked:
        what = "the demo court; a real court" if found == _DEMO else "a real court; the demo"
        raise CannotStart(f"The folder {state_folder()} holds {what} needs another one: set ROLLKEEPER_STATE.")


def prepare_tables(_tick: Tick, *, demo: bool) -> None:
    """Migrate as the owner, and give the site's role its password."""
    state_folder().mkdir(parents=True, exist_ok=True)
    (state_folder() / "kind").write_text((_DEMO if demo else _COURT) + "\n")
    databases.app_password()  # made before the settings are read
    set_up_django(demo=demo)
    if "owner" not in connections:
        raise CannotStart("ROLLKEEPER_DATABASE_URL is not set; migrations need the owner's address.")
    _check_version()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    give_site_its_password()
    connections.close_all()


def give_site_its_password() -> None:
    """Let the site's role sign in with the password that the site will use (through `owner`, after migrating)."""
    site = connections["default"].settings_dict
    if site["USER"] != APP:
        return
    with connections["owner"].cursor() as cursor:
        password = sql.Literal(str(site["PASSWORD"]))
        cursor.execute(sql.SQL("alter role {} login password {}").format(sql.Identifier(APP), password))


def _check_version() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("show server_version_num")
        found = int(cursor.fetchone()[0]) // 10000
    if found < OLDEST_MAJOR:
        raise CannotStart(f"ROLLKEEPER_DATABASE_URL leads to PostgreSQL {found}; {OLDEST_MAJOR} or newer is needed.")


def load_codes(_tick: Tick) -> None:
    """Languages, charges, purposes, courts and the other code tables, brought up to date."""
    importlib.import_module("rollkeeper.law.actions").load_law()  # models: only after django.setup
    importlib.import_module("rollkeeper.courts.actions").load_courts()
    connections.close_all()


def load_demo(tick: Tick) -> None:
    """The demo court, made on the first start and left alone afterwards."""
    demo = importlib.import_module("rollkeeper.demo.load")  # models: only after django.setup
    try:
        demo.ensure_demo(tick)
    except demo.DemoRefused as refusal:
        raise CannotStart(str(refusal)) from None
    if databases.uses_embedded():  # write it all out now, so that the first Ctrl-C need not
        with connections["owner"].cursor() as cursor:
            cursor.execute("checkpoint")
    connections.close_all()


def collect_assets() -> None:
    """Gather style sheets and scripts where the site serves them from, when any of them changed."""
    call_command("collectstatic", interactive=False, verbosity=0)


def children(door: socket.socket, *, demo: bool) -> Sequence[Child]:
    """The worker (sequencer and jobs) and the site. Neither gets the owner's address."""
    environment = site_environment(os.environ, demo=demo)
    return [
        Child("The worker", [sys.executable, "-m", "rollkeeper", "worker"], environment, restarts=True),
        Child("The site", _gunicorn(door.fileno()), environment, pass_fds=[door.fileno()], patience_s=15.0),
    ]


def site_environment(environ: Mapping[str, str], *, demo: bool) -> dict[str, str]:
    """The environment of a process that serves: the site's database address only, demo on or off for certain."""
    secret = {"ROLLKEEPER_DATABASE_URL", "ROLLKEEPER_DATABASE_URL_FILE", "ROLLKEEPER_APP_DATABASE_URL_FILE"}
    kept = {name: value for name, value in environ.items() if name not in secret}
    return kept | {
        "ROLLKEEPER_APP_DATABASE_URL": databases.site_url(),
        "ROLLKEEPER_DEMO": str(demo),
        "ROLLKEEPER_STATE": str(state_folder()),
        "DJANGO_SETTINGS_MODULE": "rollkeeper.conf.settings",
    }


def _gunicorn(door: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "rollkeeper.conf.wsgi:application"),
        *("--bind", f"fd://{door}", "--no-control-socket", "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", str(number("ROLLKEEPER_WORKERS", 2, least=1, most=256))),
        *("--threads", str(number("ROLLKEEPER_THREADS", 4, least=1, most=64))),
        *("--timeout", "60", "--graceful-timeout", "10", "--max-requests", "20000", "--max-requests-jitter", "2000"),
        *("--worker-tmp-dir", _fast_folder()),
    ]


def _fast_folder() -> str:
    """Where gunicorn's heartbeat files go: memory where there is some, so that a slow disk kills no worker."""
    memory = Path("/dev/shm")  # noqa: S108  (gunicorn makes its files there with mkstemp)
    if memory.is_dir() and os.access(memory, os.W_OK):
        return str(memory)
    return str(state_folder() / "run")


def welcome(address: str, *, demo: bool) -> str:
    """The last words before the site serves."""
    first = "Rollkeeper's demo court is open at" if demo else "Rollkeeper serves at"
    return f"\n  {first} {address}\n  Stop it with Ctrl-C; everything is kept for the next start.\n"


@contextlib.contextmanager
def _named(say: Callable[[str], None]) -> Iterator[Callable[[], None]]:
    if databases.uses_embedded():
        say(f"Starting the embedded PostgreSQL (state folder {state_folder()})")
    with database(say) as mend:
        yield mend


def reset_demo(say: Callable[[str], None]) -> None:
    """Remove the demo court: its database, papers and checkpoints. Raises CannotStart for anything but a demo."""
    state = state_folder()
    if not databases.uses_embedded():
        raise CannotStart("ROLLKEEPER_DATABASE_URL is set; only the embedded demo database can be removed. Unset it.")
    kind = state / "kind"
    if not kind.exists():
        say(f"There is no demo court in {state}; nothing was removed.")
        return
    check_kind(demo=True)
    Cluster(state).remove()
    for name in ("blobs", "checkpoints", "static", "keys"):
        shutil.rmtree(state / name, ignore_errors=True)
    kind.unlink()
    say(f"The demo court in {state} was removed; the next start makes a new one.")


def settings_from_environment() -> tuple[str, int, bool]:
    """ROLLKEEPER_HOST, ROLLKEEPER_PORT and ROLLKEEPER_DEMO, for `serve` without options."""
    host = os.environ.get("ROLLKEEPER_HOST", "127.0.0.1")
    return host, number("ROLLKEEPER_PORT", 8000, least=1, most=65535), flag("ROLLKEEPER_DEMO")
