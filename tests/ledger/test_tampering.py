"""Every way in which a superuser may rewrite the ledger is found, and the entry is named."""

from datetime import timedelta
from pathlib import Path

import pytest

from rollkeeper.ledger import checkpoints
from rollkeeper.ledger.checkpoints import Checkpoint
from rollkeeper.ledger.findings import Kind, Report, Severity
from rollkeeper.ledger.merkle import leaf_hash
from rollkeeper.ledger.witness import notes_in, read_witness
from tests.ledger.conftest import ORIGIN, Ledger

ASIDE = 1_000_000  # where a leaf is put for a moment while two change places


def named(report: Report, kind: Kind) -> list[int | None]:
    return [finding.entry for finding in report.findings if finding.kind is kind]


def entry_at(ledger: Ledger, leaf: int) -> int:
    return int(ledger.value("SELECT entry_id FROM ledger_leaf WHERE leaf_index = %s", leaf))


@pytest.mark.parametrize(
    "change",
    [
        "body = overlay(body placing 'X' from 20)",
        'body = replace(body, \'"purpose":"records"\', \'"purpose":"hearing"\')',
        "salt = set_byte(salt, 31, get_byte(salt, 31) # 1)",
        "leaf_hash = set_byte(leaf_hash, 0, get_byte(leaf_hash, 0) # 128)",
    ],
)
def test_a_flipped_byte_of_an_entry_is_named(grown: Ledger, change: str) -> None:
    entry = entry_at(grown, 123)
    grown.tamper(f"UPDATE ledger_entry SET {change} WHERE id = %s", entry)

    report = grown.verify()

    assert named(report, Kind.ALTERED) == [entry]
    assert not report.is_intact


@pytest.mark.parametrize(
    "change",
    ["actor_id = 72", "actor_id = NULL", "kind = 'look.closed'", "occurred_at = occurred_at - interval '1 second'"],
)
def test_columns_that_no_longer_say_what_was_hashed_are_named(grown: Ledger, change: str) -> None:
    entry = entry_at(grown, 5)
    grown.tamper(f"UPDATE ledger_entry SET {change} WHERE id = %s", entry)

    assert named(grown.verify(), Kind.COLUMNS) == [entry]


def test_an_entry_that_is_given_another_number_is_named(grown: Ledger) -> None:
    entry = entry_at(grown, 5)
    grown.tamper("UPDATE ledger_entry SET id = 999999 WHERE id = %s", entry)

    report = grown.verify()

    assert named(report, Kind.COLUMNS) == [999999]
    assert named(report, Kind.MISSING) == [entry]
    assert named(report, Kind.UNPLACED) == [999999]


def test_an_entry_moved_to_another_month_is_found_again_and_named(grown: Ledger) -> None:
    entry = entry_at(grown, 400)
    grown.tamper("UPDATE ledger_entry SET occurred_at = occurred_at - interval '40 days' WHERE id = %s", entry)

    report = grown.verify()

    assert set(named(report, Kind.COLUMNS)) == {entry}
    assert named(report, Kind.MISSING) == []


@pytest.mark.parametrize("leaf", [0, 255, 256, 699])
def test_a_deleted_entry_is_named(grown: Ledger, leaf: int) -> None:
    entry = entry_at(grown, leaf)
    grown.tamper("DELETE FROM ledger_entry WHERE id = %s", entry)

    assert named(grown.verify(), Kind.MISSING) == [entry]


def test_an_entry_deleted_with_its_leaf_leaves_a_gap(grown: Ledger) -> None:
    entry = entry_at(grown, 300)
    grown.tamper("DELETE FROM ledger_entry WHERE id = %s", entry)
    grown.tamper("DELETE FROM ledger_leaf WHERE leaf_index = 300")

    report = grown.verify()

    assert [finding.leaf for finding in report.findings if finding.kind is Kind.GAP] == [300]
    assert {Kind.ROOT, Kind.REORDERED, Kind.TRUNCATED} <= set(report.counts)


def test_an_entry_deleted_and_the_leaves_renumbered_is_bracketed_and_the_leaves_named(grown: Ledger) -> None:
    entry = entry_at(grown, 300)
    grown.tamper("DELETE FROM ledger_entry WHERE id = %s", entry)
    grown.tamper("DELETE FROM ledger_leaf WHERE leaf_index = 300")
    grown.tamper("UPDATE ledger_leaf SET leaf_index = leaf_index + %s WHERE leaf_index > 300", ASIDE)
    grown.tamper("UPDATE ledger_leaf SET leaf_index = leaf_index - %s - 1 WHERE leaf_index > 700", ASIDE)

    report = grown.verify()

    [root] = [finding for finding in report.findings if finding.kind is Kind.ROOT]
    assert "among leaves 300 to 399" in root.sentence
    assert "stands at leaf 300, but was placed at leaf 301" in " ".join(finding.sentence for finding in report.findings)


@pytest.mark.parametrize(("one", "other"), [(3, 4), (10, 200), (300, 310)])
def test_two_leaves_swapped_are_both_named(grown: Ledger, one: int, other: int) -> None:
    entries = [entry_at(grown, one), entry_at(grown, other)]
    for start, end in ((one, ASIDE), (other, one), (ASIDE, other)):
        grown.tamper("UPDATE ledger_leaf SET leaf_index = %s WHERE leaf_index = %s", end, start)

    report = grown.verify()

    assert named(report, Kind.REORDERED) == entries[::-1]
    assert f"Entry {entries[1]} stands at leaf {one}, but was placed at leaf {other}." in [
        finding.sentence for finding in report.findings
    ]
    assert Kind.ROOT in report.counts


def test_two_leaves_swapped_where_no_tile_is_full_are_bracketed_by_checkpoints(grown: Ledger) -> None:
    for start, end in ((660, ASIDE), (670, 660), (ASIDE, 670)):
        grown.tamper("UPDATE ledger_leaf SET leaf_index = %s WHERE leaf_index = %s", end, start)

    [finding] = [finding for finding in grown.verify().findings if finding.kind is Kind.ROOT]

    assert "among leaves 650 to 699" in finding.sentence


def test_an_entry_rewritten_with_its_leaf_is_named_by_the_tile(grown: Ledger) -> None:
    """The attacker computes the hashes anew; the tile still holds the old one."""
    entry = entry_at(grown, 77)
    forged = str(grown.value("SELECT body FROM ledger_entry WHERE id = %s", entry)).replace("docket", "nothing")
    digest = leaf_hash(bytes(grown.value("SELECT salt FROM ledger_entry WHERE id = %s", entry)) + forged.encode())
    grown.tamper("UPDATE ledger_entry SET body = %s, leaf_hash = %s WHERE id = %s", forged, digest, entry)
    grown.tamper("UPDATE ledger_leaf SET leaf_hash = %s WHERE entry_id = %s", digest, entry)

    report = grown.verify()

    assert named(report, Kind.REORDERED) == [entry]
    assert Kind.ROOT in report.counts
    assert Kind.ALTERED not in report.counts


def forge_tail(ledger: Ledger, tmp_path: Path) -> None:
    """Cut the last 50 entries with everything that speaks of them, as far as the database goes."""
    for table in ("ledger_entry", "ledger_subject"):
        column = "id" if table == "ledger_entry" else "entry_id"
        leaves = "SELECT entry_id FROM ledger_leaf WHERE leaf_index >= 650"
        ledger.tamper(f"DELETE FROM {table} WHERE {column} IN ({leaves})")
    ledger.tamper("DELETE FROM ledger_leaf WHERE leaf_index >= 650")
    ledger.tamper("DELETE FROM ledger_checkpoint WHERE size > 650")


def test_a_tail_cut_off_is_found_by_the_witness(grown: Ledger, tmp_path: Path) -> None:
    forge_tail(grown, tmp_path)

    report = grown.verify()

    [finding] = [finding for finding in report.findings if finding.kind is Kind.TRUNCATED]
    assert "leaves 650 to 699 were cut off" in finding.sentence
    assert grown.verify(witnessed=[]).is_intact  # nothing inside the database can tell: hence witnesses


def test_a_tail_cut_off_without_its_checkpoint_is_found_without_any_witness(grown: Ledger) -> None:
    grown.tamper("DELETE FROM ledger_leaf WHERE leaf_index >= 690")

    report = grown.verify(witnessed=[])

    assert Kind.TRUNCATED in report.counts
    assert len(named(report, Kind.UNPLACED)) == 10


def test_an_older_copy_put_back_is_found_and_stops_the_sequencer(grown: Ledger, tmp_path: Path) -> None:
    from rollkeeper.ledger.sequencer import LedgerSetBack

    forge_tail(grown, tmp_path)
    grown.write(10)

    with pytest.raises(LedgerSetBack, match="set back"):
        grown.step()
    assert grown.value("SELECT max(size) FROM ledger_checkpoint") == 650


def test_an_older_copy_that_grew_past_the_signed_size_is_found_too(grown: Ledger, tmp_path: Path) -> None:
    from rollkeeper.ledger.sequencer import LedgerSetBack

    forge_tail(grown, tmp_path)
    grown.write(80)

    with pytest.raises(LedgerSetBack, match="was changed"):
        grown.step()
    report = grown.verify()
    assert Kind.WITNESS in report.counts
    assert "among leaves 650 to 699" in " ".join(finding.sentence for finding in report.findings)


def test_a_forged_history_signed_with_the_logs_own_key_contradicts_the_witness(grown: Ledger) -> None:
    """The operator rewrites an entry, the tree and the checkpoints, and signs anew. Only a witness can tell."""
    seen = read_witness(grown.witness.folder)
    entry = entry_at(grown, 680)
    grown.tamper("DELETE FROM ledger_entry WHERE id = %s", entry)
    grown.tamper("DELETE FROM ledger_leaf WHERE leaf_index >= 680")
    grown.tamper("DELETE FROM ledger_checkpoint WHERE size > 650")
    grown.tamper("INSERT INTO ledger_queue SELECT e.id, e.occurred_at, e.leaf_hash FROM ledger_entry e "
                 "LEFT JOIN ledger_leaf l ON l.entry_id = e.id WHERE l.entry_id IS NULL")  # fmt: skip
    for file in grown.witness.folder.iterdir():
        file.unlink()
    grown.write(1)
    grown.step()

    assert grown.verify(witnessed=[]).is_intact
    report = grown.verify(witnessed=seen)
    [finding] = [finding for finding in report.findings if finding.kind is Kind.WITNESS]
    assert "among leaves 650 to 699" in finding.sentence


def test_an_entry_written_for_last_week_is_named(grown: Ledger) -> None:
    entry = grown.write(1, at="clock_timestamp() - interval '7 days'")
    grown.write(3)
    grown.step()

    report = grown.verify()

    assert named(report, Kind.BACKDATED) == [entry]
    assert "back-dated" in report.findings[0].sentence


def test_an_entry_written_for_tomorrow_is_named(grown: Ledger) -> None:
    entry = grown.write(1, at="clock_timestamp() + interval '1 day'")
    grown.step()

    assert named(grown.verify(), Kind.POSTDATED) == [entry]


def test_an_entry_back_dated_inside_one_batch_is_named(ledger: Ledger) -> None:
    ledger.write(5)
    old = ledger.write(1, at="clock_timestamp() - interval '3 hours'")
    ledger.write(5)
    ledger.step()

    assert named(ledger.verify(), Kind.BACKDATED) == [old]


def test_entries_that_only_claim_to_be_a_demonstration_are_accused(grown: Ledger) -> None:
    old = grown.write(1, at="clock_timestamp() - interval '7 days'", detail='{"demo": true}')
    grown.step()

    assert named(grown.verify(), Kind.BACKDATED) == [old]


def test_the_demonstration_courts_past_month_is_said_and_not_accused(grown: Ledger) -> None:
    grown.value("SELECT ledger_append('demo.made', NULL, '{}', '{}', '{}')")
    grown.write(3, at="clock_timestamp() - interval '7 days'", detail='{"demo": true}')
    grown.step()

    report = grown.verify()

    assert report.is_intact
    assert [finding.severity for finding in report.findings] == [Severity.NOTICE]
    assert report.findings[0].sentence.startswith("3 entries name a past moment")


def test_a_look_taken_out_of_a_persons_list_is_named(grown: Ledger) -> None:
    entry = entry_at(grown, 44)
    grown.tamper("DELETE FROM ledger_subject WHERE entry_id = %s AND subject_kind = 'p'", entry)

    report = grown.verify()

    assert named(report, Kind.SUBJECT) == [entry]
    assert "person 9" in report.findings[0].sentence


def test_an_entry_taken_out_of_the_queue_is_named(grown: Ledger) -> None:
    entry = grown.write(1)
    grown.tamper("DELETE FROM ledger_queue WHERE entry_id = %s", entry)

    assert named(grown.verify(), Kind.UNPLACED) == [entry]


def test_an_entry_put_in_beside_the_ledger_is_named(grown: Ledger) -> None:
    grown.tamper("INSERT INTO ledger_entry SELECT 888888, occurred_at, kind, actor_id, body, salt, leaf_hash "
                 "FROM ledger_entry WHERE id = %s", entry_at(grown, 1))  # fmt: skip

    report = grown.verify()

    assert named(report, Kind.UNPLACED) == [888888]
    assert named(report, Kind.COLUMNS) == [888888]


FLIPPED_HASH = "set_byte(hashes, 40, get_byte(hashes, 40) # 1)"
FLIPPED_ROOT = "set_byte(root, 0, get_byte(root, 0) # 1)"


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (f"UPDATE ledger_tile SET hashes = {FLIPPED_HASH} WHERE tile_index = 1", {Kind.REORDERED}),
        (f"UPDATE ledger_tile SET root = {FLIPPED_ROOT} WHERE tile_index = 0", {Kind.TILE}),
        ("DELETE FROM ledger_tile WHERE tile_index = 1", {Kind.TILE}),
        ("INSERT INTO ledger_tile SELECT 0, 7, hashes, root FROM ledger_tile WHERE tile_index = 0", {Kind.TRUNCATED}),
        (
            "UPDATE ledger_checkpoint SET note = replace(note, E'\\n400\\n', E'\\n401\\n') WHERE size = 400",
            {Kind.CHECKPOINT, Kind.UNWITNESSED},
        ),
        (
            "UPDATE ledger_checkpoint SET made_at = made_at - interval '1 hour' WHERE size = 400",
            {Kind.CHECKPOINT, Kind.HEARTBEAT},
        ),
        (f"UPDATE ledger_checkpoint SET root = {FLIPPED_ROOT} WHERE size = 400", {Kind.CHECKPOINT, Kind.ROOT}),
        ("DELETE FROM ledger_checkpoint WHERE size = 400", {Kind.UNWITNESSED}),
    ],
)
def test_changed_tiles_and_checkpoints_are_found(grown: Ledger, change: str, kinds: set[Kind]) -> None:
    grown.tamper(change)

    assert kinds <= grown.kinds()


def test_a_checkpoint_signed_by_another_key_is_refused(grown: Ledger) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from rollkeeper.ledger.notes import Signer

    forger = Signer(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    root = grown.value("SELECT root FROM ledger_checkpoint WHERE size = 400")
    note = checkpoints.sign_checkpoint(Checkpoint(ORIGIN, 400, root), forger, time=1).note
    grown.tamper("UPDATE ledger_checkpoint SET note = %s WHERE size = 400", note)

    assert Kind.CHECKPOINT in grown.kinds()


def test_a_witness_with_a_forged_note_is_named_and_not_believed(grown: Ledger) -> None:
    text = (next(grown.witness.folder.iterdir())).read_text().replace("\n700\n", "\n900\n")

    report = grown.verify(witnessed=list(notes_in(text)))

    assert any("witness's checkpoint of 900 entries does not verify" in finding.sentence for finding in report.findings)


def test_missing_heartbeats_are_an_alarm(grown: Ledger) -> None:
    grown.offset = timedelta(hours=2)
    grown.step()

    report = grown.verify()

    assert [finding.kind for finding in report.findings] == [Kind.HEARTBEAT]
    assert report.is_intact
    late = grown.verify(now=grown.clock() + timedelta(minutes=5))
    assert "Is the worker running?" in late.findings[-1].sentence


def test_entries_that_wait_too_long_are_an_alarm(grown: Ledger) -> None:
    grown.write(2)

    assert grown.kinds() == set()
    assert Kind.WAITING in grown.kinds(now=grown.clock() + timedelta(minutes=10))


def test_several_changes_at_once_are_all_named(grown: Ledger) -> None:
    altered, removed = entry_at(grown, 10), entry_at(grown, 500)
    grown.tamper("UPDATE ledger_entry SET body = replace(body, '71', '72') WHERE id = %s", altered)
    grown.tamper("DELETE FROM ledger_entry WHERE id = %s", removed)

    report = grown.verify()

    assert named(report, Kind.ALTERED) == [altered]
    assert named(report, Kind.MISSING) == [removed]


def test_a_flood_of_findings_is_counted_and_not_all_listed(grown: Ledger) -> None:
    grown.tamper("UPDATE ledger_entry SET salt = sha256(salt)")

    report = grown.verify()

    assert report.counts[Kind.ALTERED] >= 700
    assert len(report.findings) < 250


def test_an_empty_ledger_is_intact(ledger: Ledger) -> None:
    report = ledger.verify()

    assert (report.is_intact, report.leaves, report.findings) == (True, 0, [])
