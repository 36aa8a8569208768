"""A contract on which everything is said and every clause accepted, so that nothing keeps it from going on."""

from typing import Any

from django.conf import settings

from contracts.composing import chosen
from contracts.library import fields_of, read
from contracts.models import Clause, Contract, LibraryClause

EVERYTHING: dict[str, Any] = {
    "goal": {"zh": "转速20000 r/min时温升不超过25 K。", "en": "A rise of at most 25 K at 20000 r/min."},
    "deliverables": {"zh": "样机2台、试验报告和图纸。", "en": "2 prototypes, test reports and drawings."},
    "start_date": "2027-01-04",
    "end_date": "2028-06-30",
    "place": {"zh": "沈阳", "en": "Shenyang"},
    "plan": {"zh": "先设计，后试制，再试验。", "en": "Design, then prototypes, then tests."},
    "client_contribution": {"zh": "提供试验台和资金。", "en": "Test rig and funds."},
    "provider_contribution": {"zh": "提供轴承技术和人员。", "en": "Bearing technology and staff."},
    "client_supplies": {"zh": "主轴图纸和工况数据。", "en": "Drawings of the spindle and operating data."},
    "supply_days": 15,
    "rights": [
        {
            "zh": "陶瓷球轴承",
            "en": "Ceramic ball bearing",
            "number": "201710601862.3",
            "holder": "机构",
            "filed": "2017-07-21",
            "expires": "2037-07-21",
        }
    ],
    "exclusivity": "exclusive",
    "field": {"zh": "机床主轴", "en": "machine tool spindles"},
    "territory": {"zh": "中国境内", "en": "China"},
    "licence_start": "2027-01-04",
    "licence_end": "2032-01-03",
    "sublicence": "consent",
    "acceptance_standard": {"zh": "达到技术目标。", "en": "The technical goal is reached."},
    "acceptance_method": {"zh": "台架试验。", "en": "Rig test."},
    "acceptance_days": 30,
    "price_form": "instalments",
    "price": "1200000.00",
    "instalments": [
        {"zh": "合同生效", "en": "Contract in effect", "due": "2027-01-31", "amount": "400000.00"},
        {"zh": "验收合格", "en": "Acceptance", "due": "2028-06-30", "amount": "800000.00"},
    ],
    "entry_fee": "300000.00",
    "royalty_base": "sales",
    "royalty_rate": "3.5",
    "rate_trend": "fixed",
    "royalty_years": 5,
    "audit_days": 15,
    "pay_days": 30,
    "client_share": "60",
    "provider_share": "40",
    "ip_option": "2",
    "option_months": 12,
    "publication_days": 90,
    "inventor_share": "50",
    "risk_client_share": "70",
    "risk_provider_share": "30",
    "notice_days": 15,
    "secrecy_years": 5,
    "delay_rate": "0.05",
    "liability_cap": "100",
    "cure_days": 30,
    "forum": "arbitration",
    "forum_name": {"zh": "沈阳仲裁委员会", "en": "the Shenyang Arbitration Commission"},
    "mediation_days": 30,
}


def library() -> None:
    """The clause library, if it is not there yet."""
    if not LibraryClause.objects.exists():
        files = sorted((settings.BASE_DIR / "seeds" / "clauses").glob("*.json"))
        rows = [fields_of(row) for path in files for row in read(path)]
        LibraryClause.objects.bulk_create(LibraryClause(**fields, version=1) for fields in rows)


def complete(contract: Contract, *, accepted: bool = True, **particulars: Any) -> Contract:
    """Fill the contract with everything, these particulars instead, and, once negotiated, with its clauses."""
    library()
    contract.particulars = {**EVERYTHING, **particulars}
    contract.save(update_fields=["particulars"])
    if contract.status == Contract.Status.DRAFTING:
        return contract
    Clause.objects.bulk_create(
        Clause(
            contract=contract,
            key=each.key,
            position=position,
            library=each,
            title_zh=each.title_zh,
            title_en=each.title_en,
            body_zh=each.body_zh,
            body_en=each.body_en,
            client_accepted=int(accepted),
            provider_accepted=int(accepted),
        )
        for position, each in enumerate(
            chosen(LibraryClause.objects.latest_versions(), contract.kind, contract.particulars), start=1
        )
    )
    return contract
