"""Addresses of tracking."""

from django.urls import path

from tracking import views

app_name = "tracking"
urlpatterns = [path("oversight/", views.oversight, name="oversight")]
