"""Countries in both languages."""

import pytest
from django.utils import translation

from rollkeeper.desks.public.nationalities import NOT_COUNTRIES, choices, english_name

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ANTIGUA AND BARBUDA", "Antigua and Barbuda"),
        ("BOSNIA-HERZEGOVINA", "Bosnia-Herzegovina"),
        ("BURMA (MYANMAR)", "Burma (Myanmar)"),
        ("PEOPLE'S REPUBLIC OF THE CONGO", "People's Republic of the Congo"),
        ("THE REPUBLIC OF PALAU", "The Republic of Palau"),
        ("Montenegro", "Montenegro"),
    ],
)
def test_a_shouted_label_becomes_a_name(label: str, name: str) -> None:
    assert english_name(label) == name


def test_every_country_has_a_spanish_name_of_its_own() -> None:
    english = dict(choices())
    with translation.override("es"):
        spanish = dict(choices())

    assert english.keys() == spanish.keys()
    assert spanish["MX"] == "México"
    assert spanish["US"] == "Estados Unidos de América"
    assert not NOT_COUNTRIES & english.keys()
    assert len(set(spanish.values())) == len(spanish)


def test_accents_do_not_change_the_order() -> None:
    with translation.override("es"):
        names = [name for _code, name in choices()]

    assert names.index("México") < names.index("Micronesia") if "Micronesia" in names else True
    assert names.index("Bélgica") < names.index("Belice")
