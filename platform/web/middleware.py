"""What is refused before any form or view looks at a request."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from journal.errors import BadInput
from web.errors import API_PREFIX, refuse

NUL = "\x00"


class PlainParameters:
    """Answers 400 to NUL bytes in path, query or form: PostgreSQL cannot store them, and no person types them.

    The API's bodies are left to its serializers, which refuse them field by field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if fields := self.faults(request):
            return refuse(request, BadInput(_("It holds invisible NUL characters. Type the text anew."), fields=fields))
        return self.get_response(request)

    def faults(self, request: HttpRequest) -> dict[str, list[str]]:
        """The parameters that hold NUL, by a printable name."""
        found = [] if NUL not in request.path else ["path"]
        found += with_nul(request.GET.lists())
        if request.method == "POST" and not request.path.startswith(API_PREFIX):
            found += with_nul(request.POST.lists())
        return {name: [_("NUL characters are not allowed.")] for name in found}


def with_nul(parameters: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Names of the parameters whose name or values hold NUL."""
    return [
        name.replace(NUL, "") or "parameter"
        for name, values in parameters
        if NUL in name or any(NUL in v for v in values)
    ]
