"""The shared vocabulary: regions, industries, industrial chains, innovation stages, contract types."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "taxonomy"
    default_auto_field = "django.db.models.BigAutoField"
