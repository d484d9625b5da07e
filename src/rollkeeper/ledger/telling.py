"""A verification's report as people read it, and as JSON."""

import json
from typing import Any

from rollkeeper.ledger.findings import Report, Severity


def summary(report: Report) -> str:
    """The verdict in one line."""
    findings, alarms = report.number_of(Severity.FINDING), report.number_of(Severity.ALARM)
    verdict = "intact" if report.is_intact else f"NOT intact: {findings:,} findings"
    return f"{report.entries:,} entries, {report.leaves:,} leaves: {verdict}, {alarms:,} alarms"


def as_text(report: Report) -> str:
    """What was found, in sentences, the worst first."""
    lines = []
    for severity, title in ((Severity.FINDING, "FOUND"), (Severity.ALARM, "ALARM"), (Severity.NOTICE, "note")):
        listed = report.of(severity)
        lines += [f"{title}: {finding.sentence}" for finding in listed]
        if (more := report.number_of(severity) - len(listed)) > 0:
            lines.append(f"{title}: and {more:,} more like these.")
    lines.append(summary(report) + ".")
    lines.append(
        f"Compared with {report.checkpoints:,} signed checkpoints ({report.signatures:,} signatures checked) and "
        f"{report.witnessed:,} kept by witnesses."
    )
    if report.signed_at is not None:
        lines.append(f"Signed up to {report.signed_size:,} entries, {report.signed_at:%Y-%m-%d %H:%M:%S} UTC.")
    lines.append(f"Root: {report.root.hex()}")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """The same for other programs."""
    answer: dict[str, Any] = {  # Any: JSON
        "intact": report.is_intact,
        "entries": report.entries,
        "leaves": report.leaves,
        "checkpoints": report.checkpoints,
        "signatures": report.signatures,
        "witnessed": report.witnessed,
        "root": report.root.hex(),
        "counts": {kind.value: count for kind, count in report.counts.items()},
        "findings": [
            {
                "kind": finding.kind.value,
                "severity": finding.severity.value,
                "entry": finding.entry,
                "leaf": finding.leaf,
                "sentence": finding.sentence,
            }
            for finding in report.findings
        ],
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)
