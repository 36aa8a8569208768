"""Rows for matching: who sees suggestions, who speaks for a side, who decides."""

from django.utils.translation import gettext_lazy as _

from policy import Alongside, ByMandate, Filled, InScope, Lacking, Represents, Uninvolved, WorksFor, allow

NEED_SIDE, ACHIEVEMENT_SIDE = "need__owner_id", "achievement__owner_id"
PARTIES = WorksFor(NEED_SIDE, ACHIEVEMENT_SIDE)
SPEAKERS = Represents(NEED_SIDE, ACHIEVEMENT_SIDE)
IN_SCOPE = InScope(
    regions=("need__owner__region__code", "achievement__owner__region__code"), chain="need__chain_nodes__chain__code"
)
HAS_SPOKEN = _("Only a manager of a side that has not yet spoken can do this.")
ALIVE = "suggested one_sided mutual"
MANDATED = _("The organization gave you a mandate.")

RULES = (
    *allow(
        "member",
        "match.view match.history",
        to=PARTIES,
        when="suggested one_sided mutual declined approved refused",
        because=_("Your organization is one of its two sides."),
    ),
    # A suggestion that lapsed because its post was withdrawn must not keep the text open to those who never spoke.
    *allow(
        "member",
        "match.view match.history",
        to=Alongside(WorksFor(NEED_SIDE), Filled("need_interested_at")),
        because=_("Your organization had expressed interest."),
    ),
    *allow(
        "member",
        "match.view match.history",
        to=Alongside(WorksFor(ACHIEVEMENT_SIDE), Filled("achievement_interested_at")),
        because=_("Your organization had expressed interest."),
    ),
    *allow("administrator", "match.view match.history", because=_("Administrators oversee all matches.")),
    *allow(
        "supervisor",
        "match.view",
        to=IN_SCOPE,
        when="mutual approved refused",
        because=_("It lies in the region and chain that you supervise."),
    ),
    *allow(
        "member",
        "match.express_interest",
        to=Alongside(Represents(NEED_SIDE), Lacking("need_interested_at"), denial=HAS_SPOKEN),
        when="suggested one_sided",
        because=_("You may speak for the need's organization."),
    ),
    *allow(
        "member",
        "match.express_interest",
        to=Alongside(Represents(ACHIEVEMENT_SIDE), Lacking("achievement_interested_at"), denial=HAS_SPOKEN),
        when="suggested one_sided",
        because=_("You may speak for the achievement's organization."),
    ),
    *allow("member", "match.decline", to=SPEAKERS, when=ALIVE, because=_("You may speak for one of its two sides.")),
    *allow(
        "administrator",
        "match.approve match.refuse",
        to=Uninvolved(NEED_SIDE, ACHIEVEMENT_SIDE),
        when="mutual",
        because=_("Administrators decide on mutual interest."),
    ),
    *allow(
        "broker",
        "match.view match.history",
        to=ByMandate("matches", NEED_SIDE, ACHIEVEMENT_SIDE),
        when="suggested one_sided mutual declined approved refused",
        because=MANDATED,
    ),
    *allow(
        "broker",
        "match.express_interest",
        to=Alongside(ByMandate("matches", NEED_SIDE), Lacking("need_interested_at"), denial=HAS_SPOKEN),
        when="suggested one_sided",
        because=MANDATED,
    ),
    *allow(
        "broker",
        "match.express_interest",
        to=Alongside(ByMandate("matches", ACHIEVEMENT_SIDE), Lacking("achievement_interested_at"), denial=HAS_SPOKEN),
        when="suggested one_sided",
        because=MANDATED,
    ),
    *allow(
        "broker",
        "match.decline",
        to=ByMandate("matches", NEED_SIDE, ACHIEVEMENT_SIDE),
        when=ALIVE,
        because=MANDATED,
    ),
    *allow("platform", "match.lapse", when=ALIVE, because=_("Suggestions lapse when the posts or the ranking change.")),
    *allow("platform", "match.suggest", when="lapsed", because=_("The engine suggests.")),
    *allow(
        "administrator",
        "engine.view glossary.view glossary.edit rule.view rule.create ranker.view ranker.learn",
        because=_("Administrators look after the engine."),
    ),
    *allow(
        "administrator",
        "rule.edit rule.try",
        when="draft trialled",
        because=_("Administrators look after the engine."),
    ),
    *allow("administrator", "rule.enact", when="trialled", because=_("It was tried on past data.")),
    *allow(
        "administrator",
        "rule.retire",
        when="draft trialled in_force",
        because=_("Administrators look after the engine."),
    ),
    *allow("platform", "rule.note_trial", when="draft trialled", because=_("The trial has ended.")),
    *allow("platform", "ranker.promote ranker.reject", when="trained", because=_("Held-back decisions decide.")),
    *allow(
        "administrator platform",
        "ranker.retire",
        when="promoted",
        because=_("Administrators look after the engine."),
    ),
    *allow("administrator", "ranker.restore", when="retired", because=_("Administrators look after the engine.")),
    *allow("administrator", "match.rematch", because=_("Administrators may have everything scored again.")),
)
