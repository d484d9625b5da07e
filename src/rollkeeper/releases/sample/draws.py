"""Draws cells for synthetic rows: real frequencies and blanks where published, code tables otherwise."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from rollkeeper.releases.layout import Column, Table, blank_shares, frequencies, main_tables

POOL = 4096
LAST_DAY = date(2026, 6, 30)  # the last day a row of the sample was changed; hearings may lie later
FIRST_DAY = date(1990, 1, 2)
CHARGE_WIDTH, WIDE_TEXT = 13, 15
JUDGES_A_COURT = 8
MIDNIGHT = " 00:00:00.000"
# Code files of rollkeeper.law and the most frequent codes first; where no count is published the rest follow
# one another with weights 1/rank (Zipf), which is how such codes are spread.
CODE_FILES = {
    "tbllookupaliennat": ("nationalities", "MX GT HO ES VE CU EC CO NU HA BR CH IN PE DR NI"),
    "tbllanguage": ("languages", "SP ENG POR CRE MAN PUN RUS ARA FRE"),
    "tbllookupbasecity": ("courts", "MIA NYC ORL DAL HOU LOS CHI SFR BOS ATL NEW PHI HLG"),
    "tbllookuphloc": ("hearing_locations", ""),
    "tbllookupcharges": ("charges", "212a06Ai 237a01B 212a07AiI 237a01A 237a02Aiii"),
    "tbllookup_appln": ("application_types", "ASYL ASYW WCAT 42B VD 42A 245"),
    "tbllookupcourtappdecisions": ("application_decisions", "D W G A O M"),
    "tbllookupmotiontype": ("motion_types", "CO O CV TP SA WC FD MA"),
    "tbladjournmentcodes": ("adjournment_codes", "01 02 13 17 05 21 7A 12"),
    "tbllookupschedule_type": ("schedule_types", "MR IA IN II MI"),
    "tbllookupbiadecision": ("appeal_decisions", "DIS REM SUM"),
    "tbllookupappealtype": ("appeal_types", ""),
    "tbllookupstate": ("states", "CA TX FL NY NJ IL MA VA"),
    "tbllookupcal_type": ("calendar_types", "M I"),
    "tbllookupcasetype": ("case_types", "RMV DEP"),
    "tbllookupcustodystatus": ("custody_statuses", "N D R"),
}
CITIES = ("ALDER POINT", "BRACKEN", "CEDAR FORD", "DUNMORE", "EASTMERE", "FALLOW HILL", "GRAYLING", "HARROW CREEK",
          "IRONWOOD", "JUNIPER", "KESTREL BAY", "LINDEN", "MARLOW", "NORTH QUARRY", "OAKHAVEN",
          "PINE HOLLOW")  # fmt: skip


@cache
def code_rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of one of the project's code tables (``rollkeeper/law/codes/NAME.csv``)."""
    text = files("rollkeeper.law").joinpath("codes", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def codes_of(lookup: str) -> tuple[str, ...]:
    """Codes of a key file of the release, the frequent first; empty when the project has no such table."""
    if lookup.lower() == "tbllookupjudge":
        return tuple(code for _, code in judge_codes())
    found = CODE_FILES.get(lookup.lower())
    if found is None:
        return ()
    name, head = found
    listed = [row["code"] for row in code_rows(name) if fits(name, row["code"])]
    frequent = [code for code in head.split() if code in listed]
    return tuple(frequent + [code for code in listed if code not in frequent and code.isprintable()])


@cache
def judge_codes() -> tuple[tuple[str, str], ...]:
    """Court and code of every synthetic judge: JUDGES_A_COURT for each court, codes of three characters."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    courts = [row["code"] for row in code_rows("courts")]
    made = []
    for number, court in enumerate(court for court in courts for _ in range(JUDGES_A_COURT)):
        made.append((court, letters[number // 576 % 24] + letters[number // 24 % 24] + letters[number % 24]))
    return tuple(made)


def fits(name: str, code: str) -> bool:
    """Whether the sample may use a code: charges no wider than their column, courts that are hearing locations."""
    if name == "charges":
        return len(code) <= CHARGE_WIDTH and code[0].isdigit()
    return name != "courts" or any(row["code"] == code for row in code_rows("hearing_locations"))


class Draws:
    """A seeded source of cells. The same seed gives the same cells in the same order."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._pools: dict[tuple[str, str], list[str]] = {}

    def chance(self, share: float) -> bool:
        """True in this share of the calls."""
        return self.random.random() < share

    def pick(self, values: Sequence[str]) -> str:
        """One of the values, all alike."""
        return values[int(self.random.random() * len(values))]

    def count(self, mean: float) -> int:
        """How many children a row has: geometric with this mean."""
        number, share = 0, mean / (1 + mean)
        while self.random.random() < share:
            number += 1
        return number

    def value(self, table: str, column: str) -> str:
        """A filled value of a column, by its published frequencies."""
        pool = self._pools.get((table, column))
        if pool is None:
            counted = self._listed(table, column)
            pool = self.random.choices(list(counted), list(counted.values()), k=POOL)
            self._pools[table, column] = pool
        return self.pick(pool)

    def _listed(self, table: str, column: str) -> dict[str, int]:
        """Published counts of a column's values, without codes that its key file does not list."""
        layout = main_tables()[table]
        codes = codes_of(layout.columns[layout.index(column)].refers_to)
        counted = frequencies().get((table, column), {})
        return {value: rows for value, rows in counted.items() if not codes or value in codes}

    def code(self, lookup: str) -> str:
        """A code of a key file, by rank."""
        pool = self._pools.get(("", lookup))
        if pool is None:
            codes = codes_of(lookup)
            pool = self.random.choices(codes, [1 / rank for rank in range(1, len(codes) + 1)], k=POOL)
            self._pools["", lookup] = pool
        return self.pick(pool)

    def day(self, first: date, last: date) -> date:
        """A day between two days, both included; ``first`` when they are the wrong way round."""
        return first + timedelta(days=int(self.random.random() * (max((last - first).days, 0) + 1)))

    def pools(self, table: Table) -> list[list[str]]:
        """For every column a pool of cells, blank as often as in the release, padded as the release pads."""
        return [self._column_pool(table, column) for column in table.columns]

    def _column_pool(self, table: Table, column: Column) -> list[str]:
        blank = blank_shares()[table.name, column.name]
        filled = self._filled(table, column)
        return [("" if self.chance(blank) else value) for value in filled]

    def _filled(self, table: Table, column: Column) -> list[str]:
        """POOL filled values of a column."""
        if counted := self._listed(table.name, column.name):
            return self.random.choices(list(counted), list(counted.values()), k=POOL)
        if column.kind in ("code", "text") and (codes := codes_of(column.refers_to)):
            return [code[: column.width] for code in self.random.choices(codes, k=POOL)]
        return [self._plain(column) for _ in range(POOL)]

    def _plain(self, column: Column) -> str:
        """A value of the right kind for a column of which nothing is published."""
        draw = self.random
        match column.kind:
            case "datetime":
                return stamp(self.day(FIRST_DAY, LAST_DAY))
            case "time":
                return f"{draw.randrange(8, 17):02d}{draw.choice(('00', '15', '30', '45'))}"
            case "year":
                return str(draw.randrange(1985, 2027))
            case "month":
                return f"{draw.randrange(1, 13)}/{draw.randrange(1940, 2024)}"
            case "flag":
                return draw.choice("01")
            case "guid" | "guid_key":
                return self.guid()
            case "code" | "text":
                return self._word(column)
        return str(draw.randrange(1, 10 ** min(column.width or 7, 4)))

    def _word(self, column: Column) -> str:
        if column.kind == "text" and column.width >= WIDE_TEXT:
            return self.random.choice(CITIES)[: column.width]
        if "ZIP" in column.name.upper():
            return f"{self.random.randrange(10000, 99999)}"
        return "".join(self.random.choice("ABCDEFGHJKLMNPRSTVWXYZ") for _ in range(min(column.width, 3)))

    def guid(self) -> str:
        """A unique identifier in upper case, as SQL Server writes it."""
        digits = f"{self.random.getrandbits(128):032X}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def stamp(day: date | None) -> str:
    """A day as the release writes it, or blank."""
    return "" if day is None else day.isoformat() + MIDNIGHT
