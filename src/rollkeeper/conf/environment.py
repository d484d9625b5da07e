"""ROLLKEEPER_* variables, read by three helpers that stop at once when a value makes no sense.

Any variable may also come from a file: with ROLLKEEPER_SMTP_PASSWORD_FILE=/run/secrets/smtp the file's content is the
value (its last line break is dropped). Naming both is an error. docs/reference/settings.md describes every variable.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of a variable, or of the file that NAME_FILE names, or the default.

    Raises ImproperlyConfigured when both are given or the file cannot be read.
    """
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value is not None and file is not None:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
    if file is None:
        return default if value is None else value
    try:
        return Path(file).read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise ImproperlyConfigured(f"{name}_FILE is {file!r}, which cannot be read: {reason}.") from None


def number(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number between `least` and `most`. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default)).strip()
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number.") from None
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name} is {found}; use a whole number from {least} to {most}.")
    return found


def flag(name: str, *, default: bool = False) -> bool:
    """True or False, spelt like that. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default)).strip()
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}; use True or False.")
    return value == "True"


def state_folder() -> Path:
    """ROLLKEEPER_STATE as an absolute path; by default `var` in the project, or ~/.rollkeeper when installed alone."""
    chosen = text("ROLLKEEPER_STATE").strip()
    if chosen:
        return Path(os.path.abspath(Path(chosen).expanduser()))
    project = Path(__file__).resolve().parents[3]
    return project / "var" if (project / "pyproject.toml").is_file() else Path.home() / ".rollkeeper"
