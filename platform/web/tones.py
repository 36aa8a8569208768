"""How states look: from a status to a tone, from a tone to an icon."""

from collections.abc import Mapping

TONE_ICONS: Mapping[str, str] = {
    "plain": "pencil",
    "wait": "clock",
    "good": "check-circle",
    "closed": "minus-circle",
    "fault": "x-circle",
    "seal": "check-badge",
}
"""Names of icons in heroicons' micro style."""

STATUSES: Mapping[str, str] = {
    "plain": "draft drafting suggested scheduled locked planned unverified",
    "wait": "submitted verifying returned one_sided mutual negotiating nda talking frozen signing paused suspended"
    " open quarantined due recorded reported given proposed terminating partially_met trialled trained",
    "good": "published fulfilled approved contracted effective performing accepted paid revealed met agreed released"
    " confirmed acknowledged settled verified in_force promoted",
    "closed": "withdrawn expired lapsed closed declined broken_off removed waived retired",
    "fault": "rejected refused overdue disputed failed contested",
    "seal": "signed terminated adjudicated",
}
TONES: Mapping[str, str] = {status: tone for tone, statuses in STATUSES.items() for status in statuses.split()}

ORGANIZATION_ICONS: Mapping[str, str] = {
    "enterprise": "building-office-2",
    "university": "academic-cap",
    "institute": "beaker",
    "government": "building-library",
    "broker": "arrows-right-left",
    "financial": "banknotes",
}
