"""The demonstration court in the database: whole, sealed, reproducible, and open through the door alone."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.conf import settings
from django.db import connections

from rollkeeper.access import door
from rollkeeper.access.models import CaseRelation, Membership
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.cases.models import Allegation, Case
from rollkeeper.courts.models import Judge
from rollkeeper.demo.bench import MARK
from rollkeeper.demo.load import DemoRefused, Wish, ensure_demo, is_made, make_demo
from rollkeeper.demo.rows import COLUMNS
from rollkeeper.demo.writer import SEALED_TABLES
from rollkeeper.docket.models import DocketEntry
from rollkeeper.documents.models import Document
from rollkeeper.foundation.blobs import store
from rollkeeper.foundation.vault.sealing import unseal
from rollkeeper.people.models import Address, PersonName

WISH = Wish(cases=48, seed=3, workers=1)
SEALED_COLUMNS = {"lines", "value", "narrative", "agency", "place", "kind", "arrested", "outcome"}


def quiet(what: str, done: int, of: int) -> None:
    """Hear nothing of the progress."""


def scalar(statement: str) -> object:
    """One value, read as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def dump() -> dict[str, str]:
    """A hash for every table: all rows by key, without sealed cells and keys, which are random."""
    hashes = {}
    for table, names in COLUMNS.items():
        left_out = SEALED_COLUMNS if table in SEALED_TABLES else {"wrapped_key"}
        shown = ", ".join(name for name in names if name not in left_out)
        rows = scalar(f"SELECT string_agg(r::text, chr(10)) FROM (SELECT {shown} FROM {table} ORDER BY id) r")
        hashes[table] = hashlib.sha256(str(rows).encode()).hexdigest()
    return hashes


def test_a_court_is_made_once_whole_and_open_through_the_door_alone(fresh_database: str) -> None:
    """One long test: making the court is what takes the time."""
    made = make_demo(WISH, quiet)

    check_counts(made.rows["cases_case"], made.rows["looks"])
    check_accounts()
    check_nothing_readable_is_stored()
    check_the_respondent_reads_their_case()
    check_a_second_start_leaves_it_alone()
    check_the_same_seed_makes_the_same_court(made.fingerprints)


def check_counts(cases: int, looks: int) -> None:
    assert cases == scalar("SELECT count(*) FROM cases_case") == 48
    assert Judge.objects.using("owner").count() == 12
    assert scalar("SELECT count(DISTINCT court_id) FROM cases_case") == 3
    assert scalar("SELECT count(*) FROM access_nameindex") == PersonName.objects.using("owner").count()
    # Every case belongs to a clerk's office, to chambers and to the government's office.
    for kind in ("court", "judge", "government"):
        assert CaseRelation.objects.using("owner").filter(kind=kind).count() == 48
    # The next row gets a key of its own.
    for table in (*COLUMNS, "documents_document"):
        assert scalar(f"SELECT coalesce(max(id), 0) FROM {table}") < scalar(  # type: ignore[operator]  # numbers
            f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))"
        )
    assert looks == scalar("SELECT count(*) FROM ledger_entry WHERE kind = 'look.opened'")
    assert looks > 1_000
    month = datetime.now(UTC) - timedelta(days=31)
    assert scalar("SELECT min(occurred_at) FROM ledger_entry WHERE kind = 'look.opened'") > month  # type: ignore[operator]
    assert scalar("SELECT max(occurred_at) FROM ledger_entry") <= datetime.now(UTC)  # type: ignore[operator]
    ordered = (
        "SELECT bool_and(ok) FROM (SELECT occurred_at >= lag(occurred_at) OVER (ORDER BY id) ok FROM ledger_entry) x"
    )
    assert scalar(ordered) is True
    assert scalar("SELECT count(*) FROM ledger_entry e WHERE kind = 'look.opened' AND NOT EXISTS"
                  " (SELECT FROM ledger_subject s WHERE s.entry_id = e.id)") == 0  # fmt: skip


def check_accounts() -> None:
    accounts = Account.objects.using("owner").all()
    assert {account.desk for account in accounts} == set(Desk.values) - {"board"}
    assert not any(account.has_usable_password() for account in accounts)
    assert all(account.is_demo and account.demo_line for account in accounts)
    nothing = Membership.objects.using("owner").filter(account__desk__in=["oversight", "operator"])
    assert not nothing.exists()


def check_nothing_readable_is_stored() -> None:
    person = Account.objects.using("owner").get(username="respondent").display_name
    assert person
    for table, column in (
        ("people_address", "lines"),
        ("people_contact", "value"),
        ("encounters_encounter", "narrative"),
    ):
        assert scalar(f"SELECT count(*) FROM {table} WHERE position('555-01'::bytea in {column}) > 0") == 0
        assert scalar(f"SELECT min(octet_length({column})) FROM {table}") > 28  # type: ignore[operator]  # a number
    document = Document.objects.using("owner").order_by("pk")[0]
    assert b"%PDF" not in store().get(document.blob_hash)


def check_the_respondent_reads_their_case() -> None:
    account = Account.objects.using("owner").get(username="respondent")
    number = Case.objects.using("owner").order_by("pk").values_list("number", flat=True)[0]
    with door.look(account.pk, purpose="own-case", act="case.read", case=number) as look:
        [name] = PersonName.objects.filter(kind="legal")
        assert f"{name.given} {name.family}" == account.display_name
        address = Address.objects.filter(period__contains=datetime.now(UTC).date()).get()
        assert ", TX 785" in look.reveal(address, "lines")
        assert "not a citizen" in look.reveal(Allegation.objects.order_by("number")[0], "narrative")
        entries = DocketEntry.objects.order_by("number")
        assert entries[0].title == "Notice to appear"
        assert not entries.filter(protection="chambers").exists()
        document = entries[0].document
        assert document is not None
        key = look.document_key(document.pk)
    content = unseal(key, store().get(document.blob_hash), label="documents_document")
    assert hashlib.sha256(content).hexdigest() == document.content_hash
    pdf = pypdfium2.PdfDocument(io.BytesIO(content))
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert (len(pdf), len(content)) == (document.pages, document.size)
    assert MARK in text
    assert account.display_name.split()[0] in text


def check_a_second_start_leaves_it_alone() -> None:
    before = scalar("SELECT count(*) FROM ledger_entry")
    assert is_made()

    ensure_demo(quiet)

    assert scalar("SELECT count(*) FROM ledger_entry") == before
    with pytest.raises(DemoRefused, match="there already"):
        make_demo(WISH, quiet)


def check_the_same_seed_makes_the_same_court(fingerprints: list[str]) -> None:
    """As after an interrupted start: the last account is missing, so all is cleared and made again."""
    before, stored = dump(), sum(1 for path in (settings.ROLLKEEPER_STATE / "blobs").rglob("*") if path.is_file())
    Account.objects.using("owner").filter(username="respondent").update(username="half-made")
    assert not is_made()

    again = make_demo(WISH, quiet)

    assert again.fingerprints == fingerprints
    assert dump() == before
    assert stored > 150


def test_a_database_with_real_accounts_is_refused(fresh_database: str) -> None:
    Account.objects.using("owner").create(username="someone", display_name="Some One")

    with pytest.raises(DemoRefused, match="real accounts"):
        make_demo(WISH, quiet)

    assert scalar("SELECT count(*) FROM accounts_account") == 1


def test_a_database_with_cases_of_the_public_release_is_refused(fresh_database: str) -> None:
    make_demo(Wish(cases=12, seed=1, papers=False, workers=1), quiet)
    Case.objects.using("owner").filter(pk=Case.objects.using("owner").order_by("pk")[0].pk).update(release_key=7)
    Account.objects.using("owner").filter(username="respondent").update(username="half-made")

    with pytest.raises(DemoRefused, match="public release"):
        make_demo(WISH, quiet)

    assert scalar("SELECT count(*) FROM cases_case") == 12


def test_without_papers_nothing_claims_one(fresh_database: str) -> None:
    made = make_demo(Wish(cases=36, seed=1, papers=False, workers=2), quiet)

    assert made.rows["cases_case"] == 36
    assert made.rows["documents_document"] == 0
    assert scalar("SELECT count(*) FROM docket_docketentry WHERE document_id IS NOT NULL") == 0
