"""How journal entries of this floor read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

POST = {
    "drafted": Words(_("began a draft"), icon="pencil"),
    "edited": Words(_("changed the text"), icon="pencil"),
    "submitted": Words(_("submitted it for verification"), tone="wait", icon="paper-airplane"),
    "published": Words(_("verified and published it"), tone="good", icon="check"),
    "returned": Words(_("returned it for changes"), tone="wait", icon="arrow-uturn-left"),
    "rejected": Words(_("rejected it"), tone="fault", icon="x-mark"),
    "withdrawn": Words(_("withdrew it"), icon="minus"),
    "opened": Words(_("opened the full text to the other side"), icon="lock-open"),
    "read": Words(_("read the full text under the agreement"), icon="eye"),
    "closed": Words(_("closed the full text to the other side"), icon="lock-closed"),
}
IMPORT = {
    "accepted": Words(_("uploaded the file"), icon="arrow-up-tray"),
    "published": Words(_("published the posts of the import"), tone="good", icon="check"),
}

words_for({f"information.{noun}.{news}": words for noun in ("need", "achievement") for news, words in POST.items()})
words_for({f"information.import.{news}": words for news, words in IMPORT.items()})
