"""The fixed words of the paper, in both languages: a contract says the same whoever prints it."""

from typing import Any

from contracts.document import Bilingual

WORDS: dict[str, Bilingual] = {
    "contract": Bilingual("技术合同", "Technology Contract"),
    "type": Bilingual("合同类型", "Type"),
    "version": Bilingual("版本", "Version"),
    "language": Bilingual("解释以何种文本为准", "Governing text"),
    "level": Bilingual("签署密钥由谁保管", "Custody of keys"),
    "parties": Bilingual("当事各方", "Parties"),
    "uscc": Bilingual("统一社会信用代码", "Unified social credit code"),
    "address": Bilingual("地址", "Address"),
    "representative": Bilingual("代表人", "Representative"),
    "clauses": Bilingual("条款", "Clauses"),
    "annexes": Bilingual("附件", "Annexes"),
    "signatures": Bilingual("签署", "Signatures"),
    "order": Bilingual(
        "各方依下列顺序在同一文件上签署；其后对文件的任何改动都会使签名失效。页脚的哈希值是本版本合同数据的指纹。",
        "The parties sign this one file in the order below; any later change to it breaks the signatures. The hash in"
        " the footer is the fingerprint of this version's data.",
    ),
}
ROLES = {
    "client": Bilingual("委托方（甲方）", "Client (Party A)"),
    "provider": Bilingual("受托方（乙方）", "Provider (Party B)"),
    "government": Bilingual("政府方（指导与监督）", "Government (guidance and supervision)"),
}
LANGUAGES = {"zh": Bilingual("中文文本", "Chinese"), "en": Bilingual("英文文本", "English")}
LEVELS = {
    "platform": Bilingual(
        "平台代管密钥（仅供演示，签署人不能独自控制）", "Keys held by the platform (demonstration; no sole control)"
    ),
    "certificate": Bilingual(
        "签署人自有证书，签署时临时提供", "The signer's own certificate, handed over for the moment of signing"
    ),
    "external": Bilingual("签署人自有设备，密钥从不离开签署人", "The signer's own device; the key never leaves it"),
}
TYPES = {
    "commissioned": Bilingual("委托开发合同", "Commissioned development"),
    "cooperative": Bilingual("合作开发合同", "Cooperative development"),
    "development": Bilingual("技术开发合同", "Technology development"),
    "transfer": Bilingual("技术转让合同", "Technology transfer"),
    "licence": Bilingual("技术许可合同", "Technology licence"),
    "consulting": Bilingual("技术咨询合同", "Technology consulting"),
    "service": Bilingual("技术服务合同", "Technology service"),
}


def as_data(words: dict[str, Bilingual]) -> dict[str, Any]:
    """Words as JSON values."""
    return {name: both(word) for name, word in words.items()}


def both(word: Bilingual) -> dict[str, str]:
    """One word as JSON values."""
    return {"zh": word.zh, "en": word.en}
