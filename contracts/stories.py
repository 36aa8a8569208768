"""What has already happened in the demonstration: contracts in negotiation, frozen, partly signed and in force."""

from collections.abc import Callable
from typing import Any

from accounts.models import Office, User
from contracts import services
from contracts.models import Contract, Role, Signing
from contracts.services import Intent
from information.demonstration import Demonstration, administrator, manager_of
from matching import services as matches
from matching.models import Match
from matching.stories import STORIES as OF_MATCHES
from matching.stories import suggestion_of

Story = Callable[[Contract, str], None]

PARTICULARS: dict[str, Any] = {
    "deliverables": {"zh": "样机2台、设计图纸、试验报告。", "en": "2 prototypes, design drawings, test reports."},
    "start_date": "2027-01-04",
    "end_date": "2028-06-30",
    "place": {"zh": "沈阳", "en": "Shenyang"},
    "plan": {
        "zh": "前6个月完成设计，第12个月交付样机，第18个月完成试验。",
        "en": "Design within 6 months, prototypes in month 12, tests finished in month 18.",
    },
    "client_supplies": {
        "zh": "工况数据、接口图纸和试验场地。",
        "en": "Operating data, interface drawings, a test site.",
    },
    "acceptance_standard": {"zh": "达到技术目标所列各项指标。", "en": "Every figure of the technical goal is reached."},
    "acceptance_method": {"zh": "双方在场的台架试验。", "en": "A rig test with both parties present."},
    "price_form": "instalments",
    "price": "960000.00",
    "instalments": [
        {"zh": "合同生效", "en": "Contract in effect", "due": "2027-01-31", "amount": "288000.00"},
        {"zh": "样机交付", "en": "Prototypes delivered", "due": "2027-12-31", "amount": "384000.00"},
        {"zh": "验收合格", "en": "Acceptance", "due": "2028-06-30", "amount": "288000.00"},
    ],
    "ip_option": "2",
    "field": {"zh": "数控机床", "en": "numerically controlled machine tools"},
    "territory": {"zh": "中国境内", "en": "China"},
    "option_months": 12,
    "client_share": "60",
    "provider_share": "40",
    "risk_client_share": "70",
    "risk_provider_share": "30",
    "forum": "arbitration",
    "forum_name": {"zh": "沈阳仲裁委员会", "en": "the Shenyang Arbitration Commission"},
}


def tell(demonstration: Demonstration) -> int:
    """Bring the pairs after those of matching's own stories to a contract; gives how many contracts moved.

    A contract on which somebody has worked already is left alone, so a second run changes nothing.
    """
    pairs = demonstration.intended()[len(OF_MATCHES) : -1]
    found = (suggestion_of(pair["need"], pair["achievement"]) for pair in pairs)
    told = 0
    for match, story in zip((match for match in found if match is not None), STORIES, strict=False):
        contract = opened(match)
        if contract.status == Contract.Status.DRAFTING:
            story(contract, demonstration.password)
            told += 1
    return told


def opened(match: Match) -> Contract:
    """The contract of the match, both sides and an administrator willing."""
    if match.need_interested_at is None:
        matches.express_interest(match, by=manager_of(match.need.owner), version=match.version)
    if match.achievement_interested_at is None:
        matches.express_interest(match, by=manager_of(match.achievement.owner), version=match.version)
    if match.status == Match.Status.MUTUAL:
        matches.approve(match, by=administrator(), version=match.version)
    return services.open_draft(match.pk)


def negotiating(contract: Contract, password: str) -> None:
    """The draft is filled in, most clauses are accepted, on two of them the sides are still apart."""
    client, provider = manager_of(contract.client), manager_of(contract.provider)
    begin(contract, client)
    accept_all(contract, client)
    risk, publication = (contract.clauses.get(key=key) for key in ("risk", "publication"))
    services.comment(contract, "publication", by=provider, text="博士生的毕业论文需要按期发表，90天太长。")
    services.propose(
        contract,
        "publication",
        by=provider,
        version=publication.version,
        body_zh=publication.body_zh,
        body_en=publication.body_en,
        particulars={"publication_days": 45},
        note="推迟不超过45天，足以完成专利申请。",
    )
    services.propose(
        contract,
        "risk",
        by=client,
        version=risk.version,
        body_zh=risk.body_zh + "\n双方每季度共同评估一次技术风险。",
        body_en=risk.body_en + "\nThe parties assess the technical risk together every quarter.",
        note="希望及早发现问题。",
    )
    accept_all(contract, provider)


def frozen(contract: Contract, password: str) -> None:
    """Both sides accepted every clause, the supervisor takes part, the text is frozen and can be signed."""
    client, provider = manager_of(contract.client), manager_of(contract.provider)
    begin(contract, provider)
    for person in (client, provider):
        accept_all(contract, person)
    contract.refresh_from_db()
    agreed = services.agree(contract, by=client, version=contract.version)
    if agreed.government_joined_at:
        services.freeze(agreed, by=provider, version=agreed.version)


def partly_signed(contract: Contract, password: str) -> None:
    """The enterprise has signed; it is the university's turn."""
    signed(contract, password, by_all=False)


def in_force(contract: Contract, password: str) -> None:
    """All parties have signed."""
    signed(contract, password, by_all=True)


def signed(contract: Contract, password: str, *, by_all: bool) -> None:
    """Freeze the text, start the signing, and let the first party sign, or all of them."""
    frozen(contract, password)
    contract.refresh_from_db()
    if contract.status != Contract.Status.FROZEN:
        return
    services.start_signing(contract, by=manager_of(contract.client), version=contract.version)
    signing = Signing.objects.get(document=contract.frozen_version_id)
    while signing.turn:
        contract.refresh_from_db()
        by = signer_of(contract, signing.turn)
        services.sign(signing, by=by, version=contract.version, intent=Intent(password, by.name, True))
        signing.refresh_from_db()
        if not by_all:
            return


def signer_of(contract: Contract, role: str) -> User:
    """Who signs for the party in this role."""
    if role == Role.GOVERNMENT:
        supervisor = supervisor_of(contract)
        assert supervisor  # the text was frozen with the supervisor taking part
        return supervisor
    return manager_of(getattr(contract, role))


def begin(contract: Contract, by: User) -> None:
    """Fill in the draft, let the supervisor in charge join, and start the negotiation."""
    services.describe(contract, by=by, version=contract.version, particulars=PARTICULARS, kind="commissioned")
    contract.refresh_from_db()
    if supervisor := supervisor_of(contract):
        services.join(contract, by=supervisor, version=contract.version)
        contract.refresh_from_db()
    services.negotiate(contract, by=by, version=contract.version)
    contract.refresh_from_db()


def supervisor_of(contract: Contract) -> User | None:
    """The first supervisor of the government organization that was asked."""
    offices = Office.objects.current().filter(kind=Office.Kind.SUPERVISOR, organization=contract.government_id)
    return User.objects.filter(offices__in=offices).order_by("pk").first()


def accept_all(contract: Contract, by: User) -> None:
    """Accept everything on which nothing is proposed."""
    seen = dict(contract.clauses.values_list("key", "version"))
    services.accept_all(contract, by=by, seen=seen)


STORIES: tuple[Story, ...] = (negotiating, frozen, partly_signed, in_force)
"""What becomes of the contracts of the next intended pairs, in this order."""
