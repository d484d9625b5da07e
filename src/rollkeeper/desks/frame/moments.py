"""Dates and times in words, in English and Spanish. Pure: no clock, no settings."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": tuple("January February March April May June July August September October November December".split()),
    "es": tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()),
}
# Names people use for a zone; the offset would tell nobody which clock is meant.
ZONES = {
    "America/New_York": ("Eastern", "hora del Este"),
    "America/Detroit": ("Eastern", "hora del Este"),
    "America/Chicago": ("Central", "hora del Centro"),
    "America/Denver": ("Mountain", "hora de la Montaña"),
    "America/Boise": ("Mountain", "hora de la Montaña"),
    "America/Phoenix": ("Arizona", "hora de Arizona"),
    "America/Los_Angeles": ("Pacific", "hora del Pacífico"),
    "America/Anchorage": ("Alaska", "hora de Alaska"),
    "Pacific/Honolulu": ("Hawaii", "hora de Hawái"),
    "America/Puerto_Rico": ("Puerto Rico", "hora de Puerto Rico"),
    "Pacific/Guam": ("Chamorro", "hora chamorra"),
    "Pacific/Saipan": ("Chamorro", "hora chamorra"),
    "UTC": ("UTC", "UTC"),
}


def _tongue(language: str) -> str:
    return "es" if language.startswith("es") else "en"


def zone_words(zone: ZoneInfo, language: str) -> str:
    """`Central` for America/Chicago; a zone without a common name is named by its key."""
    english, spanish = ZONES.get(zone.key, (zone.key, zone.key))
    return spanish if _tongue(language) == "es" else english


def day_words(day: date, language: str, *, weekday: bool = False) -> str:
    """`6 July 2026`, or with the weekday `Monday, 6 July 2026`."""
    tongue = _tongue(language)
    month = MONTHS[tongue][day.month - 1]
    words = f"{day.day} de {month} de {day.year}" if tongue == "es" else f"{day.day} {month} {day.year}"
    return f"{DAYS[tongue][day.weekday()]}, {words}" if weekday else words


def clock_words(moment: datetime, language: str) -> str:
    """`1:00 p.m.`, of a moment already in the zone it is to be read in."""
    hour = moment.hour % 12 or 12
    half = ("a. m.", "p. m.") if _tongue(language) == "es" else ("a.m.", "p.m.")
    return f"{hour}:{moment.minute:02d} {half[moment.hour >= 12]}"


def moment_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """`Monday, 6 July 2026, 1:00 p.m. (Central)`: what a person acts on."""
    local = moment.astimezone(zone)
    day = day_words(local.date(), language, weekday=True)
    return f"{day}, {clock_words(local, language)} ({zone_words(zone, language)})"


def short_moment_words(moment: datetime, zone: ZoneInfo, language: str) -> str:
    """`6 July 2026, 1:00 p.m.`: for tables whose caption or column names the zone."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date(), language)}, {clock_words(local, language)}"
