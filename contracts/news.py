"""How the journal's entries about contracts read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

words_for(
    {
        "contracts.contract.opened": Words(_("opened the draft from the approved match"), icon="document-plus"),
        "contracts.contract.government_joined": Words(_("joined as the third party"), "good", "building-library"),
        "contracts.contract.negotiation_opened": Words(_("started the negotiation"), "wait", "chat-bubble-left-right"),
        "contracts.contract.agreed": Words(_("concluded the negotiation"), "good", "check-circle"),
        "contracts.contract.reopened": Words(_("took the contract back to negotiation"), "wait", "arrow-uturn-left"),
        "contracts.contract.frozen": Words(_("froze the text"), "seal", "lock-closed"),
        "contracts.contract.signing_started": Words(_("started the signing"), "wait", "pencil-square"),
        "contracts.contract.signed": Words(_("signed the contract"), "seal", "check-badge"),
        "contracts.contract.declined": Words(_("declined to sign"), "fault", "x-circle"),
        "contracts.contract.signing_expired": Words(_("let the signing expire"), "closed", "clock"),
        "contracts.contract.took_effect": Words(_("put the contract into effect"), "seal", "check-badge"),
        "contracts.contract.withdrawn": Words(_("withdrew the contract"), "closed", "document-minus"),
    }
)
