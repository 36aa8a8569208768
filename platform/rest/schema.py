"""The OpenAPI description: a summary for every operation, and problem details for every refusal."""

import inspect
import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular import authentication
from drf_spectacular.openapi import AutoSchema

from journal.problems import MEDIA_TYPE
from rest.problems import ProblemSerializer


class SessionScheme(authentication.SessionScheme):  # type: ignore[no-untyped-call]  # registered by the library
    """How a session is described."""

    target_class = "rest.authentication.SessionAuthentication"


class BasicScheme(authentication.BasicScheme):  # type: ignore[no-untyped-call]  # registered by the library
    """How e-mail address and password are described."""

    target_class = "rest.authentication.BasicAuthentication"


class OperationSchema(AutoSchema):
    """Takes summaries from the verbs and docstrings of the views, so that nothing has to be said twice."""

    def get_summary(self) -> str:
        own = " ".join(self.own_words().partition("\n\n")[0].split())
        return re.split(r"[;.](?: |$)", own)[0] or self.generic_summary()

    def get_description(self) -> str:  # type: ignore[override]
        return self.own_words() or inspect.getdoc(type(self.view)) or ""

    def own_words(self) -> str:
        """The docstring of the action, unless the framework wrote it."""
        method = getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)
        written_here = not getattr(method, "__module__", "").startswith(("rest_framework", "drf_spectacular"))
        return inspect.getdoc(method) or "" if written_here else ""

    def generic_summary(self) -> str:
        """What reading means is the same everywhere."""
        view: Any = self.view
        meta = view.kept()._meta
        if view.action == "list":
            return _("List %(things)s") % {"things": meta.verbose_name_plural}
        return _("Read one: %(thing)s") % {"thing": meta.verbose_name}

    def get_override_parameters(self) -> list[Any]:
        place = getattr(self.view, "action", None) or self.method.lower()
        parameters = getattr(self.view, "parameters", {}).get(place)
        return [parameters] if parameters else []

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation:
            shape = self.resolve_serializer(ProblemSerializer, "response").ref
            content = {MEDIA_TYPE: {"schema": shape}}
            operation["responses"]["4XX"] = {"description": _("The request was refused"), "content": content}
        return operation
