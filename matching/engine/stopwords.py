"""Words that say nothing about what a post is about: function words, and the phrases every post is written in."""

from typing import Final

_ENGLISH = """
a about above after again all already also although am an and any are as at be because been before being below
between both but by can cannot could did do does doing down during each either enough etc even every few for
from further get gets had has have having he hence her here him his how however if in instead into is it its
itself just less made make makes many may me might more most much must my need needed needs neither no nor not
now of off often on once one only onto or other our out over own per rather s same she should since so some
still such t than that the their them then there therefore these they this those though through thus to today
together too two under until up upon us use used uses using very via was we well were what when where whether
which while who whose why will with within without would yet you your achieve achieved achieves application
applied apply based carry company currently develop developed existing expected goal hope improve improved
improvement improves main mainly new offer offered present problem provide provided provides reach reached
realize realized require required requirement requires research result results seek seeking several solution
solve solved study technical technique technology various
"""

_CHINESE = """
的 了 和 与 及 或 在 是 为 对 等 中 其 该 以 将 由 于 从 到 上 下 并 可 能 不 有 也 都 而 且 但 则 又 被 把 让
使 给 向 往 自 至 之 所 此 这 那 我 你 他 她 它 们 个 种 项 些 每 各 某 另 很 更 最 较 已 曾 正 要 会 应 需 须
当 若 如 因 故 即 就 才 只 仅 还 再 仍 却 着 过 地 得 吗 呢 吧 啊 后 前 内 外 里 间 时 年 月 日 做 用 按 经 无
未 非 多 少 大 小 高 低 一个 一种 一些 一定 一般 以及 以上 以下 以内 及其 并且 而且 但是 由于 因此 因为 所以
如果 可以 可能 能够 不能 不会 没有 已经 正在 目前 现在 当前 现有 其中 其他 其它 有关 相关 关于 对于 根据 按照
通过 进行 采用 使用 利用 具有 具备 存在 属于 我们 我们公司 公司 我公司 企业 本 本公司 本项目 项目 单位 需求 需要
希望 要求 寻求 寻找 拟 预期 目标 内容 问题 难题 解决 解决方案 技术 技术难题 方案 研究 研发 开发 实现 达到 提高
提升 改善 提供 满足 保证 主要 重要 关键 一方面 同时 此外 另外 例如 比如 包括 各种 多种 不同 这种 该种 之间 之后
之前 左右 方面 情况 工作 基础 成果 应用 问题是 什么 怎么 如何 是否
"""

ENGLISH: Final = frozenset(_ENGLISH.split())
CHINESE: Final = frozenset(_CHINESE.split())
