"""Addresses of projects and of what hangs on them."""

from django.urls import path

from contracts.execution import events, milestones, payments, projects, royalties, views
from web.actions import action_paths

urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:pk>/calendar.ics", views.calendar, name="project-calendar"),
    *views.form_paths(),
    *(
        address
        for root, noun, use_cases, find in (
            ("projects", "project", projects.PROJECT_ACTIONS, views.find),
            ("milestones", "milestone", milestones.MILESTONE_ACTIONS, views.find_milestone),
            ("payments", "payment", payments.PAYMENT_ACTIONS, views.find_payment),
            ("royalties", "royalty_report", royalties.ROYALTY_ACTIONS, views.find_report),
            ("notices", "project_notice", events.NOTICE_ACTIONS, views.find_notice),
            ("disputes", "dispute", events.DISPUTE_ACTIONS, views.find_dispute),
            ("settlements", "settlement", events.SETTLEMENT_ACTIONS, views.find_settlement),
        )
        for address in action_paths(f"{root}/<int:pk>/", use_cases, noun=noun, find=find, show=views.show)
    ),
]
