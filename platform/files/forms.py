"""The form with which people attach files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from files.queries import ENDINGS, accepted


class ManyFilesInput(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class AttachForm(forms.Form):
    """One or several files; what is in them is judged by the use case."""

    file = forms.FileField(
        label=_("Files"), widget=ManyFilesInput(attrs={"accept": ENDINGS, "multiple": True}), allow_empty_file=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = accepted()

    @property
    def sent(self) -> "list[UploadedFile[Any]]":
        """The files that were sent."""
        return list(self.files.getlist("file")) if self.is_bound else []
