"""Bodies of requests: read within bounds, and refused as a whole where no serializer could judge them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import parsers

from journal.errors import BadInput, TooLarge

DEEPEST = 20
"""Levels of lists and objects inside each other; the deepest that any resource has is three."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
FRAME = 64 * 1024
"""What the fields and boundaries of an upload may take beside its file, in bytes."""


class JSONObjectParser(parsers.BaseParser):
    """One JSON object in UTF-8 (RFC 8259), no larger than DATA_UPLOAD_MAX_MEMORY_SIZE.

    Raises TooLarge; BadInput for what is not JSON, not an object, nested too deeply, or holds NUL characters or lone
    surrogates, which PostgreSQL cannot store.
    """

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        # Django checks the size only of bodies that it reads itself.
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge(_("At most %(size)s KiB are accepted at once.") % {"size": limit // 1024})
        data = decoded(body)
        if not isinstance(data, dict):
            raise BadInput(_("Send one JSON object."))
        if faults := dict(unstorable(data)):
            raise BadInput(_("It holds invisible characters that cannot be stored. Type the text anew."), fields=faults)
        return data


def decoded(body: bytes) -> Any:
    """The JSON value; raises BadInput, saying where the fault is."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=no_number)
    except UnicodeDecodeError as fault:
        raise BadInput(_("Byte %(place)s is not UTF-8. Send UTF-8.") % {"place": fault.start + 1}) from fault
    except json.JSONDecodeError as fault:
        raise BadInput(
            _("This is not JSON, from line %(line)s, column %(column)s on.")
            % {"line": fault.lineno, "column": fault.colno}
        ) from fault
    except RecursionError as fault:
        raise BadInput(_("Lists and objects are nested too deeply.")) from fault
    except ValueError as fault:
        # Python refuses to read integers of more than 4,300 digits.
        raise BadInput(_("A number in it is out of any sensible range.")) from fault


def no_number(name: str) -> Any:
    """NaN and Infinity, which Python reads, are not JSON."""
    raise BadInput(_("%(name)s is not a JSON number.") % {"name": name})


def unstorable(data: Any) -> Iterator[tuple[str, list[str]]]:
    """Paths ("targets.0.unit") of names and texts that cannot be stored; raises BadInput for a nest too deep."""
    waiting = [("", data, 0)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEEPEST:
            raise BadInput(_("Lists and objects are nested too deeply."))
        if isinstance(value, str) and UNSTORABLE.search(value):
            yield path, [_("NUL characters are not allowed.")]
        elif isinstance(value, dict):
            for name in filter(UNSTORABLE.search, value):
                yield f"{path}{UNSTORABLE.sub('', name)}", [_("NUL characters are not allowed.")]
            waiting += [(f"{path}.{name}".lstrip("."), item, depth + 1) for name, item in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}.{place}", item, depth + 1) for place, item in enumerate(value)]


def drain(stream: IO[Any], most: int) -> None:
    """Read and forget up to `most` bytes: many clients read the answer only after they have sent everything."""
    while most > 0 and (chunk := stream.read(min(most, 65536))):
        most -= len(chunk)


class UploadParser(parsers.MultiPartParser):
    """A form with a file; one that says it is larger than LARGEST_UPLOAD is refused unread."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        meta = (parser_context or {})["request"].META
        announced = int(meta.get("CONTENT_LENGTH") or 0)
        if announced > settings.LARGEST_UPLOAD + FRAME:
            drain(stream, min(announced, 2 * settings.LARGEST_UPLOAD))
            raise TooLarge(_("At most %(size)s MiB are accepted at once.") % {"size": settings.LARGEST_UPLOAD // 2**20})
        return super().parse(stream, media_type, parser_context)
