"""Addresses of contracts."""

from django.urls import path

from contracts import services, views
from contracts.execution.urls import urlpatterns as execution
from web.actions import action_paths

app_name = "contracts"
urlpatterns = [
    path("contracts/", views.contracts, name="contracts"),
    path("contracts/<int:pk>/", views.contract, name="contract"),
    *action_paths("contracts/<int:pk>/", services.ACTIONS, noun="contract", find=views.find, show=views.show),
    *execution,
]
