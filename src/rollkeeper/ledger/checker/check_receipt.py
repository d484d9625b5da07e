#!/usr/bin/env python3
"""Check a Rollkeeper receipt on your own computer, without a network and without trusting the court's software.

    python3 check_receipt.py RECEIPT.tlog-proof --vkey 'NAME+ID+KEY'
    python3 check_receipt.py RECEIPT.tlog-proof --key-file KEYS.txt --lang es

This one file needs only Python 3.9 or newer. It does by itself, on purpose, what Rollkeeper does elsewhere: the
signature (Ed25519, RFC 8032), the Merkle proof (SHA-256, RFC 9162) and the file formats (C2SP signed-note,
tlog-checkpoint, tlog-cosignature, tlog-proof). Get the key from a source you trust, not from whoever gave you the
receipt.

It ends with 0 when the receipt is genuine, 1 when it is not, 2 when it could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator

# What people read, in English and Spanish.
WORDS = {
    "genuine": ("This receipt is genuine.", "Este recibo es auténtico."),
    "false": ("This receipt is NOT genuine, or is damaged:", "Este recibo NO es auténtico, o está dañado:"),
    "unusable": ("The receipt could not be checked:", "No se pudo comprobar el recibo:"),
    "checked": ("What was checked", "Qué se comprobó"),
    "signed": (
        "The log {origin} signed a ledger of {size} entries. Its signature fits the key you gave.",
        "El registro {origin} firmó un libro de {size} asientos. La firma corresponde a la clave que usted dio.",
    ),
    "time": (
        "It signed the time as well: {time} UTC. The entry was in the ledger at that time.",
        "También firmó la hora: {time} UTC. El asiento estaba en el libro en ese momento.",
    ),
    "no_time": (
        "It did not sign a time with it; this receipt does not show when the entry came into the ledger.",
        "No firmó una hora; este recibo no muestra cuándo entró el asiento en el libro.",
    ),
    "included": (
        "The entry below is at place {index} of that ledger (counted from 0): {count} hashes lead from it to the "
        "signed root. Had one letter of it been changed since, they would not.",
        "El asiento de abajo está en el lugar {index} de ese libro (contando desde 0): {count} valores llevan de él a "
        "la raíz firmada. Si se hubiera cambiado una sola letra, no llevarían.",
    ),
    "root": ("Root of the ledger, to compare with others: {root}", "Raíz del libro, para compararla con otros: {root}"),
    "says": ("What the entry says", "Qué dice el asiento"),
    "limits": ("What this does not show", "Qué no demuestra esto"),
    "limit": (
        "That there are no other entries about you, or that everybody is shown the same ledger. For that, compare the "
        "root with a witness.",
        "Que no haya otros asientos sobre usted, ni que todos vean el mismo libro. Para eso, compare la raíz con un "
        "testigo.",
    ),
    "none": ("none", "ninguno"),
    "yes": ("yes", "sí"),
    "no": ("no", "no"),
}
LABELS = {
    "at": ("When (UTC)", "Cuándo (UTC)"),
    "kind": ("What happened", "Qué pasó"),
    "entry": ("Entry number", "Número de asiento"),
    "actor": ("Account number of who did it", "Número de cuenta de quien lo hizo"),
    "office": ("Office", "Oficina"),
    "relation": ("Under which right", "Con qué derecho"),
    "purpose": ("For which purpose", "Con qué propósito"),
    "act": ("What was opened", "Qué se abrió"),
    "protections": ("Protected parts it opened", "Partes protegidas que abrió"),
    "cases": ("Cases, by internal number", "Casos, por número interno"),
    "persons": ("Persons, by internal number", "Personas, por número interno"),
    "principal": ("Number of the office or person who held the right", "Número de quien tenía el derecho"),
    "asked": ("What was asked for", "Qué se pidió"),
    "reason": ("Reason", "Motivo"),
    "detail": ("Details", "Detalles"),
    "demo": ("Made by the demonstration court", "Hecho por la corte de demostración"),
}
KINDS = {
    "look.opened": ("A record was looked at", "Se consultó un expediente"),
    "access.refused": ("A look at a record was refused", "Se negó una consulta de un expediente"),
}
LAST_SECOND = 253402300799  # of the year 9999
ORDER = ["at", "kind", "office", "actor", "relation", "purpose", "act"]


PROBLEMS = {
    "no key": (
        "Give the log's public key with --vkey or --key-file; the court publishes it at /log/key.",
        "Dé la clave pública del registro con --vkey o --key-file; la corte la publica en /log/key.",
    ),
    "not a key": (
        "The key is not a verifier key; it should read NAME+8 hex digits+base64.",
        "La clave no es una clave de verificación; debe decir NOMBRE+8 cifras hexadecimales+base64.",
    ),
    "other key": ("The key is not an Ed25519 key of kind 0x01.", "La clave no es una clave Ed25519 de tipo 0x01."),
    "miscopied key": (
        "The key was copied wrongly: its identifier does not fit.",
        "La clave está mal copiada: su identificador no corresponde.",
    ),
    "not a receipt": (
        "The file is not a receipt, or was cut off. Its first line should read c2sp.org/tlog-proof@v1.",
        "El archivo no es un recibo, o está cortado. Su primera línea debe decir c2sp.org/tlog-proof@v1.",
    ),
    "unreadable": ("The file cannot be read: {why}", "No se puede leer el archivo: {why}"),
    "malformed": ("The signed part is malformed.", "La parte firmada está mal formada."),
    "unsigned": (
        "The key you gave did not sign it. It should be the key of the log {name}.",
        "La clave que usted dio no lo firmó. Debe ser la clave del registro {name}.",
    ),
    "signature": (
        "The signature of {name} is wrong: the text or the signature was changed.",
        "La firma de {name} es falsa: se cambió el texto o la firma.",
    ),
    "not included": (
        "The entry is not in the ledger that was signed: the entry or the proof was changed.",
        "El asiento no está en el libro que se firmó: se cambió el asiento o la prueba.",
    ),
    "not an entry": (
        "The proof holds, but what it proves is not an entry of a Rollkeeper ledger.",
        "La prueba es correcta, pero lo que prueba no es un asiento de un libro de Rollkeeper.",
    ),
}


class Problem(Exception):
    """Why a receipt does not hold; ``usable`` is False when it could not even be read."""

    def __init__(self, code: str, *, usable: bool = True, **values: str) -> None:
        super().__init__(code)
        self.code, self.usable, self.values = code, usable, values

    def sentence(self, language: int) -> str:
        """The problem in the reader's language."""
        return PROBLEMS[self.code][language].format(**self.values)


# --- Ed25519, RFC 8032 section 5.1.7 ---------------------------------------------------------------------------------

P = 2**255 - 19
ORDER_L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T


def point_add(a: Point, b: Point) -> Point:
    """Add two points of the curve."""
    s, t = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(scalar: int, point: Point) -> Point:
    """Add a point to itself, ``scalar`` times."""
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point, scalar = point_add(point, point), scalar >> 1
    return result


def recover_x(y: int, sign: int) -> int | None:
    """The x of a point with this y, or None where the curve has none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if (x & 1) != sign else x


def decode_point(raw: bytes) -> Point | None:
    """A point from its 32 bytes."""
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 bytes) is the key's (32 bytes) over ``message``."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = decode_point(public), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER_L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left = point_multiply(s, BASE)
    right = point_add(r, point_multiply(int.from_bytes(digest, "little") % ORDER_L, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Reading keys, notes and receipts --------------------------------------------------------------------------------


def unbase64(text: str, problem: Problem) -> bytes:
    """Base64 in its one canonical spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if not raw or base64.b64encode(raw).decode() != text:
        raise problem
    return raw


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which a signature names its key."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def read_vkey(vkey: str) -> tuple[str, bytes]:
    """(name, 32 bytes of key) of ``name+id+base64``."""
    wrong = Problem("not a key", usable=False)
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not parts[0]:
        raise wrong
    material = unbase64(parts[2], wrong)
    if len(material) != 33 or material[0] != 1:
        raise Problem("other key", usable=False)
    if key_id(parts[0], 1, material[1:]).hex() != parts[1]:
        raise Problem("miscopied key", usable=False)
    return parts[0], material[1:]


def read_receipt(text: str) -> tuple[int, list[bytes], bytes, str]:
    """(index, proof, leaf data, checkpoint note) of a C2SP tlog-proof."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    wrong = Problem("not a receipt", usable=False)
    if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 3 or not note:
        raise wrong
    if not lines[1].startswith("extra ") or not re.fullmatch(r"index (0|[1-9][0-9]{0,18})", lines[2]):
        raise wrong
    proof = [unbase64(line, wrong) for line in lines[3:]]
    leaf = unbase64(lines[1][6:], wrong)
    if len(leaf) <= 32 or len(proof) > 63 or any(len(value) != 32 for value in proof):
        raise wrong
    return int(lines[2][6:]), proof, leaf, note


Signed = tuple[str, int, bytes, "int | None"]  # origin, size, root, signed time


def check_note(note: str, keys: list[tuple[str, bytes]]) -> Signed:
    """What the log signed. Every signature by a known key must hold, and the log itself must have signed."""
    cut = note.rfind("\n\n")
    text, lines = note[: cut + 1], note[cut + 2 :].split("\n")
    if cut < 0 or lines[-1] != "":
        raise Problem("malformed")
    signers, times = set(), []
    for line in lines[:-1]:
        name, raw = read_signature(line)
        for known, public in keys:
            if name == known and raw[:4] == key_id(name, 1, public):
                verify(public, text.encode(), raw[4:], name)
                signers.add(name)
            if name == known and raw[:4] == key_id(name, 4, public):
                times.append(int.from_bytes(raw[4:12], "big"))
                verify(public, f"cosignature/v1\ntime {times[-1]}\n{text}".encode(), raw[12:], name)
    fields = text.split("\n")
    if len(fields) < 4 or not re.fullmatch(r"[1-9][0-9]{0,18}", fields[1]):
        raise Problem("malformed")
    if fields[0] not in signers:
        raise Problem("unsigned", name=fields[0])
    return fields[0], int(fields[1]), unbase64(fields[2], Problem("malformed")), max(times, default=None)


def read_signature(line: str) -> tuple[str, bytes]:
    """(name, key id and signature) of a signature line."""
    match = re.fullmatch("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)", line)
    if match is None:
        raise Problem("malformed")
    return match.group(1), unbase64(match.group(2), Problem("malformed"))


def verify(public: bytes, message: bytes, signature: bytes, name: str) -> None:
    """Refuse a signature that the key did not make."""
    if not ed25519_verify(public, message, signature):
        raise Problem("signature", name=name)


def check_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> None:
    """RFC 9162 section 2.1.3.2."""
    fn, sn = index, size - 1
    head = hashlib.sha256(b"\x00" + leaf).digest()
    if index >= size:
        raise Problem("not included")
    for sibling in proof:
        if sn == 0:
            raise Problem("not included")
        if fn & 1 or fn == sn:
            head = hashlib.sha256(b"\x01" + sibling + head).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            head = hashlib.sha256(b"\x01" + head + sibling).digest()
        fn, sn = fn >> 1, sn >> 1
    if sn or head != root:
        raise Problem("not included")


# --- Saying it -------------------------------------------------------------------------------------------------------


Say = Callable[..., str]


def plain(value: object, say: Say) -> str:
    """A value of the entry in plain words."""
    if value is None or value == [] or value == {}:
        return say("none")
    if isinstance(value, bool):
        return say("yes" if value else "no")
    if isinstance(value, list):
        return ", ".join(plain(item, say) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{plain(key, say)}: {plain(item, say)}" for key, item in value.items())
    # What an entry quotes must not be able to draw on the reader's screen.
    return "".join(c if c.isprintable() else "\ufffd" for c in str(value))


def entry_lines(body: bytes, say: Say, language: int) -> Iterator[str]:
    """The entry's fields, the ones people ask for first."""
    try:
        fields = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Problem("not an entry") from None
    if not isinstance(fields, dict):
        raise Problem("not an entry")
    if isinstance(fields.get("kind"), str) and fields["kind"] in KINDS:
        fields["kind"] = f"{KINDS[fields['kind']][language]} ({fields['kind']})"
    if isinstance(fields.get("at"), str):
        fields["at"] = fields["at"].replace("T", " ").rstrip("Z")
    keys = [key for key in ORDER if key in fields] + sorted(key for key in fields if key not in ORDER)
    for key in keys:
        label = LABELS[key][language] if key in LABELS else plain(key, say)
        yield f"  {label}: {plain(fields[key], say)}"


def report(index: int, proof: list[bytes], leaf: bytes, signed: Signed, language: int) -> Iterator[str]:
    """The lines that tell what was verified."""

    def say(word: str, **values: object) -> str:
        return WORDS[word][language].format(**values)

    origin, size, root, signed_at = signed
    facts = [say("signed", origin=origin, size=f"{size:,}")]
    if signed_at is None or signed_at > LAST_SECOND:
        facts.append(say("no_time"))
    else:
        facts.append(say("time", time=time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(signed_at))))
    facts.append(say("included", index=index, count=len(proof)))
    yield say("genuine")
    yield from ["", say("checked")]
    yield from [f"  {place}. {fact}" for place, fact in enumerate(facts, 1)]
    yield "  " + say("root", root=root.hex())
    yield from ["", say("says")]
    yield from entry_lines(leaf[32:], say, language)
    yield from ["", say("limits"), "  " + say("limit")]


def read_text(path: str) -> str:
    """A file's text, or a problem that says why not."""
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            return file.read(1_000_000)
    except (OSError, ValueError) as why:
        raise Problem("unreadable", usable=False, why=str(why)) from None


def read_keys(vkey: str | None, key_file: str | None) -> list[tuple[str, bytes]]:
    """The keys to trust, from the command line and from a file with one key a line (# starts a comment)."""
    lines = [vkey] if vkey else []
    if key_file:
        lines += [line for line in read_text(key_file).splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise Problem("no key", usable=False)
    return [read_vkey(line) for line in lines]


def check(path: str, vkey: str | None, key_file: str | None, language: int) -> list[str]:
    """Everything that can be told about a genuine receipt. Raises ``Problem`` about any other."""
    keys = read_keys(vkey, key_file)
    index, proof, leaf, note = read_receipt(read_text(path))
    signed = check_note(note, keys)
    check_inclusion(leaf, index, signed[1], proof, signed[2])
    return list(report(index, proof, leaf, signed, language))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Check a receipt offline. / Comprueba un recibo sin red.")
    parser.add_argument("receipt", help="the .tlog-proof file / el archivo .tlog-proof")
    parser.add_argument("--vkey", help="the log's public key / la clave pública del registro")
    parser.add_argument("--key-file", help="a file with one key a line / un archivo con una clave por línea")
    parser.add_argument("--lang", choices=["en", "es"], default="en", help="language of the answer / idioma")
    options = parser.parse_args()
    language = 1 if options.lang == "es" else 0
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        sys.stdout.write("\n".join(check(options.receipt, options.vkey, options.key_file, language)) + "\n")
    except Problem as problem:
        stream, word = (sys.stdout, "false") if problem.usable else (sys.stderr, "unusable")
        stream.write(f"{WORDS[word][language]} {problem.sentence(language)}\n")
        return 1 if problem.usable else 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
