"""What has already happened in the demonstration's docking rooms: one in the middle of its talks, one agreed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from information.demonstration import administrator, manager_of
from matching import services
from matching.docking import meetings, rooms, sheet, talks
from matching.models import Match, Room

RIPPLE: Mapping[str, Any] = {
    "contract_type": "commissioned",
    "subject": {
        "zh": "关节电机低速转矩脉动抑制算法的移植与整定",
        "en": "Porting and tuning the algorithm that suppresses torque ripple in joint motors",
    },
    "deliverables": {
        "zh": "算法库一套（C 源码与说明）、三台关节的测试报告",
        "en": "One library (C source with manual) and a test report on three joints",
    },
    "price_form": "instalments",
    "price": {"amount": "680000", "currency": "CNY"},
    "start": "2027-03-01",
    "duration": 8,
}
"""What has been proposed so far in the room that is in the middle of its talks."""
REDUCER: Mapping[str, Any] = {
    "contract_type": "cooperative",
    "subject": {
        "zh": "RV-40E 减速器摆线轮修形与选配工艺合作开发",
        "en": "Joint development of tooth modification and selective assembly for the RV-40E reducer",
    },
    "deliverables": {
        "zh": "修形设计软件、选配规程、样机五台及六千小时寿命报告",
        "en": "Design software, assembly procedure, five prototypes and a report on 6,000 hours of life",
    },
    "acceptance": {
        "zh": "六千小时后回差不超过 1′，装配一次合格率不低于 95%，由企业试验台测试",
        "en": "Lost motion of at most 1′ after 6,000 hours and 95 % passing at first assembly, on the enterprise's rig",
    },
    "price_form": "entry_fee_royalty",
    "price": {"amount": "900000", "currency": "CNY"},
    "start": "2027-01-15",
    "duration": 14,
    "milestones": [
        {"zh": "修形方案评审", "en": "Design review", "month": 3, "share": 30},
        {"zh": "样机装配合格", "en": "Prototypes assembled", "month": 8, "share": 40},
        {"zh": "寿命试验通过", "en": "Life test passed", "month": 14, "share": 30},
    ],
    "ip_option": "6",
    "confidentiality": {"zh": "技术资料保密三年", "en": "Technical data stay secret for three years"},
    "publication": {"zh": "论文送审前六十日通知对方", "en": "The other side hears sixty days before submission"},
    "failure": {"zh": "已发生费用双方各半", "en": "Costs incurred are shared equally"},
    "governing_language": "zh",
}
"""What both sides agreed on in the other room."""


def approved(match: Match) -> tuple[Room, User, User]:
    """Both sides interested, the administrator's approval given; gives the room and who speaks for each side in it."""
    client, provider = manager_of(match.need.owner), manager_of(match.achievement.owner)
    services.express_interest(match, by=client, version=match.version)
    services.express_interest(match, by=provider, version=match.version)
    services.approve(match, by=administrator(), version=match.version)
    return (
        Room.objects.select_related("match__need__owner", "match__achievement__owner").get(match=match),
        client,
        provider,
    )


def in_the_middle(match: Match) -> None:
    """Signed by both, some terms agreed, a question open, a time to meet to be chosen."""
    room, client, provider = approved(match)
    for person in (client, provider) if room.needs_nda else ():
        rooms.sign(room, by=person, name=person.name, confirmed=True, sha256=room.nda.sha256)
    talks.say(room, by=client, text="您好，我们已看过全文，想先确认算法在 216 MHz 控制芯片上的运行时间。")
    talks.say(room, by=provider, text="移植后单次运算约 5 μs，可以提供在相近芯片上的测试记录。")
    question = talks.ask(room, by=client, text="温度变化后补偿参数是否需要重新辨识？", days=3)
    talks.answer(question, by=provider, text="不需要人工辨识，运行中按角度自动更新。")
    for name, value in RIPPLE.items():
        sheet.put(room, name, value, by=provider if name == "price" else client, number=0)
    for name in ("contract_type", "subject", "price_form"):
        sheet.accept(room, name, by=provider, number=1)
    sheet.put(room, "duration", 10, by=provider, number=1)
    talks.ask(room, by=provider, text="测试用的三台关节何时可以寄出？", days=5)
    evening = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    times = [evening + timedelta(days=days) for days in (3, 4, 6)]
    meetings.propose(room, by=provider, subject="算法移植技术交流", slots=times, place="线上会议", minutes=90)


def agreed(match: Match) -> None:
    """Every field accepted by both sides: the contract goes on from here."""
    room, client, provider = approved(match)
    talks.say(room, by=provider, text="条款清单已按上次讨论填写，请逐项确认。")
    for name, value in REDUCER.items():
        sheet.put(room, name, value, by=provider, number=0)
    for name in REDUCER:
        sheet.accept(room, name, by=client, number=1)
