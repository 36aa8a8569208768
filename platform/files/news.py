"""How journal entries of attachments read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

words_for(
    {
        "files.attachment.released": Words(_("found nothing wrong with it"), tone="good", icon="check"),
        "files.attachment.refused": Words(_("refused it"), tone="fault", icon="x-mark"),
        "files.attachment.removed": Words(_("removed it"), icon="minus"),
    }
)
