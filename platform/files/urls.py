"""Addresses of files."""

from django.urls import path

from files import services, views
from web.actions import action_paths

app_name = "files"
urlpatterns = [
    path("files/<str:public_id>/", views.content, name="content"),
    *action_paths(
        "files/<str:public_id>/actions/", services.ACTIONS, noun="attachment", find=views.find, show=views.show
    ),
    path("files/of/<slug:noun>/<str:key>/", views.attachments, name="attachments"),
    path("files/of/<slug:noun>/<str:key>/add/", views.attach, name="attach"),
]
