"""The log's public face: checkpoint, tiles of hashes, verifier key. Bodies of entries are never here.

C2SP tlog-tiles under the prefix ``/log``: any client of that format can follow the log.
"""

from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from rollkeeper.access.declare import shows_no_record
from rollkeeper.ledger import queries
from rollkeeper.ledger.keys import VKEY_FILE, KeyUnusable, read_vkeys
from rollkeeper.ledger.tiles import NoSuchTile, is_within, parse_tile_path

FOREVER = "public, max-age=31536000, immutable"
MOMENT = "public, max-age=2"
PLAIN = "text/plain; charset=utf-8"


@shows_no_record("only hashes are public")
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The checkpoint signed last, as a signed note."""
    latest = queries.latest_checkpoint(queries.connection_of("default"))
    if latest is None:
        return _plain("This log has signed no checkpoint yet.\n", "no-store", status=404)
    return _plain(latest.note, MOMENT)


@shows_no_record("only hashes are public")
@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of the signed tree. What is not signed yet is not found yet."""
    connection = queries.connection_of("default")
    try:
        wanted = parse_tile_path(path)
        latest = queries.latest_checkpoint(connection)
        if latest is None or not is_within(wanted, latest.size):
            raise NoSuchTile("Not in the signed tree.")
        hashes = queries.read_tile(connection, wanted)
    except NoSuchTile as problem:
        raise Http404("The log has no such tile.") from problem
    response = HttpResponse(hashes, content_type="application/octet-stream")
    response["Cache-Control"] = FOREVER
    return response


@shows_no_record("a public key is for everybody")
@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The verifier key of the log, one line (C2SP signed-note vkey)."""
    try:
        [found, *_] = read_vkeys(Path(settings.ROLLKEEPER_STATE) / "keys" / VKEY_FILE)
    except KeyUnusable:
        return _plain("The key of this log is not published here yet.\n", "no-store", status=404)
    return _plain(f"{found}\n", "public, max-age=300")


@shows_no_record("a program for everybody")
@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """The one-file checker of receipts, to download: it needs nothing but Python."""
    text = files("rollkeeper.ledger.checker").joinpath("check_receipt.py").read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check_receipt.py"'
    response["Cache-Control"] = "public, max-age=300"
    return response


def _plain(text: str, caching: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(text, content_type=PLAIN, status=status)
    response["Cache-Control"] = caching
    return response
