"""The two database addresses: `default`, the site's (role rollkeeper_app), and `owner` (migrations, demo, release).

From ROLLKEEPER_DATABASE_URL and ROLLKEEPER_APP_DATABASE_URL, else the embedded PostgreSQL of the state folder. Nothing
is started here. A process that is given the site's address alone has no `owner` at all.
"""

from typing import TypedDict

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from rollkeeper.conf.environment import number, state_folder, text
from rollkeeper.conf.secrets_file import read_or_make_secret
from rollkeeper.foundation.postgres.layout import APP, locate

# Names of the connection's own fields in libpq, and what Django calls them.
_FIELDS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


class Database(TypedDict):
    """One entry of Django's DATABASES."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    OPTIONS: dict[str, str | int]
    CONN_MAX_AGE: int
    CONN_HEALTH_CHECKS: bool


def databases() -> dict[str, Database]:
    """Django's DATABASES. Raises ImproperlyConfigured for an address that cannot be read."""
    given = text("ROLLKEEPER_APP_DATABASE_URL").strip()
    owner = None if given and not text("ROLLKEEPER_DATABASE_URL").strip() else _entry(owner_url())
    if given:
        site = _entry(given, "ROLLKEEPER_APP_DATABASE_URL")
    else:
        site = _entry(owner_url())
        site["USER"], site["PASSWORD"] = APP, ""
    site["PASSWORD"] = site["PASSWORD"] or app_password()
    return {"default": site} if owner is None else {"default": site, "owner": owner}


def uses_embedded() -> bool:
    """Whether the database is the embedded PostgreSQL (no address is set)."""
    return not (text("ROLLKEEPER_DATABASE_URL").strip() or text("ROLLKEEPER_APP_DATABASE_URL").strip())


def owner_url() -> str:
    """The owner's address: ROLLKEEPER_DATABASE_URL, else the embedded PostgreSQL's socket (started or not)."""
    return text("ROLLKEEPER_DATABASE_URL").strip() or locate(state_folder(), tcp_port=embedded_port()).url()


def site_url() -> str:
    """The site's address without its password (that comes from `app_password`), to hand to the processes we start."""
    given = text("ROLLKEEPER_APP_DATABASE_URL").strip()
    if given:
        return given
    fields = conninfo_to_dict(owner_url())
    fields.pop("password", None)
    return " ".join(f"{name}={_quoted(str(value))}" for name, value in (fields | {"user": APP}).items())


def app_password() -> str:
    """Password of rollkeeper_app: ROLLKEEPER_APP_PASSWORD, else the file keys/app_password (made when missing)."""
    return text("ROLLKEEPER_APP_PASSWORD") or read_or_make_secret("app_password")


def embedded_port() -> int | None:
    """ROLLKEEPER_PG_PORT: also open this port on localhost; unset or 0: the Unix socket alone."""
    return number("ROLLKEEPER_PG_PORT", 0, most=65535) or None


def _entry(url: str, name: str = "ROLLKEEPER_DATABASE_URL") -> Database:
    fields = _fields(url, name)
    known = {django: fields.pop(libpq, "") for libpq, django in _FIELDS.items()}
    return Database(
        ENGINE="django.db.backends.postgresql",
        NAME=known["NAME"],
        USER=known["USER"],
        PASSWORD=known["PASSWORD"],
        HOST=known["HOST"],
        PORT=known["PORT"],
        OPTIONS={"connect_timeout": 10, **fields},
        CONN_MAX_AGE=600,
        CONN_HEALTH_CHECKS=True,
    )


def _fields(url: str, name: str) -> dict[str, str]:
    form = "use postgresql://user:password@host:5432/database."
    try:
        fields = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:  # its text repeats the address, password included
        raise ImproperlyConfigured(f"{name} is not an address of PostgreSQL; {form}") from None
    if not fields.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database; {form}")
    if not all(part.isdigit() for part in fields.get("port", "").split(",") if part):
        raise ImproperlyConfigured(f"{name} has the port {fields['port']!r}, which is not a number; {form}")
    return fields


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
