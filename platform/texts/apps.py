"""Text: what people may write, and the catalogues of what the platform says."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "texts"
