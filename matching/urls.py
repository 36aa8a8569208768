"""Addresses of matching."""

from django.urls import path

from information.models import Achievement, Need
from matching import services, views
from matching.console import urls as console
from matching.docking.urls import urlpatterns as docking
from web.actions import action_paths

app_name = "matching"
urlpatterns = [
    *console.urlpatterns,
    path("matches/rematch/", views.rematch, name="rematch"),
    path("matches/<int:pk>/", views.match, name="match"),
    *action_paths("matches/<int:pk>/", services.ACTIONS, noun="match", find=views.find, show=views.show),
    path("needs/<slug:public_id>/suggestions/", views.suggestions(Need), name="need-suggestions"),
    path("achievements/<slug:public_id>/suggestions/", views.suggestions(Achievement), name="achievement-suggestions"),
    *docking,
]
