"""Docking rooms as they travel over REST."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from matching.docking.meetings import LONGEST, MOST_SLOTS, SHORTEST
from matching.docking.talks import MOST_DAYS
from matching.models import Handover, Meeting, Message, NdaSignature, Proposal, Question, Room, Side, Slot
from matching.terms import TERMS
from rest.fields import Strict
from rest.lifecycles import LifecycleSerializer

LARGEST_NUMBER = 2**31 - 1


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    """Something that one side owes the other, since when and until when."""

    late = serializers.BooleanField(source="is_late", read_only=True)

    class Meta:
        model = Handover
        fields: ClassVar = ["side", "task", "about", "since", "due_at", "late"]


class RoomSerializer(LifecycleSerializer):
    """The docking room of an approved match: its stage, and whose turn it is."""

    handovers = serializers.SerializerMethodField()

    class Meta:
        model = Room
        fields: ClassVar = [
            "id", "match", "needs_nda", "need_signed_at", "achievement_signed_at", "opened_at", "active_at",
            "handovers", "version", "status", "actions",
        ]  # fmt: skip

    @extend_schema_field(HandoverSerializer(many=True))
    def get_handovers(self, room: Room) -> Any:
        running = [each for each in room.handovers.all() if each.ended_at is None]
        return HandoverSerializer(running, many=True).data


class NdaSignatureSerializer(serializers.ModelSerializer[NdaSignature]):
    class Meta:
        model = NdaSignature
        fields: ClassVar = ["side", "organization", "name", "sha256", "at"]


class NdaSerializer(serializers.Serializer[Any]):
    """The non-disclosure agreement of a room, and who has signed it."""

    template = serializers.IntegerField()
    text_zh = serializers.CharField()
    text_en = serializers.CharField()
    sha256 = serializers.CharField()
    signatures = NdaSignatureSerializer(many=True)


class SignSerializer(Strict):
    """A signature: the own name, the confirmation, and the hash of the text that was read."""

    name = serializers.CharField(max_length=120)
    confirmed = serializers.BooleanField()
    sha256 = serializers.CharField(max_length=64)


@extend_schema_field({"description": "In the shape that the kind of the field asks for."})
class Value(serializers.JSONField):
    """A value of the term sheet."""


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """What stands in a field of the term sheet, or stood there."""

    value = Value(read_only=True)

    class Meta:
        model = Proposal
        fields: ClassVar = ["name", "number", "value", "side", "at", "need_accepted_at", "achievement_accepted_at"]


class TermSerializer(serializers.Serializer[Any]):
    """A field of the term sheet: what stands in it, and what stood there before, the latest first."""

    name = serializers.ChoiceField(sorted(TERMS))
    label = serializers.CharField()  # type: ignore[assignment]  # the field's name, not the framework's attribute
    kind = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]  # the same
    standing = ProposalSerializer(allow_null=True)
    earlier = ProposalSerializer(many=True)


class PutSerializer(Strict):
    """A value for a field; `number` is that of the proposal that you have seen, 0 for none."""

    value = Value()
    number = serializers.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


class AcceptSerializer(Strict):
    """The acceptance of what stands in a field; `number` is that of the proposal that you have seen."""

    number = serializers.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


class MessageSerializer(serializers.ModelSerializer[Message]):
    class Meta:
        model = Message
        fields: ClassVar = ["id", "side", "author", "text", "at"]


class TextSerializer(Strict):
    """Words to the other side."""

    text = serializers.CharField(max_length=4000)


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """A question; it stays open until `answered_at` is set."""

    addressee = serializers.ChoiceField(Side.choices, read_only=True)

    class Meta:
        model = Question
        fields: ClassVar = [
            "id", "side", "addressee", "author", "text", "at", "due_at", "answer", "answered_by", "answered_at",
        ]  # fmt: skip


class AskSerializer(Strict):
    """A question, and the working days that the other side has for it."""

    text = serializers.CharField(max_length=2000)
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)


class SlotSerializer(serializers.ModelSerializer[Slot]):
    class Meta:
        model = Slot
        fields: ClassVar = ["id", "begins"]


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A proposal to meet; an appointment once `begins` is set."""

    slots = SlotSerializer(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields: ClassVar = [
            "id", "side", "author", "subject", "place", "minutes", "slots", "begins", "chosen_by", "cancelled_at", "at",
        ]  # fmt: skip


class MeetSerializer(Strict):
    """A proposal to meet at one of several times."""

    subject = serializers.CharField(max_length=120)
    place = serializers.CharField(max_length=300, required=False, allow_blank=True)
    minutes = serializers.IntegerField(min_value=SHORTEST, max_value=LONGEST, required=False)
    slots = serializers.ListField(child=serializers.DateTimeField(), min_length=1, max_length=MOST_SLOTS)


class ChooseSerializer(Strict):
    """One of the times that were proposed, by its id."""

    slot = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class InspectSerializer(Strict):
    """Why somebody who is no party reads what is said; both sides see this."""

    note = serializers.CharField(max_length=500)


class RecordSerializer(serializers.Serializer[Any]):
    """What was said and proposed in a room."""

    terms = TermSerializer(many=True)
    messages = MessageSerializer(many=True)
    questions = QuestionSerializer(many=True)
    meetings = MeetingSerializer(many=True)
