"""Compiles the project's translations: every `locale/*/LC_MESSAGES/django.po` into the `.mo` that Django reads.

Pure Python, because msgfmt is not on every machine. Run it after changing a translation, and commit both files:

    python -m rollkeeper.desks.frame.catalogue
"""

import ast
import re
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d+)\])?\s+)?(".*")\s*\Z')
_HEADER_BYTES = 28
_MAGIC = 0x950412DE


class CatalogueFault(ValueError):
    """A line of a catalogue that cannot be read; the message names file and line."""


def read_po(path: Path) -> dict[str, str]:
    """Message → translation, in the form a .mo keeps (plural forms joined by NUL). Fuzzy and empty ones are left out.

    Raises CatalogueFault.
    """
    messages: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if "#, fuzzy" in block and 'msgid ""' not in block:
            continue
        parts = _parts(block, path)
        key = "\0".join(parts[name] for name in ("msgid", "msgid_plural") if name in parts)
        forms = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if forms and all(forms):
            context = f"{parts['msgctxt']}\x04" if "msgctxt" in parts else ""
            messages[context + key] = "\0".join(forms)
    return messages


def _parts(block: str, path: Path) -> dict[str, str]:
    """The named strings of one entry; `msgstr[1]` is kept as `msgstr1`."""
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.match(line)
        if not match or not (match[1] or name):
            raise CatalogueFault(f"{path}: cannot read {line!r}")
        if match[1]:
            name = match[1] + (match[2] or "")
            parts[name] = ""
        parts[name] += str(ast.literal_eval(match[3]))
    return parts


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of a .mo file (GNU gettext, little-endian, no hash table)."""
    keys = sorted(messages)
    ids = [key.encode() for key in keys]
    texts = [messages[key].encode() for key in keys]
    table = _HEADER_BYTES + 16 * len(keys)
    offsets, blob = [], b""
    for words in (*ids, *texts):
        offsets.append((len(words), table + len(blob)))
        blob += words + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(keys), _HEADER_BYTES, _HEADER_BYTES + 8 * len(keys), 0, 0)
    return header + b"".join(struct.pack("<2I", *pair) for pair in offsets) + blob


def catalogues() -> list[Path]:
    """Every catalogue of the project."""
    return sorted(ROOT.glob("**/locale/*/LC_MESSAGES/django.po"))


def main() -> int:
    """Compile all; returns 1 when a catalogue cannot be read."""
    for path in catalogues():
        try:
            messages = read_po(path)
        except CatalogueFault as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
        path.with_suffix(".mo").write_bytes(compiled(messages))
        sys.stdout.write(
            f"{path.parent.parent.name}: {len(messages)} messages, {path.parent.parent.parent.parent.name}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
