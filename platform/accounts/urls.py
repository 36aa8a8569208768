"""Addresses of accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("organizations/<int:pk>/", views.organization, name="organization"),
]
