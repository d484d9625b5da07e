"""Turns what happened in a demonstration case into the papers that the docket claims."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime

from rollkeeper.demo import wording
from rollkeeper.demo.bench import MARK, Bench, Lawyer
from rollkeeper.demo.households import Resident
from rollkeeper.demo.places import written_a_number
from rollkeeper.documents.typeset import papers

SERVED = "Served through the court's system on {}."
REMOVAL = "In removal proceedings"


@dataclass(frozen=True)
class Desk:
    """Writes papers for one case of one bench."""

    bench: Bench
    who: Resident
    languages: dict[str, str]  # code -> label

    def _common(self, title: str) -> dict[str, str]:
        return {
            "title": title,
            "mark": MARK,
            "respondent": self.who.name.spoken(),
            "number": written_a_number(self.who.a_number),
        }

    def notice_to_appear(
        self, *, issued: date, by: str, allegations: list[str], charges: list[tuple[str, str]], hearing: datetime | None
    ) -> papers.NoticeToAppear:
        """A notice to appear; the hearing may still be to be set."""
        local = hearing.astimezone(wording.zone(self.bench.court.zone)) if hearing else None
        return papers.NoticeToAppear(
            address=self.who.address,
            issued_by=by,
            issued_on=wording.day_en(issued),
            class_="Present without admission or parole"
            if charges[0][0].startswith("INA 212")
            else "Admitted, removable",
            allegations=allegations,
            charges=[papers.ChargeLine(*charge) for charge in charges],
            hearing_place=f"{self.bench.court.name}, {self.bench.court.place}",
            hearing_on=wording.day_en(local.date()) if local else "a date to be set",
            hearing_time=wording.clock_en(local) if local else "a time to be set",
            service=f"Served in person on {wording.day_en(issued)}, with an oral explanation of its contents.",
            officer=f"Officer {100 + self.who.id % 800}",
            officer_role="Issuing officer",
            **self._common("Notice to appear"),
        )

    def notice_of_hearing(self, *, at: datetime, kind: str, medium: str, sent: date, to: str) -> papers.NoticeOfHearing:
        """A notice of hearing in English and Spanish."""
        local = at.astimezone(wording.zone(self.bench.court.zone))
        language = self.languages.get(self.who.language, self.who.language)
        return papers.NoticeOfHearing(
            place=self.bench.court.place,
            addressee=to,
            judge=self.bench.judge_name,
            where=f"{self.bench.court.name}, courtroom {1 + self.bench.number % 9}",
            when_en=wording.when_en(local),
            when_es=wording.when_es(local),
            kind_en=wording.KIND_EN[kind],
            kind_es=wording.KIND_ES[kind],
            how_en=wording.MEDIUM_EN[medium],
            how_es=wording.MEDIUM_ES[medium],
            language_en=wording.capital(language),
            language_es=wording.LANGUAGES_ES.get(language, wording.capital(language)),
            service=f"Served on the parties on {wording.day_en(sent)}.",
            **self._common("Notice of hearing"),
        )

    def appearance(self, lawyer: Lawyer, *, on: date, scope: str) -> papers.EntryOfAppearance:
        """A practitioner's entry of appearance."""
        return papers.EntryOfAppearance(
            place=self.bench.court.place,
            scope={"all": "All proceedings", "bond": "Custody and bond only", "limited": "Limited"}[scope],
            practitioner=lawyer.name,
            eoir_id=lawyer.eoir_id,
            standing="Attorney in good standing of a state bar",
            firm=lawyer.firm,
            address=lawyer.address,
            phone=lawyer.phone,
            filed_on=wording.day_en(on),
            service=SERVED.format(wording.day_en(on)),
            **self._common("Entry of appearance as attorney or representative"),
        )

    def motion(
        self,
        title: str,
        *,
        on: date,
        by: str,
        role: str,
        grounds: list[str],
        request: str,
        next_hearing: str,
        detained: bool,
    ) -> papers.Motion:
        """A motion of either side."""
        return papers.Motion(
            place=self.bench.court.place,
            proceedings=REMOVAL,
            judge=self.bench.judge_name,
            next_hearing=next_hearing,
            detained="Yes" if detained else "No",
            filed_by=role,
            opening=[f"{by} moves the court as the title of this paper says, and states the following."],
            grounds=grounds,
            request=request,
            signed_by=by,
            signer_role=role,
            signed_on=wording.day_en(on),
            service=SERVED.format(wording.day_en(on)),
            **self._common(title),
        )

    def order(self, title: str, *, on: date, findings: list[str], orders: list[str], appeal: str = "") -> papers.Order:
        """An order of the immigration judge."""
        return papers.Order(
            place=self.bench.court.place,
            proceedings=REMOVAL,
            findings=findings,
            orders=orders,
            judge=self.bench.judge_name,
            decided_on=wording.day_en(on),
            appeal=appeal,
            service=SERVED.format(wording.day_en(on)),
            **self._common(title),
        )

    def evidence(
        self, title: str, tabs: list[str], *, on: date, by: str, role: str, pages: int
    ) -> papers.EvidenceCover:
        """The cover of a packet of evidence."""
        # Seeded by the case alone: making papers must not move the draw of anything else.
        source, lines, page = random.Random(pages), [], 1
        for letter, description in zip("ABCDEFGHJK", tabs, strict=False):
            last = page + source.randrange(0, 14)
            lines.append(papers.Tab(letter, description, str(page) if page == last else f"{page}-{last}"))
            page = last + 1
        return papers.EvidenceCover(
            place=self.bench.court.place,
            proceedings=REMOVAL,
            tabs=lines,
            statements=["Each copy is true to its original. Translations carry the translator's certificate."],
            filed_by=by,
            filer_role=role,
            filed_on=wording.day_en(on),
            service=SERVED.format(wording.day_en(on)),
            **self._common(title),
        )

    def form(
        self, title: str, answers: list[tuple[str, str]], statement: list[str], *, on: date
    ) -> papers.ApplicationForm:
        """An application for relief, or another form of questions and answers."""
        return papers.ApplicationForm(
            place=self.bench.court.place,
            proceedings=REMOVAL,
            answers=[papers.Answer(*answer) for answer in answers],
            statement=statement,
            filed_on=wording.day_en(on),
            **self._common(title),
        )
