"""The people of the demonstration court: families, names, numbers, addresses, contacts and encounters."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files

from rollkeeper.demo import names, places
from rollkeeper.demo.names import Name
from rollkeeper.demo.rows import PersonKey, Rows, Sealed, days
from rollkeeper.demo.shares import shares

ADULT_DAYS = 18 * 365 + 5


@dataclass(frozen=True)
class Nation:
    """Which names and languages go with a nationality, each as often as it stands here."""

    tongues: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Resident:
    """Somebody of the record, as the other parts of the generator need them."""

    id: int
    name: Name
    sex: str
    born_on: date
    nation: str
    tongue: str
    language: str
    address: tuple[str, str]
    is_juvenile: bool

    @property
    def a_number(self) -> int:
        """Their A-number, in the demonstration's own block."""
        return places.FIRST_A_NUMBER - 1 + self.id


@dataclass(frozen=True)
class Household:
    """People who come before the court together: the first is the lead, the others ride along or stand by."""

    respondents: tuple[Resident, ...]
    others: tuple[Resident, ...]


@cache
def nations() -> dict[str, Nation]:
    """Every nationality that the demonstration court knows."""
    text = files("rollkeeper.demo").joinpath("words", "nations.toml").read_text(encoding="utf-8")

    def often(weights: dict[str, int]) -> tuple[str, ...]:
        return tuple(value for value, weight in weights.items() for _ in range(weight))

    return {code: Nation(often(n["tongues"]), often(n["languages"])) for code, n in tomllib.loads(text).items()}


@dataclass
class Town:
    """Makes households for one court; ``today`` ends every open period."""

    rows: Rows
    source: random.Random
    court_code: str
    today: date

    def household(self, size: int, bystanders: int, nation: str | None = None) -> Household:
        """A family with ``size`` respondents and ``bystanders`` relatives who have no case."""
        nation = nation or shares("nationality").draw(self.source)
        tongue = self.source.choice(nations()[nation].tongues)
        language = self.source.choice(nations()[nation].languages)
        home = places.address(self.court_code, self.source)
        lead = self._person(nation, tongue, language, home, age=self.source.triangular(18, 68, 31))
        respondents: list[Resident] = [lead]
        others: list[Resident] = []
        if size + bystanders > 1:
            sex = "F" if lead.sex == "M" else "M"
            spouse = self._person(nation, tongue, language, home, age=self.source.triangular(19, 66, 31), sex=sex)
            (respondents if size > 1 and self.source.random() < 0.45 else others).append(spouse)
            self._tie(lead, spouse, "spouse", "spouse")
            while len(respondents) < size or len(others) < bystanders:
                child = self._child(lead, spouse, nation, tongue, language, home)
                (respondents if len(respondents) < size else others).append(child)
        return Household(tuple(respondents), tuple(others))

    def alone_and_young(self) -> Household:
        """A child who came alone, with a guardian who has no case."""
        nation = self.source.choice(["GT", "HO", "ES"])
        language = self.source.choice(nations()[nation].languages)
        home = places.address(self.court_code, self.source)
        child = self._person(nation, "spanish", language, home, age=self.source.uniform(9, 17.4))
        guardian = self._person(nation, "spanish", language, home, age=self.source.uniform(27, 58))
        self._tie(child, guardian, "guardian", "", protection="juvenile")
        return Household((child,), (guardian,))

    def _child(
        self, lead: Resident, spouse: Resident, nation: str, tongue: str, language: str, home: tuple[str, str]
    ) -> Resident:
        father, mother = (lead, spouse) if lead.sex == "M" else (spouse, lead)
        oldest = max(1.0, (self.today - max(father.born_on, mother.born_on)).days / 365 - 17)
        child = self._person(
            nation,
            tongue,
            language,
            home,
            age=self.source.uniform(0.6, min(oldest, 17.5)),
            parents=(father.name, mother.name),
        )
        for parent in (lead, spouse):
            self._tie(child, parent, "parent", "child")
        return child

    def _person(
        self,
        nation: str,
        tongue: str,
        language: str,
        home: tuple[str, str],
        *,
        age: float,
        sex: str | None = None,
        parents: tuple[Name, Name] | None = None,
    ) -> Resident:
        sex = sex or shares("sex").draw(self.source)
        father, mother = parents or (None, None)
        name = names.draw(names.tongues()[tongue], sex, self.source, father=father, mother=mother)
        born_on = self.today - timedelta(days=int(age * 365.25))
        juvenile = (self.today - born_on).days < ADULT_DAYS
        key = self.rows.key("people_person")
        resident = Resident(key, name, sex, born_on, nation, tongue, language, home, juvenile)
        deceased = not juvenile and self.source.random() < 0.004
        self.rows.put(
            "people_person", key, born_on, sex, nation, language, "deceased" if deceased else "living",
            "Death record filed with the court" if deceased else "", juvenile, PersonKey(key), "",
        )  # fmt: skip
        self._names(resident)
        self._contacts(resident)
        return resident

    def _names(self, who: Resident) -> None:
        self.rows.add("people_personname", who.id, "legal", who.name.family, who.name.given, "")
        if self.source.random() < 0.28:
            other = names.alias(who.name, self.source)
            kind = "former" if who.sex == "F" and self.source.random() < 0.2 else "alias"
            self.rows.add("people_personname", who.id, kind, other.family, other.given, "")

    def _contacts(self, who: Resident) -> None:
        recorded = self.today - timedelta(days=self.source.randrange(5, 500))
        if not who.is_juvenile:
            phone = places.phone(self.court_code, self.source)
            self.rows.add("people_contact", who.id, "phone", Sealed(who.id, phone), recorded)
        if not who.is_juvenile and self.source.random() < 0.4:
            mail = f"person{who.id}@mail.example"
            self.rows.add("people_contact", who.id, "email", Sealed(who.id, mail), recorded)

    def _tie(self, one: Resident, other: Resident, kind: str, back: str, *, protection: str = "") -> None:
        self.rows.add("people_relative", one.id, other.id, kind, protection)
        if back:
            self.rows.add("people_relative", other.id, one.id, back, protection)

    def numbers(self, who: Resident, *, protection: str = "") -> None:
        """An A-number for somebody with a case, and now and then another number."""
        self.rows.add("people_identifier", who.id, "a_number", f"{who.a_number:09}", "")
        if self.source.random() < 0.6:
            self.rows.add("people_identifier", who.id, "fin", f"DEMO{who.id:09}", "identity")
        if self.source.random() < 0.25:
            self.rows.add("people_identifier", who.id, "passport", f"DEMO-P{who.id:08}", protection or "identity")

    def residences(self, who: Resident, since: date, filed: date) -> list[tuple[date, tuple[str, str]]]:
        """One to four addresses from a day on, the last one open; returns when each began, oldest first.

        ``filed`` is the day from which the court itself is told of a move.
        """
        moves = sorted({since, *(self._day(since) for _ in range(self.source.choice([0, 0, 0, 1, 1, 2, 3])))})
        lived: list[tuple[date, tuple[str, str]]] = []
        for place, begins in enumerate(moves):
            last = place == len(moves) - 1
            lines = who.address if last else places.address(self.court_code, self.source)
            ends = None if last else moves[place + 1]
            told = ["EOIR-33", "EOIR-33", "Stated at a hearing"] if begins > filed else ["Charging document"]
            how = self.source.choice(told)
            recorded = min(self.today, max(begins, filed) + timedelta(days=self.source.randrange(0, 9)))
            self.rows.add("people_address", who.id, Sealed(who.id, "\n".join(lines)), days(begins, ends), how, recorded)
            lived.append((begins, lines))
        return lived

    def _day(self, since: date) -> date:
        span = max(2, (self.today - since).days - 1)
        return since + timedelta(days=self.source.randrange(1, span))

    def encounter(self, who: Resident, at: datetime, kind: str, told: tuple[str, str, str, str, str]) -> None:
        """One contact; ``told`` is agency, place, outcome, narrative and source."""
        agency, spot, outcome, narrative, paper = told
        arrested = "yes" if kind == "arrest" or (kind == "border" and "custody" in outcome) else "no"
        place = f"{spot}, {self.source.choice(places.district(self.court_code).towns)}"
        texts = (agency, place, kind, arrested, outcome, narrative)
        self.rows.add("encounters_encounter", who.id, at.astimezone(UTC), *(Sealed(who.id, t) for t in texts), paper)
