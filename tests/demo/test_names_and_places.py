"""Names and addresses: believable, accented, handed down in families, and plainly nobody's."""

from __future__ import annotations

import random
import re

import pytest

from rollkeeper.demo import names, places
from rollkeeper.demo.households import nations
from rollkeeper.demo.shares import shares
from rollkeeper.documents.typeset import papers
from rollkeeper.documents.typeset.render import render
from rollkeeper.law import codetables
from tests.documents.test_typeset import MADE_AT, ORDER, text_of

TONGUES = sorted(names.tongues())


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_same_seed_gives_the_same_names(tongue: str) -> None:
    first, second, other = (
        [names.draw(names.tongues()[tongue], "F", random.Random(seed)) for _ in range(20)] for seed in (4, 4, 5)
    )

    assert first == second
    assert first != other


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_name_has_both_parts_and_only_letters(tongue: str) -> None:
    source = random.Random(1)

    for _ in range(300):
        name = names.draw(names.tongues()[tongue], source.choice("FM"), source)
        assert name.family
        assert name.given
        assert re.fullmatch(r"[^\W\d_]+(?:[ '-][^\W\d_]+)*", name.spoken()), name


def test_a_spanish_child_carries_a_surname_of_each_parent() -> None:
    source, tongue = random.Random(2), names.tongues()["spanish"]
    father, mother = names.draw(tongue, "M", source), names.draw(tongue, "F", source)

    child = names.draw(tongue, "F", source, father=father, mother=mother)

    assert child.family == f"{father.family.split()[0]} {mother.family.split()[0]}"


def test_a_slavic_child_carries_the_fathers_name_with_an_ending() -> None:
    source, tongue = random.Random(2), names.tongues()["slavic"]
    father = names.Name("Kolenko", "Roman Ivanovych")

    child = names.draw(tongue, "F", source, father=father, mother=names.Name("Savov", "Nina"))

    assert child.family == "Kolenko"
    assert child.given.endswith(" Romanivna")


def test_an_alias_or_a_misspelling_is_always_another_way_to_write_the_name() -> None:
    source = random.Random(3)

    for tongue in names.tongues().values():
        for _ in range(200):
            name = names.draw(tongue, source.choice("FM"), source)
            assert names.misspelt(name, source) != name
            assert names.alias(name, source) != name


def test_names_carry_accents_that_the_papers_can_show() -> None:
    source = random.Random(8)
    drawn = [names.draw(names.tongues()[tongue], "F", source) for tongue in TONGUES for _ in range(60)]

    assert sum(not name.spoken().isascii() for name in drawn) > 100
    everyone = papers.Order(**{**ORDER.__dict__, "findings": [name.spoken() for name in drawn]})
    printed = text_of(render(everyone, made_at=MADE_AT))
    assert all(name.given.split()[0] in printed for name in drawn)


def test_telephone_numbers_are_in_the_block_for_fiction() -> None:
    source = random.Random(5)

    numbers = {places.phone(court, source) for court in ("HLG", "NEW", "DEN", "ELP") for _ in range(200)}

    assert all(re.fullmatch(r"\(\d{3}\) 555-01\d\d", number) for number in numbers)


def test_a_numbers_lie_in_the_demonstrations_block() -> None:
    assert places.written_a_number(places.FIRST_A_NUMBER) == "A 900 000 001"
    assert len(str(places.LAST_A_NUMBER)) == 9


def test_every_nationality_has_names_and_languages_of_the_code_tables() -> None:
    nationalities = {row.code for row in codetables.codes("nationalities")}
    languages = {row.code for row in codetables.codes("languages")}

    assert set(shares("nationality").values) == set(nations())
    assert set(nations()) <= nationalities
    for nation in nations().values():
        assert set(nation.tongues) <= set(TONGUES)
        assert set(nation.languages) <= languages


def test_every_share_that_names_a_code_names_one_of_the_code_tables() -> None:
    known = {
        "custody": "custody_statuses",
        "case_type": "case_types",
        "bond_decision": "bond_decisions",
        "appeal_type": "appeal_types",
        "motion_type": "motion_types",
        "calendar_type": "calendar_types",
    }

    for subject, table in known.items():
        assert set(shares(subject).values) <= {row.code for row in codetables.codes(table)}, subject
    assert set(shares("charge").values) <= {row.code for row in codetables.charges()}
    assert set(shares("adjournment").values) <= {row.code for row in codetables.adjournments()}
    assert set(shares("application_type").values) <= {row.code for row in codetables.application_types()}
    assert {("RMV", "C", code) for code in shares("decision_rmv").values} <= {
        (row.case_type, row.decision_type, row.code) for row in codetables.decisions()
    }


def test_shares_come_out_as_often_as_they_weigh() -> None:
    source = random.Random(6)

    drawn = [shares("custody").draw(source) for _ in range(20_000)]

    assert drawn.count("N") / 20_000 == pytest.approx(7_916_001 / 12_005_394, abs=0.02)


def test_a_subject_without_shares_is_refused() -> None:
    with pytest.raises(KeyError):
        shares("weather")
