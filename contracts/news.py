"""How the journal's entries about contracts read on a timeline."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from web.bilingual import reading
from web.timeline import Words, words_for


def clause(data: Mapping[str, Any]) -> str:
    """Which clause an entry is about."""
    return reading(data, "title").text


def number(data: Mapping[str, Any]) -> str:
    """How many clauses an entry is about."""
    return ngettext("%(count)s clause", "%(count)s clauses", len(data["clauses"])) % {"count": len(data["clauses"])}


words_for(
    {
        "contracts.contract.opened": Words(_("opened the draft from the approved match"), icon="document-plus"),
        "contracts.contract.government_joined": Words(_("joined as the third party"), "good", "building-library"),
        "contracts.contract.negotiation_opened": Words(_("started the negotiation"), "wait", "chat-bubble-left-right"),
        "contracts.contract.filled": Words(_("filled the draft from the term sheet"), "good", "document-check"),
        "contracts.contract.described": Words(_("filled in the draft"), icon="pencil-square"),
        "contracts.contract.clause_proposed": Words(_("proposed a change"), "wait", "pencil-square", clause),
        "contracts.contract.clause_accepted": Words(_("accepted a clause"), "good", "check", clause),
        "contracts.contract.clauses_accepted": Words(_("accepted the clauses as they are"), "good", "check", number),
        "contracts.contract.proposal_accepted": Words(_("accepted a proposal"), "good", "check-circle", clause),
        "contracts.contract.proposal_declined": Words(_("left a clause as it was"), "closed", "minus-circle", clause),
        "contracts.contract.proposal_withdrawn": Words(_("took a proposal back"), "closed", "arrow-uturn-left", clause),
        "contracts.contract.clause_commented": Words(_("commented on a clause"), icon="chat-bubble-left", about=clause),
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
