"""Which government organization takes part in a contract: the one whose supervisor answers for the case."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Office, Organization, User
from contracts.models import Contract
from journal.errors import NotAllowed
from matching.models import Match


def answerable_for(match: Match) -> Organization | None:
    """The organization of the supervisor whose scope covers the case most closely; None if nobody's does.

    Closest is who is in charge of one chain, then who is in charge of the smaller region, then the office held longest.
    Never an organization that is itself a party. Two queries.
    """
    offices = Office.objects.current().filter(kind=Office.Kind.SUPERVISOR).select_related("region", "chain")
    parties = (match.need.owner_id, match.achievement.owner_id)
    covering = covering_offices(offices.exclude(organization__in=parties).order_by("since", "pk"), match)
    closest = max(covering, key=lambda office: (bool(office.chain_id), len(office.scope.region_prefix)), default=None)
    return closest.organization if closest else None


def office_of(supervisor: User, contract: Contract) -> int:
    """The organization for which this supervisor joins the contract; raises NotAllowed if it is one of the parties."""
    offices = Office.objects.current().filter(user=supervisor, kind=Office.Kind.SUPERVISOR)
    parties = (contract.client_id, contract.provider_id)
    covering = covering_offices(offices.exclude(organization__in=parties).order_by("since", "pk"), contract.match)
    if not covering:
        raise NotAllowed(_("Your organization is one of the parties. Another government organization has to join."))
    return covering[0].organization_id  # type: ignore[return-value]  # a constraint: supervisors have an organization


def covering_offices(offices: Iterable[Office], match: Match) -> list[Office]:
    """Those of the offices within whose region and chain the case lies, in their order."""
    regions = (match.need.owner.region.code, match.achievement.owner.region.code)
    chains = set(match.need.chain_nodes.values_list("chain__code", flat=True))
    return [
        office
        for office in offices
        if any(code.startswith(office.scope.region_prefix) for code in regions)
        and (not office.scope.chain or office.scope.chain in chains)
    ]
