"""The same gate for REST views: each action of a viewset names its row in `policies`."""

from typing import Any

from django.http import Http404
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from policy.decisions import decide
from policy.standing import VISITOR, standing_of


class ByPolicy(BasePermission):
    """Reads `view.policies` ({action or method: table action}); visitors get 401, strangers 404."""

    def has_permission(self, request: Request, view: Any) -> bool:
        key = getattr(view, "action", None) or (request.method or "").lower()
        if key in {"metadata", "options"}:
            return True
        key = "get" if key == "head" else key
        if not hasattr(view, key) and request.method != "OPTIONS":
            return True  # Nothing there to guard: the framework answers 405.
        action = view.policies.get(key)
        if action and decide(request.user, action):
            return True
        if standing_of(request.user) is VISITOR:
            return False
        raise Http404
