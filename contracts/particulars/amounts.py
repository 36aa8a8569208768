"""Amounts of yuan in the capital characters that Chinese contracts and cheques use against forgery."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
TENS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def in_capitals(amount: Decimal) -> str:
    """The amount in yuan, jiao and fen: 1200000.5 is "壹佰贰拾万元伍角整"; below ten quadrillion, not negative."""
    cents = int(amount.quantize(Decimal("0.01")).scaleb(2))
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    head = f"{whole(yuan)}元" if yuan or not cents else ""
    if not jiao and not fen:
        return f"{head}整"
    gap = "零" if yuan and not jiao else ""
    tail = (f"{DIGITS[jiao]}角" if jiao else gap) + (f"{DIGITS[fen]}分" if fen else "整")
    return head + tail


def whole(number: int) -> str:
    """A whole number in capitals; a run of noughts inside it is one 零."""
    if not number:
        return DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += DIGITS[0]
        said += below_ten_thousand(group) + GROUPS[place]
        gap = False
    return said


def below_ten_thousand(group: int) -> str:
    """One group of four digits."""
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += (DIGITS[0] if gap and said else "") + DIGITS[digit] + TENS[place]
            gap = False
        else:
            gap = True
    return said
