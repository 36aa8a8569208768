"""The catalogue over REST: the same search, facets and orders as the pages."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from information import catalogue
from information.catalogue import Box, Catalogue, Choice
from information.facts import Card
from information.forms import PostFilter
from information.forms.filters import LONGEST
from information.search.facets import BUDGET_LABELS, KIND_LABELS, TRL_LABELS
from information.search.finding import ORDERS
from rest.parameters import Parameters
from rest.viewsets import GatedView
from web.paging import PAGE_SIZE


def codes(what: str, choices: Any = None) -> serializers.ListField:
    """A parameter that may be given several times."""
    child = serializers.ChoiceField(list(choices)) if choices else serializers.CharField(max_length=40)
    return serializers.ListField(
        child=child, required=False, help_text=f"{what}; give it several times to let each of several values in."
    )


class SearchParameters(Parameters):
    """What the catalogue is asked."""

    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="Words in Chinese or English; names of the taxonomy also find what they are called in the other.",
    )
    kind = codes("Kinds of posts", KIND_LABELS)
    chain_node = codes("Codes of chain nodes")
    industry = codes("Codes of industries")
    region = codes("Codes of regions; a province includes its cities")
    stage = codes("Codes of innovation stages")
    trl = codes("Readiness levels: what a need requires, what an achievement has reached", TRL_LABELS)
    contract_type = codes("Codes of contract types")
    budget = codes("Ranges of budget or price, in yuan", BUDGET_LABELS)
    gap = serializers.BooleanField(
        required=False, help_text="Only needs that no achievement on their chain nodes answers at the TRL they require."
    )
    sort = serializers.ChoiceField(
        list(ORDERS), required=False, help_text="Best fit first where there are words, else newest first."
    )
    cursor = serializers.CharField(required=False, help_text="Where the page begins, as given in `next`, `previous`.")
    page_size = serializers.IntegerField(
        required=False, min_value=1, max_value=100, help_text="Entries on one page, 1 to 100; 25 unless told otherwise."
    )


class ValueSerializer(serializers.Serializer[Choice]):
    """One value of a facet."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name, not the framework's attribute
    number = serializers.CharField(help_text='How many posts it would leave: exact to 1,000, then "1,000+".')
    chosen = serializers.BooleanField()


class FacetSerializer(serializers.Serializer[Any]):
    """A facet with its values."""

    name = serializers.CharField(help_text="The parameter that it sets.")
    values = serializers.SerializerMethodField()

    @extend_schema_field(ValueSerializer(many=True))
    def get_values(self, box: Box) -> list[dict[str, Any]]:
        return [value._asdict() | {"label": str(value.label)} for value in (*box.values, *box.more)]


class FoundSerializer(serializers.Serializer[Card]):
    """A post that was found."""

    kind = serializers.CharField()
    public_id = serializers.CharField(source="post.public_id")
    title_zh = serializers.CharField(source="post.title_zh")
    title_en = serializers.CharField(source="post.title_en")
    owner = serializers.IntegerField(source="post.owner_id")
    published_at = serializers.DateTimeField(source="post.published_at")
    snippet = serializers.CharField(help_text="The passage in which the words were found.")
    url = serializers.CharField(help_text="The address of its page.")


class CatalogueSerializer(serializers.Serializer[Any]):
    """A page of results with the counts of every facet."""

    total = serializers.CharField(help_text='Exact to 1,000, then "1,000+".')
    corrected = serializers.CharField(help_text="What was looked for in place of words that nothing has; else empty.")
    loosely = serializers.BooleanField(help_text="No post has all the words; these have some of them.")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    facets = FacetSerializer(many=True)
    results = FoundSerializer(many=True)


class SearchView(GatedView):
    """Everything that is published, searched, counted and ordered."""

    policies: ClassVar = {"get": "catalogue.search"}
    parameters: ClassVar = {"get": SearchParameters}

    @extend_schema(responses=CatalogueSerializer)
    def get(self, request: Request) -> Response:
        """Search needs and achievements; the answer has a page of results and the count of every facet's values."""
        filters = PostFilter.read(request.query_params)
        size = self.asked.validated_data.get("page_size", PAGE_SIZE)
        shown = catalogue.read(request, filters, filters.wanted(), size=size)
        return Response(CatalogueSerializer(answer(request, shown)).data)


def answer(request: Request, shown: Catalogue) -> dict[str, Any]:
    """A page of the catalogue as it travels."""
    here = request.build_absolute_uri()
    ways = {"next": shown.page.next, "previous": shown.page.previous}
    return {
        "total": shown.total,
        "corrected": shown.search.corrected,
        "loosely": shown.search.loosely,
        "facets": shown.boxes,
        "results": shown.cards,
        **{name: cursor and replace_query_param(here, "cursor", cursor) for name, cursor in ways.items()},
    }
