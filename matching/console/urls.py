"""Addresses of the console."""

from django.urls import path

from matching import rules as use_cases
from matching.console import glossary, pages, rules
from matching.learning import rankers
from web.actions import action_paths

urlpatterns = [
    path("engine/", pages.engine, name="engine"),
    path("engine/learn/", pages.learn, name="learn"),
    path("engine/exposure/", pages.exposed, name="exposure"),
    path("engine/rankers/<int:pk>/", pages.ranker, name="ranker"),
    *action_paths("engine/rankers/<int:pk>/", rankers.ACTIONS, noun="ranker", find=pages.find, show=pages.show),
    path("engine/glossary/", glossary.terms, name="glossary"),
    path("engine/glossary/new/", glossary.new, name="glossary-new"),
    path("engine/glossary/import/", glossary.bring_in, name="glossary-import"),
    path("engine/glossary/<int:pk>/", glossary.term, name="glossary-term"),
    path("engine/glossary/<int:pk>/remove/", glossary.remove, name="glossary-remove"),
    path("engine/rules/", rules.rules, name="rules"),
    path("engine/rules/new/", rules.new, name="rule-new"),
    path("engine/rules/<int:pk>/", rules.rule, name="rule"),
    path("engine/rules/<int:pk>/edit/", rules.edit, name="rule-edit"),
    path("engine/rules/<int:pk>/try/", rules.start_trial, name="rule-try"),
    *action_paths("engine/rules/<int:pk>/", use_cases.ACTIONS, noun="rule", find=rules.find, show=rules.show),
]
