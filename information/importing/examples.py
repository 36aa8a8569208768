"""The example row of each CSV template: cells as a person would write them."""

from collections.abc import Mapping

NEED = {
    "external_id": "N-2027-001",
    "type": "development",
    "title_zh": "主轴前轴承温升控制",
    "title_en": "Limiting the temperature rise of front spindle bearings",
    "summary_zh": "主轴连续运转两小时后前轴承温升 28 K，需降到 15 K 以内。",
    "summary_en": "After two hours the front bearing runs 28 K above ambient; 15 K are allowed.",
    "problem_zh": "转速 12000 r/min 时前轴承温升过高，主轴热伸长超差；加大油气润滑供油量后温升反而上升。",
    "problem_en": (
        "At 12000 r/min the front bearing grows so warm that the spindle lengthens out of tolerance;"
        " more oil-air lubrication only made it warmer."
    ),
    "keywords_zh": "主轴;轴承温升;油气润滑",
    "keywords_en": "spindle;bearing temperature;oil-air lubrication",
    "targets": "前轴承温升|temperature rise of the front bearing|<=|15|K|运转 2 h 后测外圈|outer ring after 2 h",
    "trl_current": "4",
    "trl_required": "7",
    "budget_min": "300000",
    "budget_max": "800000",
    "currency": "CNY",
    "deadline": "2028-06-30",
    "chain_nodes": "cnc.spindles;cnc.bearings",
    "industries": "2",
    "region": "210100",
    "visibility": "public",
}
ACHIEVEMENT = {
    "external_id": "A-2027-001",
    "type": "patent",
    "title_zh": "轴承内圈微孔供油结构",
    "title_en": "Oil supply through micro-holes in the inner ring",
    "summary_zh": "润滑油由主轴内部经内圈微孔直接进入接触区，供油量减少六成。",
    "summary_en": "Oil reaches the contact from inside the shaft; 60 % less of it is needed.",
    "description_zh": "内径 70 mm 角接触球轴承，12000 r/min 台架试验 500 h，外圈温升 13 K。",
    "description_en": "500 h rig test of a 70 mm angular contact bearing at 12000 r/min: outer ring 13 K up.",
    "keywords_zh": "轴承;润滑;温升",
    "keywords_en": "bearing;lubrication;temperature rise",
    "benefits": "轴承外圈温升|temperature rise of the outer ring|27|13|K",
    "stage": "pilot",
    "trl": "6",
    "trl_evidence_zh": "500 h 台架试验报告。",
    "trl_evidence_en": "Report of a 500 h rig test.",
    "ip": "invention_patent|granted",
    "offer_modes": "nonexclusive_licence;joint_development",
    "price_expectation": "500000",
    "chain_nodes": "cnc.bearings",
    "industries": "2",
    "region": "210100",
    "visibility": "public",
}
EXAMPLES: Mapping[str, Mapping[str, str]] = {"need": NEED, "achievement": ACHIEVEMENT}
