"""Addresses of contracts."""

from django.urls import path

from contracts import services
from contracts.execution.urls import urlpatterns as execution
from contracts.views import clauses, contracts, library, sharing, signing, verify
from web.actions import action_paths

CLAUSE = "contracts/<int:pk>/clauses/<slug:key>/"

app_name = "contracts"
urlpatterns = [
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<int:pk>/", contracts.contract, name="contract"),
    path("contracts/<int:pk>/draft/", contracts.draft, name="draft"),
    path("contracts/<int:pk>/join/", contracts.join, name="join"),
    path("contracts/<int:pk>/accept-all/", clauses.accept_all, name="accept-all"),
    path("contracts/<int:pk>/versions/<int:number>/", contracts.version, name="version"),
    path("contracts/<int:pk>/sharing/", sharing.sharing, name="sharing"),
    path("contracts/<int:pk>/sharing/put/", sharing.put_shares, name="put-shares"),
    path("contracts/<int:pk>/guide/", sharing.guide, name="guide"),
    path("contracts/<int:pk>/guide/choose/", sharing.choose_option, name="choose-option"),
    path(CLAUSE, clauses.clause, name="clause"),
    path(f"{CLAUSE}propose/", clauses.propose, name="propose"),
    path(f"{CLAUSE}accept/", clauses.accept, name="accept"),
    path(f"{CLAUSE}decline/", clauses.decline, name="decline"),
    path(f"{CLAUSE}comment/", clauses.comment, name="comment"),
    path("clause-library/", library.library, name="library"),
    path("clause-library/<int:pk>/", library.clause, name="library-clause"),
    path("clause-library/<int:pk>/edit/", library.edit, name="library-edit"),
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
