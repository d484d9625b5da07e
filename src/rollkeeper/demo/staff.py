"""Who works at the demonstration court: judges, lawyers, accounts, and the principals their rights hang on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from rollkeeper.access.models import Membership, Principal
from rollkeeper.accounts.models import Account, Desk
from rollkeeper.courts.models import Court, HearingLocation, Judge
from rollkeeper.demo import names, places
from rollkeeper.demo.bench import CourtFacts, Lawyer
from rollkeeper.representation.models import Firm, Practitioner

COURTS = ("HLG", "NEW", "DEN")  # Harlingen, Newark, Denver
NOT_TRIAL = {"BIA", "CIJ", "HDQ", "FCI", "RIC"}
FIRM_WORDS = ("Quayside", "Larkspur", "Two Rivers", "Harbor", "Mesa", "Foothill", "Lantern", "Cedar", "Meridian")
FIRM_KINDS = ("Law Group", "Immigrant Legal Aid", "and Partners", "Law Office")


@dataclass(frozen=True)
class Team:
    """One court with its judges, lawyers and principals."""

    court: CourtFacts
    judges: tuple[tuple[int, str, int], ...]  # key, name, principal of the chambers
    counsel: tuple[Lawyer, ...]
    government: tuple[Lawyer, ...]
    office: int  # principal of the clerk's office


@dataclass
class Hiring:
    """Puts the staff in place, through the owner's connection."""

    source: random.Random
    today: date
    lawyers: int = 0

    def teams(self, judges: int) -> list[Team]:
        """Staff ``judges`` benches: three courts for twelve, every trial court for more."""
        codes = COURTS if judges <= 12 else _all_courts()
        share = {code: judges // len(codes) for code in codes}
        if judges > 12:
            share[COURTS[0]] = max(share[COURTS[0]], judges // 10)  # one office with very many cases
        left = judges - sum(share.values())
        for code in [code for code in codes for _ in range(1 + abs(left))][: max(0, left)]:
            share[code] += 1
        while sum(share.values()) > judges:
            share[max(share, key=lambda code: (code != COURTS[0], share[code]))] -= 1
        return [
            self._team(Court.objects.using("owner").get(code=code), count) for code, count in share.items() if count
        ]

    def _team(self, court: Court, judges: int) -> Team:
        facts = _facts(court)
        office = Principal.objects.using("owner").create(
            kind="court", court=court, name=f"Clerk's office, {court.name}", name_es=f"Secretaría, {_in_spanish(court)}"
        )
        seats = tuple(self._judge(court, number) for number in range(1, judges + 1))
        counsel = [lawyer for number in range(3) for lawyer in self._firm(court, number)]
        return Team(facts, seats, tuple(counsel), tuple(self._government(court)), office.pk)

    def _judge(self, court: Court, number: int) -> tuple[int, str, int]:
        name = self._name(["english", "english", "spanish", "slavic", "punjabi", "west_african"])
        judge = Judge.objects.using("owner").create(code=f"{court.code}{number:03}", name=name, court=court)
        chambers = Principal.objects.using("owner").create(
            kind="chambers",
            judge=judge,
            name=f"Chambers of Judge {name}",
            name_es=f"Despacho de la jueza o el juez {name}",
        )
        return judge.pk, name, chambers.pk

    def _firm(self, court: Court, number: int) -> list[Lawyer]:
        title = f"{self.source.choice(FIRM_WORDS)} {FIRM_KINDS[number]}, {court.city}"
        firm = Firm.objects.using("owner").create(name=title, city=court.city)
        principal = Principal.objects.using("owner").create(kind="firm", name=title, name_es=title)
        return [self._lawyer(court, firm, principal.pk) for _ in range(self.source.choice([1, 2, 3]))]

    def _government(self, court: Court) -> list[Lawyer]:
        title = f"Government counsel, {court.city}"
        firm = Firm.objects.using("owner").create(name=title, city=court.city)
        principal = Principal.objects.using("owner").create(
            kind="office", name=title, name_es=f"Abogacía del gobierno, {court.city}"
        )
        return [self._lawyer(court, firm, principal.pk) for _ in range(3)]

    def _lawyer(self, court: Court, firm: Firm, principal: int) -> Lawyer:
        self.lawyers += 1
        name, number = self._name(["english", "spanish", "spanish", "chinese", "horn"]), f"DEMO-{self.lawyers:05}"
        row = Practitioner.objects.using("owner").create(eoir_id=number, name=name, firm=firm)
        home = places.address(court.code, self.source)
        return Lawyer(row.pk, name, number, firm.name, home, places.phone(court.code, self.source), principal)

    def _name(self, tongues: list[str]) -> str:
        tongue = names.tongues()[self.source.choice(tongues)]
        return names.draw(tongue, self.source.choice("FM"), self.source).spoken()

    def accounts(self, teams: list[Team]) -> dict[str, Account]:
        """An account for each role, without a usable password: the demonstration is stepped into by a click."""
        first = teams[0]
        made = {
            "counsel": self._account(
                "counsel", Desk.COUNSEL, first.counsel[0].name, "Counsel with cases at one court."
            ),
            "government": self._account(
                "government", Desk.GOVERNMENT, first.government[0].name, "Counsel for the government at one court."
            ),
            "judge": self._account(
                "judge", Desk.CHAMBERS, first.judges[0][1], "A judge with a full calendar.", judge_id=first.judges[0][0]
            ),
            "auditor": self._account("auditor", Desk.OVERSIGHT, "Ledger auditor", "Reads the ledger, never a case."),
            "privacy": self._account(
                "privacy", Desk.OVERSIGHT, "Privacy officer", "Answers for who looked at what, and never opens a case."
            ),
            "operator": self._account(
                "operator", Desk.OPERATOR, "System operator", "Keeps it running; sees no case at all.", is_staff=True
            ),
        }
        for team in teams[:3]:
            code = team.court.code.lower()
            line = f"Keeps the records of {team.court.name}."
            clerk = self._account(
                f"clerk-{code}", Desk.CLERK, f"Clerk, {team.court.name}", line, court_id=team.court.id
            )
            made[f"clerk-{code}"] = clerk
            self._join(clerk, team.office)
        self._join(made["counsel"], first.counsel[0].principal)
        self._join(made["government"], first.government[0].principal)
        self._join(made["judge"], first.judges[0][2])
        return made

    def respondent(self, username: str, name: str, line: str, language: str) -> tuple[Account, Principal]:
        """An account of somebody with a case, and the principal for it."""
        account = self._account(username, Desk.RESPONDENT, name, line, language=language)
        principal = Principal.objects.using("owner").create(
            kind="account", name="The respondent", name_es="La persona del caso"
        )
        self._join(account, principal.pk)
        return account, principal

    def _account(self, username: str, desk: str, name: str, line: str, **more: str | int | bool) -> Account:
        account = Account(username=username, desk=desk, display_name=name, is_demo=True, demo_line=line, **more)
        account.set_unusable_password()
        account.save(using="owner")
        return account

    def _join(self, account: Account, principal: int) -> None:
        since = datetime.combine(self.today - timedelta(days=400), datetime.min.time(), UTC)
        Membership.objects.using("owner").create(account=account, principal_id=principal, valid_from=since)


def _all_courts() -> tuple[str, ...]:
    codes = Court.objects.using("owner").exclude(code__in=NOT_TRIAL).exclude(city="").values_list("code", flat=True)
    return (*COURTS, *sorted(set(codes) - set(COURTS)))


def _facts(court: Court) -> CourtFacts:
    rooms = HearingLocation.objects.using("owner").filter(court=court)
    own = rooms.filter(code=court.code).first() or rooms.order_by("code").first()
    if own is None:
        own = HearingLocation.objects.using("owner").create(code=court.code, name=court.name, court=court)
    detained = rooms.filter(name__icontains="DETAIN").order_by("code").first() or own
    return CourtFacts(
        id=court.pk,
        code=court.code,
        name=court.name,
        place=f"{court.city}, {court.state}",
        zone=court.time_zone,
        locations={"court": own.pk, "detained": detained.pk},
        facility=f"{court.city} detention center",
    )


def _in_spanish(court: Court) -> str:
    return f"Tribunal de Inmigración de {court.city}"
