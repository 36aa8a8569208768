"""The non-disclosure agreement: a template of this project, in two languages, filled with the parties' data."""

import hashlib
from typing import Any

from matching.models import Match

TEMPLATE = 1
"""The version of the texts below: whoever changes a word counts it up."""

CHINESE = """保密协议

甲方（需求方）：{client_zh}，统一社会信用代码 {client_uscc}
乙方（成果方）：{provider_zh}，统一社会信用代码 {provider_uscc}

双方拟就需求“{need_zh}”（编号 {need_id}）与成果“{achievement_zh}”（编号 {achievement_id}）在本平台对接室内洽谈合作，为此约定如下。

一、保密信息。本对接室内向对方开放的需求与成果全文、文件、留言、答复以及洽谈条件，均为保密信息。下列信息除外：已经公开的；接收方此前已合法掌握的；第三方合法告知且不附保密义务的；接收方独立开发的。

二、用途。接收方仅可为评估和洽谈本项合作使用保密信息，不得据此申请专利，不得进行逆向分析，也不得用于其他目的。

三、知悉范围。接收方仅可将保密信息告知因本项洽谈确需知悉、并负有同等保密义务的人员，并对其行为负责。

四、依法披露。法律法规或有权机关要求披露的，接收方应在允许的范围内事先通知对方，并仅披露所要求的部分。

五、权利归属。开放保密信息不构成任何权利的转让或许可。

六、期限。保密义务自双方签署之日起三年内有效；属于技术秘密的，至其公开之日止。洽谈终止后，接收方应停止使用保密信息，并应对方要求删除副本。

七、违约责任。违反本协议的一方应赔偿对方因此遭受的损失。

八、法律与争议。本协议适用中华人民共和国法律。争议先行协商；协商不成的，向保密信息提供方所在地人民法院起诉。

九、签署方式。双方代表在平台上输入本人姓名并确认即为签署，平台记录签署人、时间和文本哈希值。中文与英文文本不一致的，以中文为准。
"""  # noqa: E501  the same

ENGLISH = """Non-disclosure agreement

Party A (need): {client_en}, unified social credit code {client_uscc}
Party B (achievement): {provider_en}, unified social credit code {provider_uscc}

The parties intend to discuss a cooperation on the need “{need_en}” (no. {need_id}) and the achievement “{achievement_en}” (no. {achievement_id}) in the docking room of this platform, and agree as follows.

1. Confidential information. The full texts of need and achievement, the files, messages, answers and terms that one party opens to the other in this room are confidential. This does not hold for what is public, what the receiving party lawfully knew before, what a third party lawfully tells it without such a duty, and what it develops by itself.

2. Purpose. The receiving party uses confidential information only to assess and negotiate this cooperation. It files no patent on it, does not analyse samples to find out how they are made, and uses it for nothing else.

3. Who may know. The receiving party tells only those of its people who need to know for these talks and who are bound in the same way, and answers for them.

4. Disclosure required by law. Where a law or an authority requires disclosure, the receiving party tells the other party first, as far as it may, and discloses no more than is required.

5. Rights. Opening confidential information neither transfers nor licenses any right.

6. Term. The duty holds for three years from the last signature, and for know-how until it becomes public. When the talks end, the receiving party stops using the information and deletes copies if asked to.

7. Breach. Whoever breaks this agreement makes good the loss of the other party.

8. Law and disputes. The law of the People's Republic of China applies. The parties first try to settle a dispute themselves; failing that, the court at the seat of the party whose information it is decides.

9. Signing. Each party's representative signs by typing the own name on the platform and confirming; the platform keeps signer, time and the hash of the text. If the two texts differ, the Chinese one counts.
"""  # noqa: E501  paragraphs of a text are lines


def texts(match: Match) -> tuple[str, str]:
    """The agreement of the two sides of a match, in Chinese and in English."""
    known = particulars(match)
    return CHINESE.format(**known), ENGLISH.format(**known)


def particulars(match: Match) -> dict[str, Any]:
    """What is filled in: organizations and posts by their names in each language, or in the other if there is none."""
    client, provider = match.need.owner, match.achievement.owner
    known = {
        "client_uscc": client.uscc,
        "provider_uscc": provider.uscc,
        "need_id": match.need.public_id,
        "achievement_id": match.achievement.public_id,
    }
    for language, other in (("zh", "en"), ("en", "zh")):
        for name, thing, stem in (
            ("client", client, "name"),
            ("provider", provider, "name"),
            ("need", match.need, "title"),
            ("achievement", match.achievement, "title"),
        ):
            words = getattr(thing, f"{stem}_{language}") or getattr(thing, f"{stem}_{other}")
            known[f"{name}_{language}"] = words
    return known


def digest(chinese: str, english: str) -> str:
    """The hash of both texts, which a signature names: SHA-256 of Chinese, a form feed, English, in UTF-8."""
    return hashlib.sha256(f"{chinese}\f{english}".encode()).hexdigest()
