"""Writes the key files (``Lookup/``) of the sample from the project's own code tables. Judges are invented."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from rollkeeper.releases.layout import Lookup, lookups
from rollkeeper.releases.sample.draws import code_rows, judge_codes

CREATED = "2019-05-06 00:00:00.000"
# Key file of the release: code table of the project and the columns that hold code and label.
CODED = {
    "tblAdjournmentcodes": ("adjournment_codes", "strcode", "strDesciption"),
    "tblLanguage": ("languages", "strCode", "strDescription"),
    "tblLookUp_Appln": ("application_types", "strcode", "strdescription"),
    "tblLookup_CasePriority": ("case_priorities", "strCode", "strDescription"),
    "tblLookup_Juvenile": ("juvenile_statuses", "strCode", "strDescription"),
    "tblLookupAlienNat": ("nationalities", "strCode", "strDescription"),
    "tbllookupAppealType": ("appeal_types", "strApplCode", "strApplDescription"),
    "tblLookupBaseCity": ("courts", "BASE_CITY_CODE", "BASE_CITY_NAME"),
    "tblLookupBIADecision": ("appeal_decisions", "strCode", "strDescription"),
    "tbllookupCal_Type": ("calendar_types", "strCalTypeCode", "strCalTypeDescription"),
    "tblLookupCaseType": ("case_types", "strCode", "strDescription"),
    "tbllookupCharges": ("charges", "strCode", "strCodeDescription"),
    "tblLookupCourtAppDecisions": ("application_decisions", "strCourtApplnDecCode", "strCourtApplnDecDesc"),
    "tblLookupCustodyStatus": ("custody_statuses", "strCode", "strDescription"),
    "tblLookupHloc": ("hearing_locations", "HEARING_LOC_CODE", "HEARING_LOC_NAME"),
    "tblLookupMotionType": ("motion_types", "strMotionCode", "strMotionDesc"),
    "tbllookupSchedule_Type": ("schedule_types", "strCode", "strDescription"),
    "tblLookupState": ("states", "state_code", "state_name"),
}
# Parts of invented names; put together they name nobody.
HEADS = ("Al", "Bren", "Cor", "Dun", "El", "Fen", "Gar", "Hol", "Ister", "Jor", "Kel", "Lor", "Mar", "Nor", "Ost",
         "Pel", "Quen", "Ros", "Sel", "Tam", "Ul", "Ver", "Wes", "Yar", "Zel")  # fmt: skip
TAILS = ("bray", "combe", "dale", "este", "ford", "grave", "holt", "ington", "kirk", "low", "mere", "nock", "over",
         "quist", "ridge", "stow", "thorne", "wick")  # fmt: skip
GIVEN = ("Adaline", "Benat", "Corvin", "Delphia", "Emeric", "Fiora", "Garrick", "Halina", "Isolde", "Jorah", "Kestrin",
         "Liora", "Merrit", "Nerys", "Orrin", "Perrin", "Rosalind", "Sorrel", "Tavish", "Una", "Vesper",
         "Wynne")  # fmt: skip


def write_key_files(folder: Path, seed: int) -> dict[str, int]:
    """Write every key file that the project has codes for; returns rows by file name without ``.csv``."""
    known = lookups()
    written = {}
    for name, (codes, code_column, label_column) in CODED.items():
        rows = (
            {code_column: row["code"], label_column: row.get("label") or row.get("name", "")}
            for row in code_rows(codes)
        )
        written[name] = _write(folder, known[name], rows)
    written["tblLookupSex"] = _write(
        folder,
        known["tblLookupSex"],
        ({"strcode": code, "strDescription": label} for code, label in (("F", "Female"), ("M", "Male"))),
    )
    decisions = code_rows("decisions")
    written["tblLookupCourtDecision"] = _write(
        folder,
        known["tblLookupCourtDecision"],
        (
            {
                "strCaseType": row["case_type"],
                "strDecCode": row["code"],
                "strDecDescription": row["label"],
                "strDecType": row["decision_type"],
            }
            for row in decisions
        ),
    )
    judges = list(invented_judges(seed))
    written["tblLookupJudge"] = _write(
        folder, known["tblLookupJudge"], ({"JUDGE_CODE": code, "JUDGE_NAME": name} for _, code, name in judges)
    )
    written["tblLookupJudgeBaseCity"] = _write(
        folder,
        known["tblLookupJudgeBaseCity"],
        ({"BASE_CITY_CODE": court, "JUDGE_CODE": code, "JUDGE_NAME": name} for court, code, name in judges),
    )
    return written


def invented_judges(seed: int) -> Iterator[tuple[str, str, str]]:
    """Court, code and invented name of every judge of the sample."""
    draw = random.Random(f"judges {seed}")
    for court, code in judge_codes():
        yield court, code, f"{draw.choice(HEADS)}{draw.choice(TAILS)}, {draw.choice(GIVEN)}"


def _write(folder: Path, lookup: Lookup, rows: Iterable[dict[str, str]]) -> int:
    count = 0
    with (folder / f"{lookup.name}.csv").open("wb") as out:
        out.write("\t".join(lookup.columns).encode("ascii") + b"\r\n")
        for count, row in enumerate(rows, start=1):
            cells = [row.get(name, "") or _plain(name, position, count) for position, name in enumerate(lookup.columns)]
            out.write("\t".join(cells).encode("cp1252", "replace") + b"\r\n")
    return count


def _plain(name: str, position: int, number: int) -> str:
    lower = name.lower()
    if position == 0 and lower.startswith(("idn", "id")):
        return str(number)
    if lower == "datcreatedon":
        return CREATED
    return "1" if lower == "blnactive" else ""
