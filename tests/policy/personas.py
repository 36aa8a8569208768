"""Groups of the personas of tests/world.py, for the table written by hand."""

EVERYBODY = (
    "visitor stranger strange_researcher enterprise_contributor enterprise_manager former_manager closed_account"
    " university_contributor university_manager manager_of_both administrator administrator_of_enterprise"
    " administrator_of_university supervisor supervisor_elsewhere supervisor_of_other_chain founder broker idle_broker"
)
LOGGED_IN = (
    "stranger strange_researcher enterprise_contributor enterprise_manager former_manager university_contributor"
    " university_manager manager_of_both administrator administrator_of_enterprise administrator_of_university"
    " supervisor supervisor_elsewhere supervisor_of_other_chain founder broker idle_broker"
)
ADMINISTRATORS = "administrator administrator_of_enterprise administrator_of_university"
SUPERVISORS = "supervisor supervisor_elsewhere supervisor_of_other_chain"
OF_ENTERPRISE = "enterprise_contributor enterprise_manager manager_of_both administrator_of_enterprise"
OF_UNIVERSITY = "university_contributor university_manager manager_of_both administrator_of_university"
FOR_ENTERPRISE = "enterprise_manager manager_of_both"
FOR_UNIVERSITY = "university_manager manager_of_both"
EITHER_SIDE = (
    "enterprise_contributor enterprise_manager manager_of_both administrator_of_enterprise"
    " university_contributor university_manager administrator_of_university"
)
BY_ENTERPRISE = f"{OF_ENTERPRISE} broker"
BY_UNIVERSITY = f"{OF_UNIVERSITY} broker"
FOR_EITHER_SIDE = "enterprise_manager manager_of_both university_manager"

ANYWHERE = ""
"""The place of an action that has no object."""
UNVERIFIED = ("unverified", "submitted", "returned", "rejected")
"""States in which an organization is not yet, or never was, verified."""
