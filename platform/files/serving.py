"""How a file leaves the house: as a download that no browser shows, runs or keeps."""

from django.http import FileResponse, Http404

from files.models import Attachment, vault

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def served(attachment: Attachment) -> FileResponse:
    """The content as an answer; the caller has asked the policy. Raises Http404 where the content is gone."""
    try:
        file = vault().open(attachment.stored_as)
    except FileNotFoundError as fault:
        raise Http404 from fault
    charset = "; charset=utf-8" if attachment.media_type.startswith("text/") else ""
    answer = FileResponse(
        file, as_attachment=True, filename=attachment.name, content_type=f"{attachment.media_type}{charset}"
    )
    answer["Content-Length"] = attachment.size
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
