"""Rows for information release: who may write, judge and read needs, achievements and imports."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from policy import Alongside, ByMandate, Granted, Having, Represents, Rule, Uninvolved, WorksFor, allow

OWN = WorksFor("owner_id")
OWN_TO_SPEAK_FOR = Represents("owner_id")
FOR_CLIENT = ByMandate("posts", "owner_id")
EDITABLE = "draft returned"
VERIFIED = Having(
    "owner__status",
    ("verified",),
    denial=_("Its organization has not been verified yet. Verify the organization first, or return the post."),
)
JUDGED = "submitted returned rejected published withdrawn"


WITHOUT_NDA = ("public", "members", "interest")
LET_IN = Alongside(Having("visibility", WITHOUT_NDA), Granted("grants", ("interest", "nda")))
LET_IN_UNDER_NDA = Granted("grants", ("nda",))
"""Whoever was let in reads on when the post is no longer published, until the access ends."""


def own_of_kind(kinds: str) -> Alongside:
    """A member's own organization, if it is of one of the kinds; the person's other memberships do not count."""
    return Alongside(OWN, Having("owner__kind", tuple(kinds.split())))


def post_rules(noun: str, posters: str) -> tuple[Rule, ...]:
    """Needs and achievements differ only in who posts them."""
    return (
        *allow(
            "visitor",
            f"{noun}.view {noun}.read",
            to=Having("visibility", ("public",)),
            when="published",
            because=_("It is public."),
        ),
        # To view is to see the card; to read is to see the full text, the figures and the files.
        *allow("member", f"{noun}.view", when="published", because=_("Members see the card of whatever is published.")),
        *allow(
            "member",
            f"{noun}.read",
            to=Having("visibility", ("public", "members")),
            when="published",
            because=_("It is open to members."),
        ),
        *allow(
            "member",
            f"{noun}.view {noun}.read {noun}.evidence",
            to=LET_IN,
            because=_("Both sides are interested."),
        ),
        *allow(
            "member",
            f"{noun}.view {noun}.read {noun}.evidence",
            to=LET_IN_UNDER_NDA,
            because=_("Both sides signed an NDA."),
        ),
        *allow(
            "member",
            f"{noun}.view {noun}.read {noun}.history {noun}.evidence",
            to=OWN,
            because=_("It belongs to your organization."),
        ),
        *allow(
            "administrator",
            f"{noun}.view {noun}.read {noun}.history {noun}.evidence",
            when=JUDGED,
            because=_("Administrators see what was submitted."),
        ),
        *allow(posters, f"{noun}.create", to=own_of_kind(posters), because=_("Your organization may post this.")),
        *allow(
            "member",
            f"{noun}.edit {noun}.attach",
            to=OWN,
            when=EDITABLE,
            because=_("It belongs to your organization and is not being judged."),
        ),
        *allow(
            "member",
            f"{noun}.submit",
            to=OWN_TO_SPEAK_FOR,
            when=EDITABLE,
            because=_("You may speak for its organization."),
        ),
        *allow(
            "administrator",
            f"{noun}.return {noun}.reject",
            to=Uninvolved("owner_id"),
            when="submitted",
            because=_("Administrators verify what was submitted."),
        ),
        *allow(
            "administrator",
            f"{noun}.publish",
            to=Alongside(VERIFIED, Uninvolved("owner_id")),
            when="submitted",
            because=_("Administrators verify what was submitted."),
        ),
        *allow(
            "member",
            f"{noun}.withdraw",
            to=OWN_TO_SPEAK_FOR,
            when="published",
            because=_("You may speak for its organization."),
        ),
        *broker_rules(noun, posters),
    )


def broker_rules(noun: str, posters: str) -> Iterator[Rule]:
    """What a broker does for those who gave it a mandate for posts."""
    because = _("The organization gave you a mandate.")
    yield from allow(
        "broker", f"{noun}.view {noun}.read {noun}.history {noun}.evidence", to=FOR_CLIENT, because=because
    )
    yield from allow(
        "broker", f"{noun}.edit {noun}.attach {noun}.submit", to=FOR_CLIENT, when=EDITABLE, because=because
    )
    yield from allow("broker", f"{noun}.withdraw", to=FOR_CLIENT, when="published", because=because)
    kinds = Having("owner__kind", tuple(posters.split()))
    yield from allow("broker", f"{noun}.create", to=Alongside(FOR_CLIENT, kinds), because=because)


RULES = (
    *post_rules("need", "enterprise"),
    *post_rules("achievement", "university institute"),
    *allow("visitor member", "catalogue.search chain.view", because=_("What is published can be found.")),
    *allow("administrator", "review.view", because=_("Administrators verify what was submitted.")),
    *allow(
        "enterprise university institute",
        "import.create",
        to=own_of_kind("enterprise university institute"),
        because=_("Your organization may post this."),
    ),
    *allow("enterprise university institute", "import.view", to=OWN, because=_("It belongs to your organization.")),
    *allow("administrator", "import.view", because=_("Administrators watch over imports.")),
    *allow(
        "administrator",
        "import.publish",
        to=Uninvolved("owner_id"),
        because=_("Administrators verify what was submitted."),
    ),
)
