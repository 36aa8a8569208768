"""Words for posts that nobody wrote: technical Chinese and English, the frequencies by Zipf's law."""

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Final


def words_of(text: str) -> list[str]:
    return text.split()


CHINESE: Final = words_of("""
主轴 轴承 机床 温升 润滑 刀具 精度 刚度 振动 噪声 磨损 疲劳 寿命 涂层 陶瓷 合金 不锈钢 铝合金 铸铁 导轨 丝杠
减速器 伺服 电机 编码器 光栅 机器人 控制器 传感器 视觉 检测 焊接 激光 熔覆 热处理 淬火 渗碳 磨削 铣削 车削 镗孔
夹具 夹爪 装配 在线 测量 误差 补偿 仿真 数字孪生 算法 数据 采集 平台 系统 软件 通信 总线 实时 同步 插补 轨迹
规划 阻尼 密封 泵 阀门 管道 压缩机 风机 叶片 涡轮 发动机 缸体 曲轴 连杆 齿轮 变速箱 电池 正极 负极 隔膜 电解液
电芯 模组 热管理 快充 储能 逆变器 功率 半导体 碳化硅 绝缘 电缆 变压器 催化剂 聚合物 树脂 纤维 复合材料 橡胶
粘结剂 溶剂 萃取 结晶 蒸馏 膜分离 废水 废气 回收 节能 排放 粉末 烧结 增材制造 打印 模具 注塑 冲压 锻造 铸造 轧制
钢板 钢管 高温 低温 高压 真空 高速 超声 电磁 磁性 光学 透镜 成像 内镜 支架 导管 植入 骨科 血液 试剂 诊断 影像
核磁 呼吸机 监护 消毒 生物 材料 药物 合成 纯化 稳定性 可靠性 一致性 自动化 智能 柔性 轻量化 小型化 国产化 工艺
参数 优化 设计 试验 标准 质量 成本 效率 产能 节拍 能耗 维护 预警 故障 诊断系统
""")
ENGLISH: Final = words_of("""
spindle bearing machine temperature lubrication tool accuracy stiffness vibration noise wear fatigue life
coating ceramic alloy steel aluminium casting guideway screw reducer servo motor encoder scale robot controller
sensor vision inspection welding laser cladding treatment hardening carburizing grinding milling turning boring
fixture gripper assembly inline measurement error compensation simulation twin algorithm data acquisition
platform system software communication bus realtime synchronous interpolation trajectory planning damping
sealing pump valve pipe compressor fan blade turbine engine block crankshaft rod gear gearbox battery cathode
anode separator electrolyte cell module thermal charging storage inverter power semiconductor carbide insulation
cable transformer catalyst polymer resin fibre composite rubber binder solvent extraction crystallization
distillation membrane wastewater exhaust recycling saving emission powder sintering additive printing mould
injection stamping forging rolling plate tube high low pressure vacuum speed ultrasonic magnetic optical lens
imaging endoscope stent catheter implant blood reagent diagnosis ventilator monitoring disinfection material
drug synthesis purification stability reliability consistency automation flexible lightweight process parameter
optimization design test standard quality cost efficiency capacity cycle energy maintenance warning failure
""")
SYLLABLES: Final = words_of("ba cor den fil gan hex ion jet kal lum mor nit oxy pol qua ras sil tor ul ven wex yl zon")
RARE: Final = 6000
"""Coined words and grades beside the real ones: the long tail of names, models and standards."""


class Vocabulary:
    """Words in the order of their rank; the word of rank r is drawn with a frequency of 1/r."""

    def __init__(self, words: Sequence[str], draw: random.Random) -> None:
        self.words = list(words)
        draw.shuffle(self.words)
        self.words += [coined(draw) for _ in range(RARE)]
        self.weights = list(accumulate(1 / rank for rank in range(1, len(self.words) + 1)))

    def some(self, draw: random.Random, number: int) -> list[str]:
        """So many words by their frequency."""
        return draw.choices(self.words, cum_weights=self.weights, k=number)

    def common(self, draw: random.Random, number: int) -> list[str]:
        """Of the forty most frequent."""
        return draw.sample(self.words[:40], number)

    def rare(self, draw: random.Random, number: int) -> list[str]:
        """Of those that few posts have."""
        return draw.sample(self.words[250:2500], number)


def coined(draw: random.Random) -> str:
    """A word that looks like the name of a substance, or a grade like "XK-715"."""
    if draw.random() < 0.5:
        return "".join(draw.choices(SYLLABLES, k=3))
    return f"{draw.choice('ABCGHKTXYZ')}{draw.choice('ABCKLMNRT')}{draw.randrange(100, 9999)}"
