"""Addresses of matching."""

from django.urls import path

from matching import services, views
from web.actions import action_paths

app_name = "matching"
urlpatterns = [
    path("matches/rematch/", views.rematch, name="rematch"),
    path("matches/<int:pk>/", views.match, name="match"),
    *action_paths("matches/<int:pk>/", services.ACTIONS, noun="match", find=views.find, show=views.show),
]
