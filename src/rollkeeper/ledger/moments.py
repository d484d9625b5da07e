"""Back-dated entries: whether each entry's moment lies between the checkpoints that bracket its leaf.

A leaf that came after a checkpoint cannot stand for an entry much older than it, and a leaf inside a checkpoint cannot
stand for a later entry. What may lie between an entry's moment and its leaf is the length of a transaction and the
second of the sequencer; ``Tolerances.commit`` states it. A server clock that was set back looks alike and is named too.
"""

from itertools import accumulate
from operator import sub

from rollkeeper.ledger.findings import Kind, Report, Tolerances, show_ticks, span_ticks
from rollkeeper.ledger.queries import Connection
from rollkeeper.ledger.tree_check import Leaves


class MomentCheck:
    """Looks at the moments of leaves, in their order."""

    def __init__(self, connection: Connection, report: Report, tolerances: Tolerances) -> None:
        self._connection = connection
        self._report = report
        self._commit = span_ticks(tolerances.commit)
        self._clock = span_ticks(tolerances.clock)
        self._newest: int | None = None

    def look(self, leaves: Leaves, after: int | None, before: int | None) -> None:
        """Check leaves between two checkpoints made at ``after`` and ``before`` (ticks; None: there is none)."""
        if not leaves.number:
            return
        oldest, newest = min(leaves.moments), max(leaves.moments)
        floor = self._floor(after)
        if oldest < floor or (newest - oldest > self._commit and self._falls_back(leaves.moments)):
            self._name_old(leaves, floor, after)
        if before is not None and newest > before + self._clock:
            for leaf in leaves.rows():
                if leaf.moment > before + self._clock:
                    self._report.add(
                        Kind.POSTDATED,
                        f"Entry {leaf.entry} (leaf {leaf.place}) says {show_ticks(leaf.moment)}, after the checkpoint "
                        f"of {show_ticks(before)} that already holds it.",
                        entry=leaf.entry,
                        leaf=leaf.place,
                    )
        self._newest = newest if self._newest is None else max(self._newest, newest)

    def _falls_back(self, moments: tuple[int, ...]) -> bool:
        """Whether some moment lies well before an earlier leaf's."""
        return any(map(self._commit.__lt__, map(sub, accumulate(moments, max), moments)))

    def _floor(self, after: int | None) -> int:
        bounds = [bound for bound in (after, self._newest) if bound is not None]
        return max(bounds) - self._commit if bounds else -(1 << 63)

    def _name_old(self, leaves: Leaves, floor: int, after: int | None) -> None:
        old, newest = [], floor + self._commit
        for leaf in leaves.rows():
            if leaf.moment < newest - self._commit:
                old.append((leaf, newest))
            newest = max(newest, leaf.moment)
        said = self._demonstration([leaf.entry for leaf, _ in old])
        for leaf, bound in old:
            if leaf.entry in said:
                continue
            reference = (
                f"a checkpoint of {show_ticks(bound)} was signed before it"
                if bound == after
                else (f"an entry of {show_ticks(bound)} stands before it")
            )
            self._report.add(
                Kind.BACKDATED,
                f"Entry {leaf.entry} (leaf {leaf.place}) says {show_ticks(leaf.moment)}, but {reference}: it was "
                "back-dated, or the server's clock was set back.",
                entry=leaf.entry,
                leaf=leaf.place,
            )
        if said:
            self._report.add(
                Kind.DEMO,
                f"{len(said):,} entries name a past moment and say that the demonstration court made them "
                f"(entries {min(said)} to {max(said)}).",
            )

    def _demonstration(self, entries: list[int]) -> set[int]:
        """Which of the entries say, in their hashed text, that they belong to the demonstration.

        Believed only where the ledger itself says that a demonstration court was made: a real court's never does.
        """
        if not entries:
            return set()
        rows = self._connection.execute(
            "SELECT id FROM ledger_entry WHERE id = ANY(%s) AND strpos(body, '\"demo\":true') > 0"
            " AND EXISTS (SELECT FROM ledger_entry made WHERE made.kind = 'demo.made')",
            [entries],
        )
        return {int(row[0]) for row in rows}
