"""The part of the table written by hand that speaks of the ground floor: places, organizations, files, notices."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    ANYWHERE,
    BY_ENTERPRISE,
    EVERYBODY,
    FOR_ENTERPRISE,
    LOGGED_IN,
    OF_ENTERPRISE,
    UNVERIFIED,
)

GROUND: Mapping[str, Mapping[str, str]] = {
    "job.view": {"job": f"enterprise_manager {ADMINISTRATORS}"},
    # Who takes part is public once it is verified; until then it is its members' and the administrators' affair.
    "organization.view": {
        "organization verified": EVERYBODY,
        "organization suspended": EVERYBODY,
        **{f"organization {state}": f"founder {ADMINISTRATORS}" for state in UNVERIFIED},
    },
    **{
        f"organization.{action}": {
            "organization verified": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
            **{f"organization {state}": f"founder {ADMINISTRATORS}" for state in (*UNVERIFIED, "suspended")},
        }
        for action in ("history", "evidence", "staff")
    },
    "organization.found": {ANYWHERE: LOGGED_IN},
    "organization.check": {ANYWHERE: LOGGED_IN},
    "organization.describe": {
        "organization unverified": "founder",
        "organization returned": "founder",
        "organization verified": FOR_ENTERPRISE,
    },
    "organization.submit": {"organization unverified": "founder", "organization returned": "founder"},
    "organization.attach": {"organization unverified": "founder", "organization returned": "founder"},
    # Nobody verifies the organization to which he belongs.
    "organization.return": {"organization submitted": "administrator administrator_of_university"},
    "organization.reject": {"organization submitted": "administrator administrator_of_university"},
    "organization.verify": {
        "organization submitted": "administrator administrator_of_university",
        "organization suspended": "administrator administrator_of_university",
    },
    "organization.suspend": {"organization verified": "administrator administrator_of_university"},
    "membership.view": {"membership": f"{OF_ENTERPRISE} {ADMINISTRATORS}"},
    "membership.change": {"membership": FOR_ENTERPRISE},
    "membership.end": {"membership": f"{FOR_ENTERPRISE} enterprise_contributor"},
    "invitation.view": {"invitation": FOR_ENTERPRISE},
    "invitation.send": {"invitation": FOR_ENTERPRISE},
    "invitation.revoke": {"invitation": FOR_ENTERPRISE},
    "invitation.read": {ANYWHERE: EVERYBODY},
    "mandate.view": {"mandate": f"{OF_ENTERPRISE} broker {ADMINISTRATORS}"},
    "mandate.grant": {"mandate": FOR_ENTERPRISE},
    "mandate.revoke": {"mandate": f"{FOR_ENTERPRISE} broker"},
    "interest.declare": {ANYWHERE: LOGGED_IN},
    "interest.view": {"interest": "enterprise_contributor", "interest from a contract": "enterprise_contributor"},
    "interest.end": {"interest": "enterprise_contributor"},
    "token.create": {ANYWHERE: LOGGED_IN},
    "token.view": {"token": "enterprise_contributor"},
    "token.revoke": {"token": "enterprise_contributor"},
    "account.data": {ANYWHERE: LOGGED_IN},
    "account.switch": {ANYWHERE: LOGGED_IN},
    "account.settings": {ANYWHERE: LOGGED_IN},
    "account.me": {ANYWHERE: LOGGED_IN},
    "account.logout": {ANYWHERE: LOGGED_IN},
    "web.desk": {ANYWHERE: LOGGED_IN},
    "taxonomy.view": {ANYWHERE: EVERYBODY},
    "api.read": {ANYWHERE: EVERYBODY},
    "account.login": {ANYWHERE: EVERYBODY},
    "web.style": {ANYWHERE: EVERYBODY},
    "web.health": {ANYWHERE: EVERYBODY},
    "web.set_theme": {ANYWHERE: EVERYBODY},
    "web.set_language": {ANYWHERE: EVERYBODY},
    "web.home": {ANYWHERE: EVERYBODY},
    # Nobody opens a file before it was checked; evidence is for its organization and for those who judge.
    "attachment.view": {
        "attachment quarantined": BY_ENTERPRISE,
        "attachment refused": BY_ENTERPRISE,
        "attachment released": BY_ENTERPRISE,
        "attachment of another released": BY_ENTERPRISE,
        "attachment of a submitted need released": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "attachment of a published need released": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
    },
    "attachment.read": {
        "attachment released": BY_ENTERPRISE,
        "attachment of another released": BY_ENTERPRISE,
        "attachment of a submitted need released": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
        "attachment of a published need released": f"{BY_ENTERPRISE} {ADMINISTRATORS}",
    },
    "attachment.create": {
        f"attachment {place}": BY_ENTERPRISE
        for place in ("quarantined", "released", "refused", "removed", "of another released")
    },
    # A file can be taken back while its thing is being written, by the organization that attached it.
    "attachment.remove": {
        "attachment released": OF_ENTERPRISE,
        "attachment refused": OF_ENTERPRISE,
        "attachment of another released": "manager_of_both",
    },
    "attachment.release": {
        "attachment quarantined": "platform",
        "attachment of a submitted need quarantined": "platform",
        "attachment of a published need quarantined": "platform",
    },
    "attachment.refuse": {
        "attachment quarantined": "platform",
        "attachment of a submitted need quarantined": "platform",
        "attachment of a published need quarantined": "platform",
    },
    "notice.view": {"notice": "enterprise_manager"},
    "notice.read": {"notice": "enterprise_manager"},
    "notice.settings": {ANYWHERE: LOGGED_IN},
    "notice.unsubscribe": {ANYWHERE: EVERYBODY},
}
