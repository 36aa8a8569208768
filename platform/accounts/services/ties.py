"""Use cases of mandates and interests."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Interest, Mandate, Organization, User
from accounts.services.permission import checked, require
from journal.errors import BadInput
from journal.recording import record


@transaction.atomic
def grant(
    organization: Organization, broker: Organization, matters: list[str], *, through: date | None, by: User
) -> Mandate:
    """Let a broker act for the organization in these matters, until the end of a day or until it is revoked.

    Raises NotAllowed, BadInput by field.
    """
    mandate = Mandate(
        organization=organization, broker=broker, matters=sorted(set(matters)), granted_by=by, until=end_of(through)
    )
    require(by, "mandate.grant", mandate)
    faults = {}
    if broker.kind != Organization.Kind.BROKER or broker.pk == organization.pk:
        faults["broker"] = [_("Choose a broker.")]
    if not matters:
        faults["matters"] = [_("Choose at least one matter.")]
    if mandate.until and mandate.until <= timezone.now():
        faults["through"] = [_("This day has passed.")]
    if faults:
        raise BadInput(_("Some fields need another look."), fields=faults)
    checked(mandate)
    mandate.save()
    record(mandate, "granted", by=by, data={"organization": organization.pk, "broker": broker.pk, "matters": matters})
    return mandate


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day in the platform's time."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


@transaction.atomic
def revoke(mandate: Mandate, *, by: User) -> Mandate:
    """End a mandate at once: at the next request the broker can no longer act. Raises NotAllowed."""
    require(by, "mandate.revoke", mandate)
    if Mandate.objects.current().filter(pk=mandate.pk).update(until=timezone.now()):
        record(mandate, "revoked", by=by, data={"organization": mandate.organization_id, "broker": mandate.broker_id})
    return Mandate.objects.get(pk=mandate.pk)


@transaction.atomic
def declare_interest(organization: Organization, *, by: User) -> Interest:
    """Say that one cannot judge the affairs of an organization; a second time changes nothing."""
    interest, created = Interest.objects.get_or_create(
        user=by, organization=organization, kind=Interest.Kind.DECLARED, until=None
    )
    if created:
        record(interest, "declared", by=by, data={"organization": organization.pk})
    return interest


@transaction.atomic
def end_interest(interest: Interest, *, by: User) -> Interest:
    """Say that a declared interest has ended. Raises NotAllowed."""
    require(by, "interest.end", interest)
    if Interest.objects.current().filter(pk=interest.pk).update(until=timezone.now()):
        record(interest, "ended", by=by, data={"organization": interest.organization_id})
    return Interest.objects.get(pk=interest.pk)


@transaction.atomic
def note_interest(user_id: int, organization: int, *, kind: str, until: datetime | None = None) -> Interest:
    """What a floor above knows of a person's interest, for example from a contract; the same again changes its end."""
    interest, _created = Interest.objects.update_or_create(
        user_id=user_id, organization_id=organization, kind=kind, until=None, defaults={"until": until}
    )
    return interest
