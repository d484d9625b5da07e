"""Every text of the record's pages has its Spanish: a page of two languages helps nobody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from rollkeeper.desks.frame.catalogue import catalogues, read_po

SOURCE = Path(__file__).resolve().parents[3] / "src" / "rollkeeper"
RECORD = SOURCE / "desks" / "record"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
_TAG = re.compile(r'{% translate "([^"]+)" %}|_\("([^"]+)"\)')


def marked() -> Iterator[tuple[str, str]]:
    """Each text marked for translation, with the file it stands in."""
    for path in [*sorted(RECORD.rglob("*.py")), SOURCE / "documents" / "views.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value, path.name
    for path in sorted(RECORD.rglob("*.html")):
        for found in _TAG.finditer(path.read_text(encoding="utf-8")):
            yield found[1] or found[2], path.name


def test_every_marked_text_is_translated() -> None:
    known = {part for path in catalogues() for message in read_po(path) for part in message.split("\0")}

    texts = list(marked())

    assert len(texts) > 200
    assert [(text, name) for text, name in texts if text not in known] == []
