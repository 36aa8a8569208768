"""The base of the floors' viewsets: policy, visibility and strict parameters, said once."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.views import APIView

from rest.paging import PAGING
from rest.parameters import Parameters


class GatedView(APIView):
    """A single place whose every method names its row of the policy table, and in `parameters` what it takes."""

    policies: ClassVar[Mapping[str, str]]
    parameters: ClassVar[Mapping[str, type[Parameters]]] = {}
    asked: Parameters

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        wanted = self.parameters.get((request.method or "").lower(), Parameters)
        self.asked = wanted(data=request.query_params)
        self.asked.is_valid(raise_exception=True)


class GatedViewSet(viewsets.GenericViewSet[Any]):
    """A viewset whose every action names its row of the policy table and the parameters it takes.

    `policies` maps each action to the table's; `parameters` maps those actions that can be narrowed to their
    parameters, `paged` names the actions that answer with pages and `order` the order of those pages. Objects are
    looked up among those that the asker may see, so a stranger gets 404.
    """

    policies: ClassVar[dict[str, str]]
    parameters: ClassVar[Mapping[str, type[Parameters]]] = {}
    paged: ClassVar[frozenset[str]] = frozenset({"list"})
    order: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    asked: Parameters

    @classmethod
    def kept(cls) -> Any:
        """The model whose objects these are."""
        assert cls.queryset is not None
        return cls.queryset.model

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        wanted = self.parameters.get(self.action, Parameters)
        paging = PAGING if self.paginator and self.action in self.paged else frozenset[str]()
        self.asked = wanted(data=request.query_params, context={**self.get_serializer_context(), "also": paging})
        self.asked.is_valid(raise_exception=True)

    def get_queryset(self) -> QuerySet[Any]:
        visible: QuerySet[Any] = super().get_queryset().visible_to(self.request.user)  # type: ignore[attr-defined]
        return visible

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.asked.narrow(queryset) if self.action in self.paged else queryset


class ReadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GatedViewSet):
    """A viewset that lists and reads."""
