"""The documents' commands, addresses, links and settings exist. (What they do is tested where they live.)"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from django.urls import resolve

from rollkeeper.cli import cli

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands(document: Path) -> list[str]:
    """The lines of a document's shell blocks, continued lines joined, comments off."""
    lines = []
    for block in FENCE.findall(document.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            text = re.sub(r"(^|\s)#.*$", "", line).strip()
            lines += [part.strip() for part in re.split(r"&&|\|\||;|\|", text) if part.strip()]
    return lines


def words_of(line: str) -> list[str]:
    """A command's words without the settings before it."""
    words = shlex.split(line)
    while words and re.match(r"^[A-Z_]+=", words[0]):
        words.pop(0)
    return words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_rollkeeper_command_exists_with_its_options(document: Path) -> None:
    for line in commands(document):
        words = words_of(line)
        if not words or words[0].removeprefix(".venv/bin/") != "rollkeeper":
            continue
        command: click.Command = cli
        context = click.Context(cli)
        rest = words[1:]
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            found = command.get_command(context, rest[0])
            assert found is not None, f"{document.name}: {line}"
            command, rest = found, rest[1:]
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        for word in rest:
            if word.startswith("--") and word != "--help":
                assert word.split("=")[0] in known, f"{document.name}: {line}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for line in commands(document):
        words = words_of(line)
        if words and words[0] == "make":
            for word in words[1:]:
                assert "=" in word or word in targets, f"{document.name}: {line}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_address_of_the_site_resolves(document: Path) -> None:
    for path in re.findall(
        r"https?://(?:localhost:8000|court\.example)(/[\w./-]*)", document.read_text(encoding="utf-8")
    ):
        if "/ledger/2026" not in path:
            assert resolve(path)
