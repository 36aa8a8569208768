"""Lifecycles over REST: the moves open to the asker in every answer, and one POST action for each declared move."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from journal.lifecycle import Lifecycle, Move
from rest.fields import Strict, version_field
from rest.viewsets import GatedViewSet

V = TypeVar("V", bound=type[GatedViewSet])


class ReasonSerializer(serializers.Serializer[Any]):
    """One of the structured reasons of a move."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name, not the framework's attribute


class AvailableMoveSerializer(serializers.Serializer[Any]):
    """A move that the present state has and the asker may make: POST to `actions/<action>/`."""

    action = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # the same
        help_text="The move in words, in the reader's language."
    )
    to = serializers.CharField(help_text="The state to which it leads.")
    reasons = ReasonSerializer(many=True, help_text="Of these one must be given; none are listed where none is asked.")
    note = serializers.CharField(help_text="Whether a note is asked for: required, optional, or empty for no.")


class MoveRequestSerializer(Strict):
    """What a move needs to know."""

    version = version_field()
    reason = serializers.CharField(default="", allow_blank=True, max_length=40)
    note = serializers.CharField(default="", allow_blank=True)


class LifecycleSerializer(serializers.ModelSerializer[Any]):
    """An object with its state, its version and what the asker can do with it now."""

    actions = serializers.SerializerMethodField()

    @extend_schema_field(AvailableMoveSerializer(many=True))
    def get_actions(self, subject: Lifecycle) -> list[dict[str, Any]]:
        return [described(to, move) for to, move in subject.moves(self.context["request"].user)]


def described(to: str, move: Move) -> dict[str, Any]:
    """A move as a program needs it to offer it."""
    return {
        "action": move.action,
        "label": str(move.label),
        "to": to,
        "reasons": [
            {"value": value, "label": str(label)} for value, label in (move.reasons.choices if move.reasons else [])
        ],
        "note": move.note,
    }


def with_moves(services: Mapping[str, Callable[..., Lifecycle]]) -> Callable[[V], V]:
    """Give a viewset one POST action at `actions/<action>/` for each move of its model that has a use case.

    Each is an action of its own with a policy of its own, so that the start-up check counts it separately.
    """

    def extend(viewset: V) -> V:
        model = viewset.kept()
        declared = {move.action: move for _, _, move in model.arrows() if move.action in services}
        viewset.policies = dict(viewset.policies)
        for verb, move in declared.items():
            name = f"move_{verb}"
            setattr(viewset, name, endpoint(name, verb, services[verb], viewset))
            viewset.policies[name] = f"{model.NOUN}.{move.action}"
        return viewset

    return extend


def endpoint(name: str, verb: str, service: Callable[..., Lifecycle], viewset: type[GatedViewSet]) -> Any:
    """The action behind one move."""

    def move(self: GatedViewSet, request: Request, *args: Any, **kwargs: Any) -> Response:
        answers = MoveRequestSerializer(data=request.data)
        answers.is_valid(raise_exception=True)
        moved = service(self.get_object(), by=request.user, **answers.validated_data)
        return Response(self.get_serializer(moved).data)

    move.__name__, move.__doc__ = name, service.__doc__
    routed = action(detail=True, methods=["post"], url_path=f"actions/{verb}", url_name=f"move-{verb}")(move)
    return extend_schema(request=MoveRequestSerializer, responses=viewset.serializer_class)(routed)
