"""The form of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.models import Import

ENCODINGS = [("utf-8", "UTF-8"), ("gb18030", "GB18030 / GBK")]


class ImportForm(forms.Form):
    """A file of posts; what is in it is checked row by row when it is read."""

    owner = forms.ModelChoiceField(label=_("Organization"), queryset=Organization.objects.none())
    kind = forms.ChoiceField(label=_("What it holds"), choices=Import.Kind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("CSV or JSON Lines, at most 20 MB. The first line of a CSV file names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.jsonl,text/csv,application/jsonl"}),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=ENCODINGS,
        help_text=_("Excel in Chinese often writes GB18030. When in doubt try UTF-8 first: you will be told."),
    )
    submit = forms.BooleanField(label=_("Submit the posts for verification at once"), initial=True, required=False)

    def __init__(self, *args: Any, organizations: list[Organization], kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = Organization.objects.filter(pk__in=[each.pk for each in organizations])
        if len(organizations) == 1:
            owner.initial, owner.widget = organizations[0].pk, forms.HiddenInput()
        self.initial.setdefault("kind", kinds[0] if kinds else Import.Kind.NEED)
        offered: Any = self.fields["kind"]
        offered.choices = [choice for choice in Import.Kind.choices if choice[0] in kinds]
