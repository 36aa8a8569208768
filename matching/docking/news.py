"""How the journal's entries about docking rooms read on a timeline."""

from django.utils.translation import gettext_lazy as _

from web.timeline import Words, words_for

WORDS = {
    "opened": Words(_("opened the docking room"), "good", "chat-bubble-left-right"),
    "nda_signed": Words(_("signed the non-disclosure agreement"), "seal", "check-badge"),
    "disclosed": Words(_("opened the full texts to both sides"), "good", "lock-open"),
    "message_sent": Words(_("sent a message"), icon="chat-bubble-left"),
    "question_asked": Words(_("asked a question"), "wait", "question-mark-circle"),
    "question_answered": Words(_("answered a question"), "good", "check"),
    "meeting_proposed": Words(_("proposed times to meet"), "wait", "calendar-days"),
    "meeting_fixed": Words(_("chose a time to meet"), "good", "calendar-days"),
    "meeting_called_off": Words(_("called a meeting off"), icon="minus-circle"),
    "term_proposed": Words(_("proposed terms"), "wait", "pencil-square"),
    "term_accepted": Words(_("accepted a field of the term sheet"), "good", "check"),
    "agreed": Words(_("found that both sides agree on all terms"), "good", "check-badge"),
    "reopened": Words(_("took the talks up again, because a field was changed"), "wait", "arrow-uturn-left"),
    "contracted": Words(_("recorded that the contract took effect"), "good", "document-text"),
    "broken_off": Words(_("broke the talks off"), "closed", "x-circle"),
    "lapsed": Words(_("let the room lapse, because nobody acted for long"), "closed", "minus-circle"),
    "overdue": Words(_("noted that a step is overdue"), "fault", "exclamation-triangle"),
    "inspected": Words(_("read what is said here, on record"), "fault", "eye"),
}

words_for({f"matching.room.{news}": words for news, words in WORDS.items()})
