"""The part of the table written by hand that speaks of the ground floor: places, organizations, files, notices."""

from collections.abc import Mapping

from tests.policy.personas import (
    ADMINISTRATORS,
    ANYWHERE,
    EVERYBODY,
    LOGGED_IN,
    OF_ENTERPRISE,
)

GROUND: Mapping[str, Mapping[str, str]] = {
    "job.view": {"job": f"enterprise_manager {ADMINISTRATORS}"},
    "organization.view": {"organization": EVERYBODY},
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
        "attachment quarantined": OF_ENTERPRISE,
        "attachment refused": OF_ENTERPRISE,
        "attachment released": OF_ENTERPRISE,
        "attachment of another released": OF_ENTERPRISE,
        "attachment of a submitted need released": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "attachment of a published need released": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
    },
    "attachment.read": {
        "attachment released": OF_ENTERPRISE,
        "attachment of another released": OF_ENTERPRISE,
        "attachment of a submitted need released": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
        "attachment of a published need released": f"{OF_ENTERPRISE} {ADMINISTRATORS}",
    },
    "attachment.create": {
        f"attachment {place}": OF_ENTERPRISE
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
