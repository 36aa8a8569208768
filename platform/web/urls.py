"""Addresses of the frame itself."""

from django.urls import path

from web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("health/", views.health, name="health"),
    path("style/", views.style_page, name="style"),
]
