"""A search as an Atom feed: what is new in it, newest first, for programs that watch it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from information import catalogue
from information.forms import PostFilter
from policy import policy
from web.bilingual import reading
from web.requests import UserRequest

ENTRIES = 50


@policy("catalogue.search")
@require_safe
def feed(request: UserRequest) -> HttpResponse:
    """The newest posts that answer to a search, as its reader may see them; without a session, as anybody may."""
    filters = PostFilter.read(request.GET)
    page = f"{reverse('information:search')}?{request.GET.urlencode()}"
    words = filters.cleaned_data["q"]
    document = Atom1Feed(
        title=_("Tenon: %(words)s") % {"words": words} if words else _("Tenon: what is new"),
        link=request.build_absolute_uri(page),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for post in catalogue.newest(request.user, filters.wanted(), ENTRIES):
        address = request.build_absolute_uri(post.get_absolute_url())
        document.add_item(
            title=reading(post, "title").text,
            link=address,
            description=reading(post, "summary").text,
            unique_id=address,
            pubdate=post.published_at,
            updateddate=post.edited_at,
            author_name=post.owner.name,
        )
    return HttpResponse(document.writeString("utf-8"), content_type=document.content_type)
