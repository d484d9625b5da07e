"""PostgreSQL's settings for one machine that does other things too."""

import subprocess
from collections.abc import Mapping

from rollkeeper.foundation.postgres.binaries import Binaries
from rollkeeper.foundation.postgres.layout import Layout

_COMMON: Mapping[str, str] = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_connections": "100",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "100",
    "jit": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "lc_messages": "C",
    # The log must not become a second record of people: no statement, no parameter, no DETAIL with a key's value.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
}

# For tests only: a power cut may lose everything.
_UNSAFE: dict[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def settings(layout: Layout, binaries: Binaries, *, durable: bool) -> dict[str, str]:
    """Settings given on the server's command line at every start, so that an upgrade of ours changes them."""
    chosen = dict(_COMMON)
    chosen["unix_socket_directories"] = str(layout.socket)
    chosen["listen_addresses"] = "localhost" if layout.tcp_port else ""
    chosen["port"] = str(layout.port)
    if _knows(binaries, "wal_compression", "lz4"):
        chosen["wal_compression"] = "lz4"
    return chosen if durable else chosen | _UNSAFE


def arguments(chosen: Mapping[str, str]) -> list[str]:
    """The settings as `-c name=value` arguments of `postgres`."""
    return [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]


def _knows(binaries: Binaries, name: str, value: str) -> bool:
    config = binaries.folder / "pg_config"
    if not config.is_file():
        return False
    answer = subprocess.run([str(config), "--configure"], capture_output=True, text=True, check=False)
    return f"--with-{value}" in answer.stdout
