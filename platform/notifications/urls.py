"""Addresses of notifications."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.mark_all_read, name="read-all"),
    path("inbox/<int:pk>/", views.open_notice, name="open"),
    path("inbox/<int:pk>/read/", views.mark_read, name="read"),
    path("settings/notifications/", views.settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
