"""Snapshots in the storage that all machines share, and their copies on this one."""

import contextlib
import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from matching.engine import Snapshot as Loaded
from matching.engine.storage import CorruptSnapshot, aside
from matching.engine.storage.folder import MANIFEST, manifest
from matching.models import Snapshot

log = logging.getLogger(__name__)

KEPT = 2
"""As many snapshots stay as one may fall back to: the serving one and the one before."""
_PIECE = 1 << 20


class Absent(CorruptSnapshot):
    """The storage does not have what the row promises, or cannot be reached."""


def shared() -> Storage:
    """Where snapshots are kept for all machines."""
    return storages["index"]


def cache() -> Path:
    """Where this machine keeps its copies."""
    return Path(settings.DATA_DIR) / "index-cache"


def publish(folder: Path, row: Snapshot) -> Snapshot:
    """Copy a sealed folder into the storage and, last of all, make it the serving one. Repeating it changes nothing."""
    files = sorted(path for path in folder.iterdir() if path.name != MANIFEST)
    for path in [*files, folder / MANIFEST]:
        with path.open("rb") as opened:
            replace(f"{row.folder}/{path.name}", File(opened))
    # A snapshot of the same content may have served before; built anew it is the newest again.
    Snapshot.objects.filter(name=row.name).delete()
    row.save()
    return row


def replace(name: str, content: "File[bytes]") -> None:
    """Put a file into the storage under exactly this name."""
    if shared().exists(name):
        shared().delete(name)
    shared().save(name, content)


def load(row: Snapshot) -> Loaded:
    """The snapshot mapped into memory, copied to this machine first where that is needed. Raises CorruptSnapshot.

    A copy that turns out damaged is fetched once more before the storage is believed to be.
    """
    folder = cache() / row.folder
    if folder.exists():
        try:
            return Loaded.load(folder)
        except CorruptSnapshot as fault:
            log.warning("%s; it is fetched anew", fault)
            shutil.rmtree(folder, ignore_errors=True)
    fetch(row)
    tidy_cache()
    return Loaded.load(folder)


def fetch(row: Snapshot) -> None:
    """Copy a snapshot from the storage to this machine. Raises CorruptSnapshot."""
    try:
        with aside(cache(), row.folder) as folder:
            _copy(f"{row.folder}/{MANIFEST}", folder / MANIFEST)
            for group in manifest(folder)["files"]:
                _copy(f"{row.folder}/{group}.bin", folder / f"{group}.bin")
            Loaded.load(folder)
    except CorruptSnapshot:
        raise
    except Exception as error:
        raise Absent(f"{row.folder} could not be fetched from the storage: {error}") from error


def condemn(row: Snapshot, fault: CorruptSnapshot) -> None:
    """Let no worker use a snapshot that the storage holds damaged; the one before serves, or none."""
    log.error("%s is not used any more: %s", row, fault)
    Snapshot.objects.filter(pk=row.pk).update(fault=str(fault)[:300])


def prune() -> int:
    """Remove the snapshots that are neither serving nor the one before; gives their number.

    What a process still maps stays readable to it until it lets go, also when its folder is gone.
    """
    kept = set(Snapshot.objects.filter(fault="").order_by("-pk").values_list("pk", flat=True)[:KEPT])
    removed = 0
    for row in Snapshot.objects.exclude(pk__in=kept).order_by("pk"):
        remove(row.folder)
        row.delete()
        removed += 1
    return removed


def remove(folder: str) -> None:
    """Remove a folder of the storage with the files in it; one that is not there is removed already."""
    with contextlib.suppress(FileNotFoundError):
        for name in shared().listdir(folder)[1]:
            shared().delete(f"{folder}/{name}")
        # Only file systems have folders of their own; S3 takes this for a file that is not there.
        shared().delete(folder)


def tidy_cache() -> None:
    """Remove this machine's copies of snapshots that are no more."""
    known = {row.folder for row in Snapshot.objects.all()}
    for folder in cache().glob("snapshot-*"):
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def _copy(name: str, to: Path) -> None:
    with shared().open(name, "rb") as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, _PIECE)
