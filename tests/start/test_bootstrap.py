"""What `make` does before there is anything of ours: an old Python, a missing one, a venv that broke, no npm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PRETEND = (
    "import sys; sys.version_info = (3, 8, 10, 'final', 0); sys.argv = ['bootstrap/prepare.py', 'run']; "
    "exec(compile(open('bootstrap/prepare.py').read(), 'bootstrap/prepare.py', 'exec'), {'__name__': '__main__'})"
)


def _pretend_old(path: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _PRETEND],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": str(path)},
    )


def _link(folder: Path, name: str, target: str) -> None:
    (folder / name).write_text(f'#!/bin/sh\nexec "{target}" "$@"\n')
    (folder / name).chmod(0o755)


def test_an_old_python_says_in_one_sentence_what_is_needed(tmp_path: Path) -> None:
    done = _pretend_old(tmp_path)

    assert done.returncode == 3
    assert done.stderr == (
        "Rollkeeper needs Python 3.11 or newer, and this is Python 3.8; install a newer one, or name it: "
        "make run PYTHON=/path/to/python3.11\n"
    )


def test_an_old_python_hands_over_to_a_newer_one_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "python3.12").write_text(
        f'#!/bin/sh\ncase "$1" in -c) exec {sys.executable} "$@";; esac\necho "went on: $@"\n'
    )
    (tmp_path / "python3.12").chmod(0o755)

    done = _pretend_old(tmp_path)

    assert (done.returncode, done.stdout) == (0, "went on: bootstrap/prepare.py run\n")


def test_the_first_file_can_be_read_by_any_python() -> None:
    """No syntax younger than Python 2.7: no f-strings, annotations, keyword-only marks or walrus."""
    source = (ROOT / "bootstrap" / "prepare.py").read_text()

    assert source.isascii()
    for young in ('f"', "f'", "->", ":=", " match ", "async ", "nonlocal "):
        assert young not in source


def test_no_python_at_all_is_one_sentence() -> None:
    done = subprocess.run(
        ["make", "run", "PYTHON=python-of-nowhere"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith("Rollkeeper needs Python 3.11 or newer, and there is no 'python-of-nowhere' here;")


def test_make_help_names_every_recipe_for_people() -> None:
    words = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for recipe in ("run", "demo-reset", "test", "check", "bench", "format"):
        assert f"make {recipe}" in words


def _in_clone(clone: Path, script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, 'bootstrap')\n{script}"],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What bootstrap needs of a clone, with no packages to install."""
    shutil.copytree(ROOT / "bootstrap", tmp_path / "bootstrap", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev", "build", "node"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    for name in ("pyproject.toml", "package-lock.json", "package.json"):
        (tmp_path / name).write_text("{}" if name.endswith("json") else "")
    return tmp_path


def test_an_environment_whose_python_is_gone_is_made_again(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "pyvenv.cfg").write_text("")
    (clone / ".venv" / "bin" / "python").symlink_to("/gone/python3.11")

    done = _in_clone(clone, "from parts import venv; venv._make() if not venv._works() else None; print(venv._works())")

    assert done.stdout.splitlines()[-1] == "True", done.stderr


def test_a_folder_that_is_no_environment_is_left_alone(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "letter.txt").write_text("keep me")

    done = subprocess.run(
        [sys.executable, "bootstrap/prepare.py", "run"], cwd=clone, capture_output=True, text=True, check=False
    )

    assert done.returncode == 3
    assert done.stderr.endswith(".venv is not a Python environment; move it away and try again.\n")
    assert (clone / ".venv" / "letter.txt").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "is full; free about 1 GB and run the same command again."),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "differs from its pinned hash and was refused"),
        ("ERROR: No matching distribution found for django==5.2.19", "check the network connection, then run"),
        ("ERROR: the moon is in the wrong place", "pip failed: ERROR: the moon is in the wrong place"),
    ],
)
def test_what_pip_says_becomes_one_sentence(clone: Path, words: str, sentence: str) -> None:
    done = _in_clone(clone, f"from parts import venv; print(venv._meaning({words!r}))")

    assert sentence in done.stdout
    assert done.stdout.count("\n") == 1


def test_front_end_packages_are_fetched_once_with_the_machine_s_npm(clone: Path) -> None:
    tools = clone / "tools"
    tools.mkdir()
    _link(tools, "npm", "/bin/sh")
    (tools / "npm").write_text('#!/bin/sh\necho "$@" >> calls; mkdir -p node_modules\n')
    script = "from parts import node; node.ensure('base'); node.ensure('base'); node.ensure('dev'); node.ensure('base')"

    done = _in_clone(clone, script, PATH=f"{tools}:{os.environ['PATH']}")

    assert done.returncode == 0, done.stderr
    calls = (clone / "calls").read_text().splitlines()
    assert [call for call in calls if call != "--version"] == ["ci --ignore-scripts --omit=dev", "ci --ignore-scripts"]


def test_npm_that_fails_is_one_sentence(clone: Path) -> None:
    tools = clone / "tools"
    tools.mkdir()
    _link(tools, "npm", "/bin/sh")
    (tools / "npm").write_text(
        '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "npm error network is down" >&2; exit 1\n'
    )

    done = _in_clone(
        clone,
        "from parts import node, say\ntry: node.ensure('base')\nexcept say.CannotPrepare as p: print(p)",
        PATH=f"{tools}:{os.environ['PATH']}",
    )

    assert done.stdout.splitlines()[-1] == (
        "The front-end packages could not be fetched (npm error network is down); "
        "check the network connection, then run the same command again."
    )


def test_a_chromium_that_does_not_start_is_refused_by_name(clone: Path) -> None:
    script = "from parts import chromium, say\ntry: chromium.ensure()\nexcept say.CannotPrepare as p: print(p)"

    done = _in_clone(clone, script, ROLLKEEPER_CHROMIUM="/gone/chromium")

    assert done.stdout == (
        "ROLLKEEPER_CHROMIUM is '/gone/chromium', which does not start; name a Chromium that does.\n"
    )
