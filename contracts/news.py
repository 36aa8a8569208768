"""How the journal's entries about contracts read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

words_for(
    {
        "contracts.contract.opened": Words(_("opened the draft from the approved match"), icon="document-plus"),
        "contracts.contract.withdrawn": Words(_("withdrew the contract"), "closed", "document-minus"),
    }
)
