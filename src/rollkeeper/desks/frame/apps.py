"""The frame: what every page of every desk shares."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Base templates, components, the desk band, languages and static files."""

    name = "rollkeeper.desks.frame"
    label = "frame"
