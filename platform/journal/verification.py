"""Checking that nobody changed, removed or reordered what the journal says."""

from collections.abc import Iterator, Mapping

from journal.chain import ORIGIN
from journal.models import Entry


def faults(earlier: Mapping[str, tuple[int, str]] | None = None) -> Iterator[str]:
    """One sentence for each break, over all streams in constant memory.

    The chain itself cannot show that its tail was cut off: for that, pass heads (stream → number, hash) kept elsewhere.
    """
    pending = dict(earlier or {})
    stream, sequence, previous = "", 0, ORIGIN
    for entry in Entry.objects.order_by("stream", "sequence").iterator(chunk_size=5000):
        if entry.stream != stream:
            stream, sequence, previous = entry.stream, 0, ORIGIN
        sequence += 1
        if entry.sequence != sequence:
            yield f"{stream}: entry {sequence} is missing, {entry.sequence} follows."
            sequence = entry.sequence
        elif entry.previous_hash != previous:
            yield f"{stream}: entry {sequence} does not continue the entry before it."
        if stream.rpartition(":")[2] != str(entry.subject_id):
            yield f"{stream}: entry {sequence} speaks of another subject than its stream."
        if entry.hash != entry.expected_hash():
            yield f"{stream}: entry {sequence} was changed after it was written."
        previous = entry.hash
        anchored = pending.pop(stream)[1] if stream in pending and pending[stream][0] == sequence else entry.hash
        if anchored != entry.hash:
            yield f"{stream}: entry {sequence} is not the one that was anchored."
    for name, (number, _) in sorted(pending.items()):
        yield f"{name}: the anchored entry {number} is gone."


def heads() -> dict[str, tuple[int, str]]:
    """The last number and hash of every stream, to be kept where this database's owner cannot write."""
    rows = Entry.objects.order_by("stream", "-sequence").distinct("stream").values_list("stream", "sequence", "hash")
    return {stream: (sequence, digest) for stream, sequence, digest in rows}
