"""Who may do what with needs and achievements, written down by hand; a part of tests/policy/by_hand.py."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    EITHER_SIDE,
    EVERYBODY,
    FOR_ENTERPRISE,
    FOR_UNIVERSITY,
    LOGGED_IN,
    OF_ENTERPRISE,
    OF_UNIVERSITY,
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
        "need draft": OF_ENTERPRISE,
        "need submitted": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need published": EVERYBODY,
        "need withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": LOGGED_IN,
        "need after interest published": LOGGED_IN,
        "need after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA published": LOGGED_IN,
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA, closed again published": LOGGED_IN,
        "need of a university draft": OF_UNIVERSITY,
    },
    # To see the card is one thing, to read the full text another: that opens to the side that was let in.
    "need.read": {
        "need draft": OF_ENTERPRISE,
        "need submitted": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need published": EVERYBODY,
        "need withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": LOGGED_IN,
        "need of a university draft": OF_UNIVERSITY,
        "need after interest published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
    },
    "need.history": {
        "need draft": OF_ENTERPRISE,
        "need submitted": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need of a university draft": OF_UNIVERSITY,
        "need after interest published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
    },
    # Needs come from enterprises alone, also where a person works for a university as well.
    "need.create": {
        f"need {state}": OF_ENTERPRISE
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
        "need draft": OF_ENTERPRISE,
        "need returned": OF_ENTERPRISE,
        "need of a university draft": OF_UNIVERSITY,
    },
    "need.submit": {
        "need draft": FOR_ENTERPRISE,
        "need returned": FOR_ENTERPRISE,
        "need of a university draft": FOR_UNIVERSITY,
    },
    # Nobody judges what comes from an organization to which he belongs.
    "need.publish": {"need submitted": "administrator administrator_of_university"},
    "need.return": {"need submitted": "administrator administrator_of_university"},
    "need.reject": {"need submitted": "administrator administrator_of_university"},
    "need.withdraw": {
        f"need {state}": FOR_ENTERPRISE for state in ("published", "for members published", *RESTRICTED_AND_PUBLISHED)
    },
    "achievement.view": {
        "achievement draft": OF_UNIVERSITY,
        "achievement submitted": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": EVERYBODY,
        "achievement withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": LOGGED_IN,
        "achievement after interest published": LOGGED_IN,
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA published": LOGGED_IN,
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": LOGGED_IN,
    },
    "achievement.read": {
        "achievement draft": OF_UNIVERSITY,
        "achievement submitted": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": EVERYBODY,
        "achievement withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": LOGGED_IN,
        "achievement after interest published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.history": {
        "achievement draft": OF_UNIVERSITY,
        "achievement submitted": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.create": {
        f"achievement {state}": OF_UNIVERSITY
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
    "achievement.edit": {"achievement draft": OF_UNIVERSITY, "achievement returned": OF_UNIVERSITY},
    "achievement.submit": {"achievement draft": FOR_UNIVERSITY, "achievement returned": FOR_UNIVERSITY},
    "achievement.publish": {"achievement submitted": "administrator administrator_of_enterprise"},
    "achievement.return": {"achievement submitted": "administrator administrator_of_enterprise"},
    "achievement.reject": {"achievement submitted": "administrator administrator_of_enterprise"},
    "achievement.withdraw": {
        f"achievement {state}": FOR_UNIVERSITY
        for state in ("published", "for members published", *RESTRICTED_AND_PUBLISHED)
    },
    "need.evidence": {
        "need draft": OF_ENTERPRISE,
        "need submitted": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need returned": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need rejected": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need withdrawn": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need for members published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need of a university draft": OF_UNIVERSITY,
        "need after interest published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "need after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "need after an NDA, closed again published": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
    },
    "need.attach": {
        "need draft": OF_ENTERPRISE,
        "need returned": OF_ENTERPRISE,
        "need of a university draft": OF_UNIVERSITY,
    },
    "achievement.evidence": {
        "achievement draft": OF_UNIVERSITY,
        "achievement submitted": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement returned": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement rejected": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement withdrawn": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement for members published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after interest, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
        "achievement after an NDA, let in withdrawn": f"{EITHER_SIDE} {ADMINISTRATORS}",
        "achievement after an NDA, closed again published": f"{OF_UNIVERSITY} {ADMINISTRATORS}",
    },
    "achievement.attach": {"achievement draft": OF_UNIVERSITY, "achievement returned": OF_UNIVERSITY},
}
