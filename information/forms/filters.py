"""What lists can be narrowed by."""

from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from journal.errors import BadInput
from taxonomy.models import ChainNode, Industry


class PostFilter(forms.Form):
    """The filters of a list of posts, as they stand in its address."""

    q = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    chain_node = forms.ModelChoiceField(
        label=_("Chain node"),
        queryset=ChainNode.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("All chain nodes"),
    )
    industry = forms.ModelChoiceField(
        label=_("Industry"),
        queryset=Industry.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("All industries"),
    )
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        """The filters in an address; raises BadInput for those that nobody can mean."""
        given = cls(parameters, auto_id="filter_%s")
        if not given.is_valid():
            faults = {name: [str(each) for each in messages] for name, messages in given.errors.items()}
            raise BadInput(_("This list has no such filter. Open the list and choose from its filters."), fields=faults)
        return given

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data[name] for name in ("q", "chain_node", "industry"))

    def values(self) -> dict[str, Any]:
        """The filters as `queries.listed` takes them."""
        return {
            "words": self.cleaned_data["q"],
            "chain_node": self.cleaned_data["chain_node"],
            "industry": self.cleaned_data["industry"],
        }
