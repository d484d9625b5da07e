"""Typesets papers: tagged PDF/A-2a and PDF/UA-1 in one file, the same bytes for the same paper and moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import typst

from rollkeeper.documents.typeset.papers import Paper

BATCH = 64  # papers handed to a worker at once

Job = tuple[Paper, datetime]


class TypesetError(Exception):
    """A paper could not be set."""


@cache
def _compiler(template: str) -> typst.Compiler:
    """One compiler a template and process: parsing and fonts are paid for once, a paper then takes 3 ms."""
    root = Path(str(files("rollkeeper.documents.typeset").joinpath("templates")))
    # Only the fonts inside the package: the same bytes on every machine.
    return typst.Compiler(str(root / f"{template}.typ"), root=str(root), ignore_system_fonts=True)


def _as_data(paper: Paper) -> str:
    """The paper as JSON for the template; a trailing underscore avoids Python's keywords and is dropped."""
    return json.dumps({name.rstrip("_"): value for name, value in asdict(paper).items()}, ensure_ascii=False)


def render(paper: Paper, *, made_at: datetime) -> bytes:
    """Set one paper; ``made_at`` (aware) becomes its creation date. Returns a PDF. Raises TypesetError."""
    if made_at.tzinfo is None:
        raise TypesetError("A paper needs the moment it was made with its time zone.")
    try:
        pdf = _compiler(paper.template).compile(
            format="pdf",
            sys_inputs={"data": _as_data(paper)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(made_at.timestamp()),
        )
    except (typst.TypstError, RuntimeError) as error:
        raise TypesetError(f"The paper {paper.title!r} cannot be set from {paper.template}.typ: {error}") from error
    if not isinstance(pdf, bytes):
        raise TypesetError(f"The paper {paper.title!r} came out empty.")
    return pdf


def _render_batch(jobs: list[Job]) -> list[bytes]:
    return [render(paper, made_at=made_at) for paper, made_at in jobs]


def render_all(jobs: Iterable[Job], *, workers: int) -> Iterator[bytes]:
    """Set many papers, in order, on ``workers`` processes (1: here). Holds a few batches at a time, never all."""
    source = iter(jobs)
    if workers <= 1:
        yield from (render(paper, made_at=made_at) for paper, made_at in source)
        return
    # Not fork: the caller may hold threads and database connections.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_render_batch, batch) for batch in _batches(islice(source, BATCH * workers * 2))]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_render_batch, batch) for batch in _batches(islice(source, BATCH))]


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    source = iter(jobs)
    while batch := list(islice(source, BATCH)):
        yield batch
