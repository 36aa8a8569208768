"""Addresses of contracts."""

from django.urls import path

from contracts import services
from contracts.execution.urls import urlpatterns as execution
from contracts.views import contracts, signing, verify
from web.actions import action_paths

app_name = "contracts"
urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<int:pk>/", contracts.contract, name="contract"),
    path("contracts/<int:pk>/signing/", signing.signing, name="signing"),
    path("contracts/<int:pk>/signing/sign/", signing.sign, name="sign"),
    path("contracts/<int:pk>/signing/prepare/", signing.prepare, name="prepare"),
    path("contracts/<int:pk>/signing/prepared/", signing.prepared, name="prepared"),
    path("contracts/<int:pk>/signing/submit/", signing.submit, name="submit"),
    path("contracts/<int:pk>/paper/", signing.paper, name="paper"),
    path("contracts/<int:pk>/evidence/", signing.evidence, name="evidence"),
    path("contracts/<int:pk>/dossier/", signing.dossier, name="dossier"),
    path("verify/", verify.verify, name="verify"),
    *action_paths("contracts/<int:pk>/", services.ACTIONS, noun="contract", find=contracts.find, show=contracts.show),
    *execution,
]
