"""The house rules that no other tool checks: sizes, documented settings, nothing of elsewhere, honest tests."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "rollkeeper"
SETTINGS_PAGE = ROOT / "docs" / "reference" / "settings.md"
FUNCTION_LIMIT = 50
FILE_LIMIT = {"src": 600, "bootstrap": 600, "tests": 800}

# Written in pieces, so that this file does not find itself.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npm" + "js",
    "npm" + "js.com",
    "deb." + "debian.org",
    "archive." + "ubuntu.com",
]
REGISTRY_MARKS = [r'"resolved"' + r"\s*:", r"registry\s*=\s*[\"']?" + "http", r'url = "' + "http", "--" + "index-url"]
MACHINE_PATHS = [r"/" + r"work/", r"/tmp/" + r"plan", r"/" + r"root/", r"/" + r"home/\w"]
# Templates that a framework finds by name.
FRAMEWORK_TEMPLATES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every text file of the repository (git's list, new files included)."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return tuple(ROOT / name for name in names if name and (ROOT / name).is_file())


def python_files(*folders: str) -> list[Path]:
    """Our Python files below these folders, migrations left out (Django writes them)."""
    wanted = tuple(ROOT / folder for folder in folders)
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and any(path.is_relative_to(each) for each in wanted)
    ]


def text_of(path: Path) -> str:
    """The file's text; empty for a picture, a font or a PDF."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def findings(patterns: list[str], files: list[Path]) -> list[str]:
    """`file:line` of every match."""
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_function_is_longer_than_fifty_lines() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in python_files("src", "bootstrap", "tests")
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LIMIT
    ]

    assert too_long == []


@pytest.mark.parametrize("folder", FILE_LIMIT)
def test_no_file_is_too_long(folder: str) -> None:
    too_long = [
        f"{path.relative_to(ROOT)} has {len(text_of(path).splitlines())} lines"
        for path in python_files(folder)
        if len(text_of(path).splitlines()) > FILE_LIMIT[folder]
    ]

    assert too_long == []


def test_packages_say_nothing_in_their_init() -> None:
    assert [str(path) for path in python_files("src", "tests") if path.name == "__init__.py" and text_of(path)] == []


def _settings_read() -> set[str]:
    """Names of the ROLLKEEPER_ variables that code or make reads, `NAME_FILE` counted as NAME."""
    names: set[str] = set()
    for path in [*python_files("src", "bootstrap"), ROOT / "tests" / "environment.py"]:
        if path.exists():
            names |= set(re.findall(r"""["'](ROLLKEEPER_[A-Z0-9_]+)["']""", text_of(path)))
    return {name.removesuffix("_FILE") for name in names}


def test_every_setting_is_described_and_every_described_setting_exists() -> None:
    described = set(re.findall(r"^#+ `(ROLLKEEPER_[A-Z0-9_]+)`", text_of(SETTINGS_PAGE), re.MULTILINE))

    assert described == _settings_read()


def test_no_registry_host_in_any_file() -> None:
    hosts = [re.escape(host) for host in REGISTRY_HOSTS]

    assert findings(hosts, list(tracked())) == []
    locks = [path for path in tracked() if path.suffix in (".txt", ".lock", ".toml") or "package" in path.name]
    assert findings(REGISTRY_MARKS, locks) == []


def test_no_path_of_one_machine_in_any_file() -> None:
    assert findings([rf"(?<![\w./-]){path}" for path in MACHINE_PATHS], list(tracked())) == []


def test_nothing_is_left_to_do() -> None:
    marks = [r"\b" + mark + r"\b" for mark in ("TO" + "DO", "FIX" + "ME", "XX" + "X")]
    files = [path for path in python_files("src", "bootstrap", "tests") if path != Path(__file__)]

    found = [line for line in findings(marks, files) if _is_case_sensitive_hit(line, marks)]

    assert found == []


def _is_case_sensitive_hit(place: str, marks: list[str]) -> bool:
    """Spanish has the word "todo"; only the capitals are a mark."""
    name, _, number = place.rpartition(":")
    line = text_of(ROOT / name).splitlines()[int(number) - 1]
    return bool(re.search("|".join(marks), line))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = [r"\bpytest\.(skip|importor" + r"skip|xfail)\b", r"mark\.(skip" + r"|xfail)", r"\bunittest\." + "skip"]

    assert findings(marks, python_files("tests")) == []


def _calls(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names of everything a function calls."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


def _asserts(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it says `assert` itself, or uses `pytest.raises` or a helper named for what it asserts."""
    named = re.compile(r"_?(assert|expect|check|raises|verify|refuses?|finds?|wait_for)")
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or any(map(named.match, _calls(function)))


def _silent_tests(path: Path) -> list[str]:
    """Tests of a file that cannot fail: neither they nor a helper of the same file asserts anything."""
    found = list(functions(path))
    telling = {function.name for function in found if _asserts(function)}
    return [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for function in found
        if function.name.startswith("test_") and not ({function.name} | _calls(function)) & telling
    ]


def test_every_test_asserts_something() -> None:
    files = [path for path in python_files("tests") if path.name.startswith("test_")]

    assert [name for path in files for name in _silent_tests(path)] == []


def test_every_template_is_used() -> None:
    """By its name in Python or in another template; a page of a library that ours replaces counts as used."""
    templates = {
        path.relative_to(path.parents[len(path.parts) - path.parts.index("templates") - 2]).as_posix(): path
        for path in tracked()
        if "templates" in path.parts and path.suffix in (".html", ".txt") and path.is_relative_to(SOURCE)
    }
    texts = {path: text_of(path) for path in tracked() if path.suffix in (".py", ".html", ".txt")}
    unused = [
        name
        for name, path in templates.items()
        if name not in FRAMEWORK_TEMPLATES
        and not _belongs_to_library(name)
        and not any(_names(text, name) for other, text in texts.items() if other != path)
    ]

    assert unused == []


def _names(text: str, template: str) -> bool:
    """As a whole, or as one of several (`f"calendar/{view}.html"`)."""
    folder, _, name = template.rpartition("/")
    family = rf'f"{re.escape(folder)}/\{{[a-z_.]+\}}\{Path(name).suffix}"'
    return f'"{template}"' in text or f"'{template}'" in text or bool(re.search(family, text))


def _belongs_to_library(name: str) -> bool:
    for library in ("allauth", "django.contrib.auth", "django.forms"):
        spec = find_spec(library)
        if spec and spec.origin and (Path(spec.origin).parent / "templates" / name).exists():
            return True
    return False
