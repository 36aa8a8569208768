"""Signing and verifying over REST."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from contracts import services
from contracts.models import PreparedSignature, Signature, Signing
from contracts.services.external import of
from contracts.services.verification import Finding, State, look_up
from contracts.signing.credentials import LARGEST_FILE
from rest.fields import Strict, version_field
from rest.requests import MemberRequest
from rest.viewsets import GatedView, ReadViewSet
from web.throttle import throttle

LOOKS, WINDOW = 60, 60
NOTHING: Any = b""


class SignatureSerializer(serializers.ModelSerializer[Signature]):
    """One signature; the platform's certification has no role."""

    class Meta:
        model = Signature
        fields: ClassVar = [
            "number", "role", "organization", "level", "holder", "fingerprint", "signed_at", "stamped_at",
            "before_sha256", "after_sha256",
        ]  # fmt: skip
        read_only_fields = fields


class SigningSerializer(serializers.ModelSerializer[Signing]):
    """The signing of one frozen version: whose turn it is, and the signatures made."""

    number = serializers.IntegerField(source="document.number", read_only=True, help_text="Of the frozen version.")
    data_sha256 = serializers.CharField(source="document.sha256", read_only=True)
    contract_version = serializers.IntegerField(
        source="contract.version", read_only=True, help_text="What signing asks for as `version`."
    )
    signatures = SignatureSerializer(many=True, read_only=True)

    class Meta:
        model = Signing
        fields: ClassVar = [
            "id", "contract", "contract_version", "number", "data_sha256", "turn", "level", "started_at",
            "deadline_at", "completed_at", "signatures",
        ]  # fmt: skip
        read_only_fields = fields


class IntentSerializer(Strict):
    """What shows that a signature is meant."""

    version = version_field()
    password = serializers.CharField(max_length=200, trim_whitespace=False, help_text="The asker's own, once more.")
    typed_name = serializers.CharField(max_length=80)
    confirmed = serializers.BooleanField(help_text="That the statement on the page of the signing is declared.")

    def given(self) -> dict[str, Any]:
        """What the use cases take."""
        said = self.validated_data
        return {
            "version": said["version"],
            "intent": services.Intent(said["password"], said["typed_name"], said["confirmed"]),
        }


class Base64(serializers.CharField):
    """Bytes in base64."""

    def to_internal_value(self, data: Any) -> bytes:  # type: ignore[override]
        try:
            return b64decode(super().to_internal_value(data), validate=True)
        except NotBase64 as fault:
            raise serializers.ValidationError(_("This is not base64.")) from fault


class SignRequestSerializer(IntentSerializer):
    """The same, with a certificate of one's own where the platform's key is not wanted or not admitted."""

    certificate = Base64(
        default=NOTHING, max_length=2 * LARGEST_FILE, help_text="A PKCS#12 file in base64; kept nowhere."
    )
    certificate_password = serializers.CharField(default="", allow_blank=True, max_length=200, trim_whitespace=False)


class SubmitRequestSerializer(Strict):
    """A signature that was made elsewhere."""

    version = version_field()
    signature = Base64(max_length=2 * services.LARGEST_SIGNATURE, help_text="Detached CMS (CAdES), DER, in base64.")


class PreparedSerializer(serializers.Serializer[PreparedSignature]):
    """What is to be signed elsewhere."""

    digest = serializers.SerializerMethodField(help_text="SHA-256 of the content, in base64.")
    content = serializers.SerializerMethodField(help_text="The bytes that the signature covers, in base64.")
    expires_at = serializers.DateTimeField()

    def get_digest(self, held: PreparedSignature) -> str:
        return b64encode(bytes(held.digest)).decode()

    def get_content(self, held: PreparedSignature) -> str:
        return b64encode(of(held).covered()).decode()


class SigningViewSet(ReadViewSet):
    """Signings of contracts to which one of the asker's organizations is a party."""

    queryset = Signing.objects.select_related("contract", "document").prefetch_related("signatures")
    serializer_class = SigningSerializer
    lookup_value_regex = "[0-9]{1,18}"
    policies: ClassVar = {
        "list": "signing.view",
        "retrieve": "signing.view",
        "sign": "signing.sign",
        "prepare": "signing.sign",
        "submit": "signing.sign",
    }

    @extend_schema(request=SignRequestSerializer, responses=SigningSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: MemberRequest, pk: str) -> Response:
        """Sign for the party whose turn it is, with the platform's key or a certificate of one's own."""
        asked = SignRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        own = {name: asked.validated_data[name] for name in ("certificate", "certificate_password")}
        services.sign(self.get_object(), by=request.user, **asked.given(), **own)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=IntentSerializer, responses=PreparedSerializer)
    @action(detail=True, methods=["post"])
    def prepare(self, request: MemberRequest, pk: str) -> Response:
        """Make the file that is signed elsewhere."""
        asked = IntentSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        held = services.prepare(self.get_object(), by=request.user, **asked.given())
        return Response(PreparedSerializer(held).data)

    @extend_schema(request=SubmitRequestSerializer, responses=SigningSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: MemberRequest, pk: str) -> Response:
        """Hand in a signature that was made elsewhere."""
        asked = SubmitRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        services.submit(self.get_object(), by=request.user, **asked.validated_data)
        return Response(self.get_serializer(self.get_object()).data)


class HashSerializer(Strict):
    """The hash that is asked about."""

    sha256 = serializers.RegexField(
        r"^[0-9a-fA-F]{64}$", help_text="Of the file, or as in the footer of the contract's pages."
    )


class VerdictSerializer(serializers.Serializer[Finding]):
    """What a paper is worth, and who signed it."""

    sha256 = serializers.CharField()
    state = serializers.ChoiceField([(each.value, each.value) for each in State])
    of_file = serializers.BooleanField(help_text="False where the hash is that of the contract's data.")
    contract = serializers.CharField(source="contract.number", default="", help_text="The contract's number.")
    version = serializers.IntegerField(source="version.number", default=None, allow_null=True)
    signatures = SignatureSerializer(many=True)
    due = serializers.ListField(child=serializers.CharField(), help_text="Roles that have not signed.")


class VerifyView(GatedView):
    """Whether a paper is genuine and in force: for anybody, without a login."""

    policies: ClassVar = {"post": "verify.view"}

    @extend_schema(request=HashSerializer, responses=VerdictSerializer)
    def post(self, request: MemberRequest) -> Response:
        """Unknown, superseded, partly signed, in force or terminated?"""
        throttle(request._request, "verify", most=LOOKS, seconds=WINDOW)
        asked = HashSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = look_up(asked.validated_data["sha256"].lower(), at=timezone.now())
        return Response(VerdictSerializer(found).data)
