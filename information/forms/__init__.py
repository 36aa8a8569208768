"""Forms of information release: they check single fields; the use cases in `services` decide and save."""

from information.forms.editor import Editor
from information.forms.filters import OrganizationFilter, PostFilter
from information.forms.imports import ImportForm

__all__ = ["Editor", "ImportForm", "OrganizationFilter", "PostFilter"]
