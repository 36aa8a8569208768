"""Who may do what with needs and achievements, written down by hand; a part of tests/policy/by_hand.py."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    BY_ENTERPRISE,
    BY_UNIVERSITY,
    EITHER_SIDE,
    EVERYBODY,
    FOR_ENTERPRISE,
    FOR_UNIVERSITY,
    LOGGED_IN,
)

RESTRICTED_AND_PUBLISHED = (
    "after interest published",
    "after an NDA published",
    "after an NDA, closed again published",
)
RESTRICTED = (
    *RESTRICTED_AND_PUBLISHED, "after interest, let in withdrawn", "after an NDA, let in withdrawn",
)  # fmt: skip

POSTS: Mapping[str, Mapping[str, str]] = {
    # A draft is its organization's own affair; administrators see what was submitted, everybody what is public.
    "need.view": {
        "need of an unverified organization submitted": ADMINISTRATORS,
        "need draft": BY_ENTERPRISE,
        "need submitted": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need published": EVERYBODY,
        "need withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": LOGGED_IN,
        "need after interest published": LOGGED_IN,
        "need after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA published": LOGGED_IN,
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA, closed again published": LOGGED_IN,
        "need of a university draft": BY_UNIVERSITY,
    },
    # To see the card is one thing, to read the full text another: that opens to the side that was let in.
    "need.read": {
        "need of an unverified organization submitted": ADMINISTRATORS,
        "need draft": BY_ENTERPRISE,
        "need submitted": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need published": EVERYBODY,
        "need withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": LOGGED_IN,
        "need of a university draft": BY_UNIVERSITY,
        "need after interest published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
    },
    "need.history": {
        "need of an unverified organization submitted": ADMINISTRATORS,
        "need draft": BY_ENTERPRISE,
        "need submitted": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need of a university draft": BY_UNIVERSITY,
        "need after interest published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
    },
    # Needs come from enterprises alone, also where a person works for a university as well.
    "need.create": {
        f"need {state}": BY_ENTERPRISE
        for state in (
            "draft",
            "submitted",
            "returned",
            "rejected",
            "published",
            "withdrawn",
            "for members published",
            *RESTRICTED,
        )
    },
    "need.edit": {
        "need draft": BY_ENTERPRISE,
        "need returned": BY_ENTERPRISE,
        "need of a university draft": BY_UNIVERSITY,
    },
    "need.submit": {
        "need draft": f"{FOR_ENTERPRISE} broker",
        "need returned": f"{FOR_ENTERPRISE} broker",
        "need of a university draft": f"{FOR_UNIVERSITY} broker",
    },
    # Nobody judges what comes from an organization to which he belongs.
    "need.publish": {"need submitted": "administrator administrator_of_university"},
    "need.return": {
        "need submitted": "administrator administrator_of_university",
        "need of an unverified organization submitted": ADMINISTRATORS,
    },
    "need.reject": {
        "need submitted": "administrator administrator_of_university",
        "need of an unverified organization submitted": ADMINISTRATORS,
    },
    "need.withdraw": {
        f"need {state}": f"{FOR_ENTERPRISE} broker"
        for state in ("published", "for members published", *RESTRICTED_AND_PUBLISHED)
    },
    "achievement.view": {
        "achievement of an unverified organization submitted": ADMINISTRATORS,
        "achievement draft": BY_UNIVERSITY,
        "achievement submitted": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": EVERYBODY,
        "achievement withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": LOGGED_IN,
        "achievement after interest published": LOGGED_IN,
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA published": LOGGED_IN,
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": LOGGED_IN,
    },
    "achievement.read": {
        "achievement of an unverified organization submitted": ADMINISTRATORS,
        "achievement draft": BY_UNIVERSITY,
        "achievement submitted": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": EVERYBODY,
        "achievement withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": LOGGED_IN,
        "achievement after interest published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.history": {
        "achievement of an unverified organization submitted": ADMINISTRATORS,
        "achievement draft": BY_UNIVERSITY,
        "achievement submitted": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.create": {
        f"achievement {state}": BY_UNIVERSITY
        for state in (
            "draft",
            "submitted",
            "returned",
            "rejected",
            "published",
            "withdrawn",
            "for members published",
            *RESTRICTED,
        )
    },
    "achievement.edit": {"achievement draft": BY_UNIVERSITY, "achievement returned": BY_UNIVERSITY},
    "achievement.submit": {
        "achievement draft": f"{FOR_UNIVERSITY} broker",
        "achievement returned": f"{FOR_UNIVERSITY} broker",
    },
    "achievement.publish": {"achievement submitted": "administrator administrator_of_enterprise"},
    "achievement.return": {
        "achievement submitted": "administrator administrator_of_enterprise",
        "achievement of an unverified organization submitted": ADMINISTRATORS,
    },
    "achievement.reject": {
        "achievement submitted": "administrator administrator_of_enterprise",
        "achievement of an unverified organization submitted": ADMINISTRATORS,
    },
    "achievement.withdraw": {
        f"achievement {state}": f"{FOR_UNIVERSITY} broker"
        for state in ("published", "for members published", *RESTRICTED_AND_PUBLISHED)
    },
    "need.evidence": {
        "need of an unverified organization submitted": ADMINISTRATORS,
        "need draft": BY_ENTERPRISE,
        "need submitted": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need withdrawn": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need of a university draft": BY_UNIVERSITY,
        "need after interest published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
    },
    "need.attach": {
        "need draft": BY_ENTERPRISE,
        "need returned": BY_ENTERPRISE,
        "need of a university draft": BY_UNIVERSITY,
    },
    "achievement.evidence": {
        "achievement of an unverified organization submitted": ADMINISTRATORS,
        "achievement draft": BY_UNIVERSITY,
        "achievement submitted": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement withdrawn": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} broker {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{BY_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.attach": {"achievement draft": BY_UNIVERSITY, "achievement returned": BY_UNIVERSITY},
}
