"""What tracking contributes to the desk."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from policy import allowed
from tracking.models import Case
from tracking.queries import with_everything
from web.desk import DeskSection, Section, register
from web.requests import UserRequest

SHOWN = 5


def cases(request: UserRequest) -> DeskSection | None:
    """The latest cases of a supervisor's region and chain."""
    if not allowed(request.user, "oversight.view") or allowed(request.user, "review.view"):
        return None
    found = list(with_everything(Case.objects.visible_to(request.user)).order_by("-approved_at", "-pk")[:SHOWN])
    return DeskSection(
        title=_("Approved matches in your charge"),
        template="tracking/desk_cases.html",
        context={"cases": found},
        icon="eye",
        empty="" if found else _("None yet. Matches of your region and chain appear here once they are approved."),
        more_url=reverse("tracking:oversight"),
    )


register(Section(order=70, build=cases))
