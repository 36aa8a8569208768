"""What lists can be narrowed by."""

from typing import Any, ClassVar, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from information.search.facets import BUDGET_LABELS, KIND_LABELS, TRL_LABELS
from information.search.finding import BUDGET, DUE, MATURITY, NEWEST, RELEVANCE, Wanted
from information.search.kinds import SHELVES
from journal.errors import BadInput
from taxonomy.models import ChainNode, ContractType, Industry, InnovationStage, Region

LONGEST = 200
ORDERS = (
    (RELEVANCE, _("Best fit first")),
    (NEWEST, _("Newest first")),
    (DUE, _("Needed soonest")),
    (BUDGET, _("Largest budget first")),
    (MATURITY, _("Most mature first")),
)


def terms(label: Any, model: Any) -> "forms.ModelMultipleChoiceField[Any]":
    """Several terms of a classification by their codes."""
    return forms.ModelMultipleChoiceField(model.objects.all(), label=label, to_field_name="code", required=False)


class ListFilter(forms.Form):
    """The filters of a list, as they stand in its address."""

    @classmethod
    def read(cls, parameters: QueryDict) -> Self:
        """The filters in an address; raises BadInput for those that nobody can mean."""
        given = cls(parameters, auto_id="filter_%s")
        if not given.is_valid():
            faults = {name: [str(each) for each in messages] for name, messages in given.errors.items()}
            raise BadInput(_("This list has no such filter. Open the list and choose from its filters."), fields=faults)
        return given


class OrganizationFilter(ListFilter):
    """The filters of the list of organizations."""

    q = forms.CharField(
        label=_("Name"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *Organization.Kind.choices], required=False
    )

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data.values())


class PostFilter(ListFilter):
    """The filters of a list of posts, as they stand in its address."""

    q = forms.CharField(
        label=_("Words"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.MultipleChoiceField(label=_("Kind"), choices=KIND_LABELS.items(), required=False)
    chain_node = terms(_("Chain node"), ChainNode)
    industry = terms(_("Industry"), Industry)
    region = terms(_("Region"), Region)
    stage = terms(_("Stage"), InnovationStage)
    trl = forms.MultipleChoiceField(label=_("TRL"), choices=TRL_LABELS.items(), required=False)
    contract_type = terms(_("Contract"), ContractType)
    budget = forms.MultipleChoiceField(label=_("Budget or price"), choices=BUDGET_LABELS.items(), required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=[("", ""), *ORDERS], required=False)
    gap = forms.BooleanField(label=_("Only needs that no published achievement answers yet"), required=False)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)

    FACETS: ClassVar = ("kind", "chain_node", "industry", "region", "stage", "trl", "contract_type", "budget")

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(self.cleaned_data[name] for name in ("q", "gap", *self.FACETS))

    def wanted(self, *kinds: str) -> Wanted:
        """What is asked for, of these kinds of posts or of all."""
        asked = self.cleaned_data
        chosen = {name: codes for name in self.FACETS if (codes := tuple(map(code_of, asked[name])))}
        if kinds:
            chosen.pop("kind", None)
        return Wanted(asked["q"], chosen, asked["sort"], kinds or tuple(SHELVES), asked["gap"])

    def values(self) -> dict[str, Any]:
        """The filters as `queries.own` takes them."""
        asked = self.cleaned_data
        return {"words": asked["q"], "chain_nodes": asked["chain_node"], "industries": asked["industry"]}


def code_of(choice: Any) -> str:
    """The code of a term, or the choice itself."""
    return str(getattr(choice, "code", choice))
