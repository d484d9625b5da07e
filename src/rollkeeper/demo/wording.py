"""Dates, times and sentences as the papers of the demonstration court print them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

MONTHS_EN = "January February March April May June July August September October November December".split()
MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DAYS_ES = "lunes martes miércoles jueves viernes sábado domingo".split()

LANGUAGES_ES = {
    "SPANISH": "español",
    "ENGLISH": "inglés",
    "PORTUGUESE": "portugués",
    "FRENCH": "francés",
    "CREOLE": "criollo haitiano",
    "MANDARIN": "mandarín",
    "RUSSIAN": "ruso",
    "TURKISH": "turco",
    "PUNJABI": "panyabí",
    "HINDI": "hindi",
    "ARABIC": "árabe",
    "UKRAINIAN": "ucraniano",
    "KURDISH": "kurdo",
    "UZBEK": "uzbeko",
    "AMHARIC": "amárico",
}
MEDIUM_EN = {"in_person": "In person", "video": "By video", "internet": "By internet link", "telephone": "By telephone"}
MEDIUM_ES = {
    "in_person": "En persona",
    "video": "Por video",
    "internet": "Por enlace de internet",
    "telephone": "Por teléfono",
}
KIND_EN = {"M": "Master calendar hearing", "I": "Individual hearing"}
KIND_ES = {"M": "Audiencia preliminar (master)", "I": "Audiencia individual"}

# Why a hearing was put off, as a docket says it; the code stands beside it.
REASONS = {
    "01": "respondent to seek counsel",
    "02": "respondent to prepare",
    "03": "government to prepare",
    "04": "government file not available",
    "12": "other request of the respondent",
    "13": "not enough time",
    "17": "set for an individual hearing",
    "18": "no interpreter",
    "24": "government records check pending",
    "34": "judge on leave",
    "45": "both parties ask",
    "46": "video failed",
    "4A": "technical failure",
    "59": "court closed",
    "5A": "moved forward on motion",
    "7A": "application pending with the agency",
    "8A": "completed before the hearing",
    "9A": "docket management, later",
    "9B": "docket management, earlier",
}


@cache
def day_en(day: date) -> str:
    """4 May 2026."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


@cache
def zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name."""
    return ZoneInfo(name)


def clock_en(at: datetime) -> str:
    """8:30 a.m., for a moment already in local time."""
    return f"{(at.hour - 1) % 12 + 1}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}"


def when_en(at: datetime) -> str:
    """Monday, 4 May 2026, 8:30 a.m., for a moment already in local time."""
    return f"{DAYS_EN[at.weekday()]}, {day_en(at.date())}, {clock_en(at)}"


def when_es(at: datetime) -> str:
    """The same in Spanish."""
    return f"{DAYS_ES[at.weekday()]} {at.day} de {MONTHS_ES[at.month - 1]} de {at.year}, {at.hour}:{at.minute:02}"


def capital(label: str) -> str:
    """A label of the code tables, which are all in capitals, as a sentence begins; mixed ones stay as they are."""
    return label.capitalize() if label.isupper() else label
