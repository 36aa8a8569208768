"""Time stamps of a service (RFC 3161) over HTTP."""

import urllib.error
import urllib.request

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers

LARGEST_ANSWER = 1_000_000


class TimestampService(TimeStamper):
    """A service at an address, asked with a timeout in seconds."""

    def __init__(self, url: str, timeout: float = 5.0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url
        self.timeout = timeout

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask and wait; raises OSError or TimestampRequestError."""
        asked = urllib.request.Request(self.url, req.dump(), set_tsp_headers({}), method="POST")
        with urllib.request.urlopen(asked, timeout=self.timeout) as answer:
            kind, body = answer.headers.get_content_type(), answer.read(LARGEST_ANSWER)
        if kind != "application/timestamp-reply":
            raise TimestampRequestError(f"{self.url} answered with {kind} instead of a time stamp")
        try:
            return tsp.TimeStampResp.load(body, strict=True)
        except ValueError as fault:
            raise TimestampRequestError(f"{self.url} answered with something that is not a time stamp") from fault
